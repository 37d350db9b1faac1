"""The page `/person/{number}`: offices, months, words, ties; merged, told apart, identified."""

from __future__ import annotations

from typing import Annotated, Any, Final

from litestar import Response, get, post
from litestar.enums import RequestEncodingType
from litestar.exceptions import NotFoundException
from litestar.params import Body
from litestar.response import Redirect

from selon.library import judge, timeline
from selon.library.find import Query, find
from selon.library.store import Library
from selon.library.who import who
from selon.room import frame, identifying
from selon.room.frame import Asked
from selon.room.signing import reviewer

Form = Annotated[dict[str, Any], Body(media_type=RequestEncodingType.URL_ENCODED)]
LATEST: Final = 12
TIES: Final = ("to", "through", "of", "spoken_of_by", "spoken_to_by")


@get("/person/{number:int}", sync_to_thread=True)
def person(request: Asked, number: int) -> Response[str]:
    """Who somebody is in this library; whoever they were merged into is shown."""
    with frame.holdings(request).reading() as library:
        connection = library.connection
        rows = timeline.group(connection, number)
        if not rows:
            raise NotFoundException
        about = next(a for a in who(connection, f"@{rows[0]}") if a["id"] == rows[0])
        ties = timeline.ties(connection, rows)
        content: dict[str, Any] = {
            "known": None,
            "about": about,
            "months": timeline.months(connection, rows),
            "roles": timeline.roles(connection, rows),
            "ties": [(name, getattr(ties, name)) for name in TIES],
            "articles": timeline.seen(connection, rows, 30),
            "latest": list(find(connection, Query(speaker=f"@{rows[0]}", limit=LATEST))),
            "judged": _judged(library, rows),
        }
    if about["type"] in identifying.KINDS:
        content["known"] = identifying.known(request.app.state.settings, about["kb"], about["name"])
    return frame.page(
        request,
        "person",
        number=rows[0],
        reviewer=reviewer(request),
        writes=not frame.holdings(request).read_only,
        **content,
    )


@post("/person/{number:int}", sync_to_thread=True)
def change(request: Asked, number: int, data: Form) -> Redirect:
    """Merge into another, tell apart in an article, identify, or undo: `deed` says which."""
    deed, by = str(data.get("deed", "")), reviewer(request)
    with frame.holdings(request).writing() as library:
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


def _key(library: Library, name: str) -> str:
    return str(judge.person(library, name)["key"])


def _judged(library: Library, rows: tuple[int, ...]) -> list[dict[str, Any]]:
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
