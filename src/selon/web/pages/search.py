"""The page `/`: statements found again, each in its context; the address is the query."""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO, StringIO
from typing import Any, Final

from litestar import Response, get
from litestar.params import FromPath

from selon import export
from selon.errors import SelonError
from selon.library import fetch
from selon.library.facets import Facets, facets
from selon.library.find import LIGATURES, Query, count, find
from selon.library.store import Library
from selon.web import dossiers, saved_searches, statement_links, templating
from selon.web.count_cache import MAX_WAIT_S, PATIENCE_S, CountCache
from selon.web.pages import start
from selon.web.query_params import CHOICES, TEXTS, query_with_dates
from selon.web.reviewer import signature
from selon.web.templating import Asked

PAGE: Final = 20
WATCHES: Final = 6
MAX_PAGES: Final = 500
# What is written out here, and its name: more than so many statements is the command line's work.
EXPORTS: Final = {"csv": "csv", "contract": "jsonl"}
MAX_EXPORTED: Final = 5_000
# A facet's values lead to a search by this field.
_WORD: Final = re.compile(r"[^\W_]+\*?")
FACETS: Final = ("voice", "speaker", "via", "outlet", "form", "stance")


@get("/", sync_to_thread=True)
def search(request: Asked) -> Response[str]:
    """The form, and what it asks for; the newest statements where it asks for nothing."""
    number = _page(request)
    query, wrong = query_with_dates(request)
    with templating.library_of(request).reading() as library:
        if query == Query() and not _any(library.connection):
            return start.empty(request)
        # One more than is shown tells whether there is a next page.
        wanted = replace(query, limit=PAGE + 1, offset=(number - 1) * PAGE)
        found = [] if wrong else list(find(library.connection, wanted))
        links = statement_links.links(library, [row["id"] for row in found[:PAGE]])
        counted = _counts(request, query)
        watched = saved_searches.saved_searches(library, signature(request), WATCHES)
        under_work = [
            d for d in dossiers.dossiers(library.connection, WATCHES) if d.status != "closed"
        ]
    return templating.page(
        request,
        "search",
        200 if not wrong else 400,
        asked=[(k, v) for k, v in templating.address_parameters(request) if k != "counts"],
        query=query,
        given={k: request.query_params.get(k, "").strip() for k in (*TEXTS, *CHOICES)},
        wrong=wrong,
        asked_for=query != Query() or bool(wrong),
        choices=CHOICES,
        found=[_list_view(row, links, query.words) for row in found[:PAGE]],
        watched=watched,
        under_work=under_work,
        number=number,
        later=number + 1 if len(found) > PAGE else None,
        earlier=number - 1 if number > 1 else None,
        **counted,
    )


def _list_view(
    row: dict[str, Any], links: dict[int, dict[str, Any]], words: str | None
) -> dict[str, Any]:
    """A statement as the list has it; `nearby` where words asked for stand only around its sentence."""
    view = statement_links.statement_view(row, links)
    asked = _WORD.findall(_plain(words or ""))
    shown = _WORD.findall(_plain(f"{view['before']} {view['content']} {view['after']}"))
    begun = tuple(word[:-1] for word in asked if word.endswith("*"))
    whole = {word for word in asked if not word.endswith("*")}
    found = whole <= set(shown) and all(any(w.startswith(b) for w in shown) for b in begun)
    return {**view, "nearby": not found}


def _plain(words: str) -> str:
    """Words as the index has them: small, without accents."""
    bare = unicodedata.normalize("NFKD", words.translate(LIGATURES))
    return "".join(c for c in bare if not unicodedata.combining(c)).lower()


def _counts(request: Asked, query: Query) -> dict[str, Any]:
    """The counts beside the statements found, as far as they are ready."""
    # A script asks again for what was not counted in time; without script, a link does.
    patience = MAX_WAIT_S if request.query_params.get("counts") == "wait" else PATIENCE_S
    done = templating.library_of(request).counts.soon(*_facets(query), patience)
    counted = done.value if done else None
    return {
        "fresh": done is not None and done.fresh,
        "facets": counted,
        "fields": [(f, counted.values[f]) for f in FACETS if counted.values[f]] if counted else [],
        "exports": EXPORTS if counted and counted.total <= MAX_EXPORTED else {},
    }


def _any(connection: sqlite3.Connection) -> bool:
    """Whether the library has an article at all."""
    return connection.execute("select 1 from article limit 1").fetchone() is not None


@get("/export/{name:str}", sync_to_thread=True)
def export_results(request: Asked, name: FromPath[str]) -> Response[bytes]:
    """What an address of the search finds, all of it, in a format of `selon export`."""
    _ = templating.locale_of(request).gettext
    query, wrong = query_with_dates(request)
    if wrong:
        raise SelonError(next(iter(wrong.values())))
    if name not in EXPORTS:
        raise SelonError(_("This format is not available here."))
    with templating.library_of(request).reading() as library:
        if count(library.connection, query) > MAX_EXPORTED:
            raise SelonError(
                _("More than {n} statements: use selon export in a terminal.").format(
                    n=MAX_EXPORTED
                )
            )
        text, raw = StringIO(newline=""), BytesIO()
        binary = export.FORMATS[name].kind == "binary"
        export.write(
            name, fetch.readings_of_query(library.connection, query), raw if binary else text
        )
    data = raw.getvalue() or text.getvalue().encode()
    kind = "text/csv" if name == "csv" else "application/x-ndjson"
    return templating.file_response(data, f"selon.{EXPORTS[name]}", kind)


def _facets(query: Query) -> tuple[tuple[str, Query], Callable[[Library], Facets]]:
    return ("facets", query), lambda held: facets(held.connection, query)


def _page(request: Asked) -> int:
    page = request.query_params.get("page", "1")
    number = int(page) if page.isascii() and page.isdigit() and len(page) < 6 else 1
    return min(max(number, 1), MAX_PAGES)


def warm(counts: CountCache) -> None:
    """Count beforehand what the room's first page tells."""
    counts.count_ahead(*_facets(Query()))


ROUTES: Final[list[Any]] = [search, export_results]
