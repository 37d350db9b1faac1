"""English time expressions around others: so long before them, their week, their end, their half."""

from __future__ import annotations

import re
from typing import Final

from selon.edtf import intervals
from selon.lang.en import times_rules as rules
from selon.lang.en.times_rules import HEAD, LAST, NEXT, PART, UNITS, Shape, words
from selon.reading.times import meaning
from selon.reading.times.grammar import Meaning, Now

NTH: Final = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": -1}


def off(match: re.Match[str]) -> Meaning | None:
    """two days earlier · a week later · three years afterward: from the day just named, or the year"""
    unit = UNITS.get(match["unit"].lower().rstrip("s"))
    number = match.groupdict().get("number")
    if unit is None or not number:
        return meaning.nothing
    count = rules.count_of(number) * (-1 if match["way"].lower() == "earlier" else 1)

    def read(now: Now) -> intervals.Interval | None:
        # From a year only years can be told, from a month months as well.
        if now.wide and (unit == "year" or (unit == "month" and now.wide.grain == "month")):
            return meaning.shift_unit(now.wide.first, unit, count)
        return meaning.shift_unit(now.near.first, unit, count) if now.near else None

    return read


def weeks_from(match: re.Match[str]) -> Meaning | None:
    """a week from Monday · two weeks from today · a week from tomorrow"""
    days = 7 * rules.count_of(match["number"])
    if match["deictic"]:
        return meaning.shift(days + int(words()["deictics"][match["deictic"].lower()]))
    number = rules.weekday_number(match["weekday"])

    def read(now: Now) -> intervals.Interval | None:
        ahead = (number - now.today.weekday()) % 7 or 7 if now.today else 0
        return intervals.shift(now.today, ahead + days) if now.today else None

    return read


def overnight(match: re.Match[str]) -> Meaning | None:
    """It rained overnight · overnight on Monday: the night that has passed, or is to come"""

    def read(now: Now) -> intervals.Interval | None:
        ahead = now.tense in ("future", "present")
        return intervals.shift(now.today, 0 if ahead else -1) if now.today else None

    return read


def near_unit(match: re.Match[str]) -> Meaning | None:
    """the following week · the previous month · that year"""
    unit = UNITS[match["unit"].lower()]
    count = {"following": 1, "previous": -1}.get((match["turn"] or "").lower(), 0)
    return lambda now: meaning.shift_unit(now.near.first, unit, count) if now.near else None


def ago_this(match: re.Match[str]) -> Meaning | None:
    """a year ago this week · two years ago this month · a year ago today"""
    years = rules.count_of(match["number"])
    unit = UNITS.get((match["unit"] or "day").lower(), "day")

    def read(now: Now) -> intervals.Interval | None:
        if now.today is None or not 0 <= years < now.today.year:
            return None
        day = min(now.today.day, 28) if now.today.month == 2 else now.today.day
        then = intervals.civil(now.today.year - years, now.today.month, day)
        return meaning.shift_unit(then.first, unit, 0) if then else None

    return read


def edge_of_month(match: re.Match[str]) -> Meaning | None:
    """the end of March · the beginning of May 2019 · the start of last June"""
    if not match["month"][0].isupper():
        return None
    return rules.month_year(match) if match["year"] else rules.month_alone(match)


def edge_of_unit(match: re.Match[str]) -> Meaning | None:
    """the end of the month · the beginning of last year · earlier in the week · later in the year"""
    unit = UNITS.get(match["unit"].lower())
    return meaning.nothing if unit is None else meaning.unit(unit, rules.aim_of(match))


def edge_of_year(match: re.Match[str]) -> Meaning | None:
    """the end of 2019 · the start of 2020"""
    return rules.named_year(match)


def week_of(match: re.Match[str]) -> Meaning | None:
    """the week of March 16 · the week of Sept. 3, 2018"""
    date = rules.full_date(match)
    if date is None:
        return None

    def read(now: Now) -> intervals.Interval | None:
        found = date(now)
        return meaning.shift_unit(found.first, "week", 0) if found else None

    return read


