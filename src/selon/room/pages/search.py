"""The page `/`: statements found again, each in its context; the address is the query."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO, StringIO
from typing import Any, Final

from litestar import Response, get

from selon import export
from selon.faults import SelonError
from selon.library import codec, fetch
from selon.library.facets import Facets, facets
from selon.library.find import Query, count, find
from selon.library.store import Library
from selon.room import frame
from selon.room.asking import CHOICES, asked
from selon.room.counts import LONG, PATIENCE, Counts
from selon.room.frame import Asked

PAGE: Final = 20
FARTHEST: Final = 500
# What is written out here, and its name: more than so many statements is the command line's work.
EXPORTS: Final = {"csv": "csv", "contract": "jsonl"}
MOST: Final = 5_000
# A facet's values lead to a search by this field.
FACETS: Final = ("speaker", "outlet", "via", "form", "voice", "stance")


@get("/", sync_to_thread=True)
def search(request: Asked) -> Response[str]:
    """The form, and what it asks for; the newest statements where it asks for nothing."""
    query, number = asked(request), _page(request)
    with frame.holdings(request).reading() as library:
        # One more than is shown tells whether there is a next page.
        wanted = replace(query, limit=PAGE + 1, offset=(number - 1) * PAGE)
        found = list(find(library.connection, wanted))
        links = _links(library.connection, [row["id"] for row in found[:PAGE]])
    # A script asks again for what was not counted in time; without script, a link does.
    patience = LONG if request.query_params.get("counts") == "wait" else PATIENCE
    done = frame.holdings(request).counts.soon(*_facets(query), patience)
    counted = done.value if done else None
    return frame.page(
        request,
        "search",
        asked=[(k, v) for k, v in frame.asked(request) if k != "counts"],
        query=query,
        asked_for=query != Query(),
        fresh=done is not None and done.fresh,
        choices=CHOICES,
        found=[{**_seen(row), **links[row["id"]]} for row in found[:PAGE]],
        facets=counted,
        fields=[(f, counted.values[f]) for f in FACETS if counted.values[f]] if counted else [],
        exports=EXPORTS if counted and counted.total <= MOST else {},
        number=number,
        later=number + 1 if len(found) > PAGE else None,
        earlier=number - 1 if number > 1 else None,
    )


@get("/export/{name:str}", sync_to_thread=True)
def exported(request: Asked, name: str) -> Response[bytes]:
    """What an address of the search finds, all of it, in a format of `selon export`."""
    query = asked(request)
    _ = frame.tongue(request).gettext
    if name not in EXPORTS:
        raise SelonError(_("This format is not written here."))
    with frame.holdings(request).reading() as library:
        if count(library.connection, query) > MOST:
            raise SelonError(
                _("More than {n} statements: use selon export in a terminal.").format(n=MOST)
            )
        text, raw = StringIO(newline=""), BytesIO()
        binary = export.FORMATS[name].kind == "binary"
        export.write(name, fetch.found(library.connection, query), raw if binary else text)
    return Response(
        raw.getvalue() or text.getvalue().encode(),
        media_type="text/csv" if name == "csv" else "application/x-ndjson",
        headers={"content-disposition": f'attachment; filename="selon.{EXPORTS[name]}"'},
    )


def _facets(query: Query) -> tuple[tuple[str, Query], Callable[[Library], Facets]]:
    return ("facets", query), lambda held: facets(held.connection, query)


def _page(request: Asked) -> int:
    page = request.query_params.get("page", "1")
    number = int(page) if page.isascii() and page.isdigit() and len(page) < 6 else 1
    return min(max(number, 1), FARTHEST)


def _links(connection: sqlite3.Connection, ids: list[int]) -> dict[int, dict[str, Any]]:
    return {
        row["id"]: dict(row)
        for row in connection.execute(
            "select s.id, s.article_id, coalesce(e.same_as, e.id) as person from json_each(?) hit"
            " join statement s on s.id = hit.value left join entity e on e.id = s.speaker_id",
            (codec.pack(ids),),
        )
    }


def _seen(row: dict[str, Any]) -> dict[str, Any]:
    """A statement as the page shows it: its words apart from what stands before and after."""
    before, words, after = str(row["context"] or "").partition(str(row["content"] or ""))
    return {**row, "before": before if words else "", "after": after if words else ""}


def warm(counts: Counts) -> None:
    """Count beforehand what the room's first page tells."""
    counts.soon(*_facets(Query()), patience=0)


ROUTES: Final[list[Any]] = [search, exported]
