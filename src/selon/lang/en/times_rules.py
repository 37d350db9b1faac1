"""What English time expressions mean: one named function a rule, its surface forms in its docstring."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any, Final

from selon.edtf import intervals
from selon.lang.en.words import read_toml
from selon.reading.times import meaning
from selon.reading.times.grammar import Meaning, Now
from selon.reading.times.meaning import Unit

UNITS: Final[dict[str, Unit]] = {"day": "day", "week": "week", "month": "month", "year": "year"}
# What reads a match, the classes of triggers, the traits (see `Rule`), the shape.
Shape = tuple[Callable[[re.Match[str]], Meaning | None], str, str, str]
PART: Final = r"(?:,? (?:{part}|at noon))?"
HEAD: Final = r"(?:(?P<aim>{aim}) )?"
# Hours that are said for whole days: "48 hours ago".
DAYS_IN_HOURS: Final = (24, 48, 72)
LAST: Final = ("last", "past", "previous")
NEXT: Final = ("next", "coming", "upcoming")


@lru_cache(maxsize=1)
def words() -> dict[str, Any]:
    """`times.toml` as it stands."""
    return read_toml("times.toml")


def aim_of(match: re.Match[str]) -> int:
    """-1 for the last one, 1 for the next, else 0."""
    word = (match.groupdict().get("aim") or "").lower()
    return -1 if word in LAST else 1 if word in NEXT else 0


def month_number(name: str) -> int:
    """The number of a month, by its name or its short one."""
    table = {**words()["months"], **words()["short_months"]}
    low = name.lower()
    return int(table.get(low) or table.get(low + ".") or table[low.rstrip(".")])


def weekday_number(name: str) -> int:
    """The number of a weekday, Monday 0."""
    low = name.lower()
    return int({**words()["weekdays"], **words()["short_weekdays"]}[low])


def count_of(number: str) -> int:
    """A number in figures or words."""
    low = number.lower()
    return int(words()["numbers"].get(low) or low.replace(",", ""))


def iso_date(match: re.Match[str]) -> Meaning | None:
    """2020-03-12"""
    return meaning.fixed_days(intervals.civil(int(match["y"]), int(match["m"]), int(match["d"])))


def slashed_date(match: re.Match[str]) -> Meaning | None:
    """3/14/2020: the month first, unless it can be none; 3/4/2020 is left open outside America."""
    month, day, year = int(match["m"]), int(match["d"]), int(match["y"])
    if month > 12:
        month, day = day, month
    return meaning.fixed_days(intervals.civil(year + (2000 if year < 100 else 0), month, day))


def full_date(match: re.Match[str]) -> Meaning | None:
    """March 12, 2020 · Thursday, March 12 · 12 March 2020 · the 12th of March · Sept. 11"""
    if not match["month"][0].isupper():
        return None
    month, day = month_number(match["month"]), int(match["d"])
    name = match.groupdict().get("weekday")
    if match["year"]:
        return meaning.fixed_days(intervals.civil(int(match["year"]), month, day))
    if intervals.civil(2020, month, day) is None:
        return None
    return meaning.date(month, day, weekday_number(name) if name else None, aim_of(match))


def month_year(match: re.Match[str]) -> Meaning | None:
    """March 2020 · in early March 2020 · March of 2020"""
    if not match["month"][0].isupper():
        return None
    return meaning.fixed_days(intervals.month(int(match["year"]), month_number(match["month"])))


def month_alone(match: re.Match[str]) -> Meaning | None:
    """in March · last March · next November · since August"""
    if not match["month"][0].isupper():
        return None
    return meaning.month(month_number(match["month"]), aim_of(match))


def month_years_off(match: re.Match[str]) -> Meaning | None:
    """March of last year · last year's March"""
    if not match["month"][0].isupper():
        return None
    aim, number = aim_of(match), month_number(match["month"])

    def read(now: Now) -> intervals.Interval | None:
        return intervals.month(now.today.year + aim, number) if now.today else None

    return read


def deictic(match: re.Match[str]) -> Meaning | None:
    """today · yesterday morning · tomorrow night · tonight · the day before yesterday"""
    days = int(words()["deictics"][match["deictic"].lower()])
    over = (match.groupdict().get("over") or "").lower()
    return meaning.shift(days + (-1 if over == "before" else 1 if over == "after" else 0))


def this_part(match: re.Match[str]) -> Meaning | None:
    """this morning · this afternoon · this evening"""
    return meaning.shift(0)


def last_night(match: re.Match[str]) -> Meaning | None:
    """last night"""
    return meaning.shift(-1)


def weekday(match: re.Match[str]) -> Meaning | None:
    """Monday · on Monday night · last Monday · next Monday · this Monday"""
    if (match.groupdict().get("aim") or "").lower() == "this":
        return meaning.this_weekday(weekday_number(match["weekday"]))
    return meaning.weekday(weekday_number(match["weekday"]), aim_of(match))


