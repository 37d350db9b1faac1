"""The pages `/watch`: saved searches, what is new in each since its owner looked, and as a feed."""

from __future__ import annotations

from typing import Annotated, Any, Final

from litestar import Response, get, post
from litestar.enums import RequestEncodingType
from litestar.exceptions import NotFoundException
from litestar.params import Body, FromPath
from litestar.response import Redirect

from selon.faults import SelonError
from selon.library import reviewing
from selon.library.find import Query
from selon.room import feeding, frame, keeping, stating, watching
from selon.room.asking import CHOICES, TEXTS, asked
from selon.room.frame import Asked
from selon.room.signing import reviewer, signature

Form = Annotated[dict[str, Any], Body(media_type=RequestEncodingType.URL_ENCODED)]
SHOWN: Final = 60


@get("/watch", sync_to_thread=True)
def watches(request: Asked) -> Response[str]:
    """All of a visitor's saved searches; the form that saves the one that the address asks for."""
    query = asked(request)
    with frame.holdings(request).reading() as library:
        found = watching.watched(library, signature(request))
    return frame.page(
        request,
        "watches",
        door="watch",
        found=found,
        query=query if query != Query() else None,
        said=_said(request, query),
        fields=[(k, v) for k in (*TEXTS, *CHOICES) if (v := getattr(query, k))],
        writes=not frame.holdings(request).read_only,
    )


@get("/watch/{number:int}", sync_to_thread=True)
def watch(request: Asked, number: FromPath[int]) -> Response[str]:
    """What a saved search finds that is new."""
    with frame.holdings(request).reading() as library:
        one = watching.watch(library, number)
        if one is None:
            raise NotFoundException
        rows = reviewing.rows(library.connection, watching.new(library, one, SHOWN))
        links = stating.links(library, [row["id"] for row in rows])
    return frame.page(
        request,
        "watch",
        door="watch",
        one=one,
        said=_said(request, watching.query(one.query)),
        found=[stating.seen(row, links) for row in rows],
        writes=not frame.holdings(request).read_only,
    )


@get("/watch/{number:int}/feed", sync_to_thread=True)
def feed(request: Asked, number: FromPath[int]) -> Response[bytes]:
    """The newest of what a saved search finds, as an Atom feed."""
    with frame.holdings(request).reading() as library:
        one = watching.watch(library, number)
        if one is None:
            raise NotFoundException
        ids = watching.new(library, watching.unseen(one), SHOWN)
        rows = reviewing.rows(library.connection, ids)
    base = str(request.base_url).rstrip("/")
    return Response(
        feeding.atom(one.name, f"{base}/watch/{number}", rows, frame.tongue(request)),
        media_type="application/atom+xml",
    )


@post("/watch", sync_to_thread=True)
def save(request: Asked, data: Form) -> Redirect:
    """Save a search under a name."""
    frame.holdings(request).refuse_in_read_only()
    by = reviewer(request, data)
    given: dict[str, Any] = {
        k: str(data[k]).strip() for k in (*TEXTS, *CHOICES) if str(data.get(k) or "").strip()
    }
    query, name = Query(**given), " ".join(str(data.get("name") or "").split())
    if query == Query():
        raise SelonError(frame.tongue(request).gettext("Search for something first."))
    with frame.holdings(request).writing() as library:
        number = watching.keep(library, query, name or _said(request, query), by)
    return Redirect(f"/watch/{number}", status_code=303)


@post("/watch/{number:int}", sync_to_thread=True)
def change(request: Asked, number: FromPath[int], data: Form) -> Redirect:
    """Mark all as seen, or take the search away: `deed` says which."""
    frame.holdings(request).refuse_in_read_only()
    by, deed = reviewer(request, data), data.get("deed")
    with frame.holdings(request).writing() as library:
        if not keeping.made(library.connection):
            raise NotFoundException
        if deed == "seen":
            watching.look(library, number)
            return Redirect(f"/watch/{number}", status_code=303)
        if deed != "drop":
            raise NotFoundException
        watching.drop(library, number, by)
    return Redirect("/watch", status_code=303)


def _said(request: Asked, query: Query) -> str:
    """A search as a sentence: « Selon X, sur « digue », dans La Gazette »."""
    _ = frame.tongue(request).gettext
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
