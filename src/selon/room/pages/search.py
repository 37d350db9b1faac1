"""The page `/`: statements found again, each in its context; the address is the query."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from typing import Any, Final

from litestar import Response, get

from selon.library.find import Query, find
from selon.room import frame
from selon.room.frame import Asked

PAGE: Final = 20
TEXTS: Final = ("words", "speaker", "about", "addressee", "via", "outlet", "since", "until")
CHOICES: Final = {
    "form": ("direct", "indirect", "mixed", "narrated"),
    "voice": ("quoted", "reported", "hedged"),
    "stance": ("asserted", "negated", "conditional"),
}
LONGEST: Final = 300
FARTHEST: Final = 500


@get("/", sync_to_thread=True)
def search(request: Asked) -> Response[str]:
    """The form, and what it asks for; the newest statements where it asks for nothing."""
    query, number = asked(request), _page(request)
    with frame.holdings(request).reading() as library:
        # One more than is shown tells whether there is a next page.
        rows = find(library.connection, replace(query, limit=number * PAGE + 1))
        found = list(islice(rows, (number - 1) * PAGE, None))
    return frame.page(
        request,
        "search",
        query=query,
        choices=CHOICES,
        found=[_seen(row) for row in found[:PAGE]],
        number=number,
        later=number + 1 if len(found) > PAGE else None,
        earlier=number - 1 if number > 1 else None,
    )


def asked(request: Asked) -> Query:
    """The query of an address; what it cannot mean is left out."""
    given = {k: v.strip()[:LONGEST] for k, v in request.query_params.items() if v.strip()}
    chosen: dict[str, Any] = {name: given[name] for name in TEXTS if name in given}
    for name, values in CHOICES.items():
        if given.get(name) in values:
            chosen[name] = given[name]
    return Query(**chosen)


def _page(request: Asked) -> int:
    page = request.query_params.get("page", "1")
    number = int(page) if page.isascii() and page.isdigit() and len(page) < 6 else 1
    return min(max(number, 1), FARTHEST)


def _seen(row: dict[str, Any]) -> dict[str, Any]:
    """A statement as the page shows it: its words apart from what stands before and after."""
    before, words, after = str(row["context"] or "").partition(str(row["content"] or ""))
    return {**row, "before": before if words else "", "after": after if words else ""}


ROUTES: Final[list[Any]] = [search]