def weekday_of_week(match: re.Match[str]) -> Meaning | None:
    """Monday of last week · Friday next week"""
    number = rules.weekday_number(match["weekday"])
    week = {**dict.fromkeys(LAST, -1), **dict.fromkeys(NEXT, 1)}.get(match["aim"].lower(), 0)
    return lambda now: (
        intervals.shift(now.today, 7 * week + number - now.today.weekday()) if now.today else None
    )


def week_over(match: re.Match[str]) -> Meaning | None:
    """the week before last · the month after next"""
    return meaning.unit(UNITS[match["unit"].lower()], -2 if match["way"][0] in "bB" else 2)


def _nth(year: int, month: int, nth: int, weekday: int) -> intervals.Interval | None:
    """The nth of a weekday in a month, the last one where it is -1."""
    whole = intervals.month(year, month)
    if whole is None:
        return None
    edge = whole.last if nth < 0 else whole.first
    ahead = -((edge.weekday() - weekday) % 7) if nth < 0 else (weekday - edge.weekday()) % 7
    found = intervals.shift(edge, ahead + (0 if nth < 0 else 7 * (nth - 1)))
    return found if found and whole.holds(found.first) else None


def nth_weekday(match: re.Match[str]) -> Meaning | None:
    """the first Sunday of May · the last Monday in August 2019"""
    if not match["month"][0].isupper():
        return None
    month, nth = rules.month_number(match["month"]), NTH[match["nth"].lower()]
    weekday = rules.weekday_number(match["weekday"])
    if match["year"]:
        return meaning.fixed_days(_nth(int(match["year"]), month, nth, weekday))
    return meaning.yearly(lambda year: _nth(year, month, nth, weekday))


def holiday(match: re.Match[str]) -> Meaning | None:
    """Thanksgiving · Memorial Day 2019 · last Labor Day"""
    if not match["holiday"][0].isupper():
        return None
    name = re.sub(r"\s+", " ", match["holiday"].lower().replace("’", "'"))
    month, nth, weekday = words()["holidays"][name]
    if match["year"]:
        return meaning.fixed_days(_nth(int(match["year"]), month, nth, weekday))
    return meaning.yearly(lambda year: _nth(year, month, nth, weekday), rules.aim_of(match))


def quarter_alone(match: re.Match[str]) -> Meaning | None:
    """the third quarter: of which year, the verb tells"""
    count = NTH[match["nth"].lower()]
    return meaning.yearly(lambda year: intervals.part(year, False, count))


def quarter_off(match: re.Match[str]) -> Meaning | None:
    """the first quarter of this year · the second half of last year · the last quarter of the year"""
    half = match["half"].lower() == "half"
    count = NTH[match["nth"].lower()]
    if count < 0:
        count = 2 if half else 4
    aim = rules.aim_of(match)
    if half and count > 2:
        return None
    return lambda now: intervals.part(now.today.year + aim, half, count) if now.today else None


def season_off(match: re.Match[str]) -> Meaning | None:
    """the spring of this year · the winter of last year"""
    name, aim = words()["seasons"][match["season"].lower()], rules.aim_of(match)
    return lambda now: intervals.season(now.today.year + aim, name) if now.today else None


def often(match: re.Match[str]) -> Meaning | None:
    """twice a week · three times a year · monthly · annual"""
    return meaning.nothing if match[0][0].islower() or " " in match[0] else None


