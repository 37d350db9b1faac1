"""What tables, plots and files say in English or French; the words stand in `labels.tsv`."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib import resources
from typing import Final

from selon import tsv

LANGUAGES: Final = ("en", "fr")
_MONTH: Final = re.compile(r"(\d{4})-(\d\d)$")
_DATED: Final = re.compile(r"\d{4}-(0[1-9]|1[0-2])(?!\d)")
_YEAR: Final = re.compile(r"\d{4}(?!\d)")
_MONTHS: Final = {
    "en": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(),
    "fr": "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.".split(),
}


def label(of: str, key: str, language: str) -> str:
    """The word for a part of a table; the key itself where there is none."""
    told = _words().get((of, key))
    return told[LANGUAGES.index(language)] if told else key


def dimension(name: str, language: str) -> str:
    """The name of a dimension."""
    return label("dimension", name, language)


def value(name: str, told: str | None, language: str) -> str:
    """A value of a dimension, as people call it; what is not known is said so."""
    if told is None:
        return label("word", "none" if name in ("relay", "addressee") else "unknown", language)
    return label(name, told, language)


def month(published: str | None) -> str | None:
    """The month of a date in EDTF, `2026-03`; nothing where it is coarser."""
    return published[:7] if published and _DATED.match(published) else None


def year(published: str | None) -> str | None:
    """The year of a date in EDTF."""
    return published[:4] if published and _YEAR.match(published) else None


def spoken_month(told: str, language: str) -> str:
    """`2026-03` as « mars 2026 », whatever is no month as it is."""
    found = _MONTH.match(told)
    if not found or not 1 <= int(found[2]) <= 12:
        return told
    return f"{_MONTHS[language][int(found[2]) - 1]} {found[1]}"


def percent(share: float, language: str, digits: int = 0) -> str:
    """A share as people read it: « 34 % », "34%"."""
    number = f"{100 * share:.{digits}f}"
    return f"{number.replace('.', ',')} %" if language == "fr" else f"{number}%"


def whole(number: int, language: str) -> str:
    """A count with its thousands parted: « 12 345 », "12,345"."""
    return f"{number:,}".replace(",", "\u202f" if language == "fr" else ",")


@lru_cache(maxsize=1)
def _words() -> dict[tuple[str, str], tuple[str, str]]:
    text = (resources.files("selon") / "labels.tsv").read_text("utf-8")
    rows = tsv.rows(text)
    return {(of, key): (english, french) for of, key, english, french in rows}
