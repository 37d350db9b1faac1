"""The page `/review`."""

from __future__ import annotations

from typing import Any, Final

from litestar import Response, get

from selon.room import frame
from selon.room.frame import Asked


@get("/review", sync_to_thread=True)
def review(request: Asked) -> Response[str]:
    """Nothing yet."""
    return frame.page(request, "review")


ROUTES: Final[list[Any]] = [review]
