"""The page `/enter`: the password of a room that other machines reach; and the way out."""

from __future__ import annotations

import hmac
from typing import Annotated, Any, Final

from litestar import Response, get, post
from litestar.datastructures import Cookie
from litestar.enums import RequestEncodingType
from litestar.params import Body
from litestar.response import Redirect

from selon.web import templating
from selon.web.guard import KEY_COOKIE, key
from selon.web.settings import Settings
from selon.web.templating import Asked

Form = Annotated[dict[str, Any], Body(media_type=RequestEncodingType.URL_ENCODED)]


@get("/enter", sync_to_thread=True)
def enter(request: Asked) -> Response[str]:
    """The form; nothing of the library is shown on it."""
    return _page(request, 200)


@post("/enter", sync_to_thread=True)
def check_password(request: Asked, data: Form) -> Response[Any]:
    """Let a visitor in who knows the password; the cookie holds a key made of it."""
    settings: Settings = request.app.state.settings
    said = str(data.get("password", ""))[:1000]
    if not settings.token:
        return Redirect("/", status_code=303)
    if not hmac.compare_digest(key(said).encode(), key(settings.token).encode()):
        return _page(request, 403)
    entered = Redirect("/", status_code=303)
    entered.set_cookie(Cookie(KEY_COOKIE, value=key(said), httponly=True, samesite="strict"))
    return entered


@post("/leave", sync_to_thread=True)
def leave(request: Asked) -> Redirect:
    """Forget the password in this browser."""
    left = Redirect("/enter", status_code=303)
    left.delete_cookie(KEY_COOKIE)
    return left


def _page(request: Asked, status: int) -> Response[str]:
    settings: Settings = request.app.state.settings
    return templating.page(
        request, "enter", status, wrong=status == 403, asked_for=bool(settings.token)
    )


ROUTES: Final[list[Any]] = [enter, check_password, leave]
