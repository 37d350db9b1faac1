"""The page `/check`."""

from __future__ import annotations

from typing import Any, Final

from litestar import Response, get

from selon.room import frame
from selon.room.frame import Asked


@get("/check", sync_to_thread=True)
def check(request: Asked) -> Response[str]:
    """Nothing yet."""
    return frame.page(request, "check")


ROUTES: Final[list[Any]] = [check]
