"""The kinds of what may happen to words on their way, and how grave each is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, get_args

from selon.records import Spans
from selon.reuse.alignment import Words

Type = Literal[
    "verbatim",
    "shortened",
    "lengthened",
    "spliced",
    "reworded",
    "modality dropped",
    "modality added",
    "negation changed",
    "number changed",
    "date changed",
    "name changed",
    "re-attributed",
    "turned indirect",
    "translated",
]
TYPES: Final[tuple[Type, ...]] = get_args(Type)
# What the newspaper's words round a quotation may do to it.
GRAVE: Final[frozenset[Type]] = frozenset(
    {
        *("negation changed", "number changed", "date changed", "name changed"),
        *("modality dropped", "modality added", "re-attributed"),
    }
)
# Those of what is spoken of: of words round a quotation only where they tell the same thing.
OF_THINGS: Final[frozenset[Type]] = frozenset({"number changed", "date changed", "name changed"})
# From nothing to a cut to more words; all else is other words.
_STEPS: Final[tuple[frozenset[Type], ...]] = (
    frozenset({"verbatim", "re-attributed"}),
    frozenset({"shortened"}),
    frozenset({"lengthened", "spliced"}),
)


@dataclass(frozen=True, slots=True)
class Alteration:
    """One thing that happened to the words: its type, and where on either side it shows."""

    type: Type
    old: Spans = ()
    new: Spans = ()


def names(alterations: tuple[Alteration, ...]) -> tuple[Type, ...]:
    """Only the names of the types."""
    return tuple(a.type for a in alterations)


def weight(alterations: tuple[Alteration, ...]) -> int:
    """How much became of the words: 0 nothing, 1 a cut, 2 they grew or were spliced, 3 other words."""
    return max(
        (
            next((n for n, some in enumerate(_STEPS) if a.type in some), len(_STEPS))
            for a in alterations
        ),
        default=0,
    )


def note(found: dict[Type, Alteration], name: Type, old: Words, new: Words) -> None:
    """Add one alteration, or its places to one that was there."""
    before = found.get(name, Alteration(name))
    found[name] = Alteration(
        name,
        before.old + tuple(w.span for w in old),
        before.new + tuple(w.span for w in new),
    )
