"""The pages `/article/{number}/edit` and `/upkeep`: an article set right or taken out, and undone."""

from __future__ import annotations

from typing import Annotated, Any, Final

from litestar import Response, get, post
from litestar.enums import RequestEncodingType
from litestar.exceptions import NotFoundException
from litestar.params import Body
from litestar.response import Redirect

from selon.ingest import days
from selon.library import upkeep
from selon.library.add import reading_program
from selon.library.store import Library
from selon.room import frame
from selon.room.frame import Asked
from selon.room.signing import reviewer

Form = Annotated[dict[str, Any], Body(media_type=RequestEncodingType.URL_ENCODED)]
_MOST: Final = 200
_LONGEST: Final = 1000


@get("/article/{number:int}/edit", sync_to_thread=True)
def article(request: Asked, number: int) -> Response[str]:
    """What may be set right of an article, what was done to it; 404 where there is none."""
    with frame.holdings(request).reading() as library:
        row = _row(library, number)
        deeds = [d for d in upkeep.deeds(library.connection) if d["article_id"] == number]
    return _page(request, deeds, row)


@get("/upkeep", sync_to_thread=True)
def log(request: Asked) -> Response[str]:
    """What was taken out and set right, the newest first."""
    with frame.holdings(request).reading() as library:
        deeds = upkeep.deeds(library.connection)[:_MOST]
    return _page(request, deeds, None)


@post("/article/{number:int}/edit", sync_to_thread=True)
def change(request: Asked, number: int, data: Form) -> Redirect:
    """Set right, take out, or undo: `deed` is `edit`, `remove` or `undo UID`."""
    by = f"human:{reviewer(request, data)}"
    deed, _space, which = str(data.get("deed", "")).partition(" ")
    to = f"/article/{number}/edit"
    with frame.holdings(request).writing() as library:
        row = _row(library, number)
        if deed == "edit":
            changes = _changes(request, row, data)
            if changes:
                upkeep.edit(library, number, changes, by, reading_program)
                to = f"/article/{number}"
        elif deed == "remove":
            upkeep.remove(library, [number], by)
        elif deed == "undo" and which:
            upkeep.undo(library, which[:40], by)
        else:
            raise NotFoundException
    return Redirect(to, status_code=303)


def _page(request: Asked, deeds: list[dict[str, Any]], row: dict[str, Any] | None) -> Response[str]:
    return frame.page(
        request,
        "upkeep",
        door="search",
        deeds=deeds,
        a=row,
        writes=not frame.holdings(request).read_only,
    )


def _row(library: Library, number: int) -> dict[str, Any]:
    row = library.connection.execute("select * from article where id = ?", (number,)).fetchone()
    if row is None:
        raise NotFoundException
    return dict(row)


def _changes(request: Asked, row: dict[str, Any], data: dict[str, Any]) -> dict[str, str | None]:
    """What of the form is not as it was; a date as its visitor's tongue writes it."""
    given = {f: str(data[f]).strip()[:_LONGEST] for f in upkeep.FIELDS if f in data}
    changed: dict[str, str | None] = {
        f: v or None for f, v in given.items() if (v or None) != row[f]
    }
    if changed.get("published"):
        say = frame.tongue(request)
        order = days.usual_order(say.tongue)
        changed["published"] = days.asked(
            str(changed["published"]), say.gettext("Published on"), order
        )
    return changed


ROUTES: Final[list[Any]] = [article, log, change]
