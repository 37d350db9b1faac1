"""What a library adds to its exports: who each speaker is, and networks of every tie."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from selon.export import gexf
from selon.export.options import Details
from selon.export.said import Said
from selon.library import network
from selon.library.find import Query, conditions
from selon.library.network import TIES, Edge, Node, Picture
from selon.numbers import labels
from selon.numbers.facts import names
from selon.numbers.speakers import Speaker, called_by_name, offices, speakers

TIED: Final = tuple(TIES)


def details(
    connection: sqlite3.Connection,
    query: Query,
    *,
    tongue: str | None = None,
    least: int = 1,
) -> Callable[[Said], Details]:
    """Who the speaker of each statement is; who has fewer than `least` of these is rare."""
    found, heads = speakers(connection)
    held = offices(connection, heads)
    where, values = conditions(connection, replace(query, limit=None, offset=0, after=None))
    rows = connection.execute(
        "select a.key, s.key, s.speaker_id from statement s join article a on a.id = s.article_id"
        f" where {where} and s.speaker_id is not null",
        values,
    ).fetchall()
    spoken = {(article, key): heads.get(who, who) for article, key, who in rows}
    times = Counter(spoken.values())
    called = names(found[n] for n in times if n in found)
    told = {n: _details(found[n], called[n], held.get(n), tongue) for n in times if n in found}
    told |= {n: replace(told[n], rare=True) for n in told if times[n] < least}
    nobody = Details(rare=least > 1)

    def answer(one: Said) -> Details:
        key = (one.article.url or one.article.id, one.statement.id)
        return told.get(spoken.get(key, -1), nobody)

    return answer


def _details(who: Speaker, name: str, role: str | None, tongue: str | None) -> Details:
    kind = who.kind if who.kind != "unknown" else None
    office = labels.office(role, tongue) if role and tongue else role
    return Details(str(who.id), name, kind, who.gender, office)


def graph(connection: sqlite3.Connection, tie: str, query: Query, *, least: int = 1) -> bytes:
    """All of a tie as a dynamic GEXF network: nodes with kind, gender and knowledge base's id.

    Only who has a name of their own is a node; an edge stands for `least` statements or more.
    """
    ends = network.ends(connection, tie, replace(query, limit=None, offset=0))
    found, heads = speakers(connection)
    named = called_by_name(connection, heads)
    edges = [
        Edge(source, target, n)
        for source, target, n in zip(
            ends.source.tolist(), ends.target.tolist(), ends.n.tolist(), strict=True
        )
        if n >= least and all(end < 0 or end in named for end in (source, target))
    ]
    keys = dict.fromkeys(key for e in edges for key in (e.source, e.target))
    nodes = tuple(_node(key, ends.outlets, found) for key in keys)
    days = network.days(
        connection, tie, query, Picture(nodes, tuple(edges), least, None, len(nodes), len(edges))
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


def _node(key: int, outlets: tuple[str, ...], found: dict[int, Speaker]) -> Node:
    if key < 0:
        return Node(key, outlets[-1 - key], outlets[-1 - key], "outlet", 0, 0)
    return Node(key, f"@{key}", found[key].name, found[key].kind, 0, 0)
