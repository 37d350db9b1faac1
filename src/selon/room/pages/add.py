"""The page `/add`."""

from __future__ import annotations

from typing import Any, Final

from litestar import Response, get

from selon.room import frame
from selon.room.frame import Asked


@get("/add", sync_to_thread=True)
def add(request: Asked) -> Response[str]:
    """Nothing yet."""
    return frame.page(request, "add")


ROUTES: Final[list[Any]] = [add]
