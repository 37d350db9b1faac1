"""The page `/outlet`."""

from __future__ import annotations

from typing import Any, Final

from litestar import Response, get

from selon.room import frame
from selon.room.frame import Asked


@get("/outlet", sync_to_thread=True)
def outlet(request: Asked) -> Response[str]:
    """Nothing yet."""
    return frame.page(request, "outlet")


ROUTES: Final[list[Any]] = [outlet]
