"""What the newspaper puts into somebody's words: brackets that are words, and notes that are none.

What stands in brackets is compared like all other words: « (n’)est (pas) », « [21] » and
« [Jean Corvol] » change what is said. A note changes nothing: « (sic) », « (rires) », « (…) », and an
explanation that is marked as the newspaper's (« (sa sœur, ndlr) »), where the other side has none.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import groupby

from selon.reuse.alignment import Edit, Words
from selon.reuse.lexicon import ReuseLexicon
from selon.reuse.polarity import negations
from selon.reuse.reused_quotes import QuoteWord


def without_notes(some: Words, known: ReuseLexicon) -> Words:
    """The words without marks of a note; what else its bracket holds has `soft` less than 0.

    A bracket of small words or numbers alone, and one that denies, stays as it is, marked or not:
    « (ne … pas, ndlr) », « (21, ndlr) ».
    """
    if not any(w.soft for w in some):
        return some
    out: list[QuoteWord] = []
    for soft, group in groupby(some, key=lambda w: w.soft):
        inside = tuple(group)
        marks = _marks(inside, known) if soft else set()
        left = [w for n, w in enumerate(inside) if n not in marks]
        telling = any(w.fold not in known.function and not w.number for w in left)
        telling = telling and not negations(tuple(left), known)
        out += [replace(w, soft=-soft) for w in left] if marks and telling else left
    return tuple(out)


def _marks(inside: Words, known: ReuseLexicon) -> set[int]:
    """The places of the words that mark a bracket as the newspaper's note."""
    folds = [w.fold for w in inside]
    found: set[int] = set()
    for phrase in known.notes:
        size = len(phrase)
        for n in range(len(folds) - size + 1):
            if tuple(folds[n : n + size]) == phrase:
                found.update(range(n, n + size))
    return found


def spoken_words(some: Iterable[QuoteWord]) -> Words:
    """The words that are no explanation of the newspaper's."""
    return tuple(w for w in some if w.soft >= 0)


def bare(edit: Edit) -> Edit:
    """An edit without the explanations of one side; of both sides they are compared."""
    noted_old, noted_new = (any(w.soft < 0 for w in side) for side in (edit.old, edit.new))
    if is_inside_bracket(edit):
        return edit
    old, new = edit.old, edit.new
    if noted_old and not noted_new and (spoken_words(old) or not new):
        old = spoken_words(old)
    if noted_new and not noted_old and (spoken_words(new) or not old):
        new = spoken_words(new)
    return replace(edit, old=old, new=new)


def is_inside_bracket(edit: Edit) -> bool:
    """Whether words were changed in a bracket that both sides have."""
    if not (edit.after and edit.ahead) or edit.after.soft != edit.ahead.soft:
        return False
    return edit.after.soft != 0 and any(w.soft for w in edit.old or edit.new)


def is_insertion(edit: Edit) -> bool:
    """Whether the newspaper put words of its own in brackets in place of the speaker's, or beside.

    On one side all words stand in brackets, on the other some or none do not.
    """
    old, new = (bool(side) and all(w.soft for w in side) for side in (edit.old, edit.new))
    return old != new
