"""The API's questions: a family, a quotation checked, a text read (and not kept)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Final

from litestar import Response, get, post
from litestar.exceptions import HTTPException, NotFoundException
from litestar.params import Parameter

from selon import contract
from selon.faults import SelonError
from selon.ledger import names
from selon.ledger.alteration import types
from selon.ledger.asking import ask
from selon.ledger.checking import VERDICTS
from selon.ledger.lexicon import guessed, known
from selon.ledger.reference import reference
from selon.ledger.sayings import Saying
from selon.ledger.shelf import Shelf
from selon.ledger.spread import first_seen, independent, way
from selon.records import Article, Failure
from selon.room import frame
from selon.room.api.answer import Asked, answer
from selon.room.api.looking import Number

LONGEST: Final = 200_000
MOST: Final = 50
Words = Annotated[str, Parameter(min_length=1, max_length=2_000, description="the quoted words")]
Speaker = Annotated[
    str | None, Parameter(max_length=200, description="who is said to have said them")
]


@get("/families/{number:int}", sync_to_thread=True)
def family(request: Asked, number: Number) -> Response[bytes]:
    """Every appearance of a statement, what became of its words, where it was first seen here."""
    with frame.holdings(request).reading() as library:
        shelf = Shelf(library)
        waiting = shelf.waiting()
        try:
            found, sayings = shelf.family(number)
        except SelonError as error:
            raise NotFoundException from error
    full, first = reference(sayings), first_seen(sayings.values())
    members = [
        {**_saying(one), "types": [] if one.id == full.id else list(names(types(full, one)))}
        for one in sorted(sayings.values(), key=lambda s: (s.published or "9", int(s.id)))
    ]
    return answer(
        request,
        {
            "compared_with": int(full.id),
            "members": members,
            "articles": len({s.article for s in sayings.values()}),
            "independent": independent(sayings.values()),
            "first_seen_in_this_library": [int(i) for i in first.sayings],
            "first_is_sure": first.sure,
            "way": [{"source": s.source, "taker": s.taker} for s in way(sayings.values())],
            "weakest_link": found.score,
            "not_compared_yet": waiting,
        },
    )


def _saying(one: Saying) -> dict[str, Any]:
    return {
        "statement": int(one.id),
        "article": one.article,
        "outlet": one.outlet,
        "published": one.published,
        "speaker": one.speaker_name,
        "words": one.words,
    }


@get("/check", sync_to_thread=True)
def check(request: Asked, words: Words, speaker: Speaker = None) -> Response[bytes]:
    """Whether words stand in this library as they are quoted: the verdict of `selon check`."""
    with frame.holdings(request).reading() as library:
        shelf = Shelf(library)
        done = ask(shelf, words, guessed(words, known()), speaker or None)
        waiting = shelf.waiting()
    return answer(
        request,
        {
            "words": words,
            "verdict": done.verdict,
            "articles": {v: done.articles(v) for v in VERDICTS if v != "not found"},
            "findings": [
                {
                    **_saying(f.saying),
                    "verdict": f.verdict,
                    "types": list(names(f.alterations)),
                    "score": f.score,
                }
                for f in done.findings[:MOST]
            ],
            "not_compared_yet": waiting,
        },
    )


@dataclass
class Text:
    """A text to read, with what is known of it."""

    text: Annotated[str, Parameter(max_length=LONGEST)]
    published: str | None = None
    outlet: str | None = None
    language: str | None = None


@post("/read", sync_to_thread=True, exclude_from_csrf=True, status_code=200)
def read(request: Asked, data: Text) -> Response[bytes]:
    """The reading of a text, in the exchange format; nothing is kept."""
    from selon.api import read_many

    if len(data.text) > LONGEST:
        raise HTTPException(status_code=413)
    article = Article(
        "text", data.text, data.language, published=data.published, outlet=data.outlet
    )
    (done,) = read_many([article])
    if isinstance(done, Failure):
        raise SelonError(f"{done.error} ({done.remedy})")
    return answer(request, contract.to_json(done))


ROUTES: Final[list[Any]] = [family, check, read]
