"""The pages `/watch`: saved searches, what is new in each since its owner looked, and as a feed."""

from __future__ import annotations

from typing import Annotated, Any, Final

from litestar import Response, get, post
from litestar.enums import RequestEncodingType
from litestar.exceptions import NotFoundException
from litestar.params import Body, FromPath
from litestar.response import Redirect

from selon.errors import SelonError
from selon.library import review_queue
from selon.library.find import Query
from selon.web import atom_feed, saved_searches, statement_links, tables, templating
from selon.web.guard import feed_key
from selon.web.query_params import CHOICES, TEXTS, query_of_address
from selon.web.reviewer import reviewer, signature
from selon.web.templating import Asked

Form = Annotated[dict[str, Any], Body(media_type=RequestEncodingType.URL_ENCODED)]
MAX_SHOWN: Final = 60


@get("/watch", sync_to_thread=True)
def watches(request: Asked) -> Response[str]:
    """All of a visitor's saved searches; the form that saves the one that the address asks for."""
    query = query_of_address(request)
    with templating.library_of(request).reading() as library:
        found = saved_searches.saved_searches(library, signature(request))
    return templating.page(
        request,
        "watches",
        door="watch",
        found=found,
        query=query if query != Query() else None,
        said=_query_in_words(request, query),
        fields=[(k, v) for k in (*TEXTS, *CHOICES) if (v := getattr(query, k))],
        writes=not templating.library_of(request).read_only,
    )


@get("/watch/{number:int}", sync_to_thread=True)
def watch(request: Asked, number: FromPath[int]) -> Response[str]:
    """What a saved search finds that is new."""
    with templating.library_of(request).reading() as library:
        one = saved_searches.saved_search(library, number)
        if one is None:
            raise NotFoundException
        rows = review_queue.rows(
            library.connection, saved_searches.new_statements(library, one, MAX_SHOWN)
        )
        links = statement_links.links(library, [row["id"] for row in rows])
    return templating.page(
        request,
        "watch",
        door="watch",
        one=one,
        said=_query_in_words(request, saved_searches.query(one.query)),
        found=[statement_links.statement_view(row, links) for row in rows],
        feed=_feed_address(request, number),
        feed_path=_feed_path(request, number),
        writes=not templating.library_of(request).read_only,
    )


@get("/watch/{number:int}/feed", sync_to_thread=True)
def feed(request: Asked, number: FromPath[int]) -> Response[bytes]:
    """The newest of what a saved search finds, as an Atom feed."""
    with templating.library_of(request).reading() as library:
        one = saved_searches.saved_search(library, number)
        if one is None:
            raise NotFoundException
        ids = saved_searches.new_statements(library, saved_searches.as_unseen(one), MAX_SHOWN)
        rows = review_queue.rows(library.connection, ids)
    at = _feed_address(request, number)
    return Response(
        atom_feed.atom_feed(one.name, at, rows, templating.locale_of(request)),
        media_type="application/atom+xml",
    )


def _feed_address(request: Asked, number: int) -> str:
    """Where a feed reader asks for a saved search; with its key where the room has a password."""
    return str(request.base_url).rstrip("/") + _feed_path(request, number)


def _feed_path(request: Asked, number: int) -> str:
    opens = feed_key(request.app.state.settings, number)
    return f"/watch/{number}/feed{'?key=' if opens else ''}{opens}"


@post("/watch", sync_to_thread=True)
def save(request: Asked, data: Form) -> Redirect:
    """Save a search under a name."""
    templating.library_of(request).refuse_in_read_only()
    by = reviewer(request, data)
    given: dict[str, Any] = {
        k: str(data[k]).strip() for k in (*TEXTS, *CHOICES) if str(data.get(k) or "").strip()
    }
    query, name = Query(**given), " ".join(str(data.get("name") or "").split())
    if query == Query():
        raise SelonError(templating.locale_of(request).gettext("Search for something first."))
    with templating.library_of(request).writing() as library:
        number = saved_searches.save(library, query, name or _query_in_words(request, query), by)
    return Redirect(f"/watch/{number}", status_code=303)


@post("/watch/{number:int}", sync_to_thread=True)
def change(request: Asked, number: FromPath[int], data: Form) -> Redirect:
    """Mark all as seen, or take the search away: `deed` says which."""
    templating.library_of(request).refuse_in_read_only()
    by, deed = reviewer(request, data), data.get("deed")
    with templating.library_of(request).writing() as library:
        if not tables.is_ready(library.connection):
            raise NotFoundException
        if deed == "seen":
            saved_searches.mark_seen(library, number)
            return Redirect(f"/watch/{number}", status_code=303)
        if deed != "drop":
            raise NotFoundException
        saved_searches.remove(library, number, by)
    return Redirect("/watch", status_code=303)


def _query_in_words(request: Asked, query: Query) -> str:
    """A search as a sentence: « Selon X, sur « digue », dans La Gazette »."""
    _ = templating.locale_of(request).gettext
    says = {
        "speaker": _("According to {x}"),
        "words": _("on {x}"),
        "about": _("about {x}"),
        "addressee": _("to {x}"),
        "via": _("via {x}"),
        "outlet": _("in {x}"),
        "since": _("from {x}"),
        "until": _("until {x}"),
    }
    parts = [says[k].format(x=v) for k in says if (v := getattr(query, k))]
    parts += [_(v) for k in CHOICES if (v := getattr(query, k))]
    return ", ".join(parts)


ROUTES: Final[list[Any]] = [watches, watch, feed, save, change]
