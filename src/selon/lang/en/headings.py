"""Datelines and date lines at the head of an English text: which stretches there are metadata.

A rule looks at the beginning of one line and wants the whole shape, up to the dash or the end of
the line: a date that opens a sentence is none of its business.
"""

from __future__ import annotations

import datetime
import re
from functools import lru_cache
from typing import Final

from selon.lang.en.words import read_toml
from selon.records import Heading, Span

ZONE: Final = 1500
MAX_LINES: Final = 10
MAX_LINE_CHARS: Final = 400
AGENCY: Final = (
    r"Reuters|AP|AFP|UPI|Associated Press|The Associated Press"
    r"|Agence France-Presse|Bloomberg|Xinhua|Kyodo|dpa|PA|CNN|PTI|ANI|TASS|Interfax"
)


@lru_cache(maxsize=1)
def _shapes() -> tuple[tuple[str, re.Pattern[str]], ...]:
    table = read_toml("times.toml")
    months = "|".join(re.escape(m) for m in (*table["months"], *table["short_months"]))
    days = "|".join(table["weekdays"])
    date = (
        rf"(?P<date>(?i:(?:(?:{days}),? )?(?:(?:{months}) \d{{1,2}}(?:,? \d{{4}})?"
        rf"|\d{{1,2}} (?:{months})(?: \d{{4}})?))|\d{{4}}-\d\d-\d\d)"
    )
    whole = date.replace(r"(?:,? \d{4})?", r",? \d{4}").replace(r"(?: \d{4})?", r" \d{4}")
    place = r"(?P<place>[A-Z][\w.’' -]{2,30}(?:, [A-Z][\w. ]{1,15})?)"
    dash = r"\s*(?:--|[—–-])\s*"
    label = r"(?i:(?:first )?published|posted|updated|last updated|date)"
    return (
        (
            "keyed_date",
            re.compile(rf"{label}(?::| on|)\s+{whole}(?:[ ,|]*\d{{1,2}}:\d\d.{{0,20}})?\s*$"),
        ),
        (
            "agency_dateline",
            re.compile(rf"(?:{place}(?:, {date})? )?\((?P<outlet>{AGENCY})\){dash}"),
        ),
        ("agency_dash", re.compile(rf"(?P<outlet>{AGENCY}){dash}(?=[A-Z])")),
        ("place_dated", re.compile(rf"{place}, {date}{dash}(?=[A-Z])")),
        (
            "city_dash",
            re.compile(
                r"(?P<place>[A-Z][A-Z.’' -]{3,30}(?:, [A-Z][\w. ]{1,15})?)\s*(?:--|[—–])\s*(?=[A-Z“\"])"
            ),
        ),
        ("place_line", re.compile(rf"{whole}\s*$")),
        ("agency_line", re.compile(rf"\(?(?P<outlet>{AGENCY})\)?\s*$")),
    )


def find_headings(text: str) -> tuple[Heading, ...]:
    """The stretches at the head of a text that are metadata, in text order, never overlapping.

    « CLEVELAND, July 19 (UPI) — », « LONDON — », « Published: March 3, 2020 », « Reuters ».
    """
    out: list[Heading] = []
    at = 0
    for _ in range(MAX_LINES):
        while at < min(len(text), ZONE) and text[at].isspace():
            at += 1
        if at >= min(len(text), ZONE):
            break
        end = text.find("\n", at, at + MAX_LINE_CHARS)
        stop = end if end >= 0 else min(len(text), at + MAX_LINE_CHARS)
        line = text[at:stop]
        for rule, shape in _shapes():
            match = shape.match(line)
            if match is not None:
                out.append(_heading(match, rule, at))
                break
        if end < 0:
            end = text.find("\n", stop)
        if end < 0:
            break
        at = end + 1
    return tuple(out)


def _heading(match: re.Match[str], rule: str, at: int) -> Heading:
    def span(name: str) -> Span | None:
        found = match.groupdict().get(name)
        return Span(match.start(name) + at, match.end(name) + at) if found else None

    words = match.groupdict().get("date")
    return Heading(
        span=Span(at, at + len(match[0].rstrip())),
        date=span("date"),
        place=span("place"),
        outlet=span("outlet"),
        rule=rule,
        published=edtf_of_date(words) if words else None,
    )


def edtf_of_date(words: str) -> str | None:
    """What an English date says, in EDTF; nothing where no year is given or the day is none."""
    low = words.lower()
    iso = re.fullmatch(r"\d{4}-\d\d-\d\d", low)
    year = re.search(r"\b\d{4}\b", low)
    if year is None:
        return None
    table = read_toml("times.toml")
    try:
        if iso:
            return datetime.date.fromisoformat(low).isoformat()
        names = {**table["short_months"], **table["months"]}
        month = next(n for name, n in names.items() if re.search(rf"\b{re.escape(name)}", low))
        number = re.search(r"\b\d{1,2}\b", low)
        return datetime.date(int(year[0]), month, int(number[0]) if number else 1).isoformat()
    except (ValueError, StopIteration):
        return None
