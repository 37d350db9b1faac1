"""The page `/article/{number}`: who speaks where in a text, and what people judged of it."""

from __future__ import annotations

from typing import Any, Final

import orjson
from litestar import Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect

from selon.library import review_queue, serialization
from selon.library.store import Library
from selon.show import account
from selon.web import citation, doubt_queue, statement_links, templating
from selon.web.article_view import ArticleView, article_view
from selon.web.pages.upkeep import rereading_job
from selon.web.templating import Asked


@get("/article/{number:int}", sync_to_thread=True)
def article(request: Asked, number: FromPath[int]) -> Response[Any]:
    """The text with its voices, its statements beside it; 404 where there is none."""
    with templating.library_of(request).reading() as library:
        found = article_view(library, number)
        if found is None:
            if _removed(library, number):
                return Redirect(f"/article/{number}/edit", status_code=303)
            raise NotFoundException
        rows = [card.row for card in found.cards]
        with_versions = {
            n for n, one in statement_links.links(library, rows).items() if one["versions"]
        }
        doubts = doubt_queue.doubtful_scores(library.connection, rows)
    return templating.page(
        request,
        "article",
        a=found,
        with_versions=with_versions,
        doubts=doubts,
        speaker_keys={name: key for key, name, _n in found.speakers},
        forms=account.FORMS,
        stances=account.STANCES,
        line=_line(found),
        anew=rereading_job(request, number),
        writes=not templating.library_of(request).read_only,
    )


def _removed(library: Library, number: int) -> bool:
    row = library.connection.execute(
        "select removed from article where id = ?", (number,)
    ).fetchone()
    return bool(row and row[0])


def _line(found: ArticleView) -> str:
    """What the time axis draws, as JSON for an attribute."""
    points = [
        [day, card.entry.number, card.entry.who.label, card.excerpt[:80]]
        for day, card in found.when
    ]
    return orjson.dumps(points).decode()


@get("/cite/{number:int}", sync_to_thread=True)
def cite(request: Asked, number: FromPath[int]) -> Response[str]:
    """A statement with its reference in each format; `as=plain` gives that one alone, as text."""
    say = templating.locale_of(request)
    with templating.library_of(request).reading() as library:
        row = _cited_row(library, number)
    wanted = request.query_params.get("as", "")
    if wanted in citation.FORMATS:
        return Response(citation.citation(row, wanted, say), media_type="text/plain; charset=utf-8")
    formats = [(name, citation.citation(row, name, say)) for name in citation.FORMATS]
    return templating.page(request, "cite", door="search", row=row, formats=formats)


def _cited_row(library: Library, number: int) -> dict[str, Any]:
    """A statement's row with what a reference needs; 404 where there is none."""
    rows = review_queue.rows(library.connection, [number])
    if not rows or rows[0]["verdict"] == "rejected":
        raise NotFoundException
    authors, page = library.connection.execute(
        "select a.authors, a.page from statement s join article a on a.id = s.article_id where s.id = ?",
        (number,),
    ).fetchone()
    shown = statement_links.statement_view(rows[0], statement_links.links(library, [number]))
    return {
        **shown,
        "url": shown["original"],
        "authors": serialization.unpack(authors),
        "page": page,
    }


ROUTES: Final[list[Any]] = [article, cite]
