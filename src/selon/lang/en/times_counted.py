"""English expressions that count: the nth weekday of a month."""

from __future__ import annotations

import re
from typing import Final

from selon.edtf import intervals
from selon.lang.en import times_rules as rules
from selon.lang.en.times_rules import Shape
from selon.lang.en.times_spans import NTH
from selon.reading.times import meaning
from selon.reading.times.grammar import Meaning


def nth_weekday(match: re.Match[str]) -> Meaning | None:
    """the last Friday in February · the first Monday of May 2027"""
    if not match["month"][0].isupper():
        return None
    number, nth = rules.weekday_number(match["weekday"]), _nth(match)
    of = rules.month_number(match["month"])
    if not match["year"]:
        return meaning.nth_weekday(number, nth, of)
    around = intervals.month(int(match["year"]), of)
    return meaning.fixed_days(intervals.nth_weekday(around, number, nth) if around else None)


def nth_weekday_off(match: re.Match[str]) -> Meaning | None:
    """the first Wednesday of next month · the second Saturday of this month"""
    number, nth = rules.weekday_number(match["weekday"]), _nth(match)
    return meaning.within(
        meaning.unit("month", rules.aim_of(match)),
        lambda around: intervals.nth_weekday(around, number, nth),
    )


def some_nth_weekday(match: re.Match[str]) -> Meaning | None:
    """the first Wednesday of every month · the third Monday of the month: of no one month"""
    return meaning.nothing


def _nth(match: re.Match[str]) -> int:
    return NTH.get(match["nth"].lower(), 5)


_NTH_DAY: Final = (
    r"\b(?:the )?(?P<nth>first|second|third|fourth|fifth|(?<=the )last) (?P<weekday>{plain_weekday})"
    r"(?: {part})?"
)
# The function, the classes of triggers, the traits, the shape: see times.py.
SHAPES: Final[tuple[Shape, ...]] = (
    (
        nth_weekday,
        "weekday",
        "",
        _NTH_DAY + r" (?:of|in) (?P<month>{month})\b(?! \d\d?\b)(?:,?(?: of)? (?P<year>{year})\b)?"
        r"(?! (?:of )?(?:last|next|each|every))",
    ),
    (
        nth_weekday_off,
        "weekday",
        "",
        _NTH_DAY + r" (?:of|in) (?P<aim>last|next|this|the coming) month\b",
    ),
    (
        some_nth_weekday,
        "weekday",
        "recurs",
        r"\b(?:(?:the|every|each) )?(?:first|second|third|fourth|fifth|(?<=the )last)"
        r" {plain_weekday}(?: {part})? (?:of|in) (?:the|each|every|a) (?:month|year)\b",
    ),
    (
        some_nth_weekday,
        "weekday",
        "recurs",
        r"\b(?:(?:the|every|each) )?(?:first|second|third|fourth|fifth) {plain_weekday}\b",
    ),
)
