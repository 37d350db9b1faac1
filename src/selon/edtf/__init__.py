"""Dates as EDTF writes them, known in part: the days that one allows, its first, its last, days between two.

Levels 0 and 1, and sets of level 2: days, months, seasons, years, decades, intervals, `[a,b]`. The one reader
of EDTF of all parts; what a calendar knows (weeks, Easter, parts of a year) is in `intervals`.
"""

from __future__ import annotations

import datetime
import re
from functools import lru_cache
from typing import Final

from selon.edtf import intervals
from selon.edtf.intervals import Interval

# A year has 366 days; a coarser date of publication is no help in placing « lundi ».
MAX_DAYS: Final = 366
_ONE: Final = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?(?:T.*)?", re.ASCII | re.DOTALL)
_SEASON: Final = {21: "spring", 22: "summer", 23: "autumn", 24: "winter"}
# Quarters, four months, half years: code, first month, count of months.
_PARTS: Final = {
    **{33 + n: (1 + 3 * n, 3) for n in range(4)},
    **{37 + n: (1 + 4 * n, 4) for n in range(3)},
    **{40 + n: (1 + 6 * n, 6) for n in range(2)},
}


def intervals_of(edtf: str) -> tuple[Interval, ...]:
    """Return the intervals an EDTF string allows: one, or the choices of a set; none if unreadable.

    Open ends, unspecified digits within a day or month, and exponents are not read: `()`.
    """
    text = re.sub(r"[~?%\s]", "", edtf)
    if text[:1] in ("[", "{") and text[-1:] in ("]", "}"):
        choices: list[Interval] = []
        for part in text[1:-1].split(",")[:MAX_DAYS]:
            ends = [_single(p) for p in part.split("..")]
            if None in ends or not 1 <= len(ends) <= 2:
                return ()
            choices.extend(_range([e for e in ends if e is not None]))
        return tuple(choices)
    ends = [_single(p) for p in text.split("/")]
    known = [e for e in ends if e is not None]
    if len(known) < len(ends) or len(ends) > 2:
        return ()
    if len(known) == 2:
        if known[1].last < known[0].first:
            return ()
        return (intervals.between(known[0].first, known[1].last),)
    return tuple(known)


def days_of(edtf: str | None) -> tuple[datetime.date, ...]:
    """Return every day that a date may mean, in order; none where unknown or over `MAX_DAYS`."""
    found: set[datetime.date] = set()
    for choice in intervals_of(edtf or ""):
        if (choice.last - choice.first).days >= MAX_DAYS:
            return ()
        count = (choice.last - choice.first).days + 1
        found.update(choice.first + datetime.timedelta(n) for n in range(count))
    return tuple(sorted(found)) if len(found) <= MAX_DAYS else ()


@lru_cache(maxsize=65536)
def bounds(edtf: str | None) -> tuple[datetime.date, datetime.date] | None:
    """Return the first and the last day that a date allows, or None where it names no day of ours."""
    choices = intervals_of(edtf or "")
    if not choices:
        return None
    return min(c.first for c in choices), max(c.last for c in choices)


def day_of(edtf: str | None) -> datetime.date | None:
    """Return the day that a date means, or None where it leaves open which."""
    known = bounds(edtf)
    return known[0] if known is not None and known[0] == known[1] else None


def days_between(one: str | None, other: str | None) -> int | None:
    """Return the days between two dates, the least that they leave open; None where either is unknown."""
    a, b = bounds(one), bounds(other)
    if a is None or b is None:
        return None
    return max(0, (max(a[0], b[0]) - min(a[1], b[1])).days)


def _range(ends: list[Interval]) -> list[Interval]:
    if len(ends) == 1:
        return ends
    return [intervals.between(ends[0].first, ends[1].last)] if ends[0].first <= ends[1].last else []


def _single(text: str) -> Interval | None:
    wide = re.fullmatch(r"(\d{2})(\d|X)X", text, re.ASCII)
    if wide:
        if wide[2] == "X":
            return intervals.years(int(wide[1]) * 100, 100)
        return intervals.years(int(wide[1] + wide[2]) * 10, 10)
    match = _ONE.fullmatch(text)
    if match is None:
        return None
    year, month, number = (int(g) if g else None for g in match.groups())
    if year is None or month is None:
        return intervals.year(year) if year else None
    if number is not None:
        return intervals.civil(year, month, number) if month <= 12 else None
    if month in _SEASON:
        return intervals.season(year, _SEASON[month])
    if month in _PARTS:
        opens, count = _PARTS[month]
        start, end = intervals.month(year, opens), intervals.month(year, opens + count - 1)
        return intervals.between(start.first, end.last) if start and end else None
    return intervals.month(year, month) if 1 <= month <= 12 else None
