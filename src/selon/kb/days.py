"""Dates known in part, as windows of days: `2020-03` is 2020-03-01 to 2020-03-31."""

from __future__ import annotations

import re
from calendar import monthrange
from functools import lru_cache
from typing import Final

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
    """The first and last day that an EDTF date or interval may mean; None where it means none.

    Forms read: `2020`, `2020-03`, `2020-03-15`, `2020-03-15T10:00`, `2020-03~`, `2020-03/2020-05`.
    """
    if not text:
        return None
    begin, slash, end = text.partition("/")
    if not slash:
        return _whole(clean(begin))
    first, last = _whole(clean(begin)), _whole(clean(end))
    if first is None or last is None or first[0] > last[1]:
        return None
    return first[0], last[1]


@lru_cache(maxsize=65536)
def _whole(date: str | None) -> Window | None:
    if date is None:
        return None
    if len(date) == 4:
        return f"{date}-01-01", f"{date}-12-31"
    if len(date) == 7:
        last = monthrange(int(date[:4]), int(date[5:]))[1]
        return f"{date}-01", f"{date}-{last:02}"
    return date, date
