"""Who signs a visitor's judgements: a name in a cookie, no password."""

from __future__ import annotations

from typing import Final
from urllib.parse import unquote

from selon.room.frame import Asked

COOKIE: Final = "selon_reviewer"
LONGEST: Final = 60


def reviewer(request: Asked) -> str:
    """The name that signs this visitor's judgements."""
    given = unquote(request.cookies.get(COOKIE, "")).replace(":", " ")
    plain = " ".join("".join(c for c in given if c.isprintable()).split())[:LONGEST]
    by: str = plain or request.app.state.settings.by
    return by
