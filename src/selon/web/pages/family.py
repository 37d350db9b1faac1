"""The page `/family/{number}`: one statement from outlet to outlet, and what became of its words."""

from __future__ import annotations

import re
from typing import Annotated, Any, Final

from litestar import Response, get, post
from litestar.enums import RequestEncodingType
from litestar.exceptions import NotFoundException
from litestar.params import Body, FromPath
from litestar.response import Redirect

from selon.errors import SelonError
from selon.library import judge, serialization
from selon.reuse import crosslingual, names
from selon.reuse.alteration import types
from selon.reuse.family import Family
from selon.reuse.paraphrase import suggestions
from selon.reuse.propagation import first_seen, independent, propagation_steps
from selon.reuse.reference import reference
from selon.reuse.reused_quotes import ReusedQuote
from selon.reuse.store import ReuseStore
from selon.web import statement_links, templating
from selon.web.changed_words import word_diff
from selon.web.reviewer import reviewer
from selon.web.templating import Asked

Form = Annotated[dict[str, Any], Body(media_type=RequestEncodingType.URL_ENCODED)]

MAX_CHARS: Final = 2_000
# A statement as people name it: its number, or an address of the room that leads to it.
_STATEMENT: Final = re.compile(
    r"(?:#?|.*(?:/article/[0-9]+(?:\?[^#]*)?#s|/(?:cite|family|review)/))([0-9]{1,12})"
)


@get("/family/{number:int}", sync_to_thread=True)
def family(request: Asked, number: FromPath[int]) -> Response[str]:
    """The family of a statement as the ledger last saw it; with `near`, what may belong to it."""
    wanted = "near" in request.query_params
    with templating.library_of(request).reading() as library:
        store = ReuseStore(library)
        waiting = store.waiting()
        try:
            found, sayings = store.family(number)
        except SelonError as error:
            raise NotFoundException from error
        articles = dict(
            library.connection.execute(
                "select s.id, s.article_id from statement s where s.id in"
                f" ({','.join('?' * len(sayings))})",
                [int(i) for i in sayings],
            ).fetchall()
        )
        decided = store.decided(found)
        near = _suggestions(store, number, sayings) if wanted else []
    return templating.page(
        request,
        "family",
        number=number,
        waiting=waiting,
        decided=decided,
        writes=not templating.library_of(request).read_only,
        able=crosslingual.is_installed(),
        asked_near=wanted,
        near=near,
        original=statement_links.original_url,
        **family_view(found, sayings, articles),
    )


def _suggestions(
    store: ReuseStore, number: int, sayings: dict[str, ReusedQuote]
) -> list[dict[str, Any]]:
    """Suggestions of other words for the same: each with its likeness and its article's number."""
    found = (
        suggestions(store, number) if crosslingual.is_installed() and str(number) in sayings else ()
    )
    places = dict(
        store.connection.execute(
            "select id, article_id from statement where id in (select value from json_each(?))",
            (serialization.pack([int(s.saying.id) for s in found]),),
        ).fetchall()
    )
    return [
        {"saying": s.saying, "cosine": s.cosine, "article": places.get(int(s.saying.id))}
        for s in found
    ]


def family_view(
    found: Family, sayings: dict[str, ReusedQuote], articles: dict[int, int]
) -> dict[str, Any]:
    """What the page tells of a family: the words compared with, each member, the first, the way."""
    full = reference(sayings)
    first = first_seen(sayings.values())
    ordered = sorted(sayings.values(), key=lambda s: (s.published or "9", int(s.id)))
    return {
        "full": full,
        "score": found.score,
        "first": first,
        "members": [
            {
                "saying": one,
                "article": articles.get(int(one.id)),
                "types": () if one.id == full.id else names(types(full, one)),
                "diff": [] if one.id == full.id else word_diff(full, one),
                "first": one.id in first.sayings,
            }
            for one in ordered
        ],
        "way": propagation_steps(sayings.values()),
        "count": len({s.article for s in sayings.values()}),
        "independent": independent(sayings.values()),
    }


@post("/family/{number:int}", sync_to_thread=True)
def change(request: Asked, number: FromPath[int], data: Form) -> Redirect:
    """Say that another statement is, or is not, the same utterance (`join`, `part`), or undo that."""
    by, deed, given = reviewer(request, data), str(data.get("deed", "")), str(data.get("other", ""))
    deed, _space, which = deed.partition(" ")
    if deed == "undo":
        with templating.library_of(request).writing() as library:
            judge.undo(library, which, f"human:{by}")
        return Redirect(f"/family/{number}", status_code=303)
    named = _STATEMENT.fullmatch(which or given.strip()[:MAX_CHARS])
    if deed not in ("join", "part") or named is None:
        raise SelonError(templating.locale_of(request).gettext("The form is incomplete."))
    with templating.library_of(request).writing() as library:
        store = ReuseStore(library)
        (store.join if deed == "join" else store.part)(number, int(named[1]), by)
    return Redirect(f"/family/{number}", status_code=303)


ROUTES: Final[list[Any]] = [family, change]
