"""The page `/family/{number:int}`."""

from __future__ import annotations

from typing import Any, Final

from litestar import Response, get

from selon.room import frame
from selon.room.frame import Asked


@get("/family/{number:int}", sync_to_thread=True)
def family(request: Asked, number: int) -> Response[str]:
    """Nothing yet."""
    return frame.page(request, "family")


ROUTES: Final[list[Any]] = [family]
