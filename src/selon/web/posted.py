"""What a form posted: numbers, the page to go back to, and what it lacks."""

from __future__ import annotations

import re
from typing import Annotated, Any, Final
from urllib.parse import urlencode

from litestar.enums import RequestEncodingType
from litestar.params import Body
from litestar.response import Redirect

from selon.errors import SelonError
from selon.web import templating
from selon.web.templating import Asked

Form = Annotated[dict[str, Any], Body(media_type=RequestEncodingType.URL_ENCODED)]
_BACK: Final = re.compile(r"/(article|review)(/\d{1,12})?(\?[\w=&.%+-]{1,300})?", re.ASCII)


def number(given: Any) -> int:
    """A number that was typed or chosen; -1 for what is none."""
    value = str(given)
    return int(value) if value.isascii() and value.isdigit() and len(value) < 13 else -1


def words(data: dict[str, Any], name: str, max_chars: int = 200) -> str:
    """A field on one line, cut; empty where it is missing."""
    return " ".join(str(data.get(name) or "").split())[:max_chars]


def may_return_to(path: str) -> bool:
    """Whether a form may lead back there: to an article or the queue of review."""
    return _BACK.fullmatch(path) is not None


def redirect_back(data: dict[str, Any], which: str, undo: str = "") -> Redirect:
    """Back to the page that the form came from, at a statement; `undo` is what it offers to undo."""
    given = str(data.get("back", ""))
    path = given if may_return_to(given) else "/review"
    if path.startswith("/article"):
        return Redirect(f"{path}#s{which}", status_code=303)
    offer = f"{'&' if '?' in path else '?'}{urlencode({'undo': undo})}" if undo else ""
    return Redirect(f"{path}{offer}#next", status_code=303)


def refuse_incomplete(request: Asked) -> None:
    """Refuse a form that does not say what it should."""
    raise SelonError(templating.locale_of(request).gettext("The form is incomplete."))
