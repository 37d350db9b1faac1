"""The query that an address asks for, on the search page and in the API alike."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any, Final

from selon.errors import SelonError
from selon.library.find import Query
from selon.records import FORMS, STANCES
from selon.web import templating
from selon.web.days import day
from selon.web.templating import Asked

TEXTS: Final = ("words", "speaker", "about", "addressee", "via", "outlet", "since", "until")
CHOICES: Final = {
    "form": FORMS,
    "voice": ("quoted", "reported", "hedged"),
    "stance": STANCES,
}
MAX_CHARS: Final = 300


def query_of_address(request: Asked, strict: bool = False) -> Query:
    """The query of an address; what it cannot mean is left out, or refused where `strict`."""
    given = {k: v.strip() for k, v in request.query_params.items() if v.strip()}
    chosen: dict[str, Any] = {name: given[name][:MAX_CHARS] for name in TEXTS if name in given}
    for name, values in CHOICES.items():
        if given.get(name) in values:
            chosen[name] = given[name]
    odd = [
        name
        for name in (*TEXTS, *CHOICES)
        if name in request.query_params and (name not in chosen or chosen[name] != given[name])
    ]
    if strict and odd:
        _ = templating.locale_of(request).gettext
        raise SelonError(_("Invalid value for {name}.").format(name=", ".join(odd)))
    return Query(**chosen)


def query_with_dates(request: Asked) -> tuple[Query, dict[str, str]]:
    """The query of a page's address, its dates as people type them; and the fields that are none."""
    query = query_of_address(request)
    _ = templating.locale_of(request).gettext
    wrong: dict[str, str] = {}
    read: dict[str, Any] = {}
    for field in ("since", "until"):
        typed = getattr(query, field)
        if typed:
            read[field] = day(typed, date.today())
            if read[field] is None:
                words = _("“{date}” is no date: write 28/06/2026, June 2026 or 2026.")
                wrong[field] = words.format(date=typed)
    return replace(query, **read), wrong
