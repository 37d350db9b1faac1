"""Say an EDTF date in plain words; what is not understood is shown as written."""

from __future__ import annotations

import re
from typing import Final

from selon.i18n import catalogue

_DATE: Final = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d).*)?)?)?([?~%]?)")
_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June", "July", "August"),
    *("September", "October", "November", "December"),
)


def date_in_words(edtf: str, language: str) -> str:
    """A date in words: `2024-03-01` is 1 March 2024, `2024~` around 2024, `a/b` a – b."""
    start, slash, end = edtf.partition("/")
    if slash:
        ends = [_one(part, language) if part not in ("", "..") else "…" for part in (start, end)]
        return " – ".join(ends)
    return _one(edtf, language)


def _one(edtf: str, language: str) -> str:
    _ = catalogue(language).gettext
    match = _DATE.fullmatch(edtf)
    if match is None:
        return edtf
    year, month, day, hour, minute, doubt = match.groups()
    if month and not 1 <= int(month) <= 12:
        return edtf
    said = year.lstrip("0") or "0"
    if month:
        said = f"{_(_MONTHS[int(month) - 1])} {said}"
    if day:
        said = f"{_first(int(day), language)} {said}"
    if hour:
        said = f"{said}, {hour}:{minute}"
    return _("around {date}").format(date=said) if doubt else said


def _first(day: int, language: str) -> str:
    return "1er" if day == 1 and language == "fr" else str(day)
