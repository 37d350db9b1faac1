"""The page `/enter`."""

from __future__ import annotations

from typing import Any, Final

from litestar import Response, get

from selon.room import frame
from selon.room.frame import Asked


@get("/enter", sync_to_thread=True)
def enter(request: Asked) -> Response[str]:
    """Nothing yet."""
    return frame.page(request, "enter")


ROUTES: Final[list[Any]] = [enter]
