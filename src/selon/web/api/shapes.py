"""What the API's answers look like, for its description; the answers are held to it by tests."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, TypedDict

from litestar.openapi.datastructures import ResponseSpec
from litestar.openapi.spec import Operation, Parameter, Schema
from litestar.openapi.spec.enums import OpenAPIType

from selon.web.query_params import CHOICES, MAX_CHARS, TEXTS


class Party(TypedDict):
    """Who has a part in a statement."""

    role: str
    words: str
    spans: list[list[int]]
    person: int | None


class Statement(TypedDict):
    """One statement, its words and their place."""

    id: int
    address: str
    form: str
    stance: str
    voice: str | None
    content: str
    cue: str
    context: str
    said: str | None
    score: float
    verdict: str | None
    spans: list[list[int]]
    why: list[str]
    speaker: str | None
    speaker_id: str | None
    speaker_kind: str | None
    speaker_gender: str | None
    speaker_role: str | None
    parties: list[Party]
    article: int
    title: str | None
    url: str | None
    outlet: str | None
    published: str | None
    current: bool


class Statements(TypedDict):
    """A page of statements."""

    total: int
    statements: list[Statement]
    next: str | None


class Node(TypedDict):
    """Somebody, a body or an outlet; `asks` is what a search takes for it."""

    asks: str
    name: str
    type: str
    out: int
    into: int


class Edge(TypedDict):
    """So many statements between two nodes, told by what they `ask`."""

    source: str
    target: str
    n: int


class Network(TypedDict):
    """Who has to do with whom: what is shown of it, and how large it is as a whole."""

    tie: str
    source: str
    target: str
    query: str
    least: int
    near: str | None
    nodes: list[Node]
    edges: list[Edge]
    all_nodes: int
    all_edges: int


class Reading(TypedDict):
    """An article in the exchange format (`contract.schema.json`); it has more than is told here."""

    text: str
    statements: list[dict[str, Any]]
    entities: list[dict[str, Any]]


class Person(TypedDict):
    """One person or body."""

    id: int
    key: str
    name: str
    type: str
    kb: str | None
    kind: str | None
    gender: str | None
    gender_by: str | None
    roles: list[str]
    variants: list[str]
    counts: dict[str, int]
    first: str | None
    last: str | None
    outlets: list[list[Any]]
    relays: list[list[Any]]


class People(TypedDict):
    """Whom a name may mean."""

    total: int
    people: list[Person]


class Appearance(TypedDict):
    """A statement as one article has it."""

    statement: int
    article: str
    outlet: str | None
    published: str | None
    speaker: str | None
    speaker_key: str | None
    words: str
    types: list[str]


class Seen(TypedDict):
    """Where words were first seen in this library."""

    statements: list[int]
    earliest: str | None
    latest: str | None
    undated: list[int]


class Family(TypedDict):
    """Every appearance of a statement."""

    reference: int
    score: float
    first_seen: Seen
    independent: int
    way: list[dict[str, Any]]
    members: list[Appearance]
    links: list[dict[str, Any]]
    not_compared_yet: int


class Ruled(TypedDict):
    """What denied or doubted words where they stand: how, and by which words."""

    kind: str
    words: str


class Finding(TypedDict):
    """Where words stand; `statement` is null in an article's passage that is no statement."""

    statement: int | None
    article: str
    outlet: str | None
    published: str | None
    speaker: str | None
    speaker_key: str | None
    words: str
    verdict: str
    types: list[str]
    score: float
    speaker_told: str | None
    ruled: Ruled | None


class Suggestion(TypedDict):
    """A statement that may say the same in other words."""

    statement: int
    article: str
    outlet: str | None
    published: str | None
    speaker: str | None
    speaker_key: str | None
    words: str
    cosine: float
    by: str


class Near(TypedDict):
    """What may say the same as a statement; `encoder` tells whether it could be looked for."""

    near: list[Suggestion]
    encoder: bool


class Check(TypedDict):
    """Whether words stand in the library."""

    words: str
    verdict: str
    articles: dict[str, int]
    findings: list[Finding]
    passages: list[Finding]
    not_compared_yet: int


class Fault(TypedDict):
    """What is wrong, in words."""

    error: str


_ERRORS: Final = {
    304: "What If-None-Match names is as it was",
    400: "What was asked cannot be",
    401: "The room asks for a password: Authorization: Bearer …",
    403: "Asked from another site",
    404: "There is nothing of this number",
    413: "More than may be sent at once",
    429: "Too many posts in a minute",
    503: "The library is being written to",
}


def responses(shape: Any, *faults: int) -> dict[int, ResponseSpec]:
    """The answers of a route: its own, and the faults that it may tell besides 400 and 401."""
    told = {200: ResponseSpec(shape, generate_examples=False, description="The answer")}
    for status in (304, 400, 401, 403, *faults, 503):
        told[status] = ResponseSpec(
            None if status == 304 else Fault, generate_examples=False, description=_ERRORS[status]
        )
    return told


@dataclass
class SearchOperation(Operation):
    """An operation that takes what the search page takes."""

    def __post_init__(self) -> None:
        self.parameters = [*(self.parameters or ()), *_search_parameters()]


def _search_parameters() -> list[Parameter]:
    texts = {
        name: Schema(type=OpenAPIType.STRING, min_length=1, max_length=MAX_CHARS) for name in TEXTS
    }
    for name in ("since", "until"):
        texts[name] = Schema(type=OpenAPIType.STRING, pattern=r"^\d{4}(-\d\d(-\d\d)?)?$")
    chosen = {n: Schema(type=OpenAPIType.STRING, enum=list(v)) for n, v in CHOICES.items()}
    return [
        Parameter(name=name, param_in="query", schema=schema, description=f"narrow by {name}")
        for name, schema in {**texts, **chosen}.items()
    ]
