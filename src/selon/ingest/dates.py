"""Dates as people and programs write them: « 12/03/2026 », « jeu. 12 mars 2026 », `20260312T1259Z`.

One reader wherever a date is asked for: what it cannot tell is refused, with the way to settle it.
"""

from __future__ import annotations

import datetime
import re
from typing import Final, Literal

from selon.errors import SelonError
from selon.i18n import _, preferred_language
from selon.ingest.edtf_dates import edtf
from selon.ingest.word_lists import fold_words, months, word_set

Order = Literal["day-first", "month-first"]
ORDERS: Final[tuple[Order, ...]] = ("day-first", "month-first")

_COMPACT: Final = re.compile(r"(\d{4})(\d\d)(\d\d)(?:[T ]?\d{4}(?:\d\d)?(?:Z|[+-]\d{2}:?\d\d)?)?")
_HOUR: Final = (
    r"(?:[\s,T]*(?:a|at|-|–|,|\|)?\s*\d{1,2}\s?(?:[:h.]\s?\d{2}(?::\d\d(?:\.\d+)?)?|h)"
    r"\s*(?:am|pm|a\.m\.|p\.m\.)?\s*(?:\(?[a-z]{1,5}\)?|[+-]\d\d:?\d\d)?)?"
)
_YEAR_FIRST: Final = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})" + _HOUR)
_NUMBERS: Final = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d\d)" + _HOUR)
_DAY_FIRST: Final = re.compile(
    r"(?<!\d)(\d{1,2})(?:er|st|nd|rd|th|º|ª|\.)?[\s-]+(?:de\s+|of\s+)?([^\W\d_]{3,12})\.?,?(?:[\s-]+de)?[\s-]+(\d{4})(?!\d)"
)
_MONTH_FIRST: Final = re.compile(
    r"\b([a-z]{3,10})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?!\d)"
)
# « 12-mars-26 », as spreadsheets show a day.
_SHORT: Final = re.compile(r"(\d{1,2})[\s./-]+([a-z]{3,9})\.?[\s./-]+(\d\d(?:\d\d)?)")
_SIGNS: Final = re.compile(r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日")
_MONTH_ONLY: Final = re.compile(r"([a-z]{3,10})\.?\s+(?:de\s+)?(\d{4})")
_AROUND: Final = re.compile(r"[a-z'-]+|\d+|\S")
# What follows a weekday that is a month's name as well.
_NUMBERED: Final = re.compile(r"\.?,?\s*(?:le\s+)?\d{1,2}(?:er)?[\s./-]+\S*\D")
# Two-digit years up to this one are of our century.
_TURN: Final = 69


class Ambiguous(Exception):
    """Day and month could each be the other: nobody has said which comes first."""


def parse_date(value: str, order: Order | None = None) -> str | None:
    """The EDTF of a date however it is written; None where it is none.

    EDTF stays as it is; of the others only the day is kept. Raises `Ambiguous` for `03/04/2026`
    where `order` does not settle it; dots (`03.04.2026`) are a day-first habit.
    """
    plain = edtf(value)
    if plain is not None:
        return plain
    value = value.strip()
    if match := _COMPACT.fullmatch(value):
        return _day(match[1], match[2], match[3])
    words = _bare(fold_words(value))
    if match := _YEAR_FIRST.fullmatch(words):
        return _day(match[1], match[2], match[3])
    if match := _NUMBERS.fullmatch(words):
        return _by_order(match, order)
    for pattern in (_DAY_FIRST, _MONTH_FIRST):
        match = pattern.match(words)
        if match and re.fullmatch(rf"(?:{_HOUR})?[\s,.]*", _bare(words[match.end() :], "")):
            return _by_words(match)
    if (match := _SHORT.fullmatch(words)) and match[2] in months():
        return _day(_whole_year(match[3]), str(months()[match[2]]), match[1])
    if (match := _MONTH_ONLY.fullmatch(words)) and match[1] in months():
        return f"{match[2]}-{months()[match[1]]:02d}"
    return None


def order_of(value: str) -> Order | None:
    """What comes first in a date of numbers, where one of them is over twelve; None elsewhere."""
    match = _NUMBERS.fullmatch(_bare(fold_words(value)))
    if match is None:
        return None
    one, two = int(match[1]), int(match[3])
    return "day-first" if one > 12 >= two else "month-first" if two > 12 >= one else None


def find_date(line: str) -> str | None:
    """The first day that a line names in words (« jeudi 12 mars 2026, p. 3 »); None without one."""
    words = fold_words(line)
    if signs := _SIGNS.search(words):
        return _day(signs[1], signs[2], signs[3])
    found = [m for p in (_DAY_FIRST, _MONTH_FIRST) for m in p.finditer(words)]
    days = ((m.start(), _by_words(m)) for m in found)
    return min(((at, day) for at, day in days if day), default=(0, None))[1]


def is_line(line: str, max_chars: int = 60) -> bool:
    """Whether a line says a date and little else."""
    words = fold_words(line)
    if len(words) > max_chars or find_date(line) is None:
        return False
    return (
        _SIGNS.match(words) is not None
        or _DAY_FIRST.match(_bare(words)) is not None
        or _MONTH_FIRST.match(_bare(words)) is not None
    )


def usual_order(language: str | None) -> Order | None:
    """In which order a language writes 03/04/2026; None where it does not say."""
    return "day-first" if language == "fr" else None


def parse_date_option(value: str, name: str, order: Order | None = None) -> str:
    """The EDTF of a date that a person gave; SelonError says in one sentence why it is refused.

    Who speaks French to the program writes the day first.
    """
    try:
        found = parse_date(value, order or usual_order(preferred_language()))
    except Ambiguous:
        raise SelonError(
            _("{name}: “{value}” may be two dates; write it as 2020-03-12").format(
                name=name, value=value
            )
        ) from None
    if found is None:
        raise SelonError(
            _(
                "{name}: “{value}” is not a date; write 2020-03-12, 12/03/2020, 2020-03 or 2020"
            ).format(name=name, value=value)
        )
    return found


def _bare(words: str, also: str = "le du the on") -> str:
    """The words without a weekday and what leads a date in."""
    fillers = frozenset(also.split()) | {",", ".", "(", ")"}
    while words:
        first = _AROUND.match(words)
        if not first or not (first[0] in fillers or first[0] in word_set("weekdays", "all")):
            break
        # « mar. 3 mars » is a weekday, « mar. 2026 » a month.
        if first[0] in months() and not _NUMBERED.match(words[first.end() :]):
            break
        words = words[first.end() :].lstrip()
    return words.strip()


def _by_order(match: re.Match[str], order: Order | None) -> str | None:
    one, sign, two, year = int(match[1]), match[2], int(match[3]), match[4]
    year = _whole_year(year)
    if one > 12 or two > 12 or one == two:
        day, month = (two, one) if two > 12 else (one, two)
        if (order == "month-first" and one > 12) or (order == "day-first" and two > 12):
            # The order that was said does not hold: a wrong date is worse than none.
            return None
    elif sign == "." or order == "day-first":
        day, month = one, two
    elif order == "month-first":
        day, month = two, one
    else:
        raise Ambiguous(match[0])
    return _day(year, str(month), str(day))


def _whole_year(year: str) -> str:
    if len(year) != 2:
        return year
    return f"20{year}" if int(year) <= _TURN else f"19{year}"


def _by_words(match: re.Match[str]) -> str | None:
    one, two, year = match[1], match[2], match[3]
    day, month = (one, two) if one.isdigit() else (two, one)
    if month not in months():
        return None
    return _day(year, str(months()[month]), day)


def _day(year: str, month: str, day: str) -> str | None:
    try:
        return datetime.date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None
