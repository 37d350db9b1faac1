"""Dates as people type them into a form, made into those that a library keeps."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

_ISO: Final = re.compile(r"(\d{4})(?:-(\d\d?)(?:-(\d\d?))?)?")
_DAY_FIRST: Final = re.compile(r"(?:(\d\d?)[/.\-])?(\d\d?)[/.\-](\d{4})")
_NAMED: Final = re.compile(r"(?:(\d\d?)(?:er|st|nd|rd|th)?\s+)?([^\W\d_]+)\.?\s+(\d{4})")
_NAMED_FIRST: Final = re.compile(r"([^\W\d_]+)\.?\s+(\d\d?)(?:st|nd|rd|th)?,?\s+(\d{4})")
# The beginnings that tell a month from all others, in French and English, accents folded.
_MONTHS: Final = (
    ("janv", "jan"),
    ("fevr", "fev", "feb"),
    ("mars", "mar"),
    ("avr", "apr"),
    ("mai", "may"),
    ("juin", "jun"),
    ("juil", "jul"),
    ("aout", "aug"),
    ("sept", "sep"),
    ("oct",),
    ("nov",),
    ("dec",),
)
_NEAR: Final = {
    **dict.fromkeys(("aujourd’hui", "aujourd'hui", "today"), 0),
    **dict.fromkeys(("hier", "yesterday"), 1),
    **dict.fromkeys(("avant-hier",), 2),
}
_ACCENTS: Final = str.maketrans("éèêûôî", "eeeuoi")


def day(words: str, today: date) -> str | None:
    """The date that `28/06/2020`, `juin 2020`, `1er mai 2020`, `hier` or `2020-06` says; else None.

    Day before month, as French and British papers write; nothing where it is no day of the calendar.
    """
    plain = " ".join(words.lower().split())
    if plain in _NEAR:
        return (today - timedelta(_NEAR[plain])).isoformat()
    if found := _ISO.fullmatch(plain):
        return _edtf(found[1], found[2], found[3])
    if found := _DAY_FIRST.fullmatch(plain):
        return _edtf(found[3], found[2], found[1])
    if (found := _NAMED.fullmatch(plain)) and (month := _month(found[2])):
        return _edtf(found[3], str(month), found[1])
    if (found := _NAMED_FIRST.fullmatch(plain)) and (month := _month(found[1])):
        return _edtf(found[3], str(month), found[2])
    return None


def _month(name: str) -> int | None:
    plain = name.translate(_ACCENTS)
    for number, beginnings in enumerate(_MONTHS, 1):
        if plain.startswith(beginnings):
            return number
    return None


def _edtf(year: str, month: str | None, day: str | None) -> str | None:
    try:
        date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    return "-".join((year, *(part.zfill(2) for part in (month, day) if part)))
