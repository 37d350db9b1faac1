"""Dates of publication as they come in: EDTF, or not a date at all."""

from __future__ import annotations

import datetime
import re
from typing import Final

# Not a full reader of EDTF: the shapes in which a date of publication is known. Level 1 marks
# (?, ~, %), unspecified digits (2020-03-XX), seasons (2020-21), intervals and sets.
_PART: Final = re.compile(
    r"(?P<year>-?[\dX]{4})(?:-(?P<month>[\dX]{2})(?:-(?P<day>[\dX]{2})"
    r"(?P<time>T[0-2]\d:[0-5]\d(?::[0-6]\d(?:\.\d+)?)?(?:Z|[+-][0-2]\d(?::?[0-5]\d)?)?)?)?)?[?~%]?"
)
_SQL: Final = re.compile(r"(\d{4}-\d\d-\d\d) (\d\d:\d\d.*)")


def edtf(value: str) -> str | None:
    """The value if it is an EDTF date, interval or set; None if not.

    A blank between day and hour, as databases write it, becomes the `T` of EDTF.
    """
    value = _SQL.sub(r"\1T\2", value.strip())
    inside = value
    if inside[:1] + inside[-1:] in ("[]", "{}"):
        parts = inside[1:-1].replace("..", ",").split(",")
    else:
        parts = inside.split("/")
        if len(parts) > 2:
            return None
        parts = [p for p in parts if p not in ("", "..")] if len(parts) == 2 else parts
    real = [p.strip() for p in parts if p.strip()]
    return value if real and all(_exists(p) for p in real) else None


def _exists(part: str) -> bool:
    """Whether a date has a shape that EDTF knows and, where its digits are known, is a day."""
    match = _PART.fullmatch(part)
    if match is None:
        return False
    year, month, day = match["year"], match["month"], match["day"]
    if month is None or "X" in month:
        return True
    if day is None:
        return 1 <= int(month) <= 12 or 21 <= int(month) <= 41
    if not 1 <= int(month) <= 12:
        return False
    if "X" in day:
        return True
    try:
        # A leap year stands in for one that has unknown digits or that datetime does not know.
        datetime.date(int(year) if year.isdigit() and int(year) else 2000, int(month), int(day))
    except ValueError:
        return False
    return True
