"""The network that an address asks for, on its page, in its downloads and in the API alike."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Final
from urllib.parse import urlencode

from selon.library import network
from selon.library.find import Query
from selon.library.network import TIES, Ends, VisibleNetwork
from selon.library.store import Library
from selon.web.count_cache import Key
from selon.web.library_provider import LibraryProvider
from selon.web.query_params import CHOICES, TEXTS

DEPTHS: Final = (1, 2)
_MAX_OTHERS: Final = 8


@dataclass(frozen=True, slots=True)
class NetworkQuery:
    """A tie, the statements it is looked for in, and what is shown of it.

    `center` is a name, `@12` or an outlet; `depth` how many steps from there; `min_count` the smallest
    count of an edge, none for as few as can be read at one look; `kind` leaves only ends of a type.
    """

    tie: str
    query: Query
    min_count: int | None = None
    center: str = ""
    depth: int = 1
    kind: str = ""


@dataclass(frozen=True, slots=True)
class NetworkView:
    """A picture of the network, and others whom the name of `center` may mean."""

    wanted: NetworkQuery
    picture: VisibleNetwork
    others: tuple[tuple[str, str], ...]

    @property
    def missed(self) -> bool:
        """Whether somebody was asked for who is not in this network."""
        return bool(self.wanted.center) and self.picture.near is None


def network_view(provider: LibraryProvider, wanted: NetworkQuery) -> NetworkView:
    """The network that is wanted, counted beside the visitors when the library has changed."""
    ends = _ends(provider, wanted)

    def look(library: Library) -> NetworkView:
        connection = library.connection
        some = network.only(connection, ends, wanted.kind) if wanted.kind else ends
        may = network.find_nodes(connection, some, wanted.center)
        others = tuple(_name_of(library, ends, key) for key in may[1 : 1 + _MAX_OTHERS])
        picture = network.visible_network(
            connection,
            some,
            min_count=wanted.min_count,
            centre=may[0] if may else None,
            depth=wanted.depth,
        )
        return NetworkView(wanted, picture, others)

    return provider.counts.whole(("picture", wanted), look).value


def days(provider: LibraryProvider, shown: NetworkView) -> dict[tuple[int, int], set[str]]:
    """The days of publication behind each edge that is shown."""
    with provider.reading() as library:
        wanted = shown.wanted
        return network.days(library.connection, wanted.tie, wanted.query, shown.picture)


def network_json(shown: NetworkView) -> dict[str, Any]:
    """The network as plain data.

    The statements of an edge are those of `/?QUERY&SOURCE=…&TARGET=…`, with what each node `asks`.
    """
    one = shown.picture
    source, target = TIES[shown.wanted.tie]
    asks = {node.key: node.asks for node in one.nodes}
    return {
        "tie": shown.wanted.tie,
        "source": source,
        "target": target,
        "query": query(shown.wanted.query, source, target),
        "least": one.min_count,
        "near": None if one.near is None else asks[one.near],
        "nodes": [
            {"asks": n.asks, "name": n.name, "type": n.type, "out": n.out, "into": n.into}
            for n in one.nodes
        ],
        "edges": [
            {"source": asks[e.source], "target": asks[e.target], "n": e.n} for e in one.edges
        ],
        "all_nodes": one.all_nodes,
        "all_edges": one.all_edges,
    }


def query(asked: Query, *but: str) -> str:
    """A search as the address of the search page says it, without some fields."""
    names = [n for n in (*TEXTS, *CHOICES) if n not in but and getattr(asked, n)]
    return urlencode([(name, getattr(asked, name)) for name in names])


def count_ends(tie: str, query: Query) -> tuple[Key, Callable[[Library], Ends]]:
    """What the cache of counts takes for all edges of a tie."""
    asked = replace(query, limit=None, offset=0)
    return ("network", tie, asked), lambda held: network.ends(held.connection, tie, asked)


def _ends(provider: LibraryProvider, wanted: NetworkQuery) -> Ends:
    return provider.counts.whole(*count_ends(wanted.tie, wanted.query)).value


def _name_of(library: Library, ends: Ends, key: int) -> tuple[str, str]:
    if key < 0:
        outlet = ends.outlets[-1 - key]
        return outlet, outlet
    row = library.connection.execute("select name from entity where id = ?", (key,)).fetchone()
    return f"@{key}", str(row[0])
