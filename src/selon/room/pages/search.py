"""The page `/`."""

from __future__ import annotations

from typing import Any, Final

from litestar import Response, get

from selon.room import frame
from selon.room.frame import Asked


@get("/", sync_to_thread=True)
def search(request: Asked) -> Response[str]:
    """Nothing yet."""
    return frame.page(request, "search")


ROUTES: Final[list[Any]] = [search]
