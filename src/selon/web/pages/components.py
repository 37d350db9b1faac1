"""The page `/components`: every part that pages are made of, in each state; for who works on the room.

It is there only where `SELON_DEV` is set; nobody else finds it.
"""

from __future__ import annotations

import os
from typing import Any, Final

from litestar import Response, get
from litestar.exceptions import NotFoundException

from selon.web import templating
from selon.web.templating import Asked

_ROW: Final[dict[str, Any]] = {
    "id": 1,
    "article_id": 1,
    "speaker": "Solène Kerbrat",
    "addressees": "Basile Ortéga",
    "via": "Agence Brisant",
    "outlet": "L’Amer de l’Ouest",
    "before": "La digue tient. « ",
    "content": "Nous rouvrirons la cale lundi",
    "after": " », a promis la préfète.",
    "form": "direct",
    "voice": "quoted",
    "cue": "a promis",
}
# A long name, no name, no relay, no outlet: what a chain must bear.
ROWS: Final[tuple[dict[str, Any], ...]] = (
    _ROW,
    {**_ROW, "via": None, "addressees": None, "voice": "reported", "form": "indirect"},
    {**_ROW, "speaker": None, "via": "Le Phare de l’Odet et des communes littorales réunies"},
    {**_ROW, "outlet": None, "voice": "hedged"},
)


@get("/components", sync_to_thread=True)
def components(request: Asked) -> Response[str]:
    """All of them, with invented people."""
    if not os.environ.get("SELON_DEV"):
        raise NotFoundException
    return templating.page(request, "components", door="", rows=ROWS)


ROUTES: Final[list[Any]] = [components]
