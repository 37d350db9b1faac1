"""The page `/article/{number:int}`."""

from __future__ import annotations

from typing import Any, Final

from litestar import Response, get

from selon.room import frame
from selon.room.frame import Asked


@get("/article/{number:int}", sync_to_thread=True)
def article(request: Asked, number: int) -> Response[str]:
    """Nothing yet."""
    return frame.page(request, "article")


ROUTES: Final[list[Any]] = [article]
