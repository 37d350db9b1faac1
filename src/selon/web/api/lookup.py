"""The API's look-ups: statements, articles, people."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any, Final
from urllib.parse import urlencode

from litestar import Response, get
from litestar.exceptions import NotFoundException
from litestar.params import Parameter

from selon.library.find import count, find
from selon.library.person_account import who
from selon.web import serializers, templating
from selon.web.api import shapes
from selon.web.api.response import Asked, answer
from selon.web.query_params import query_of_address

MAX_ROWS: Final = 100
MAX_OFFSET: Final = 100_000
Limit = Annotated[int, Parameter(ge=1, le=MAX_ROWS, description="how many at once")]
Offset = Annotated[int, Parameter(ge=0, le=MAX_OFFSET, description="how many to pass over")]
After = Annotated[
    int,
    Parameter(ge=0, le=2**53, description="what stands behind this statement; 0: from the first"),
]
PAGING: Final = ("limit", "offset", "after")
Number = Annotated[int, Parameter(ge=1, le=2**53, description="the row's number in this library")]
Name = Annotated[str, Parameter(min_length=1, max_length=200, description="a name, KB id or @12")]


@get(
    "/statements",
    sync_to_thread=True,
    responses=shapes.responses(shapes.Statements),
    operation_class=shapes.SearchOperation,
)
def statements(
    request: Asked, limit: Limit = 20, offset: Offset = 0, after: After = 0
) -> Response[bytes]:
    """Statements, newest first, each with its words, their place and their article.

    Narrowed by the parameters of the search page: `words`, `speaker`, `about`, `addressee`, `via`,
    `outlet`, `form`, `voice`, `stance`, `since`, `until`. `next` is the address of the next ones.
    """
    query = query_of_address(request, strict=True)
    # One more than is told tells whether there is a next page.
    page = replace(query, limit=limit + 1, offset=offset, after=after or None)
    with templating.library_of(request).reading() as library:
        total = count(library.connection, query)
        ids = [row["id"] for row in find(library.connection, page)]
        rows = [serializers.statement_json(library, n) for n in ids[:limit]]
    kept = [(k, v) for k, v in templating.address_parameters(request) if k not in PAGING]
    later = urlencode([*kept, ("limit", limit), ("after", ids[limit - 1])]) if ids[limit:] else ""
    return answer(
        request,
        {"total": total, "statements": rows, "next": f"/api/statements?{later}" if later else None},
    )


@get(
    "/statements/{number:int}",
    sync_to_thread=True,
    responses=shapes.responses(shapes.Statement, 404),
)
def statement(request: Asked, number: Number) -> Response[bytes]:
    """One statement: its words, their place in the text, who, to whom, through whom, why."""
    with templating.library_of(request).reading() as library:
        told = serializers.statement_json(library, number)
    return answer(request, told)


@get("/articles/{number:int}", sync_to_thread=True, responses=shapes.responses(shapes.Reading, 404))
def article(request: Asked, number: Number) -> Response[bytes]:
    """An article's newest reading, in the exchange format: text, statements, people, voices."""
    with templating.library_of(request).reading() as library:
        told = serializers.article_json(library, number)
    return answer(request, told)


@get("/people", sync_to_thread=True, responses=shapes.responses(shapes.People))
def people(request: Asked, name: Name, limit: Limit = 20) -> Response[bytes]:
    """Whom a name may mean in this library, those seen most first."""
    with templating.library_of(request).reading() as library:
        found = who(library.connection, name)
    return answer(request, {"total": len(found), "people": found[:limit]})


@get("/people/{number:int}", sync_to_thread=True, responses=shapes.responses(shapes.Person, 404))
def person(request: Asked, number: Number) -> Response[bytes]:
    """One person or body: roles, name forms, counts, first and last, outlets, relays."""
    with templating.library_of(request).reading() as library:
        found = who(library.connection, f"@{number}")
    if not found:
        raise NotFoundException
    return answer(request, found[0])


ROUTES: Final[list[Any]] = [statements, statement, article, people, person]
