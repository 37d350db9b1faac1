"""The API's network: who has to do with whom in the library's statements."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

from litestar import Response, get
from litestar.params import Parameter, QueryParameter

from selon.web import network_view, templating
from selon.web.api import shapes
from selon.web.api.response import Asked, answer
from selon.web.library_provider import AbsentError
from selon.web.network_view import NetworkQuery
from selon.web.query_params import query_of_address

Tie = Annotated[
    Literal["quotes", "relays", "of", "to"],
    Parameter(description="outlet → speaker, relay → speaker, speaker → whom they speak of, or to"),
]
MinCount = Annotated[
    int | None,
    QueryParameter(name="least", ge=1, le=10**9, description="the smallest count of an edge"),
]
Center = Annotated[
    str | None,
    QueryParameter(name="near", max_length=200, description="a name, KB id, @12 or an outlet"),
]
Kind = Annotated[
    Literal["person", "organisation", "place"] | None,
    Parameter(description="only ends of this type, and outlets"),
]
Depth = Annotated[int, Parameter(ge=1, le=2, description="steps from there")]


@get(
    "/network",
    sync_to_thread=True,
    responses=shapes.responses(shapes.Network, 404),
    operation_class=shapes.SearchOperation,
)
def network(
    request: Asked,
    tie: Tie = "quotes",
    min_count: MinCount = None,
    center: Center = None,
    depth: Depth = 1,
    kind: Kind = None,
) -> Response[bytes]:
    """Nodes and edges, 2 000 and 6 000 at most, the strongest first.

    Narrowed by the parameters of the search page. Without `least` and `near`, as many as can be
    read at one look. An edge's statements: `/api/statements?QUERY&SOURCE=…&TARGET=…`, where the
    answer's `query`, `source` and `target` and what each node `asks` are put.
    """
    wanted = NetworkQuery(
        tie,
        query_of_address(request, strict=True),
        min_count,
        (center or "").strip(),
        depth,
        kind or "",
    )
    shown = network_view.network_view(templating.library_of(request), wanted)
    if shown.missed:
        raise AbsentError
    return answer(request, network_view.network_json(shown))


ROUTES: Final[list[Any]] = [network]
