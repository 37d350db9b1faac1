"""The pages `/outlet` and `/stats`: whom an outlet quotes, in whose voice; shares with intervals."""

from __future__ import annotations

from typing import Any, Final

from litestar import Response, get
from litestar.exceptions import NotFoundException

from selon.library import outlet as outlets
from selon.library.find import Query
from selon.library.stats import BY, stats
from selon.room import frame
from selon.room.frame import Asked

SHOWN: Final = 40


@get("/outlet", sync_to_thread=True)
def outlet(request: Asked) -> Response[str]:
    """All outlets; or the account of the one that `name` gives."""
    name = request.query_params.get("name", "")
    holdings = frame.holdings(request)
    if not name:
        found = holdings.kept(("outlets",), lambda held: outlets.outlets(held.connection))
        return frame.page(request, "outlets", door="outlet", all=found)
    about, gender = holdings.kept(
        ("outlet", name),
        lambda held: (
            outlets.outlet(held.connection, name),
            stats(held.connection, "gender", Query(outlet=name)),
        ),
    )
    if about is None:
        raise NotFoundException
    return frame.page(request, "outlet", about=about, gender=gender)


@get("/stats", sync_to_thread=True)
def shares(request: Asked) -> Response[str]:
    """The shares of one column's values, as published and with copies counted once."""
    by = request.query_params.get("by", "outlet")
    by = by if by in BY else "outlet"
    given = {
        k: request.query_params[k].strip()
        for k in ("outlet", "since", "until")
        if request.query_params.get(k, "").strip()
    }
    query = Query(**given)
    table = frame.holdings(request).kept(
        ("stats", by, query), lambda held: stats(held.connection, by, query)
    )
    lines = table.lines[:SHOWN]
    return frame.page(
        request,
        "stats",
        by=by,
        choices=tuple(BY),
        given=given,
        lines=lines,
        more=len(table.lines) - len(lines),
        unknown=table.unknown,
    )


ROUTES: Final[list[Any]] = [outlet, shares]
