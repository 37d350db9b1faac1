"""The page `/person/{number}`: offices, months, words, ties; merged, told apart, identified."""

from __future__ import annotations

import sqlite3
from typing import Annotated, Any, Final

from litestar import Response, get, post
from litestar.enums import RequestEncodingType
from litestar.exceptions import NotFoundException
from litestar.params import Body, FromPath
from litestar.response import Redirect

from selon.library import judge, serialization, timeline
from selon.library.find import Query, find
from selon.library.person_account import who
from selon.library.store import Library
from selon.web import kb_lookup, statement_links, templating
from selon.web.offices import OfficeBar, Offices, offices
from selon.web.reviewer import reviewer
from selon.web.templating import Asked

Form = Annotated[dict[str, Any], Body(media_type=RequestEncodingType.URL_ENCODED)]
LATEST: Final = 12
ARTICLES: Final = 60
BESIDE: Final = 12
TIES: Final = ("to", "through", "of", "spoken_of_by", "spoken_to_by")


@get("/person/{number:int}", sync_to_thread=True)
def person(request: Asked, number: FromPath[int]) -> Response[str]:
    """Who somebody is in this library; whoever they were merged into is shown."""
    with templating.library_of(request).reading() as library:
        connection = library.connection
        rows = timeline.group(connection, number)
        if not rows:
            raise NotFoundException
        about = next(a for a in who(connection, f"@{rows[0]}") if a["id"] == rows[0])
        ties = timeline.ties(connection, rows)
        on = " ".join(request.query_params.get("on", "").split())[:200]
        seen = timeline.appearances(connection, rows, ARTICLES)
        content: dict[str, Any] = {
            "on": on,
            "beside": _statements_on(library, rows[0], on) if on else [],
            "mentions": _mentions(connection, rows),
            "quoted_in": [a for a in seen if a.statements],
            "named_in": [a for a in seen if not a.statements],
            "known": None,
            "about": about,
            "months": timeline.months(connection, rows),
            "roles": timeline.roles(connection, rows),
            "ties": [(name, getattr(ties, name)) for name in TIES],
            "articles": seen,
            "latest": _statements(library, Query(speaker=f"@{rows[0]}", limit=LATEST)),
            "judged": _current_judgements(library, rows),
        }
    if about["type"] in kb_lookup.KINDS:
        content["known"] = kb_lookup.kb_matches(
            request.app.state.settings, about["kb"], about["name"]
        )
    is_ = content["known"].is_ if content["known"] else None
    held = offices(is_["offices"] if is_ else (), content["roles"])
    return templating.page(
        request,
        "person",
        number=rows[0],
        writes=not templating.library_of(request).read_only,
        original=statement_links.original_url,
        offices=held,
        now=_latest_office(held),
        **content,
    )


@post("/person/{number:int}", sync_to_thread=True)
def change(request: Asked, number: FromPath[int], data: Form) -> Redirect:
    """Merge into another, tell apart in an article, identify, or undo: `deed` says which."""
    deed, by = str(data.get("deed", "")), reviewer(request, data)
    with templating.library_of(request).writing() as library:
        key = _key(library, f"@{number}")
        if deed == "merge":
            judge.merge(library, key, _key(library, str(data.get("into", "")).strip()[:200]), by)
        elif deed == "split":
            name = " ".join(str(data.get("name", "")).split())[:200]
            article = str(data.get("article", ""))
            if not name or not article:
                raise NotFoundException
            judge.split(library, key, {"name": name, "articles": [article]}, by)
        elif deed == "identify" or deed.startswith("identify "):
            given = deed.partition(" ")[2] or str(data.get("kb", "")).strip()[:200]
            judge.identify(library, key, None if given == "-" else given, by)
        elif deed.startswith("undo "):
            judge.undo(library, deed.removeprefix("undo "), f"human:{by}")
        else:
            raise NotFoundException
    return Redirect(f"/person/{number}", status_code=303)


def _latest_office(held: Offices | None) -> OfficeBar | None:
    """What to say of somebody first: the base's latest office, or what articles call them most."""
    bars = held.bars if held else ()
    known = [b for b in bars if b.by == "kb"]
    if known:
        return max(known, key=lambda b: (b.end is None, b.start or ""))
    return max(bars, key=lambda b: b.articles or 0, default=None)


def _statements(library: Library, query: Query) -> list[dict[str, Any]]:
    """What a search finds, each with its sentence."""
    found = list(find(library.connection, query))
    links = statement_links.links(library, [row["id"] for row in found])
    return [statement_links.statement_view(row, links) for row in found]


def _statements_on(library: Library, number: int, on: str) -> list[dict[str, Any]]:
    """What somebody said on some words, the earliest first: the newest `BESIDE` of it."""
    found = _statements(library, Query(speaker=f"@{number}", words=on, limit=BESIDE))
    return sorted(found, key=lambda row: (row["said"] or row["published"] or "9", row["id"]))


def _mentions(connection: sqlite3.Connection, rows: tuple[int, ...]) -> dict[str, int]:
    """In how many articles somebody is named, and in how many of these they speak."""
    marks = serialization.pack(rows)
    named = connection.execute(
        "select count(distinct v.article_id) from json_each(?) g"
        " cross join appearance p on p.entity_id = g.value"
        " cross join reading r on r.id = p.reading_id and r.current = 1"
        " cross join version v on v.id = r.version_id",
        (marks,),
    ).fetchone()[0]
    quoted = connection.execute(
        "select count(distinct s.article_id) from json_each(?) g cross join party p"
        " on p.entity_id = g.value and p.role = 'speaker' cross join statement s"
        " on s.id = p.statement_id where s.current = 1 and s.verdict is not 'rejected'",
        (marks,),
    ).fetchone()[0]
    return {"named": named, "quoted": quoted, "silent": max(named - quoted, 0)}


def _key(library: Library, name: str) -> str:
    return str(judge.person(library, name)["key"])


def _current_judgements(library: Library, rows: tuple[int, ...]) -> list[dict[str, Any]]:
    """The merges and splits that stand and touch these rows."""
    marks = ",".join("?" * len(rows))
    found = library.connection.execute(
        "select j.uid, j.relation, j.object, j.subject, j.by, j.at from judgement j"
        " where j.undone_at is null and j.relation in ('same as', 'split', 'is') and exists"
        f" (select 1 from entity e where e.id in ({marks})"
        " and 'entity:' || e.key in (j.subject, j.object)) order by j.at desc limit 40",
        rows,
    )
    return [dict(row) for row in found]


ROUTES: Final[list[Any]] = [person, change]
