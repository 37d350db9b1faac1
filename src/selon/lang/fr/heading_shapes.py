"""The shapes of French date lines and datelines: `headings.toml`'s words in regular expressions."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Final, NamedTuple

# White space inside a line: space, tab and the no-break and thin spaces of French typography.
_S: Final = "[ \\t\u00a0\u2009\u200a\u202f]"
# A dash, of one or two strokes; a hyphen counts where it binds no two words or figures.
_DASH: Final = "(?:[\u2012\u2013\u2014\u2015]{1,2}|(?<=[ .)/\u00a0\u202f])-{1,2}|-{1,2}(?=\\s|$))"
_STOP: Final = f"{_S}?\\.?{_S}?"
_END: Final = f"{_S}*$"

_CAPITAL: Final = "[A-ZÀ-ÖØ-ÞŒŠŽŁĀĆČĐĒĞĪİŌŞŢŪŻ]"
_LETTER: Final = "[^\\W\\d_]"
_WORD: Final = f"{_LETTER}+(?:['’.-]{_LETTER}+)*"
# « Montpellier », « La Haye », « Saint-Denis de la Réunion », « Bruxelles/Paris », « N'Djamena ».
_NAME: Final = f"(?:[LlDd]['’])?{_CAPITAL}{_LETTER}*(?:['’.-]{_LETTER}+)*"
_SMALL: Final = "(?:de|du|des|la|le|les|en|sur|sous|et|aux?|à)"
_PLACE: Final = f"{_NAME}(?:(?:{_S}|{_S}?/{_S}?)(?:{_SMALL}{_S}){{0,2}}{_NAME}){{0,4}}"
_REGION: Final = f"(?:{_S}\\({_LETTER}[^()\\d\\r\\n]{{1,30}}\\))?"
_PLACES: Final = f"{_PLACE}(?:{_S}?,{_S}{_PLACE}){{0,2}}{_REGION}"


class HeadingWords(NamedTuple):
    """What `headings.toml` holds, key by key."""

    weekdays: list[str]
    published: list[str]
    updated: list[str]
    sources: list[str]
    zones: list[str]
    agencies: list[str]
    cities: list[str]
    months: dict[str, int]


class Shapes(NamedTuple):
    """One compiled shape a rule, and what the reader of dates needs."""

    keyed: re.Pattern[str]
    dated_line: re.Pattern[str]
    place_line: re.Pattern[str]
    dated_paragraph: re.Pattern[str]
    place_dated: re.Pattern[str]
    agency: re.Pattern[str]
    agency_dash: re.Pattern[str]
    agency_line: re.Pattern[str]
    sourced: re.Pattern[str]
    city: re.Pattern[str]
    date: re.Pattern[str]
    later: re.Pattern[str]
    agencies: frozenset[str]
    months: dict[str, int]


class _Pieces(NamedTuple):
    """Parts that several shapes share; each is a whole, case settled inside it."""

    day: str
    month: str
    loose: str
    hour: str
    clock: str
    label: str
    agency: str


@lru_cache(maxsize=1)
def compile_shapes() -> Shapes:
    """The shapes, compiled once; a key of the file that is unknown or missing is an error."""
    path = Path(__file__).with_name("headings.toml")
    words = HeadingWords(**tomllib.loads(path.read_text(encoding="utf-8")))
    part = _pieces(words)
    bar = f"{_S}*[|•·–—-]{_S}*"
    # After a date: an hour, or a place, perhaps with another or a description after it.
    described = f"(?:{_S}?,{_S}{_WORD}(?:{_S}{_WORD}){{0,4}}(?={_S}?\\.))?"
    more = f"(?:{_S}?,{_S}(?:{part.hour}|(?P<place>{_PLACE}{_REGION}){described}))?"
    then = f"{_STOP}[|•·,;/()–—-]?{_S}*{part.label}(?:{part.month})?{part.clock}\\)?"
    return Shapes(
        keyed=re.compile(
            f"(?i:date){_S}?(?:[:=]{_S}?|(?<={_S}))(?P<date>{part.month})(?={_S}|[.,;]|$)"
        ),
        dated_line=re.compile(
            f"(?:[^.!?«»]{{0,90}}?{bar})?(?P<label>{part.label})(?P<date>{part.month}){part.clock}"
            f"(?:{then}){{0,3}}(?:{bar}[^.!?«»]{{0,40}}|{_STOP}){_END}"
        ),
        place_line=re.compile(
            f"(?:(?P<place2>{_PLACES}){_S}?,{_S})?(?P<date>{part.day}){part.clock}{more}{_STOP}"
            f"(?:{_DASH})?{_END}"
        ),
        dated_paragraph=re.compile(f"(?P<date>{part.day}){part.clock}{more}{_STOP}{_DASH}"),
        place_dated=re.compile(
            f"(?P<place>{_PLACES}){_S}?,{_S}(?P<date>{part.loose}){part.clock}{_STOP}{_DASH}"
        ),
        agency=re.compile(
            f"(?:(?P<place>{_PLACES}){_S}?,?{_S}?)?(?P<date>{part.loose})?{part.clock}{_S}?,?{_S}?"
            f"[(/](?P<outlet>{_LETTER}[^()\\r\\n]{{0,40}}?)[)/]{_STOP}(?P<dash>{_DASH})?"
        ),
        agency_dash=re.compile(f'(?P<outlet>{part.agency}){_S}{_DASH}(?={_S}?[«"“\\w])'),
        agency_line=re.compile(
            f"(?i:avec{_S}|par{_S})?\\(?(?P<outlet>{part.agency})\\)?"
            f"(?:(?:{_S}?,|{bar}|{_S}){_S}?(?:{part.label})?(?P<date>{part.month}){part.clock})?"
            f"\\.?{_END}"
        ),
        sourced=re.compile(
            f"(?i:{_any(words.sources)}){_S}?:{_S}?(?P<outlet>[^\\s:][^:.!?«»]{{0,60}}?)\\.?{_END}"
        ),
        city=re.compile(
            f"(?P<place>(?i:{_any(words.cities)})){_S}?{_DASH}{_S}?(?=[«\"“]|\\w['’\\w]*[a-zà-ÿ])"
        ),
        date=re.compile(_date(words)),
        later=re.compile(f"(?i:{_any(words.updated)})\\W*(?i:le\\W*)?"),
        agencies=frozenset(words.agencies),
        months=words.months,
    )


def _pieces(words: HeadingWords) -> _Pieces:
    months = _any(words.months)
    open_ = f"(?:(?i:{_any(words.weekdays)}),?{_S})?(?i:le{_S})?[0-3]?\\d(?:{_S}?(?i:er))?{_S}"
    named = f"(?i:{months})\\.?"
    figures = r"\d{4}-[01]\d-[0-3]\d|[0-3]?\d[/.][01]?\d[/.]\d{4}"
    zone = f"(?:{_S}?\\(?(?i:{_any(words.zones)})(?:[+-]\\d{{1,2}})?\\)?)?"
    hour = f"\\d{{1,2}}{_S}?(?i:[h:]){_S}?(?:\\d\\d)?(?::\\d\\d)?{zone}"
    labels = _any((*words.published, *words.updated))
    agency = f"(?i:{_any(words.agencies)})(?!\\w)"
    return _Pieces(
        day=f"(?:{open_}{named}{_S}\\d{{4}}|{figures})(?!\\w)",
        month=f"(?:{open_}{named}{_S}\\d{{4}}|{named}{_S}\\d{{4}}|{figures}|\\d{{4}}-[01]\\d)(?!\\w)",
        loose=f"(?:{open_}{named}(?:{_S}\\d{{4}})?|{figures})(?!\\w)",
        hour=hour,
        clock=f"(?:{_S}?,?{_S}(?:(?:à|-|–|\\||•){_S})?{hour})?",
        label=f"(?i:{labels}){_S}?:?{_S}(?i:le{_S}:?{_S}?)?",
        agency=f"{agency}(?:{_S}?/{_S}?{agency})*",
    )


def _date(words: HeadingWords) -> str:
    """Any date of the other shapes, its parts named."""
    named = (
        f"(?:(?i:{_any(words.weekdays)}),?{_S})?(?i:le{_S})?(?:(?P<d1>[0-3]?\\d)(?:{_S}?(?i:er))?{_S})?"
        f"(?P<month>(?i:{_any(words.months)}))\\.?(?:{_S}(?P<y1>\\d{{4}}))?"
    )
    iso = r"(?P<y2>\d{4})-(?P<m2>[01]\d)(?:-(?P<d2>[0-3]\d))?"
    slashed = r"(?P<d3>[0-3]?\d)[/.](?P<m3>[01]?\d)[/.](?P<y3>\d{4})"
    return f"{named}|{iso}|{slashed}"


def _any(words: Iterable[str]) -> str:
    """The words as alternatives, the longest first, with either apostrophe and any space."""
    ordered = sorted(words, key=lambda w: (-len(w), w))
    return "|".join(re.escape(w).replace("'", "['’]").replace("\\ ", _S) for w in ordered)
