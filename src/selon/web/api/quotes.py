"""The API's questions: a family, a quotation checked, a text read (and not kept)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Final

from litestar import Response, get, post
from litestar.exceptions import HTTPException
from litestar.params import JSONBody, Parameter

from selon import contract
from selon.errors import SelonError
from selon.records import Article, Failure
from selon.web import serializers, templating
from selon.web.api import shapes
from selon.web.api.lookup import Number
from selon.web.api.response import Asked, answer
from selon.web.library_provider import AbsentError

MAX_CHARS: Final = 200_000
Words = Annotated[str, Parameter(min_length=1, max_length=2_000, description="the quoted words")]
Speaker = Annotated[
    str | None, Parameter(max_length=200, description="who is said to have said them")
]


@get("/families/{number:int}", sync_to_thread=True, responses=shapes.responses(shapes.Family, 404))
def family(request: Asked, number: Number) -> Response[bytes]:
    """Every appearance of a statement, what became of its words, where it was first seen here."""
    with templating.library_of(request).reading() as library:
        return answer(request, serializers.family_json(library, number))


@get(
    "/families/{number:int}/near",
    sync_to_thread=True,
    responses=shapes.responses(shapes.Near, 404),
    # What programs call it that were made from the description.
    operation_id="ApiFamiliesNumberNearNear",
)
def similar(request: Asked, number: Number) -> Response[bytes]:
    """What may say the same in other words: suggestions, which no family takes in by itself."""
    from selon.reuse import crosslingual
    from selon.reuse import serializers as ledger
    from selon.reuse.paraphrase import suggestions
    from selon.reuse.store import ReuseStore

    with templating.library_of(request).reading() as library:
        store = ReuseStore(library)
        if not store.sayings([number]):
            raise AbsentError
        able = crosslingual.is_installed()
        found = ledger.suggestions_json(suggestions(store, number) if able else ())
        return answer(request, {"near": found, "encoder": able})


@get("/check", sync_to_thread=True, responses=shapes.responses(shapes.Check))
def check(request: Asked, words: Words, speaker: Speaker = None) -> Response[bytes]:
    """Whether words stand in this library as they are quoted: the verdict of `selon check`."""
    with templating.library_of(request).reading() as library:
        return answer(request, serializers.check_json(library, words, speaker or None))


@dataclass
class Text:
    """A text to read, with what is known of it."""

    text: Annotated[str, Parameter(max_length=MAX_CHARS)]
    published: str | None = None
    outlet: str | None = None
    language: str | None = None


@post(
    "/read",
    sync_to_thread=True,
    exclude_from_csrf=True,
    status_code=200,
    responses=shapes.responses(shapes.Reading, 413, 429),
)
def read(request: Asked, data: JSONBody[Text]) -> Response[bytes]:
    """The reading of a text, in the exchange format; nothing is kept."""
    from selon.api import read_many

    if len(data.text) > MAX_CHARS:
        raise HTTPException(status_code=413)
    article = Article(
        "text", data.text, data.language, published=data.published, outlet=data.outlet
    )
    (done,) = read_many([article])
    if isinstance(done, Failure):
        raise SelonError(f"{done.error} ({done.remedy})")
    return answer(request, contract.to_json(done))


ROUTES: Final[list[Any]] = [family, similar, check, read]