def weekday_off(match: re.Match[str]) -> Meaning | None:
    """the following Monday · the previous Monday"""
    return meaning.near_weekday(
        weekday_number(match["weekday"]), -1 if match["turn"][0] in "pP" else 1
    )


def recurrence(match: re.Match[str]) -> Meaning | None:
    """every Monday · on Mondays · each year · daily"""
    return meaning.nothing


def story_day(match: re.Match[str]) -> Meaning | None:
    """that day · that night · the same day"""
    return meaning.days_after_named(0)


def story_shift(match: re.Match[str]) -> Meaning | None:
    """the next day · the following day · the day before · the previous day"""
    low = match[0].lower()
    return meaning.days_after_named(-1 if "before" in low or "previous" in low else 1)


def named_year(match: re.Match[str]) -> Meaning | None:
    """in 2016 · since 2010 · the year 2000 · by 2030 · (1995)"""
    return meaning.fixed_days(intervals.year(int(match["year"] or match["t"])))


def decade(match: re.Match[str]) -> Meaning | None:
    """the 1990s · the '90s · the 80s · the 1600s (a century)"""
    number = int(match["number"])
    if 1000 <= number < 1900 and number % 100 == 0:
        return meaning.fixed_days(intervals.years(number, 100))
    if number < 100:
        number += 1900 if number > 20 else 2000
    return meaning.fixed_days(intervals.years(number, 10))


def century(match: re.Match[str]) -> Meaning | None:
    """the 19th century · the 21st century"""
    return meaning.fixed_days(intervals.years((int(match["number"]) - 1) * 100, 100))


def aimed_unit(match: re.Match[str]) -> Meaning | None:
    """last week · next month · this year · the past year"""
    aim = {"this": 0, "last": -1, "next": 1}.get(match["aim"].lower())
    unit = UNITS.get(match["unit"].lower())
    return meaning.nothing if aim is None or unit is None else meaning.unit(unit, aim)


def weekend(match: re.Match[str]) -> Meaning | None:
    """this weekend · last weekend · over the weekend · next weekend"""
    return meaning.weekend(aim_of(match))


def season(match: re.Match[str]) -> Meaning | None:
    """in the summer of 2016 · last fall · this spring · in winter"""
    name = words()["seasons"][match["season"].lower()]
    year = match.groupdict().get("year")
    if year:
        return meaning.fixed_days(intervals.season(int(year), name))
    return meaning.season(name, aim_of(match))


def quarter(match: re.Match[str]) -> Meaning | None:
    """the first quarter of 2020 · the second half of 2019"""
    order = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4}
    count, half = order[match["nth"].lower()], match["half"].lower() == "half"
    if half and count > 2:
        return None
    return meaning.fixed_days(intervals.part(int(match["year"]), half, count))


def feast(match: re.Match[str]) -> Meaning | None:
    """Christmas · Christmas Eve · Good Friday · Easter 2016 · last Halloween"""
    low = re.sub(r"\s+", " ", match["feast"].lower().replace("’", "'"))
    year, table = match.groupdict().get("year"), words()
    if low in table["easter"]:
        off = int(table["easter"][low])
        return (
            meaning.fixed_days(meaning.easter_of(int(year), off))
            if year
            else meaning.easter(off, aim_of(match))
        )
    month, day = table["feasts"][low]
    return (
        meaning.fixed_days(intervals.civil(int(year), month, day))
        if year
        else looking_ahead(meaning.date(month, day, None, aim_of(match)), month, day)
    )


def looking_ahead(nearest: Meaning, month: int, day: int) -> Meaning:
    """A feast of a verb that looks ahead lies ahead, be it most of a year."""

    def read(now: Now) -> intervals.Interval | None:
        found = nearest(now)
        if now.tense == "future" and found and now.today and found.last < now.today:
            return meaning.date(month, day, None, 1)(now)
        return found

    return read


def ago(match: re.Match[str]) -> Meaning | None:
    """three days ago · a week earlier · two years ago · in three days · a month from now"""
    name, number = match["unit"].lower().rstrip("s"), match.groupdict().get("number")
    unit, count = UNITS.get(name), count_of(number) if number else 0
    if name == "hour" and count in DAYS_IN_HOURS:
        unit, count = "day", count // 24
    if unit is None or not number:
        return meaning.nothing
    return meaning.ago(unit, -count if "ago" in match[0].lower() else count)


def duration(match: re.Match[str]) -> Meaning | None:
    """for three days · two decades · a few weeks · several hours · the past two years"""
    return meaning.nothing


def vague(match: re.Match[str]) -> Meaning | None:
    """recently · currently · in recent years"""
    return meaning.nothing


def clock(match: re.Match[str]) -> Meaning | None:
    """at 8 p.m. · 10:30 a.m. · noon · midnight: of the day beside it"""
    return meaning.story