# The function, the classes of triggers, the traits, the shape: see times.py.
SHAPES: Final[tuple[Shape, ...]] = (
    (
        rules.full_date,
        "month",
        "",
        r"\bthe {part} of (?P<month>{month}) (?P<d>{day})\b(?:,? (?P<year>{year})\b)?",
    ),
    (
        week_of,
        "month",
        "",
        r"\bthe week of (?P<month>{month}) (?P<d>{day})\b(?:,? (?P<year>{year})\b)?",
    ),
    (
        edge_of_month,
        "month",
        "",
        r"\bthe (?:end|beginning|start|middle) of (?:(?P<aim>last|next|this) )?(?P<month>{month})\b"
        r"(?! \d\d?\b)(?:,? (?P<year>{year})\b)?",
    ),
    (
        edge_of_unit,
        "unit",
        "",
        r"\b(?:the (?:end|beginning|start|middle) of|(?:earlier|later) in) (?:the|(?P<aim>last|next|this)) "
        r"(?P<unit>week|month|year|decade|century)\b(?!['’]s)",
    ),
    (
        edge_of_year,
        "digit",
        "",
        r"\bthe (?:end|beginning|start|middle) of (?P<year>{year})\b(?![,.]\d|['’]?s\b|[-–]\d)",
    ),
    (
        rules.named_year,
        "digit",
        "",
        r"\b(?:(?:mid|early|late)-|fiscal (?:year )?)(?P<year>{year})\b(?![,.]\d|['’]?s\b|[-–]\d)",
    ),
    (
        nth_weekday,
        "weekday",
        "",
        r"\bthe (?P<nth>first|second|third|fourth|last) (?P<weekday>{plain_weekday}) (?:of|in) "
        r"(?P<month>{month})\b(?:,? (?P<year>{year})\b)?",
    ),
    (
        weekday_of_week,
        "weekday",
        "",
        r"\b(?P<weekday>{plain_weekday}) (?:of )?(?P<aim>last|next|this) week\b",
    ),
    (
        week_over,
        "unit",
        "",
        r"\bthe (?P<unit>week|month|year) (?P<way>before last|after next)\b",
    ),
    (
        rules.weekday,
        "weekday",
        "bare",
        r"\b(?:late|early)(?: on)? " + HEAD + r"(?P<weekday>{plain_weekday})\b" + PART,
    ),
    (
        rules.weekday,
        "weekday",
        "bare",
        r"\b(?:{clock}|noon|midnight),? (?:on )?" + HEAD + r"(?P<weekday>{plain_weekday})\b"
        r"(?!,? {month} \d)",
    ),
    (
        holiday,
        "feast",
        "passes",
        r"\b(?:(?P<aim>last|next|this) )?(?P<holiday>{holiday})\b(?: (?P<year>{year})\b)?",
    ),
    (
        near_unit,
        "unit",
        "",
        r"\b(?:the (?P<turn>following|previous|same)|(?:(?<=later )|(?<=earlier ))that) "
        r"(?P<unit>week|month|year)\b",
    ),
    (
        off,
        "unit",
        "",
        r"\b(?:about |nearly |almost |more than |just |only )?(?:(?P<number>{number})|a few|several"
        r"|a couple(?: of)?) (?P<unit>{unit}) (?P<way>earlier|later|afterwards?)\b",
    ),
    (
        weeks_from,
        "unit",
        "",
        r"\b(?P<number>{number}) weeks? from (?:(?P<deictic>today|tomorrow)|(?P<weekday>{plain_weekday}))\b",
    ),
    (
        overnight,
        "part",
        "",
        r"\bovernight\b(?=[.,;:]|\s+(?:in|at|on|after|as|and|but|by|when|while|from|with|to|before|because)\b|\s*$)"
        r"(?! (?:on )?{plain_weekday})",
    ),
    (
        ago_this,
        "unit",
        "",
        r"\b(?P<number>{number}) years? ago (?:this (?P<unit>week|month)|today)\b",
    ),
    (
        quarter_alone,
        "unit",
        "",
        r"\bthe (?P<nth>first|second|third|fourth)(?: |-)quarter\b(?! of\b)(?!-)",
    ),
    (
        quarter_off,
        "unit",
        "",
        r"\bthe (?P<nth>first|second|third|fourth|last) (?P<half>quarter|half) of "
        r"(?:the|(?P<aim>last|next|this)) year\b",
    ),
    (
        season_off,
        "season",
        "",
        r"\b(?:the )?(?P<season>{season}) of (?P<aim>last|next|this) year\b",
    ),
    (
        often,
        "unit",
        "",
        r"\b(?:once|twice|(?:{number}|several|many) times) (?:a|every|each|per) {unit}\b",
    ),
    (often, "often", "", r"\b{often}\b"),
    (
        rules.duration,
        "unit",
        "",
        r"\b(?:for|in|over|within|after) (?P<t>(?:days|weeks|months|years|decades|centuries))\b",
    ),
)
