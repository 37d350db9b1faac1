"""The page `/network`."""

from __future__ import annotations

from typing import Any, Final

from litestar import Response, get

from selon.room import frame
from selon.room.frame import Asked


@get("/network", sync_to_thread=True)
def network(request: Asked) -> Response[str]:
    """Nothing yet."""
    return frame.page(request, "network")


ROUTES: Final[list[Any]] = [network]
