"""The application: all routes of the room, around one library."""

from __future__ import annotations

import logging
import secrets
import sqlite3
from importlib import import_module
from pathlib import Path
from threading import Thread
from typing import Any, Final

from litestar import Litestar, Request, Response, Router
from litestar.config.compression import CompressionConfig
from litestar.config.csrf import CSRFConfig
from litestar.datastructures import State
from litestar.exceptions import HTTPException, NotFoundException
from litestar.types import ASGIApp

from selon import lang
from selon.errors import SelonError
from selon.library import db_errors
from selon.web import api, static, templating
from selon.web.guard import Guard
from selon.web.job_queue import JobQueue
from selon.web.library_provider import AbsentError, LibraryProvider, ReadOnlyError
from selon.web.pages.reviewer import ask_first
from selon.web.reviewer import UnsignedError
from selon.web.sample import Sample
from selon.web.settings import Settings

# Each module of `selon.web.pages` has its route handlers in a list `ROUTES`; what it counts as the
# room starts is counted in this order, and the network before the many shares of `outlet`.
PAGES: Final = (
    *("search", "article", "review", "correct", "upkeep", "login", "reviewer", "start"),
    *("person", "network", "outlet", "family", "check", "add"),
    *("watch", "coverage", "dossier", "numbers", "coding", "components"),
)
log = logging.getLogger("selon.web")


def create(library: Path, settings: Settings | None = None) -> ASGIApp:
    """The room as an ASGI application; the library must exist and be up to date."""
    settings = settings or Settings()
    routes = [r for p in PAGES for r in import_module(f"selon.web.pages.{p}").ROUTES]
    job_queue = JobQueue()
    provider = LibraryProvider(library, settings.read_only)
    sample = Sample()

    def warm() -> None:
        """Count beforehand what the first visitors ask for, and load what cuts their sentences."""
        Thread(target=_load_languages, args=(provider,), name="languages", daemon=True).start()
        for one in PAGES:
            beforehand = getattr(import_module(f"selon.web.pages.{one}"), "warm", None)
            if beforehand:
                beforehand(provider.counts)

    application = Litestar(
        [
            static.serve,
            Router("/", route_handlers=routes, include_in_schema=False),
            *api.ROUTES,
        ],
        state=State(
            {"settings": settings, "provider": provider, "job_queue": job_queue, "sample": sample}
        ),
        on_startup=[warm],
        on_shutdown=[job_queue.close, provider.counts.close, sample.close],
        csrf_config=CSRFConfig(
            secret=secrets.token_hex(32),
            cookie_name="selon_csrf",
            header_name="x-selon-token",
            cookie_httponly=True,
            cookie_samesite="strict",
        ),
        # Assets are packed once; SameSite keeps what others write from being measured beside a token.
        compression_config=CompressionConfig(
            backend="gzip", gzip_compress_level=5, minimum_size=1_000, exclude="^/assets/"
        ),
        openapi_config=api.OPENAPI,
        request_max_body_size=settings.post_megabytes * 1_000_000,
        exception_handlers={
            UnsignedError: _ask_reviewer_name,
            SelonError: _explain,
            HTTPException: _refuse,
            sqlite3.Error: _busy_or_broken,
            Exception: _broken,
        },
    )
    return Guard(application, settings)


def _load_languages(provider: LibraryProvider) -> None:
    """Load the languages of the library's articles: the first sentence shown waits for none."""
    try:
        with provider.reading() as library:
            rows = library.connection.execute("select distinct language from article").fetchall()
    except (SelonError, sqlite3.Error):
        # Whoever opens a page is told what is wrong with the library.
        return
    for code in {lang.DEFAULT, *(str(row[0] or "").split("-")[0].lower() for row in rows)}:
        if code in lang.codes():
            lang.load(code)


def _ask_reviewer_name(request: Request[Any, Any, Any], error: UnsignedError) -> Response[Any]:
    """Ask who signs, and carry on what was posted."""
    if "application/json" in request.headers.get("accept", ""):
        return Response({"error": "sign"}, status_code=401, media_type="application/json")
    return ask_first(request, error.posted)


def _explain(request: Request[Any, Any, Any], error: SelonError) -> Response[Any]:
    if isinstance(error, AbsentError):
        return _refuse(request, NotFoundException())
    words = templating.library_of(request).scrubbed(str(error))
    return _fault(request, 403 if isinstance(error, ReadOnlyError) else 400, words)


def _refuse(request: Request[Any, Any, Any], error: HTTPException) -> Response[Any]:
    _ = templating.locale_of(request).gettext
    said = {
        403: _("This form is out of date or came from another site: load its page again."),
        404: _("There is nothing at this address."),
        405: _("This address does not accept this kind of request."),
        413: _("This is more than can be sent at once."),
        429: _("Too many requests in a minute: wait a little."),
    }
    return _fault(request, error.status_code, said.get(error.status_code, str(error.detail)))


def _busy_or_broken(request: Request[Any, Any, Any], error: sqlite3.Error) -> Response[Any]:
    """Another program has written for longer than anybody waits; or something is truly wrong."""
    if int(getattr(error, "sqlite_errorcode", 0) or 0) & 0xFF not in (
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
    ):
        return _broken(request, error)
    _ = templating.locale_of(request).gettext
    answer = _fault(request, 503, _("The library is being written to: try again in a moment."))
    answer.headers["retry-after"] = "5"
    return answer


def _broken(request: Request[Any, Any, Any], error: Exception) -> Response[Any]:
    held = templating.library_of(request)
    said = db_errors.explain(error, held.path)
    if said is not None:
        # The disk's or the file's fault, and no defect of the program: one line is enough.
        log.error("%s: %s", request.url.path, said)
        return _fault(request, 503, held.scrubbed(str(said)))
    number = secrets.token_hex(4)
    log.error("fault %s at %s", number, request.url.path, exc_info=error)
    _ = templating.locale_of(request).gettext
    words = _("Something went wrong here. The terminal shows more under the number {n}.")
    return _fault(request, 500, words.format(n=number))


def _fault(request: Request[Any, Any, Any], status: int, words: str) -> Response[Any]:
    asks_json = "application/json" in request.headers.get("accept", "")
    if request.url.path.startswith("/api/") or asks_json:
        return Response({"error": words}, status_code=status, media_type="application/json")
    return templating.page(request, "fault", status, words=words, number=status)
