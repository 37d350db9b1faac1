"""The page `/article/{number}`: who speaks where in a text, and what people judged of it."""

from __future__ import annotations

from typing import Any, Final

import orjson
from litestar import Response, get
from litestar.exceptions import NotFoundException

from selon.room import frame
from selon.room.frame import Asked
from selon.room.voices import Shown, shown
from selon.show import account


@get("/article/{number:int}", sync_to_thread=True)
def article(request: Asked, number: int) -> Response[str]:
    """The text with its voices, its statements beside it; 404 where there is none."""
    with frame.holdings(request).reading() as library:
        found = shown(library, number)
    if found is None:
        raise NotFoundException
    return frame.page(
        request,
        "article",
        a=found,
        forms=account.FORMS,
        stances=account.STANCES,
        line=_line(found),
        writes=not frame.holdings(request).read_only,
    )


def _line(found: Shown) -> str:
    """What the time axis draws, as JSON for an attribute."""
    points = [
        [day, card.entry.number, card.entry.who.label, card.excerpt[:80]]
        for day, card in found.when
    ]
    return orjson.dumps(points).decode()


ROUTES: Final[list[Any]] = [article]
