"""The page `/add`: files are sent, added one job after the other, and what came of them is told."""

from __future__ import annotations

import re
from typing import Annotated, Any, Final

from litestar import Response, get, post
from litestar.datastructures import UploadFile
from litestar.enums import RequestEncodingType
from litestar.exceptions import HTTPException, NotFoundException
from litestar.params import Body
from litestar.response import Redirect

from selon.faults import SelonError
from selon.ingest import Options
from selon.ingest.checking import checked
from selon.lang import codes
from selon.room import frame, intake
from selon.room.desk import Job
from selon.room.frame import Asked
from selon.room.intake import Order
from selon.room.language import Speech

Posted = Annotated[dict[str, Any], Body(media_type=RequestEncodingType.MULTI_PART)]
Form = Annotated[dict[str, Any], Body(media_type=RequestEncodingType.URL_ENCODED)]
MOST_FILES: Final = 500
_NAMES: Final = 3
_LONGEST: Final = 200
_PLACED: Final = re.compile(r"^[0-9a-f]{12}/")


@get("/add", sync_to_thread=True)
def add(request: Asked) -> Response[str]:
    """The form, and the jobs with how far they are."""
    _open(request)
    jobs = _jobs(request)
    return frame.page(
        request,
        "add",
        jobs=jobs,
        under_way=any(job["under_way"] for job in jobs),
        languages=codes(),
        most_files=MOST_FILES,
    )


@get("/add/jobs", sync_to_thread=True)
def jobs(request: Asked) -> Response[list[dict[str, Any]]]:
    """The jobs, for the page's script."""
    _open(request)
    return Response(_jobs(request), media_type="application/json")


@post("/add", sync_to_thread=True)
def sent(request: Asked, data: Posted) -> Redirect:
    """Take files in; they are added when those before them are."""
    _open(request)
    _ = frame.tongue(request).gettext
    files = data.get("files")
    given = files if isinstance(files, list) else [files]
    # A form sent without a file has one without a name.
    many = [f for f in given if isinstance(f, UploadFile) and f.filename]
    if not many:
        raise SelonError(_("Choose at least one file."))
    if len(many) > MOST_FILES:
        raise HTTPException(status_code=413)
    if frame.desk(request).full():
        raise SelonError(_("Too much is waiting already: come back when some of it is done."))
    options = checked(_options(data))
    desk = frame.desk(request)
    folder = desk.folder()
    names = [intake.place(folder, f.filename, f.file.read()) for f in many]
    order = Order(
        frame.holdings(request).path.absolute(),
        folder,
        tuple(dict.fromkeys(names)),
        options,
        frame.tongue(request).tongue,
    )
    job = desk.put(order)
    return Redirect(f"/add#job{job.number}", status_code=303)


@post("/add/stop", sync_to_thread=True)
def stop(request: Asked, data: Form) -> Redirect:
    """Stop a job; what was added stays."""
    _open(request)
    number = str(data.get("job", ""))
    if number.isascii() and number.isdigit() and len(number) < 10:
        frame.desk(request).stop(int(number))
    return Redirect("/add", status_code=303)


def _open(request: Asked) -> None:
    if frame.holdings(request).read_only:
        raise NotFoundException


def _options(data: dict[str, Any]) -> Options:
    given = {
        name: " ".join(str(data.get(name) or "").split())[:_LONGEST]
        for name in ("outlet", "date", "lang", "columns")
    }
    columns = (part.partition("=") for part in given["columns"].split(",") if part.strip())
    return Options(
        given["date"] or None,
        given["outlet"] or None,
        given["lang"] or None,
        columns=tuple((field.strip(), name.strip()) for field, _sign, name in columns),
    )


def _jobs(request: Asked) -> list[dict[str, Any]]:
    say = frame.tongue(request)
    scrubbed = frame.holdings(request).scrubbed
    return [told(job, say) | {"fault": scrubbed(job.words)} for job in frame.desk(request).jobs()]


def told(job: Job, say: Speech) -> dict[str, Any]:
    """A job as the page and its script tell it, in a visitor's words."""
    _ = say.gettext
    states = {
        "waiting": _("waits for its turn"),
        "reading": _("is being read"),
        "comparing": _("added; its words are being compared with the rest"),
        "done": _("done"),
        "failed": _("failed"),
        "stopped": _("stopped; what was added stays"),
    }
    names = [_name(n) for n in job.order.names]
    more = len(names) - _NAMES
    tally = job.tally
    return {
        "number": job.number,
        "title": ", ".join(names[:_NAMES]) + (f" + {say.number(more)}" if more > 0 else ""),
        "state": job.state,
        "says": states[job.state],
        "under_way": job.under_way,
        "value": job.files,
        "max": len(names),
        "counts": _counts(tally, say) if tally else "",
        "failures": [
            {"source": _name(source), "error": error, "remedy": remedy}
            for source, error, remedy in job.failures
        ],
        "articles": [{"href": f"/article/{row}", "title": title} for row, title in job.articles],
    }


def _counts(tally: dict[str, int], say: Speech) -> str:
    parts = [say.ngettext("{n} article added", "{n} articles added", tally["added"])]
    for name, one, many in (
        ("versions", "{n} of them a new version", "{n} of them new versions"),
        ("copies", "{n} a copy of another", "{n} copies of others"),
        ("known", "{n} known already", "{n} known already"),
        ("failed", "{n} failed", "{n} failed"),
    ):
        if tally[name]:
            parts.append(say.ngettext(one, many, tally[name]))
    parts.append(say.ngettext("{n} statement", "{n} statements", tally["statements"]))
    return ", ".join(parts)


def _name(source: str) -> str:
    """A file as the visitor named it, without the folder of its digest."""
    return _PLACED.sub("", source, count=1)


ROUTES: Final[list[Any]] = [add, jobs, sent, stop]
