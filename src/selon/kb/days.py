"""Dates known in part, as windows of days: `2020-03` is 2020-03-01 to 2020-03-31."""

from __future__ import annotations

import re
from calendar import monthrange
from typing import Final

from selon.edtf import bounds

_DATE: Final = re.compile(r"\+?(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?![\d-])")
FIRST: Final = "0000-01-01"
LAST: Final = "9999-12-31"

Window = tuple[str, str]


def clean(text: str | None) -> str | None:
    """The date that a text begins with: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; None if it has none."""
    found = _DATE.match((text or "").strip())
    if not found:
        return None
    year, month, day = found.groups()
    if year == "0000":
        return None
    if month is None or month == "00":
        return year
    if not 1 <= int(month) <= 12:
        return None
    if day is None or day == "00":
        return f"{year}-{month}"
    if not 1 <= int(day) <= monthrange(int(year), int(month))[1]:
        return None
    return f"{year}-{month}-{day}"


def window(text: str | None) -> Window | None:
    """Return the first and last day that an EDTF date or interval may mean, or None where it means none."""
    known = bounds(text)
    return None if known is None else (known[0].isoformat(), known[1].isoformat())
