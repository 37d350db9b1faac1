"""Meanings that languages share: from where an expression stands to the days it means.

Each function answers with a `Meaning`. Weekdays count from 0 (Monday), months from 1. `aim` is
-1 for the last one (« dernier »), 1 for the next (« prochain »), 0 where the tense decides.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

from selon.edtf import intervals
from selon.edtf.intervals import Interval
from selon.reading.times.grammar import Meaning, Now, Tense

Unit = Literal["day", "week", "month", "year"]

# In days: a date without its year is not written so far from it, if the other side is so near.
DISTANT: Final = 240
CLOSE: Final = 100
# « la nouvelle année » is spoken of from November to February.
EARLY: Final = 2
LATE: Final = 11


@dataclass(frozen=True, slots=True)
class Fixed:
    """The same days whenever it is said; a meaning that need not be worked out for each day."""

    value: Interval | None

    def __call__(self, now: Now) -> Interval | None:
        """The days."""
        return self.value


def fixed_days(value: Interval | None) -> Meaning:
    """The same days whenever it is said."""
    return Fixed(value)


# A duration, a recurrence, a vague word, an impossible date: no calendar value.
nothing: Final[Meaning] = Fixed(None)


def story(now: Now) -> Interval | None:
    """The day that the story has reached, however far back it was named."""
    return now.near or now.story


def days_after_named(days: int = 0) -> Meaning:
    """So many days after the day that the paragraph has just named (« le lendemain »)."""
    return lambda now: intervals.shift(now.near.first, days) if now.near else None


def near_weekday(number: int, aim: int) -> Meaning:
    """That weekday of the story: the very day (0), the next after it (1), the last before (-1)."""

    def read(now: Now) -> Interval | None:
        told = story(now) if aim == 0 else now.near
        if told is None:
            return None
        ahead = (number - told.first.weekday()) % 7
        if aim == 0:
            return told if ahead == 0 else None
        return intervals.shift(told.first, (ahead or 7) if aim > 0 else ahead - 7)

    return read


def shift(days: int) -> Meaning:
    """So many days from the day of publication (« hier », « demain »)."""
    return lambda now: intervals.shift(now.today, days) if now.today else None


def same_day(first: Meaning, second: Meaning) -> Meaning:
    """Two names of one day (« hier, lundi »): a value only where they agree."""

    def read(now: Now) -> Interval | None:
        a = first(now)
        # The second must not choose another week or year than the first has said.
        b = second(Now(a.first)) if a else second(now)
        return a if a is not None and b is not None and a.first == b.first else None

    return read


def weekday(number: int, aim: int = 0) -> Meaning:
    """A weekday near the publication; that very day counts unless « dernier » or « prochain ».

    A present looks ahead (« le procès s'ouvre lundi »); without a tense, news looks back.
    """

    def read(now: Now) -> Interval | None:
        if now.today is None:
            return None
        ahead = (number - now.today.weekday()) % 7
        if aim:
            return intervals.shift(now.today, (ahead or 7) if aim > 0 else ahead - 7)
        if now.tense in ("future", "present") or ahead == 0:
            return intervals.shift(now.today, ahead)
        return intervals.shift(now.today, ahead - 7)

    return read


def this_weekday(number: int) -> Meaning:
    """« ce lundi »: today, else the next or last by the tense, else the nearest ahead."""

    def read(now: Now) -> Interval | None:
        tense: Tense = "past" if now.tense == "past" else "future"
        return weekday(number)(Now(now.today, tense))

    return read


def weekend(aim: int = 0) -> Meaning:
    """Saturday and Sunday; without a tense, the last one from Monday to Wednesday."""

    def read(now: Now) -> Interval | None:
        if now.today is None:
            return None
        today = now.today.weekday()
        if aim:
            return intervals.run(
                now.today,
                (5 - today) + (7 if aim > 0 and today > 4 else 0) if aim > 0 else -2 - today,
                2,
            )
        past = now.tense == "past" or (now.tense != "future" and today < 3)
        offset = -2 - today if past and today < 5 else 5 - today
        return intervals.run(now.today, offset, 2)

    return read


def day_of_month(number: int, weekday: int | None = None) -> Meaning:
    """A day of a month left out (« jeudi 16 », « le 16 »): the fitting month nearest by tense."""

    def read(now: Now) -> Interval | None:
        today = now.today
        if today is None:
            return None
        choices = [
            d
            for n in range(-3, 4)
            if (m := intervals.month(today.year, today.month + n))
            and (d := intervals.civil(m.first.year, m.first.month, number))
            and weekday in (None, d.first.weekday())
        ]
        return _nearest(choices, today, now.tense)

    return read


def date(month: int, number: int, weekday: int | None = None, aim: int = 0) -> Meaning:
    """A day and a month whose year is left out: the nearest one by the tense, the weekday fitting.

    Without a fitting year among last, this and next: nothing.
    """

    def read(now: Now) -> Interval | None:
        today = now.today
        if today is None:
            return None
        choices = [
            d
            for n in (-1, 0, 1)
            if (d := intervals.civil(today.year + n, month, number))
            and weekday in (None, d.first.weekday())
        ]
        return _nearest(choices, today, _towards(aim, now.tense), strict=bool(aim))

    return read


def yearly(make: Callable[[int], Interval | None], aim: int = 0) -> Meaning:
    """What each year has once: a month, a season, a feast; the nearest one by the tense."""

    def read(now: Now) -> Interval | None:
        if now.today is None:
            return None
        choices = [s for n in (-1, 0, 1) if (s := make(now.today.year + n))]
        return _nearest(choices, now.today, _towards(aim, now.tense), strict=bool(aim))

    return read


def month(number: int, aim: int = 0) -> Meaning:
    """A month whose year is left out."""
    return yearly(lambda year: intervals.month(year, number), aim)


def season(name: str, aim: int = 0) -> Meaning:
    """A season whose year is left out."""
    return yearly(lambda year: intervals.season(year, name), aim)


def easter(days: int, aim: int = 0) -> Meaning:
    """So many days after Easter, the year left out."""
    return yearly(lambda year: easter_of(year, days), aim)


def easter_of(year: int, days: int) -> Interval | None:
    """So many days after the Easter of a year."""
    return intervals.shift(intervals.easter(year), days) if 1583 <= year <= 9998 else None


def nth_weekday(number: int, nth: int, of: int, aim: int = 0) -> Meaning:
    """The nth such weekday of a month whose year is left out; -1 is the last one."""

    def make(year: int) -> Interval | None:
        around = intervals.month(year, of)
        return intervals.nth_weekday(around, number, nth) if around else None

    choose = yearly(make, aim)

    def read(now: Now) -> Interval | None:
        # One told as past and yet to come: of which year nobody says.
        day = choose(now)
        belied = day and now.today and now.tense == "past" and day.first > now.today
        return None if belied else day

    return read


def within(around: Meaning, choose: Callable[[Interval], Interval | None]) -> Meaning:
    """A day chosen within a month (« le 5 du mois prochain »)."""

    def read(now: Now) -> Interval | None:
        month = around(now)
        return choose(month) if month is not None and month.grain == "month" else None

    return read


def story_or_today(now: Now) -> Interval | None:
    """The day that the story has reached, else that of publication for what is still to come."""
    told = story(now)
    if told is not None or now.tense != "future" or now.today is None:
        return told
    return intervals.day(now.today)


def unit(name: Unit, count: int) -> Meaning:
    """The day, ISO week, month or year so many from that of publication (0: this one)."""

    def read(now: Now) -> Interval | None:
        if now.today is None:
            return None
        return shift_unit(now.today, name, count)

    return read


def new_year() -> Meaning:
    """The year that has just begun, or is about to; at another time of the year nobody knows."""

    def read(now: Now) -> Interval | None:
        if now.today is None:
            return None
        if now.today.month <= EARLY:
            return intervals.year(now.today.year)
        return intervals.year(now.today.year + 1) if now.today.month >= LATE else None

    return read


def shift_unit(today: datetime.date, name: Unit, count: int) -> Interval | None:
    """The day, ISO week, month or year so many from the one that holds a day."""
    if name == "day":
        return intervals.shift(today, count)
    if name == "week":
        return intervals.run(today, 7 * count - today.weekday(), 7) if abs(count) < 9999 else None
    if name == "month":
        return intervals.month(today.year, today.month + count)
    return intervals.year(today.year + count)


def ago(name: Unit, count: int) -> Meaning:
    """« il y a trois jours » (a count below 0), « dans trois jours »: years are about so."""

    def read(now: Now) -> Interval | None:
        if now.today is None:
            return None
        if name == "year":
            return intervals.year(now.today.year + count, about=abs(count) > 1)
        return shift_unit(now.today, name, count)

    return read


def _towards(aim: int, tense: Tense | None) -> Tense | None:
    return "past" if aim < 0 else "future" if aim > 0 else tense


def _nearest(
    choices: list[Interval], today: datetime.date, tense: Tense | None, strict: bool = False
) -> Interval | None:
    """The choice nearest to a day on the side that the tense gives; strictly beyond, if asked."""
    if tense == "past":
        side = [c for c in choices if (c.last < today if strict else c.first <= today)]
    elif tense == "future":
        side = [c for c in choices if (c.first > today if strict else c.last >= today)]
    else:
        side = choices
    best = min(side, key=lambda c: _gap(c, today), default=None)
    if strict or tense is None:
        return best
    # A day without its year is not most of a year away: there the verb was another's.
    other = min(choices, key=lambda c: _gap(c, today), default=None)
    if other is None or other.grain != "day":
        return best
    if best is None or (_gap(best, today)[0] > DISTANT and _gap(other, today)[0] < CLOSE):
        return other
    return best


def _gap(choice: Interval, today: datetime.date) -> tuple[int, bool]:
    """How many days off a choice is, and whether it is ahead."""
    if choice.holds(today):
        return 0, False
    if choice.first > today:
        return (choice.first - today).days, True
    return (today - choice.last).days, False
