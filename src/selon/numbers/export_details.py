"""What a library adds to its exports: names that tell namesakes apart, and networks of every tie."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from selon.export import gexf
from selon.export.options import Details
from selon.library import network
from selon.library.find import Query, conditions
from selon.library.network import TIES, NetworkEdge, NetworkNode, VisibleNetwork
from selon.numbers.facts import names
from selon.numbers.speakers import Speaker, called_by_name, people, speakers
from selon.statement_people import StatementWithPeople

TIED: Final = tuple(TIES)


def details(
    connection: sqlite3.Connection, query: Query, *, min_count: int = 1
) -> Callable[[StatementWithPeople], Details]:
    """What the speaker of each statement is called; who has fewer than `min_count` of these is rare."""
    found, heads = speakers(connection)
    where, values = conditions(connection, replace(query, limit=None, offset=0, after=None))
    rows = connection.execute(
        "select s.speaker_id, count(*) from statement s"
        f" where {where} and s.speaker_id is not null group by 1",
        values,
    ).fetchall()
    times: Counter[int] = Counter()
    for number, n in rows:
        times[heads.get(number, number)] += n
    called = names(found[n] for n in times if n in found)
    told = {found[n].key: Details(called[n], times[n] < min_count) for n in called}
    nobody = Details(rare=min_count > 1)

    def answer(one: StatementWithPeople) -> Details:
        entity = one.speaker.entity if one.speaker else None
        return told.get(entity.key or "", nobody) if entity else nobody

    return answer


def graph(connection: sqlite3.Connection, tie: str, query: Query, *, min_count: int = 1) -> bytes:
    """All of a tie as a dynamic GEXF network: nodes with kind, gender and knowledge base's id.

    Only who has a name of their own is a node; an edge stands for `min_count` statements or more.
    """
    ends = network.ends(connection, tie, replace(query, limit=None, offset=0))
    found, _heads = speakers(connection)
    named = set(called_by_name(connection, people(connection)).tolist())
    edges = [
        NetworkEdge(source, target, n)
        for source, target, n in zip(
            ends.source.tolist(), ends.target.tolist(), ends.n.tolist(), strict=True
        )
        if n >= min_count and all(end < 0 or end in named for end in (source, target))
    ]
    keys = dict.fromkeys(key for e in edges for key in (e.source, e.target))
    nodes = tuple(_node(key, ends.outlets, found) for key in keys)
    days = network.days(
        connection,
        tie,
        query,
        VisibleNetwork(nodes, tuple(edges), min_count, None, len(nodes), len(edges)),
    )
    called = names(found[key] for key in keys if key in found)
    genders = {str(k): g for k in keys if k in found and (g := found[k].gender)}
    bases = {str(k): kb for k in keys if k in found and (kb := found[k].kb)}
    return gexf.document(
        {str(n.key): (called.get(n.key, n.name), n.type) for n in nodes},
        {
            (str(e.source), str(e.target)): gexf.Link(e.n, days.get((e.source, e.target), set()))
            for e in edges
        },
        {"gender": genders, "kb": bases},
    )


def _node(key: int, outlets: tuple[str, ...], found: dict[int, Speaker]) -> NetworkNode:
    if key < 0:
        return NetworkNode(key, outlets[-1 - key], outlets[-1 - key], "outlet", 0, 0)
    return NetworkNode(key, f"@{key}", found[key].name, found[key].kind or "other", 0, 0)
