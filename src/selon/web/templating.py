"""A page: a template filled in, in the visitor's language, inside the frame that all pages share."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from litestar import Request, Response
from litestar.utils.scope.state import ScopeState
from markupsafe import Markup, escape

from selon.show.visible import on_page
from selon.web import i18n, static
from selon.web.i18n import Locale, locale, preferred_language
from selon.web.job_queue import JobQueue
from selon.web.library_provider import LibraryProvider
from selon.web.reviewer import signature
from selon.web.sample import COOKIE, Sample
from selon.web.settings import Settings

Asked = Request[Any, Any, Any]


@dataclass(frozen=True, slots=True)
class NavItem:
    """An entry of the room's navigation: where to, under what name, whether it only reads."""

    page: str
    href: str
    name: str
    reads: bool = True


# A page gets its door when it is built.
NAVIGATION: Final = (
    NavItem("search", "/", "Search"),
    NavItem("check", "/check", "Check"),
    NavItem("dossier", "/dossier", "Dossiers"),
    NavItem("outlet", "/outlet", "People and outlets"),
    NavItem("stats", "/numbers", "Figures"),
    NavItem("network", "/network", "Network"),
    NavItem("review", "/review", "Review"),
)


@lru_cache(maxsize=1)
def environment() -> Environment:
    """Jinja for the room: all is escaped and cleaned of control characters; no name is optional."""
    made = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: on_page(value) if type(value) is str else value,
    )
    made.globals["asset"] = static.address
    made.filters["cue"] = _with_cue
    return made


def _with_cue(words: str, cue: str | None) -> Markup:
    """Words with the verb that says them marked, where they have it; all of it escaped."""
    before, found, after = on_page(words).partition(on_page(cue) if cue else "\0")
    if not found:
        return escape(before)
    return escape(before) + Markup('<b class="cue">{}</b>').format(found) + escape(after)


def locale_of(request: Asked) -> Locale:
    """The language in which this visitor reads."""
    settings: Settings = request.app.state.settings
    accept = request.headers.get("accept-language", "")
    return locale(preferred_language(request.query_params, request.cookies, accept, settings.lang))


def library_of(request: Asked) -> LibraryProvider:
    """The library of the room that is asked: its own, or the sample that the visitor looks at."""
    taken = sample(request)
    held: LibraryProvider = (in_sample(request) and taken.provider) or request.app.state.provider
    return held


def sample(request: Asked) -> Sample:
    """The room's sample library, made where somebody asks for it."""
    held: Sample = request.app.state.sample
    return held


def in_sample(request: Asked) -> bool:
    """Whether this visitor looks at the sample library."""
    return request.cookies.get(COOKIE) == "1" and sample(request).provider is not None


def job_queue_of(request: Asked) -> JobQueue:
    """Where this room takes what is to be added."""
    taken: JobQueue = request.app.state.job_queue
    return taken


def csrf(request: Asked) -> str:
    """The token that a form of this visitor must send back, in `_csrf_token`."""
    token = ScopeState.from_scope(request.scope).csrf_token
    return token if isinstance(token, str) else request.cookies.get("selon_csrf", "")


def file_response(data: bytes, name: str, media_type: str, inline: bool = False) -> Response[bytes]:
    """A file under its name, to be kept or, `inline`, to be shown in the page."""
    how = "inline" if inline else "attachment"
    return Response(
        data, media_type=media_type, headers={"content-disposition": f'{how}; filename="{name}"'}
    )


def page(request: Asked, name: str, status: int = 200, **content: Any) -> Response[str]:
    """The template `NAME.html` with its content; `say`, `_`, `n_`, `door`, `doors` are given it.

    `say` is the visitor's `Locale`; `door` is the page's place in the navigation (its name unless
    content says `door=…`); `token` the form's CSRF token; `settings` the room's.
    """
    say = locale_of(request)
    settings: Settings = request.app.state.settings
    common = {
        "say": say,
        "_": say.gettext,
        "n_": say.ngettext,
        "pgettext": say.pgettext,
        "door": name,
        "doors": [d for d in NAVIGATION if d.reads or not settings.read_only],
        "settings": settings,
        "signature": signature(request),
        "sample": in_sample(request),
        "token": csrf(request),
        "library": library_of(request).path.stem,
        "here": here,
        "at": request.url.path,
        "asked": address_parameters(request),
    }
    html = environment().get_template(f"{name}.html").render({**common, **content})
    answer = Response(html, media_type="text/html", status_code=status)
    if request.query_params.get("lang") == say.language:
        # Chosen once, kept on every page after.
        answer.set_cookie(i18n.COOKIE, say.language, max_age=31_536_000, samesite="lax")
    return answer


def address_parameters(request: Asked) -> list[tuple[str, str]]:
    """The parameters of an address, in their order (the framework's own have none)."""
    return parse_qsl(request.scope["query_string"].decode("latin-1"), keep_blank_values=True)


def here(path: str, asked: list[tuple[str, str]], **changes: Any) -> str:
    """This page's address with some of its parameters set, or dropped where the value is `None`."""
    kept = [(k, v) for k, v in asked if k not in changes]
    new = [(k, str(v)) for k, v in changes.items() if v is not None]
    query = urlencode(kept + new)
    return f"{path}?{query}" if query else path
