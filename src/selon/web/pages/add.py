"""The page `/add`: files, a text or an address, added one job after the other, and what came of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Annotated, Any, Final

from litestar import Response, get, post
from litestar.datastructures import UploadFile
from litestar.enums import RequestEncodingType
from litestar.exceptions import HTTPException, NotFoundException
from litestar.params import Body
from litestar.response import Redirect

from selon.errors import SelonError
from selon.ingest import ReadOptions
from selon.ingest.addresses import parse_url
from selon.ingest.edtf_dates import edtf
from selon.ingest.option_checks import check_options
from selon.ingest.sources import Unreadable
from selon.lang import codes
from selon.web import import_job, templating
from selon.web.days import day
from selon.web.i18n import Locale
from selon.web.import_job import ImportJob
from selon.web.job_queue import Job
from selon.web.templating import Asked

Posted = Annotated[dict[str, Any], Body(media_type=RequestEncodingType.MULTI_PART)]
Form = Annotated[dict[str, Any], Body(media_type=RequestEncodingType.URL_ENCODED)]
MAX_FILES: Final = 500
_MAX_NAMES: Final = 3
_MAX_FIELD_CHARS: Final = 200
_MAX_ADDRESS_CHARS: Final = 2_000
_DIGEST_FOLDER: Final = re.compile(r"^[0-9a-f]{12}/")


@get("/add", sync_to_thread=True)
def add(request: Asked) -> Response[str]:
    """The forms, and the jobs with how far they are."""
    _refuse_in_read_only(request)
    return _page(request)


@get("/add/jobs", sync_to_thread=True)
def jobs(request: Asked) -> Response[list[dict[str, Any]]]:
    """The jobs, for the page's script."""
    _refuse_in_read_only(request)
    return Response(_jobs(request), media_type="application/json")


@post("/add", sync_to_thread=True)
def receive(request: Asked, data: Posted) -> Response[Any]:
    """Take files, a text or an address in; they are added when those before them are."""
    _refuse_in_read_only(request)
    _ = templating.locale_of(request).gettext
    try:
        order = _import_job(request, data)
    except _RefusedError as error:
        return _page(request, error, data)
    except SelonError as error:
        return _page(request, _RefusedError("", str(error)), data)
    job = templating.job_queue_of(request).put(order)
    return Redirect(f"/add#job{job.number}", status_code=303)


@post("/add/stop", sync_to_thread=True)
def stop(request: Asked, data: Form) -> Redirect:
    """Stop a job; what was added stays."""
    _refuse_in_read_only(request)
    number = str(data.get("job", ""))
    if number.isascii() and number.isdigit() and len(number) < 10:
        templating.job_queue_of(request).stop(int(number))
    return Redirect("/add", status_code=303)


def _refuse_in_read_only(request: Asked) -> None:
    if templating.library_of(request).read_only:
        raise NotFoundException


class _RefusedError(SelonError):
    """What was sent cannot be taken: the field that is wrong, and what to do."""

    def __init__(self, field: str, words: str) -> None:
        super().__init__(words)
        self.field = field


def _page(
    request: Asked, refused: _RefusedError | None = None, data: dict[str, Any] | None = None
) -> Response[str]:
    """The page; what was refused stands in its form with the remedy."""
    jobs = _jobs(request)
    given = {k: v for k, v in (data or {}).items() if isinstance(v, str)}
    return templating.page(
        request,
        "add",
        400 if refused else 200,
        jobs=jobs,
        under_way=any(job["under_way"] for job in jobs),
        languages=codes(),
        most_files=MAX_FILES,
        fault=str(refused or ""),
        wrong=refused.field if refused else "",
        given=given,
    )


