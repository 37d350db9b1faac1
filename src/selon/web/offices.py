"""The offices of a person over time, as bars: what a knowledge base knows, and what articles say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from selon.edtf import bounds
from selon.library.timeline import PersonRole
from selon.names import fold

# The length of the axis, in the units of the drawing; no bar is thinner than can be seen.
LENGTH: Final = 1_000
_THINNEST: Final = 6
_MAX_BARS: Final = 12


@dataclass(frozen=True, slots=True)
class OfficeBar:
    """An office or a role: its words, its days as EDTF, and its bar from `x` on, `width` long.

    `by` is `kb` or `articles`; `known` is the day until which the base knows, where the office had
    not ended by then; `articles` is how many articles say the role, none for the base's.
    """

    words: str
    start: str | None
    end: str | None
    by: str
    known: str | None
    articles: int | None
    x: int
    width: int


@dataclass(frozen=True, slots=True)
class Offices:
    """The bars, the base's first, and the first and last year of their axis."""

    bars: tuple[OfficeBar, ...]
    first: int
    last: int


def offices(known: Iterable[Mapping[str, Any]], roles: Sequence[PersonRole]) -> Offices | None:
    """The bars of what a base knows and of what articles say; none where neither has a day."""
    rows = [*_of_base(known), *_of_articles(roles)]
    days = [d for row in rows for d in (row[-2], row[-1]) if d]
    if not days:
        return None
    first, last = min(days).year, max(days).year
    began, whole = date(first, 1, 1), (date(last, 12, 31) - date(first, 1, 1)).days

    def bar(start: date | None, end: date | None) -> tuple[int, int]:
        if start is None and end is None:
            return 0, 0
        left = ((start or end or began) - began).days * LENGTH // whole
        right = ((end or start or began) - began).days * LENGTH // whole
        width = max(right - left, _THINNEST)
        return min(left, LENGTH - width), width

    return Offices(tuple(OfficeBar(*r[:-2], *bar(r[-2], r[-1])) for r in rows), first, last)


_Row = tuple[str, str | None, str | None, str, str | None, int | None, date | None, date | None]


def _of_base(known: Iterable[Mapping[str, Any]]) -> Iterable[_Row]:
    for one in sorted(known, key=lambda o: o["start"] or ""):
        lasting = one["known"] if one["end"] is None else None
        yield (
            *(one["words"], one["start"], one["end"], "kb", lasting, None),
            *(_day(one["start"], 0), _day(lasting or one["end"], 1)),
        )


def _of_articles(roles: Sequence[PersonRole]) -> Iterable[_Row]:
    """What articles call somebody, whatever the capitals and accents, those said most."""
    alike: dict[str, list[PersonRole]] = {}
    for role in roles:
        alike.setdefault(fold(role.words), []).append(role)
    merged = [
        (
            max(some, key=lambda r: r.n).words,
            min((r.first for r in some if r.first), default=None),
            max((r.last for r in some if r.last), default=None),
            sum(r.n for r in some),
        )
        for some in alike.values()
    ]
    kept = sorted(merged, key=lambda m: (-m[3], m[0]))[:_MAX_BARS]
    for words, first, last, n in sorted(kept, key=lambda m: (m[1] or "9", m[0])):
        yield (words, first, last, "articles", None, n, _day(first, 0), _day(last, 1))


def _day(edtf: str | None, side: int) -> date | None:
    """The first (0) or last (1) day that a date allows."""
    found = bounds(edtf)
    return found[side] if found else None
