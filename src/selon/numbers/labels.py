"""What tables, plots and files say in English or French; the words stand in `labels.tsv`."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib import resources
from typing import Final

from selon.kb import roles

TONGUES: Final = ("en", "fr")
_MONTH: Final = re.compile(r"(\d{4})-(\d\d)$")
_MONTHS: Final = {
    "en": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(),
    "fr": "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.".split(),
}


def label(of: str, key: str, tongue: str) -> str:
    """The word for a part of a table; the key itself where there is none."""
    told = _words().get((of, key))
    return told[TONGUES.index(tongue)] if told else key


def dimension(name: str, tongue: str) -> str:
    """The name of a dimension."""
    return label("dimension", name, tongue)


def value(name: str, told: str | None, tongue: str) -> str:
    """A value of a dimension, as people call it; what is not known is said so."""
    if told is None:
        return label("word", "none" if name in ("relay", "addressee") else "unknown", tongue)
    if name == "role":
        return office(told, tongue)
    return label(name, told, tongue)


def month(told: str, tongue: str) -> str:
    """`2026-03` as « mars 2026 », whatever is no month as it is."""
    found = _MONTH.match(told)
    if not found or not 1 <= int(found[2]) <= 12:
        return told
    return f"{_MONTHS[tongue][int(found[2]) - 1]} {found[1]}"


def percent(share: float, tongue: str, digits: int = 0) -> str:
    """A share as people read it: « 34 % », "34%"."""
    number = f"{100 * share:.{digits}f}"
    return f"{number.replace('.', ',')} %" if tongue == "fr" else f"{number}%"


def whole(number: int, tongue: str) -> str:
    """A count with its thousands parted: « 12 345 », "12,345"."""
    return f"{number:,}".replace(",", "\u202f" if tongue == "fr" else ",")


@lru_cache(maxsize=2048)
def office(head: str, tongue: str) -> str:
    """An office's name: `prime-minister` → « Premier ministre »."""
    if tongue == "fr":
        return roles.french(roles.Role(head)) or head
    return head.replace("-", " ")


@lru_cache(maxsize=1)
def _words() -> dict[tuple[str, str], tuple[str, str]]:
    text = (resources.files("selon.numbers") / "labels.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return {(of, key): (english, french) for of, key, english, french in rows}
