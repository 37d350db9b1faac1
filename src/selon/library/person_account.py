"""One person's or body's account: what they said, to whom, who spoke of them, when and where."""

from __future__ import annotations

import sqlite3
from typing import Any, Final

from selon.library import serialization
from selon.library.find import entities

_TOP: Final = 5


def who(connection: sqlite3.Connection, name: str) -> list[dict[str, Any]]:
    """The entities that a name, KB id or number (`@12`) may mean, those seen most first.

    Each with its variants, how often it speaks, is spoken to, relays and is spoken of, the first
    and last date of publication, and the outlets and relays that report it most.
    """
    heads = connection.execute(
        "select distinct coalesce(same_as, id) from entity where id in"
        " (select value from json_each(?))",
        (serialization.pack(entities(connection, name)),),
    ).fetchall()
    found = [_account(connection, row[0]) for row in heads]
    return sorted(found, key=lambda a: (-sum(a["counts"].values()), a["name"], a["id"]))


def _account(connection: sqlite3.Connection, head: int) -> dict[str, Any]:
    entity = connection.execute("select * from entity where id = ?", (head,)).fetchone()
    group = serialization.pack(
        [
            row[0]
            for row in connection.execute(
                "select id from entity where id = ?1 or same_as = ?1", (head,)
            )
        ]
    )
    # Cross joins keep the order: from the few to the many.
    told = (
        " from json_each(?) g cross join party p on p.entity_id = g.value"
        " cross join statement s on s.id = p.statement_id"
        " where s.current = 1 and s.verdict is not 'rejected'"
    )
    counts = dict(
        connection.execute(
            f"select p.role, count(distinct s.id) {told} group by p.role", (group,)
        ).fetchall()
    )
    first, last = connection.execute(
        f"select min(s.published), max(s.published) {told}", (group,)
    ).fetchone()
    spoken = f"{told} and p.role = 'speaker'"
    return {
        "id": head,
        "key": entity["key"],
        "name": entity["name"],
        "type": entity["type"],
        "kb": entity["kb"],
        "kind": entity["kind"],
        "gender": entity["gender"],
        "gender_by": entity["gender_by"],
        "roles": _roles(connection, group),
        "variants": [
            row[0]
            for row in connection.execute(
                "select distinct words from variant where entity_id in"
                " (select value from json_each(?)) order by words",
                (group,),
            )
        ],
        "counts": {r: counts.get(r, 0) for r in ("speaker", "addressee", "via", "about")},
        "first": first,
        "last": last,
        "outlets": _top(connection, "s.outlet", spoken, group),
        "relays": _top(connection, "s.via", spoken, group),
    }


def _roles(connection: sqlite3.Connection, group: str) -> list[str]:
    rows = connection.execute(
        "select j.value, count(*) as n from json_each(?) g cross join appearance a"
        " on a.entity_id = g.value cross join json_each(a.roles) j group by j.value order by n desc, j.value limit ?",
        (group, _TOP),
    )
    return [row[0] for row in rows]


def _top(
    connection: sqlite3.Connection, column: str, told: str, group: str
) -> list[tuple[str, int]]:
    rows = connection.execute(
        f"select {column}, count(distinct s.id) as n {told} and {column} is not null"
        f" group by {column} order by n desc, {column} limit {_TOP}",
        (group,),
    )
    return [(row[0], row[1]) for row in rows]
