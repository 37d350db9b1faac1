"""Who signs a visitor's judgements: a name in a cookie, no password; asked for before the first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import quote, unquote

from litestar import Request
from litestar.datastructures import Cookie

from selon.errors import SelonError

COOKIE: Final = "selon_reviewer"
MAX_CHARS: Final = 60


class UnsignedError(SelonError):
    """Something was to be judged by somebody who has given no name yet; `posted` says what."""

    def __init__(self, posted: Mapping[str, Any]) -> None:
        super().__init__("no name signs this")
        self.posted = [
            (k, v)
            for k, value in posted.items()
            for v in (value if isinstance(value, list) else [value])
            if isinstance(v, str)
        ]


def clean_name(name: str) -> str:
    """A name as it signs: one line, no colon (which would make it that of a program)."""
    kept = "".join(c for c in name.replace(":", " ") if c.isprintable())
    return " ".join(kept.split())[:MAX_CHARS]


def signature(request: Request[Any, Any, Any]) -> str:
    """The name that signs this visitor's judgements; empty where none was given."""
    by: str = request.app.state.settings.by
    return clean_name(unquote(request.cookies.get(COOKIE, ""))) or by


def reviewer(request: Request[Any, Any, Any], posted: Mapping[str, Any]) -> str:
    """The name that signs what was posted; `UnsignedError` where one must be given first."""
    found = signature(request)
    if not found:
        raise UnsignedError(posted)
    return found


def cookie(name: str) -> Cookie:
    """What keeps a name in the visitor's browser for a year."""
    return Cookie(
        COOKIE, value=quote(clean_name(name)), max_age=31_536_000, httponly=True, samesite="strict"
    )