def _import_job(request: Asked, data: dict[str, Any]) -> ImportJob:
    """What was sent, as an import job; `_RefusedError` says what is wrong with it."""
    _ = templating.locale_of(request).gettext
    files = data.get("files")
    given = files if isinstance(files, list) else [files]
    # A form sent without a file has one without a name.
    many = [f for f in given if isinstance(f, UploadFile) and f.filename]
    text = str(data.get("text") or "").strip()
    address = str(data.get("address") or "").strip()[:_MAX_ADDRESS_CHARS]
    if not (many or text or address):
        kind = str(data.get("kind") or "files")
        words = {
            "text": _("Paste the text of an article first."),
            "address": _("Give the address of a page or of a feed first."),
        }
        raise _RefusedError(kind, words.get(kind, _("Choose at least one file.")))
    if len(many) > MAX_FILES:
        raise HTTPException(status_code=413)
    if templating.job_queue_of(request).full():
        raise SelonError(_("Too much is waiting already: come back when some of it is done."))
    options = check_options(_options(request, data))
    addresses = (_address(address, _),) if address else ()
    folder = templating.job_queue_of(request).folder()
    names = [import_job.save_upload(folder, f.filename, f.file.read()) for f in many]
    if text:
        names.append(import_job.save_upload(folder, _("pasted text") + ".txt", text.encode()))
    return ImportJob(
        templating.library_of(request).path.absolute(),
        folder,
        tuple(dict.fromkeys(names)),
        options,
        templating.locale_of(request).language,
        addresses,
        request.app.state.settings.private,
    )


def _address(given: str, _: Callable[[str], str]) -> str:
    """An address that may be asked for, `https://` before it where it says none."""
    # « example.org/page » lacks its scheme; « javascript:1 » has one that is not read.
    bare = "://" not in given and "." in given.split("/")[0].split(":")[0]
    whole = f"https://{given}" if bare else given
    try:
        return parse_url(whole).url
    except Unreadable as error:
        raise _RefusedError("address", f"{error.error}. {error.remedy}.") from error


def _options(request: Asked, data: dict[str, Any]) -> ReadOptions:
    _ = templating.locale_of(request).gettext
    given = {
        name: " ".join(str(data.get(name) or "").split())[:_MAX_FIELD_CHARS]
        for name in ("outlet", "date", "lang", "columns")
    }
    columns = (part.partition("=") for part in given["columns"].split(",") if part.strip())
    when = day(given["date"], date.today()) or given["date"] or None
    if when and edtf(when) is None:
        words = _("“{date}” is no date: write 28/06/2026, June 2026 or 2026.")
        raise _RefusedError("date", words.format(date=when))
    return ReadOptions(
        when,
        given["outlet"] or None,
        given["lang"] or None,
        columns=tuple((field.strip(), name.strip()) for field, _sign, name in columns),
    )


def _jobs(request: Asked) -> list[dict[str, Any]]:
    say = templating.locale_of(request)
    scrubbed = templating.library_of(request).scrubbed
    return [
        job_view(job, say) | {"fault": scrubbed(job.words)}
        for job in templating.job_queue_of(request).jobs()
    ]


def job_view(job: Job, say: Locale) -> dict[str, Any]:
    """A job as the page and its script tell it, in a visitor's words."""
    _ = say.gettext
    states = {
        "waiting": _("waits for its turn"),
        "reading": _("is being read"),
        "comparing": _("read again; now being compared with the rest of the library")
        if job.order.anew
        else _("added; now being compared with the rest of the library"),
        "done": _("done"),
        "failed": _("failed"),
        "stopped": _("stopped; what was added stays"),
    }
    names = [_name(n) for n in job.order.sources]
    more = len(names) - _MAX_NAMES
    tally = job.tally
    return {
        "number": job.number,
        "title": ", ".join(names[:_MAX_NAMES]) + (f" + {say.number(more)}" if more > 0 else ""),
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


def _counts(tally: dict[str, int], say: Locale) -> str:
    parts = [say.ngettext("{n} article added", "{n} articles added", tally["added"])]
    for name, one, many in (
        ("versions", "{n} of them a new version", "{n} of them new versions"),
        ("copies", "{n} a copy of another", "{n} copies of others"),
        ("known", "{n} already known", "{n} already known"),
        ("failed", "{n} failed", "{n} failed"),
    ):
        if tally[name]:
            parts.append(say.ngettext(one, many, tally[name]))
    parts.append(say.ngettext("{n} statement", "{n} statements", tally["statements"]))
    return ", ".join(parts)


def _name(source: str) -> str:
    """A file as the visitor named it, without the folder of its digest."""
    return _DIGEST_FOLDER.sub("", source, count=1)


ROUTES: Final[list[Any]] = [add, jobs, receive, stop]
