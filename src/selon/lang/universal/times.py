"""Dates and days by a language's own names for them, where it has no time grammar of its own."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, Final

from selon.edtf import intervals
from selon.errors import SelonError
from selon.lang import read_toml
from selon.reading.times import meaning
from selon.reading.times.grammar import Grammar, Meaning, Rule

# Weekdays from Monday and months from January, each with its number; days from today.
TABLES: Final = ("weekdays", "months", "deictics")
# What may stand between a day and its month, and a month and its year: « 3 de marzo de 2024 ».
LISTS: Final = ("between", "ordinals")
NONE: Final = Grammar((), {}, lambda text, span: None)

Read = Callable[[re.Match[str]], Meaning | None]


@lru_cache(maxsize=8)
def words(code: str) -> Mapping[str, Any]:
    """`times.toml` of a language folder; SelonError names a key that is not known."""
    given = read_toml(code, "times.toml")
    for key in sorted(given.keys() - {*TABLES, *LISTS}):
        raise SelonError(
            f"lang/{code}/times.toml: unknown key `{key}`; there are: {', '.join((*TABLES, *LISTS))}"
        )
    return {**{k: {} for k in TABLES}, **{k: [] for k in LISTS}, **given}


@lru_cache(maxsize=8)
def grammar(code: str) -> Grammar:
    """The time expressions of a language folder: ISO dates, days with months, weekdays, deictics."""
    known = words(code)
    months, weekdays, near = known["months"], known["weekdays"], known["deictics"]
    between = f"(?:[ .,]+(?:{_either(known['between'])} )?)" if known["between"] else "[ .,]+"
    ordinal = f"(?:{_either(known['ordinals'])})?" if known["ordinals"] else ""
    month = f"(?P<month>{_either(months)})"
    year = rf"(?:{between}(?P<year>(?:1[5-9]|20)\d\d)\b)?"
    day = rf"(?P<day>3[01]|[12]\d|0?[1-9]){ordinal}"
    shapes: list[tuple[str, Read, str, str, bool]] = [
        ("iso_date", iso_date, r"(?<![\w-])(\d{4})-(\d\d)-(\d\d)(?![\w-])", "digit", True),
        (
            "day_month",
            date_reader(months),
            rf"\b{day}{between}{month}\b{year}",
            "digit",
            bool(months),
        ),
        ("month_day", date_reader(months), rf"\b{month}[ .]+{day}\b{year}", "month", bool(months)),
        (
            "month_year",
            month_year(months),
            rf"\b{month}{between}(?P<year>(?:1[5-9]|20)\d\d)\b",
            "month",
            bool(months),
        ),
        ("weekday", weekday(weekdays), rf"\b{_either(weekdays)}\b", "weekday", bool(weekdays)),
        ("deictic", deictic(near), rf"\b{_either(near)}\b", "deictic", bool(near)),
    ]
    return Grammar(
        tuple(
            Rule(name, re.compile(shape, re.IGNORECASE), read, frozenset({on}))
            for name, read, shape, on, wanted in shapes
            if wanted
        ),
        _triggers(known),
        lambda text, span: None,
    )


def iso_date(match: re.Match[str]) -> Meaning | None:
    """2024-03-12"""
    return meaning.fixed_days(intervals.civil(int(match[1]), int(match[2]), int(match[3])))


def date_reader(months: Mapping[str, int]) -> Read:
    """12 March 2024 · 12 de marzo · March 12, 2024"""

    def read(match: re.Match[str]) -> Meaning | None:
        month, day = months[match["month"].lower()], int(match["day"])
        if match["year"]:
            return meaning.fixed_days(intervals.civil(int(match["year"]), month, day))
        return None if intervals.civil(2020, month, day) is None else meaning.date(month, day)

    return read


def month_year(months: Mapping[str, int]) -> Read:
    """March 2024 · marzo de 2024"""

    def read(match: re.Match[str]) -> Meaning | None:
        return meaning.fixed_days(
            intervals.month(int(match["year"]), months[match["month"].lower()])
        )

    return read


def weekday(weekdays: Mapping[str, int]) -> Read:
    """Monday · lunes: the last one, as news looks back"""

    def read(match: re.Match[str]) -> Meaning | None:
        return meaning.weekday(weekdays[match.group().lower()])

    return read


def deictic(near: Mapping[str, int]) -> Read:
    """today · ayer · mañana"""

    def read(match: re.Match[str]) -> Meaning | None:
        return meaning.shift(near[match.group().lower()])

    return read


def _either(names: Any) -> str:
    """An alternation of words, the longest first."""
    return "(?:" + "|".join(sorted(map(re.escape, names), key=len, reverse=True)) + ")"


def _triggers(known: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """The longest word of each name, with the class of rules that it wakes."""
    found: dict[str, tuple[str, ...]] = {}
    for kind, table in (("month", "months"), ("weekday", "weekdays"), ("deictic", "deictics")):
        for name in known[table]:
            word = max(re.findall(r"[^\W\d_]+", name.lower()), key=len, default="")
            found[word] = tuple(dict.fromkeys((*found.get(word, ()), kind)))
    return found
