"""Numbers and names that changed places: « 3 à 2 », « 2 à 3 »; « Paul a battu Anne », the reverse."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Final

from selon.reuse.alignment import Alignment, Words
from selon.reuse.kinds import Alteration, Type, note
from selon.reuse.lexicon import ReuseLexicon
from selon.reuse.polarity import is_date_word
from selon.reuse.reused_quotes import QuoteWord

_SORTS: Final[tuple[tuple[Type, Callable[[QuoteWord, ReuseLexicon], bool]], ...]] = (
    ("number changed", lambda w, known: w.number),
    ("name changed", lambda w, known: w.name and not is_date_word(w, known)),
)


def note_order(side: Alignment, known: ReuseLexicon, found: dict[Type, Alteration]) -> None:
    """Note numbers or names that both sides have, in another order; none of a list."""
    if not side.edits:
        return
    old = _words_of_side(side.kept[0], [e.old for e in side.edits])
    new = _words_of_side(side.kept[1], [e.new for e in side.edits])
    edited = {w for e in side.edits for w in (*e.old, *e.new)}
    for name, asked in _SORTS:
        was, now = (tuple(n for n, w in enumerate(some) if asked(w, known)) for some in (old, new))
        if name not in found and _changed_places((old, was), (new, now), known):
            note(
                found,
                name,
                tuple(old[n] for n in was if old[n] in edited),
                tuple(new[n] for n in now if new[n] in edited),
            )


def _words_of_side(kept: Words, edits: list[Words]) -> Words:
    """All words of one side that stand against the other's, in their order."""
    every = [*kept, *(w for part in edits for w in part)]
    return tuple(sorted(every, key=lambda w: w.span.start))


def _changed_places(
    old: tuple[Words, tuple[int, ...]], new: tuple[Words, tuple[int, ...]], known: ReuseLexicon
) -> bool:
    """Whether the words at some places are the same on both sides but not in their order."""
    was, now = ([some[n].fold for n in at] for some, at in (old, new))
    if was == now or Counter(was) != Counter(now):
        return False
    if _is_list(*old, known) and _is_list(*new, known):
        return False
    # « 10 morts et 20 blessés », « 20 blessés et 10 morts » are one.
    return _followed(*old) != _followed(*new)


def _followed(some: Words, at: tuple[int, ...]) -> Counter[tuple[str, str]]:
    """The words at some places, each with the one behind it."""
    return Counter((some[n].fold, some[n + 1].fold) for n in at if n + 1 < len(some))


def _is_list(some: Words, at: tuple[int, ...], known: ReuseLexicon) -> bool:
    """Whether words are the members of a list: « toutes les Françaises et tous les Français »."""
    between = [w for n, w in enumerate(some[at[0] + 1 : at[-1]], at[0] + 1) if n not in at]
    parted = any(w.fold in known.joins for w in between) or any(some[n].pause for n in at[1:])
    return parted and all(w.fold in known.function for w in between)
