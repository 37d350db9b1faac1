"""The query that an address asks for, on the search page and in the API alike."""

from __future__ import annotations

from typing import Any, Final

from selon.library.find import Query
from selon.records import FORMS, STANCES
from selon.room.frame import Asked

TEXTS: Final = ("words", "speaker", "about", "addressee", "via", "outlet", "since", "until")
CHOICES: Final = {
    "form": FORMS,
    "voice": ("quoted", "reported", "hedged"),
    "stance": STANCES,
}
LONGEST: Final = 300


def asked(request: Asked) -> Query:
    """The query of an address; what it cannot mean is left out."""
    given = {k: v.strip()[:LONGEST] for k, v in request.query_params.items() if v.strip()}
    chosen: dict[str, Any] = {name: given[name] for name in TEXTS if name in given}
    for name, values in CHOICES.items():
        if given.get(name) in values:
            chosen[name] = given[name]
    return Query(**chosen)
