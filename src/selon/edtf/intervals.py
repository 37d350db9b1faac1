"""Stretches of days with their EDTF: days, weeks, months, seasons, years, decades, centuries.

Every maker answers `None` for what no calendar holds (31 February, the year 12000).
"""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

Grain = Literal["day", "interval", "month", "season", "year", "decade", "century"]

# EDTF's seasons of either hemisphere's north: first month, last month; winter ends a year later.
SEASONS: Final = {"spring": (21, 3, 5), "summer": (22, 6, 8), "autumn": (23, 9, 11)}
WINTER: Final = (24, 12, 2)
# Above this many scattered days a set is written as the range that holds them.
LISTED: Final = 31
_ONE: Final = datetime.timedelta(1)


@dataclass(frozen=True, slots=True)
class Interval:
    """From the first day to the last, as EDTF says it."""

    first: datetime.date
    last: datetime.date
    edtf: str
    grain: Grain

    def holds(self, day: datetime.date) -> bool:
        """Whether the day lies in it."""
        return self.first <= day <= self.last


def day(when: datetime.date) -> Interval:
    """One day."""
    return Interval(when, when, when.isoformat(), "day")


@lru_cache(maxsize=4096)
def civil(year: int, month: int, number: int) -> Interval | None:
    """The day of that number in that month of that year."""
    try:
        return day(datetime.date(year, month, number))
    except ValueError:
        return None


def shift(when: datetime.date, days: int) -> Interval | None:
    """The day so many days later."""
    try:
        return day(when + days * _ONE)
    except OverflowError:
        return None


@lru_cache(maxsize=4096)
def month(year: int, number: int) -> Interval | None:
    """A month; a number beyond 1 to 12 carries into the years around."""
    year, number = year + (number - 1) // 12, (number - 1) % 12 + 1
    if not 1 <= year <= 9999:
        return None
    first = datetime.date(year, number, 1)
    last = first.replace(day=calendar.monthrange(year, number)[1])
    return Interval(first, last, f"{year:04}-{number:02}", "month")


def year(number: int, about: bool = False) -> Interval | None:
    """A year, or about a year."""
    if not 1 <= number <= 9999:
        return None
    first, last = datetime.date(number, 1, 1), datetime.date(number, 12, 31)
    return Interval(first, last, f"{number:04}{'~' if about else ''}", "year")


def years(first: int, count: int) -> Interval | None:
    """A decade (ten years) or a century (a hundred), by its first year: 199X, 19XX."""
    if not 1 <= first <= 9999 - count:
        return None
    start, end = datetime.date(first, 1, 1), datetime.date(first + count - 1, 12, 31)
    if count == 10:
        return Interval(start, end, f"{first // 10:03}X", "decade")
    return Interval(start, end, f"{first // 100:02}XX", "century")


def season(number: int, name: str) -> Interval | None:
    """A season by its English name, in the year in which it begins."""
    code, opens, closes = SEASONS.get(name, WINTER)
    start, end = month(number, opens), month(number + (closes < opens), closes)
    if start is None or end is None:
        return None
    return Interval(start.first, end.last, f"{number:04}-{code}", "season")


def part(number: int, half: bool, count: int) -> Interval | None:
    """A quarter (1 to 4) or a half (1 or 2) of a year: EDTF 2020-33, 2020-40."""
    size = 6 if half else 3
    start, end = month(number, (count - 1) * size + 1), month(number, count * size)
    if start is None or end is None:
        return None
    code = (39 if half else 32) + count
    return Interval(start.first, end.last, f"{number:04}-{code}", "season")


def between(first: datetime.date, last: datetime.date) -> Interval:
    """All the days from one to the other, both held."""
    return Interval(first, last, f"{first.isoformat()}/{last.isoformat()}", "interval")


def nth_weekday(within: Interval, number: int, nth: int) -> Interval | None:
    """The nth such weekday (0 is Monday) of a month, from its end where `nth` is below 0."""
    if nth > 0:
        offset = (number - within.first.weekday()) % 7 + 7 * (nth - 1)
        found = shift(within.first, offset)
    else:
        found = shift(within.last, -((within.last.weekday() - number) % 7) + 7 * (nth + 1))
    return found if found is not None and within.holds(found.first) else None


def run(when: datetime.date, offset: int, days: int) -> Interval | None:
    """So many days on end, the first one `offset` days from a day."""
    try:
        first = when + offset * _ONE
        return between(first, first + (days - 1) * _ONE)
    except OverflowError:
        return None


def either(first: datetime.date) -> Interval | None:
    """A day or the one after it: a night."""
    after = shift(first, 1)
    if after is None:
        return None
    return Interval(first, after.last, f"[{first.isoformat()},{after.edtf}]", "interval")


def easter(number: int) -> datetime.date:
    """Easter Sunday of a year from 1583 on (Meeus, Jones and Butcher's algorithm)."""
    a, (b, c) = number % 19, divmod(number, 100)
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    i = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * i) // 451
    first, second = divmod(h + i - 7 * m + 114, 31)
    return datetime.date(number, first, second + 1)


def one_of(choices: Iterable[Interval]) -> str | None:
    """EDTF for a choice of which just one is meant.

    Days, months or years stand as a one-of set (`[2020-03-02,2020-03-09]`), a range in it where
    they are neighbours (`[2020-03-01..2020-03-31]`); a choice of longer stretches as the days
    that they may cover, since no EDTF set holds intervals.
    """
    found = sorted({(c.first, c.last): c for c in choices}.items())
    kept = [stretch for _, stretch in found]
    if len(kept) <= 1:
        return kept[0].edtf if kept else None
    if all(c.grain == kept[0].grain for c in kept) and kept[0].grain in ("day", "month", "year"):
        return _set(kept)
    if all((c.last - c.first).days < 3 for c in kept):
        return _set([day(d) for d in sorted({d for c in kept for d in _days(c)})])
    return f"[{kept[0].first.isoformat()}..{max(c.last for c in kept).isoformat()}]"


def _days(stretch: Interval) -> Iterable[datetime.date]:
    count = (stretch.last - stretch.first).days
    return (stretch.first + n * _ONE for n in range(count + 1))


def _set(kept: Sequence[Interval]) -> str:
    runs: list[list[Interval]] = []
    for choice in kept:
        if runs and (choice.first - runs[-1][-1].last) == _ONE:
            runs[-1].append(choice)
        else:
            runs.append([choice])
    if len(runs) > LISTED:
        return f"[{kept[0].edtf}..{kept[-1].edtf}]"
    parts = ([f"{r[0].edtf}..{r[-1].edtf}"] if len(r) > 2 else [c.edtf for c in r] for r in runs)
    return f"[{','.join(p for part in parts for p in part)}]"
