"""The pages `/outlet` and `/stats`: whom an outlet quotes, in whose voice; shares with intervals."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from litestar import Response, get
from litestar.exceptions import NotFoundException

from selon import labels
from selon.library import outlet as outlets
from selon.library.facets import Value, count_speakers
from selon.library.find import Query
from selon.library.stats import BY, StatsTable, stats
from selon.library.store import Library
from selon.web import templating
from selon.web.count_cache import MAX_WAIT_S, PATIENCE_S, CountCache
from selon.web.query_params import query_with_dates
from selon.web.templating import Asked

MAX_SHOWN: Final = 40
PEOPLE: Final = 40
_MAX_BESIDE: Final = 3
HEADS: Final = {
    **{"outlet": "Outlet", "voice": "Voice", "form": "Form", "stance": "Stance"},
    **{"speaker": "Speaker", "gender": "Gender", "kind": "Kind", "via": "Via", "month": "Month"},
}


@get("/outlet", sync_to_thread=True)
def outlet(request: Asked) -> Response[str]:
    """All outlets; or the account of the one that `name` gives."""
    name = request.query_params.get("name", "")
    provider = templating.library_of(request)
    if not name:
        found = provider.counts.whole(*_OUTLETS)
        people = provider.counts.whole(*_PEOPLE, waited=not found.fresh).value
        return templating.page(
            request, "outlets", door="outlet", all=found.value, people=people, fresh=found.fresh
        )
    counted = provider.counts.whole(*_count_by_name(name))
    if counted.value is None:
        raise NotFoundException
    about, gender = counted.value
    return templating.page(request, "outlet", about=about, gender=gender, fresh=counted.fresh)


@get("/stats", sync_to_thread=True)
def shares(request: Asked) -> Response[str]:
    """The shares of one column's values, as published and with copies counted once."""
    by = request.query_params.get("by", "outlet")
    by = by if by in BY else "outlet"
    given = {k: request.query_params.get(k, "").strip() for k in ("outlet", "since", "until")}
    query, wrong = query_with_dates(request)
    # Just started, much is being counted: a script asks again, or a link does.
    patience = MAX_WAIT_S if request.query_params.get("counts") == "wait" else PATIENCE_S
    counts = templating.library_of(request).counts
    done = None if wrong else counts.soon(*_stats(by, query), patience)
    table = done.value if done else None
    lines = table.lines[:MAX_SHOWN] if table else ()
    say = templating.locale_of(request)
    return templating.page(
        request,
        "stats",
        400 if wrong else 200,
        asked=[(k, v) for k, v in templating.address_parameters(request) if k != "counts"],
        wrong=wrong,
        by=by,
        choices=tuple(BY),
        heads=HEADS,
        given=given,
        lines=lines,
        called={line.value: _value_called(by, line.value, say.language) for line in lines},
        more=len(table.lines) - len(lines) if table else 0,
        unknown=table.unknown if table else None,
        counted=table is not None,
        fresh=done.fresh if done else bool(wrong),
    )


def _value_called(by: str, value: str, language: str) -> str:
    """A value as the page's language calls it; names are as they are."""
    if by in ("speaker", "via", "outlet"):
        return value
    return labels.spoken_month(labels.value(by, value, language), language)


def _stats(by: str, query: Query) -> tuple[tuple[str, str, Query], Callable[[Library], StatsTable]]:
    return ("stats", by, query), lambda held: stats(held.connection, by, query)


def _outlet(held: Library, name: str) -> tuple[outlets.Outlet, StatsTable] | None:
    about = outlets.outlet(held.connection, name)
    if about is None:
        return None
    return about, stats(held.connection, "gender", Query(outlet=name))


def _count_by_name(
    name: str,
) -> tuple[tuple[str, str], Callable[[Library], tuple[outlets.Outlet, StatsTable] | None]]:
    return ("outlet", name), lambda held: _outlet(held, name)


def warm(counts: CountCache) -> None:
    """Count beforehand: the outlets, the largest of them, the shares of the whole library."""

    def largest(held: Library) -> None:
        for brief in outlets.outlets(held.connection)[:_MAX_BESIDE]:
            counts.count_ahead(*_count_by_name(brief.name))

    counts.count_ahead(*_OUTLETS)
    counts.count_ahead(*_PEOPLE)
    counts.count_ahead(("largest outlets",), largest)
    for by in BY:
        counts.count_ahead(*_stats(by, Query()))


def _outlets(held: Library) -> tuple[outlets.Brief, ...]:
    return outlets.outlets(held.connection)


def _people(held: Library) -> tuple[Value, ...]:
    """Those who speak most."""
    return count_speakers(held.connection, PEOPLE)


_OUTLETS: Final = (("outlets",), _outlets)
_PEOPLE: Final = (("people",), _people)
ROUTES: Final[list[Any]] = [outlet, shares]
