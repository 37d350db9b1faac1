"""Who has to do with whom in a library's statements: people, bodies and outlets as a network.

What an edge is, is chosen (`TIES`). Only ends with a name of their own are told: a statement whose
speaker, relay, addressee or matter the library does not know has no place in it.
"""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from selon.library.find import Query, conditions, entities

# A tie: which field of a search its source and its target are.
TIES: Final = {
    "quotes": ("outlet", "speaker"),
    "relays": ("via", "speaker"),
    "of": ("speaker", "about"),
    "to": ("speaker", "addressee"),
}
KINDS: Final = ("person", "organisation", "place")
MAX_NODES: Final = 2_000
MAX_EDGES: Final = 6_000
# What is shown before anybody asks for more: as many as can be read at one look.
AT_FIRST: Final = 120
_NARROW: Final = ("words", "speaker", "about", "addressee", "via")
_SPEAKS: Final = "s.speaker_id is not null"
# The index holds all that is asked of a statement; few rows are found by their own indexes.
_INDEX: Final = " indexed by statement_facets"


Numbers = npt.NDArray[np.int64]
_Edges = list[tuple[int, int, int]]


@dataclass(frozen=True, slots=True)
class Ends:
    """All edges of one tie, the strongest first, as three columns of one length.

    `source` and `target` are entities, merged ones as one; an outlet is `-1 - n` where `n` is its
    place in `outlets`. `n` is how many statements an edge stands for; `nodes` how many ends all
    edges have.
    """

    tie: str
    outlets: tuple[str, ...]
    source: Numbers
    target: Numbers
    n: Numbers
    nodes: int


@dataclass(frozen=True, slots=True)
class NetworkNode:
    """Somebody, a body or an outlet; `asks` is what a search takes for it.

    `out` and `into` are the statements of its edges, of those that are in the picture.
    """

    key: int
    asks: str
    name: str
    type: str
    out: int
    into: int


@dataclass(frozen=True, slots=True)
class NetworkEdge:
    """From one node's key to another's, for so many statements."""

    source: int
    target: int
    n: int


@dataclass(frozen=True, slots=True)
class VisibleNetwork:
    """A part of the network: its nodes, the weightiest first, its edges, the strongest first.

    `min_count` is the smallest count that an edge may have here; `near` the node looked at;
    `all_nodes` and `all_edges` are of the whole tie, before anything was left out.
    """

    nodes: tuple[NetworkNode, ...]
    edges: tuple[NetworkEdge, ...]
    min_count: int
    near: int | None
    all_nodes: int
    all_edges: int


def ends(connection: sqlite3.Connection, tie: str, query: Query) -> Ends:
    """All edges of a tie among the statements that a query asks for (its `limit` aside)."""
    rows = list(_rows(connection, tie, query))
    outlets = tuple(dict.fromkeys(r[0] for r in rows)) if tie == "quotes" else ()
    of_outlet = {name: -1 - n for n, name in enumerate(outlets)}
    heads = _heads(connection)
    told = np.array(
        [(of_outlet[s] if outlets else heads.get(s, s), heads.get(t, t), n) for s, t, n in rows],
        np.int64,
    ).reshape(-1, 3)
    # Nobody has to do with themselves; rows of those that are one are put together.
    told = told[told[:, 0] != told[:, 1]]
    told = told[np.lexsort((told[:, 1], told[:, 0]))]
    new = np.ones(len(told), np.bool_)
    new[1:] = (told[1:, :2] != told[:-1, :2]).any(axis=1)
    first = np.flatnonzero(new)
    n = np.add.reduceat(told[:, 2], first) if len(first) else told[:, 2]
    # A stable order: edges of one count stay in the order of their ends.
    order = np.argsort(-n, kind="stable")
    source, target = told[first, 0][order], told[first, 1][order]
    nodes = len(np.unique(np.concatenate((source, target))))
    return Ends(tie, outlets, source, target, n[order], nodes)


def only(connection: sqlite3.Connection, all_: Ends, kind: str) -> Ends:
    """The edges of which both ends are of a type of entities (`person`…), or an outlet."""
    found = connection.execute("select id from entity where type = ?", (kind,))
    ids = np.fromiter((row[0] for row in found), np.int64)
    apt = np.ones(len(all_.n), np.bool_)
    for side in (all_.source, all_.target):
        apt &= (side < 0) | np.isin(side, ids)
    source, target = all_.source[apt], all_.target[apt]
    nodes = len(np.unique(np.concatenate((source, target))))
    return Ends(all_.tie, all_.outlets, source, target, all_.n[apt], nodes)


def visible_network(
    connection: sqlite3.Connection,
    all_: Ends,
    *,
    min_count: int | None = None,
    centre: int | None = None,
    depth: int = 1,
    max_nodes: int = MAX_NODES,
) -> VisibleNetwork:
    """Return what is shown of a network: edges of at least `min_count`, no more than `max_nodes` nodes.

    With a node as `centre`, only its neighbours up to `depth` steps away. Where no `min_count` is
    asked for, it is as small as leaves `AT_FIRST` nodes.
    """
    if min_count is None:
        min_count, max_nodes = (_readable(all_), 2 * AT_FIRST) if centre is None else (1, max_nodes)
    # The strongest come first.
    strong = slice(0, int(np.searchsorted(-all_.n, -min_count, side="right")))
    source, target, n = all_.source[strong], all_.target[strong], all_.n[strong]
    if centre is not None:
        around = _edges_around(source, target, centre, depth)
        source, target, n = source[around], target[around], n[around]
    kept, chosen = _chosen((source, target, n), min(max_nodes, MAX_NODES), centre)
    return VisibleNetwork(
        _nodes(connection, all_, kept, chosen),
        tuple(NetworkEdge(*edge) for edge in kept),
        min_count,
        centre,
        all_.nodes,
        len(all_.n),
    )


