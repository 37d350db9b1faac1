"""What bounds or weakens a number or an amount: « moins de 30 % », « presque tous », `at least`.

Where it goes or comes the number is another, whether it stands at an edge or inside.
"""

from __future__ import annotations

from typing import Final

from selon.reuse.alignment import Edit, Words
from selon.reuse.lexicon import ReuseLexicon, found_in
from selon.reuse.reused_quotes import QuoteWord

# Small words that may stand between a bound and what it bounds: « presque la moitié ».
_BETWEEN: Final = 2


def bound_at_edge(edge: Words, kept: Words, known: ReuseLexicon) -> Words:
    """The words beyond the edges that bound a number or an amount at the edge of those kept."""
    if not edge or not kept:
        return ()
    before = tuple(w for w in edge if w.span.start < kept[0].span.start)
    after = tuple(w for w in edge if w.span.start > kept[-1].span.end)
    if kept[0].opens:
        before = ()
    return _bound_before(before, kept, known) or _bound_behind(after, kept, known)


def is_bound(edit: Edit, known: ReuseLexicon) -> bool:
    """Whether an edit puts in or takes out nothing but what bounds the number beside it."""
    some = edit.old or edit.new
    if bool(edit.old) == bool(edit.new) or not _all_bound(some, known):
        return False
    return _tells_how_many(edit.ahead, known) or bool(edit.after and edit.after.number)


def _bound_before(before: Words, kept: Words, known: ReuseLexicon) -> Words:
    small = next((n for n, w in enumerate(kept) if _tells_how_many(w, known)), len(kept))
    if small > _BETWEEN or any(w.fold not in known.function for w in kept[:small]):
        return ()
    folds = [w.fold for w in before]
    for n, size, _ in found_in(folds, known.language, "bounds"):
        rest = folds[n + size :]
        if len(rest) + small <= _BETWEEN and known.function.issuperset(rest):
            return before[n : n + size]
    return ()


def _bound_behind(after: Words, kept: Words, known: ReuseLexicon) -> Words:
    last = kept[-1]
    measured = last.fold in known.measures and len(kept) > 1 and kept[-2].number
    if not (last.number or measured) or not after or after[0].opens:
        return ()
    found = found_in([w.fold for w in after], known.language, "bounds")
    return next((after[:size] for n, size, _ in found if n == 0), ())


def _all_bound(some: Words, known: ReuseLexicon) -> bool:
    found = found_in([w.fold for w in some], known.language, "bounds")
    bound = {i for n, size, _ in found for i in range(n, n + size)}
    return bool(bound) and all(n in bound or w.fold in known.function for n, w in enumerate(some))


def _tells_how_many(word: QuoteWord | None, known: ReuseLexicon) -> bool:
    """Whether a word is a number or tells how many: what may be bounded."""
    if word is None:
        return False
    return (
        word.number
        or word.fold in known.quantifiers
        or word.fold in known.times
        or (word.fold in known.amounts and (word.fold,) not in known.bounds)
    )
