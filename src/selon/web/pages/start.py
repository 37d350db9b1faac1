"""Where one begins: the sample library's door, and `/about`, what Selon can do and gets wrong."""

from __future__ import annotations

from typing import Any, Final

from litestar import Response, get, post
from litestar.datastructures import Cookie
from litestar.response import Redirect

from selon.lang import codes
from selon.web import templating
from selon.web.pages.add import MAX_FILES
from selon.web.sample import COOKIE
from selon.web.templating import Asked


@post("/sample", sync_to_thread=True)
def enter(request: Asked) -> Redirect:
    """Look at the sample library; it is made where nobody has asked for it before."""
    request.app.state.provider.refuse_in_read_only()
    templating.sample(request).open(
        templating.job_queue_of(request), templating.locale_of(request).language
    )
    entered = Redirect("/", status_code=303)
    entered.set_cookie(Cookie(COOKIE, value="1", httponly=True, samesite="strict"))
    return entered


@post("/sample/leave", sync_to_thread=True)
def leave(request: Asked) -> Redirect:
    """Go back to the room's own library."""
    request.app.state.provider.refuse_in_read_only()
    left = Redirect("/", status_code=303)
    left.set_cookie(Cookie(COOKIE, value="", max_age=0, httponly=True, samesite="strict"))
    return left


@get("/about", sync_to_thread=True)
def about(request: Asked) -> Response[str]:
    """What the room shows and what it must not be believed in."""
    return templating.page(request, "about")


def empty(request: Asked) -> Response[str]:
    """The first page of a library that holds nothing yet."""
    return templating.page(
        request,
        "begin",
        door="search",
        is_loading=templating.in_sample(request) and templating.sample(request).is_loading,
        under_way=any(job.under_way for job in templating.job_queue_of(request).jobs()),
        writes=not templating.library_of(request).read_only,
        languages=codes(),
        most_files=MAX_FILES,
        fault="",
        wrong="",
        given={},
    )


ROUTES: Final[list[Any]] = [enter, leave, about]