def find_nodes(connection: sqlite3.Connection, all_: Ends, name: str) -> list[int]:
    """The nodes that a name, KB id, `@12` or an outlet's name may mean, the weightiest first."""
    wanted = set(entities(connection, name)) if name else set()
    wanted |= {-1 - n for n, outlet in enumerate(all_.outlets) if outlet == name}
    weight: Counter[int] = Counter()
    for side in (all_.source, all_.target):
        hit = np.isin(side, list(wanted))
        for key, n in zip(side[hit].tolist(), all_.n[hit].tolist(), strict=True):
            weight[key] += n
    return [key for key, _n in sorted(weight.items(), key=lambda item: (-item[1], item[0]))]


def days(
    connection: sqlite3.Connection, tie: str, query: Query, found: VisibleNetwork
) -> dict[tuple[int, int], set[str]]:
    """The days on which the statements of a picture's edges were published, where one is known."""
    heads = _heads(connection)
    shown = {(e.source, e.target) for e in found.edges}
    keys = {node.asks: node.key for node in found.nodes if node.key < 0}
    told: dict[tuple[int, int], set[str]] = defaultdict(set)
    for source, target, day, _n in _rows(connection, tie, query, "substr(s.published, 1, 10)"):
        known = keys.get(source) if isinstance(source, str) else heads.get(source, source)
        pair = (known, heads.get(target, target))
        if known is not None and pair in shown and day and len(day) == 10:
            told[known, pair[1]].add(day)
    return told


def _rows(
    connection: sqlite3.Connection, tie: str, query: Query, also: str = ""
) -> Iterator[tuple[Any, ...]]:
    """Source, target (an outlet by its name), maybe a third column, and how many statements."""
    where, values = conditions(connection, query)
    index = "" if any(getattr(query, name) for name in _NARROW) else _INDEX
    more, by = (f", {also}", "1, 2, 3") if also else ("", "1, 2")
    if tie == "quotes":
        sql = (
            f"select s.outlet, s.speaker_id{more}, count(*) from statement s{index}"
            f" where {where} and {_SPEAKS} and s.outlet is not null group by {by}"
        )
    else:
        role = "via" if tie == "relays" else TIES[tie][1]
        columns = "o.other, s.speaker_id" if tie == "relays" else "s.speaker_id, o.other"
        # Two rows of a party that were merged are one end of one statement.
        other = "coalesce(e.same_as, p.entity_id)"
        sql = (
            f"with o (id, other) as (select distinct p.statement_id, {other} from party p"
            f" join entity e on e.id = p.entity_id where p.role = '{role}')"
            f" select {columns}{more}, count(*) from o cross join statement s on s.id = o.id"
            f" where {where} and {_SPEAKS} group by {by}"
        )
    return iter(connection.execute(sql, values))


def _heads(connection: sqlite3.Connection) -> dict[int, int]:
    found = connection.execute("select id, same_as from entity where same_as is not null")
    return dict(tuple(row) for row in found)


def _edges_around(
    source: Numbers, target: Numbers, centre: int, depth: int
) -> npt.NDArray[np.bool_]:
    """Which edges are between the node and those that are so many steps from it, or among these."""
    reached = np.array([centre])
    for _step in range(depth):
        touched = np.isin(source, reached) | np.isin(target, reached)
        reached = np.unique(np.concatenate((reached, source[touched], target[touched])))
    return np.isin(source, reached) & np.isin(target, reached)


def _readable(all_: Ends) -> int:
    """The smallest count for which no more nodes are left than can be read at one look."""
    seen: set[int] = set()
    columns = (all_.source, all_.target, all_.n)
    few = zip(*(column[: 4 * AT_FIRST].tolist() for column in columns), strict=True)
    largest = min_count = int(all_.n[0]) if len(all_.n) else 1
    for source, target, n in few:
        seen |= {source, target}
        if len(seen) > AT_FIRST:
            # All edges of one count are shown, or none of them.
            return int(n) + 1 if n < largest else largest
        min_count = int(n)
    return min_count


def _chosen(
    columns: tuple[Numbers, Numbers, Numbers], max_nodes: int, centre: int | None
) -> tuple[_Edges, set[int]]:
    """The strongest edges, as long as nodes and edges are not too many."""
    chosen: set[int] = set() if centre is None else {centre}
    kept: _Edges = []
    for edge in zip(*(column.tolist() for column in columns), strict=True):
        if len(kept) >= MAX_EDGES:
            break
        new = {edge[0], edge[1]} - chosen
        if len(chosen) + len(new) <= max_nodes:
            chosen |= new
            kept.append(edge)
    return kept, chosen


def _nodes(
    connection: sqlite3.Connection,
    all_: Ends,
    kept: _Edges,
    chosen: set[int],
) -> tuple[NetworkNode, ...]:
    out, into = Counter[int](), Counter[int]()
    for source, target, n in kept:
        out[source] += n
        into[target] += n
    made = []
    for key in chosen:
        if key < 0:
            outlet = all_.outlets[-1 - key]
            made.append(NetworkNode(key, outlet, outlet, "outlet", out[key], into[key]))
            continue
        row = connection.execute("select name, type from entity where id = ?", (key,)).fetchone()
        made.append(NetworkNode(key, f"@{key}", row[0], row[1], out[key], into[key]))
    return tuple(sorted(made, key=lambda n: (-n.out - n.into, n.name, n.key)))
