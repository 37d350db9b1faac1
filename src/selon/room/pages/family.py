"""The page `/family/{number}`: one statement from outlet to outlet, and what became of its words."""

from __future__ import annotations

from typing import Annotated, Any, Final

from litestar import Response, get, post
from litestar.enums import RequestEncodingType
from litestar.exceptions import NotFoundException
from litestar.params import Body, FromPath
from litestar.response import Redirect

from selon.faults import SelonError
from selon.ledger import names, rendering
from selon.ledger.alignment import pieces
from selon.ledger.alteration import types
from selon.ledger.family import Family
from selon.ledger.paraphrase import suggestions
from selon.ledger.reference import reference
from selon.ledger.sayings import Saying, words
from selon.ledger.shelf import Shelf
from selon.ledger.showing import parts
from selon.ledger.spread import first_seen, independent, way
from selon.library import codec, judge
from selon.room import frame
from selon.room.frame import Asked
from selon.room.signing import reviewer

Form = Annotated[dict[str, Any], Body(media_type=RequestEncodingType.URL_ENCODED)]


@get("/family/{number:int}", sync_to_thread=True)
def family(request: Asked, number: FromPath[int]) -> Response[str]:
    """The family of a statement as the ledger last saw it; with `near`, what may belong to it."""
    wanted = "near" in request.query_params
    with frame.holdings(request).reading() as library:
        shelf = Shelf(library)
        waiting = shelf.waiting()
        try:
            found, sayings = shelf.family(number)
        except SelonError as error:
            raise NotFoundException from error
        articles = dict(
            library.connection.execute(
                "select s.id, s.article_id from statement s where s.id in"
                f" ({','.join('?' * len(sayings))})",
                [int(i) for i in sayings],
            ).fetchall()
        )
        decided = shelf.decided(found)
        near = _near(shelf, number, sayings) if wanted else []
    return frame.page(
        request,
        "family",
        number=number,
        waiting=waiting,
        decided=decided,
        writes=not frame.holdings(request).read_only,
        able=rendering.installed(),
        asked_near=wanted,
        near=near,
        **told(found, sayings, articles),
    )


def _near(shelf: Shelf, number: int, sayings: dict[str, Saying]) -> list[dict[str, Any]]:
    """Suggestions of other words for the same: each with its likeness and its article's number."""
    found = suggestions(shelf, number) if rendering.installed() and str(number) in sayings else ()
    places = dict(
        shelf.connection.execute(
            "select id, article_id from statement where id in (select value from json_each(?))",
            (codec.pack([int(s.saying.id) for s in found]),),
        ).fetchall()
    )
    return [
        {"saying": s.saying, "cosine": s.cosine, "article": places.get(int(s.saying.id))}
        for s in found
    ]


def told(found: Family, sayings: dict[str, Saying], articles: dict[int, int]) -> dict[str, Any]:
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
                "diff": [] if one.id == full.id else diff(full, one),
                "first": one.id in first.sayings,
            }
            for one in ordered
        ],
        "way": way(sayings.values()),
        "count": len({s.article for s in sayings.values()}),
        "independent": independent(sayings.values()),
    }


def diff(full: Saying, one: Saying) -> list[tuple[str, str]]:
    """The word diff as pairs of a kind (`same`, `gone`, `come`) and its words."""
    if full.language != one.language:
        return [("same", one.words)]
    sides = (words(s.words, s.language) for s in (full, one))
    return list(parts(full.words, one.words, pieces(*sides)))


@post("/family/{number:int}", sync_to_thread=True)
def change(request: Asked, number: FromPath[int], data: Form) -> Redirect:
    """Say that another statement is, or is not, the same utterance (`join`, `part`), or undo that."""
    by, deed, given = reviewer(request, data), str(data.get("deed", "")), str(data.get("other", ""))
    deed, _space, which = deed.partition(" ")
    if deed == "undo":
        with frame.holdings(request).writing() as library:
            judge.undo(library, which, f"human:{by}")
        return Redirect(f"/family/{number}", status_code=303)
    other = which or given.strip().lstrip("#")
    if deed not in ("join", "part") or not (
        other.isascii() and other.isdigit() and len(other) < 13
    ):
        raise SelonError(frame.tongue(request).gettext("The form is incomplete."))
    with frame.holdings(request).writing() as library:
        shelf = Shelf(library)
        (shelf.join if deed == "join" else shelf.part)(number, int(other), by)
    return Redirect(f"/family/{number}", status_code=303)


ROUTES: Final[list[Any]] = [family, change]
