"""The pages `/outlet` and `/stats`: whom an outlet quotes, in whose voice; shares with intervals."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from litestar import Response, get
from litestar.exceptions import NotFoundException

from selon.library import outlet as outlets
from selon.library.facets import Value, facets
from selon.library.find import Query
from selon.library.stats import BY, Table, stats
from selon.library.store import Library
from selon.room import frame
from selon.room.counts import Counts
from selon.room.frame import Asked

SHOWN: Final = 40
PEOPLE: Final = 40
_LARGEST: Final = 3
HEADS: Final = {
    **{"outlet": "Outlet", "voice": "Voice", "form": "Form", "stance": "Stance"},
    **{"speaker": "Speaker", "gender": "Gender", "kind": "Kind", "via": "Via", "month": "Month"},
}


@get("/outlet", sync_to_thread=True)
def outlet(request: Asked) -> Response[str]:
    """All outlets; or the account of the one that `name` gives."""
    name = request.query_params.get("name", "")
    holdings = frame.holdings(request)
    if not name:
        found = holdings.counts.whole(*_OUTLETS)
        people = holdings.counts.whole(*_PEOPLE).value
        return frame.page(
            request, "outlets", door="outlet", all=found.value, people=people, fresh=found.fresh
        )
    counted = holdings.counts.whole(*_named(name))
    if counted.value is None:
        raise NotFoundException
    about, gender = counted.value
    return frame.page(request, "outlet", about=about, gender=gender, fresh=counted.fresh)


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
    counted = frame.holdings(request).counts.whole(*_stats(by, query))
    table = counted.value
    lines = table.lines[:SHOWN]
    return frame.page(
        request,
        "stats",
        by=by,
        choices=tuple(BY),
        heads=HEADS,
        given=given,
        lines=lines,
        more=len(table.lines) - len(lines),
        unknown=table.unknown,
        fresh=counted.fresh,
    )


def _stats(by: str, query: Query) -> tuple[tuple[str, str, Query], Callable[[Library], Table]]:
    return ("stats", by, query), lambda held: stats(held.connection, by, query)


def _outlet(held: Library, name: str) -> tuple[outlets.Outlet, Table] | None:
    about = outlets.outlet(held.connection, name)
    if about is None:
        return None
    return about, stats(held.connection, "gender", Query(outlet=name))


def _named(
    name: str,
) -> tuple[tuple[str, str], Callable[[Library], tuple[outlets.Outlet, Table] | None]]:
    return ("outlet", name), lambda held: _outlet(held, name)


def warm(counts: Counts) -> None:
    """Count beforehand: the outlets, the largest of them, the shares of the whole library."""

    def largest(held: Library) -> None:
        for brief in outlets.outlets(held.connection)[:_LARGEST]:
            counts.soon(*_named(brief.name), patience=0)

    counts.soon(*_OUTLETS, patience=0)
    counts.soon(*_PEOPLE, patience=0)
    counts.soon(("largest outlets",), largest, patience=0)
    for by in BY:
        counts.soon(*_stats(by, Query()), patience=0)


def _outlets(held: Library) -> tuple[outlets.Brief, ...]:
    return outlets.outlets(held.connection)


def _people(held: Library) -> tuple[Value, ...]:
    """Those who speak most."""
    return facets(held.connection, Query(), PEOPLE).values["speaker"]


_OUTLETS: Final = (("outlets",), _outlets)
_PEOPLE: Final = (("people",), _people)
ROUTES: Final[list[Any]] = [outlet, shares]
