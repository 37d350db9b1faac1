"""The page `/sign`: the name that signs a visitor's judgements, asked for before the first."""

from __future__ import annotations

import re
from typing import Annotated, Any, Final

from litestar import Response, get, post
from litestar.datastructures import Cookie
from litestar.enums import RequestEncodingType
from litestar.params import Body
from litestar.response import Redirect

from selon.web import templating
from selon.web.reviewer import COOKIE, clean_name, cookie, signature
from selon.web.templating import Asked

Form = Annotated[dict[str, Any], Body(media_type=RequestEncodingType.URL_ENCODED)]
# A path of this room, and nothing that a browser would take for another host.
PATH: Final = re.compile(r"/(?![/\\])[\w/\-]{0,80}(\?[\w=&%+.\-]{0,300})?", re.ASCII)
_MAX_FIELD_CHARS: Final = 20_000


@get("/sign", sync_to_thread=True)
def sign(request: Asked) -> Response[str]:
    """The form; `back` is the page to go on with."""
    back = request.query_params.get("back", "/")
    return _page(request, back if PATH.fullmatch(back) else "/")


@post("/sign", sync_to_thread=True)
def save_name(request: Asked, data: Form) -> Response[Any]:
    """Remember the name, and go on: back to a page, or with the deed that was begun without one."""
    name, back, to = (str(data.get(k, "")) for k in ("sign_name", "sign_back", "sign_to"))
    if not clean_name(name):
        return _page(request, back, status=400, missing=True)
    if PATH.fullmatch(to):
        # The browser sends the same form again, to where it was meant for.
        answer = Redirect(to, status_code=307)
    else:
        answer = Redirect(back if PATH.fullmatch(back) else "/", status_code=303)
    answer.set_cookie(cookie(name))
    return answer


@post("/sign/forget", sync_to_thread=True)
def forget_name(request: Asked) -> Redirect:
    """Sign no more under this name in this browser."""
    left = Redirect("/sign", status_code=303)
    left.set_cookie(Cookie(COOKIE, value="", max_age=0, httponly=True, samesite="strict"))
    return left


def ask_first(request: Asked, posted: list[tuple[str, str]]) -> Response[str]:
    """The form in the place of a deed that nobody signs; it carries the deed on."""
    own = ("sign_name", "sign_back", "sign_to", "_csrf_token")
    carried = [(k, v) for k, v in posted if k not in own and len(v) < _MAX_FIELD_CHARS]
    return _page(request, "", status=400, deed=request.url.path, carried=carried)


def _page(
    request: Asked,
    back: str,
    status: int = 200,
    *,
    missing: bool = False,
    deed: str = "",
    carried: list[tuple[str, str]] | None = None,
) -> Response[str]:
    return templating.page(
        request,
        "sign",
        status,
        back=back,
        missing=missing,
        deed=deed if PATH.fullmatch(deed) else "",
        carried=carried or [],
        signer=signature(request),
    )


ROUTES: Final[list[Any]] = [sign, save_name, forget_name]
