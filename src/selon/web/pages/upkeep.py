"""The page `/article/{number}/edit`: its outlet, date, title, address and page set right, or it taken out."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect

from selon.errors import SelonError
from selon.ingest import ReadOptions
from selon.library import article_edits
from selon.library.store import Library
from selon.web import days, posted, templating
from selon.web.import_job import CorrectedArticle, ImportJob
from selon.web.pages.add import job_view
from selon.web.posted import Form
from selon.web.reviewer import reviewer
from selon.web.templating import Asked

MAX_CHARS: Final = 2_000


@get("/article/{number:int}/edit", sync_to_thread=True)
def article(request: Asked, number: FromPath[int]) -> Response[str]:
    """What is known of an article, to be set right; and what was done to it."""
    return _page(request, number, {}, "")


@post("/article/{number:int}/edit", sync_to_thread=True)
def change(request: Asked, number: FromPath[int], data: Form) -> Response[Any]:
    """Set right, take out, or undo: `deed` is `edit`, `remove` or `undo UID`."""
    deed, _space, which = str(data.get("deed", "")).partition(" ")
    by = reviewer(request, data)
    try:
        with templating.library_of(request).writing() as library:
            row = _row(library, number)
            if deed == "edit":
                _edit(request, library, row, data)
            elif deed == "remove":
                article_edits.remove(library, [number], f"human:{by}")
            elif deed == "undo":
                article_edits.undo(library, which, f"human:{by}")
            else:
                posted.refuse_incomplete(request)
    except SelonError as error:
        if deed != "edit" or templating.library_of(request).read_only:
            raise
        return _page(request, number, data, str(error))
    at = f"/article/{number}" if deed == "edit" else f"/article/{number}/edit"
    return Redirect(at, status_code=303)


def _edit(request: Asked, library: Library, row: dict[str, Any], data: dict[str, Any]) -> None:
    fields: tuple[str, ...] = article_edits.FIELDS
    given = {name: posted.words(data, name, MAX_CHARS) for name in fields if name in data}
    changes = {name: value for name, value in given.items() if value != (row[name] or "")}
    if changes.get("published"):
        # The day first, as everywhere in the room.
        day = days.day(changes["published"], date.today())
        if day is None:
            _ = templating.locale_of(request).gettext
            words = _("“{date}” is no date: write 28/06/2026, June 2026 or 2026.")
            raise SelonError(words.format(date=changes["published"]))
        changes["published"] = day
    # A date that was only written otherwise is none that was corrected.
    changes = {name: value for name, value in changes.items() if value != (row[name] or "")}
    if not changes:
        return
    dated = (changes.get("published", row["published"]) or None) != row["published"]
    queue = templating.job_queue_of(request)
    if dated and queue.full():
        _ = templating.locale_of(request).gettext
        raise SelonError(_("Too much is waiting already: come back when some of it is done."))
    uid = article_edits.edit(library, row["id"], changes, f"human:{reviewer(request, data)}")
    if dated:
        # Beside the visitors: the reader's parser takes seconds to load.
        title = changes.get("title") or row["title"] or row["key"]
        queue.put(
            ImportJob(
                *(templating.library_of(request).path.absolute(), queue.folder(), ()),
                *(ReadOptions(), templating.locale_of(request).language),
                anew=CorrectedArticle(row["id"], title, uid),
            )
        )


def rereading_job(request: Asked, number: int) -> dict[str, Any] | None:
    """How far an article's new reading is, after its date was corrected; the job as its page has it."""
    held = templating.library_of(request).path.absolute()
    job = templating.job_queue_of(request).rereading(held, number)
    return job_view(job, templating.locale_of(request)) if job else None


def _page(request: Asked, number: int, given: dict[str, Any], fault: str) -> Response[str]:
    with templating.library_of(request).reading() as library:
        row = _row(library, number)
        deeds = [d for d in article_edits.changes(library.connection) if d["article_id"] == number]
    told = {n: posted.words(given, n, MAX_CHARS) or row[n] or "" for n in article_edits.FIELDS}
    return templating.page(
        request,
        "upkeep",
        400 if fault else 200,
        door="search",
        row=row,
        told=told,
        deeds=deeds,
        fault=fault,
        anew=rereading_job(request, number),
        writes=not templating.library_of(request).read_only,
    )


def _row(library: Library, number: int) -> dict[str, Any]:
    row = library.connection.execute("select * from article where id = ?", (number,)).fetchone()
    if row is None:
        raise NotFoundException
    return dict(row)


ROUTES: Final[list[Any]] = [article, change]
