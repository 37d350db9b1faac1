"""Who is one, who is two, who is which entry of a knowledge base: computed from the judgements."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from selon.library import codec, write

PREFIX = "entity:"
IS = "is"
OF_PEOPLE = ("same as", "split", IS)


def resettle(connection: sqlite3.Connection, readings: Iterable[int] | None = None) -> None:
    """Bring splits, merges and ids in line with the judgements that stand; all readings or some."""
    changed = _split(connection, readings)
    changed |= _merge(connection)
    _identify(connection)
    for statement in sorted(changed):
        write.show_parties(connection, statement)


def sweep(connection: sqlite3.Connection) -> None:
    """Drop the entities that only an undone judgement had made."""
    connection.execute(
        "delete from variant where entity_id in (select id from entity e where not exists"
        " (select 1 from appearance a where a.entity_id = e.id or a.read_as = e.id)"
        " and not exists (select 1 from party p where p.entity_id = e.id))"
    )
    connection.execute(
        "delete from entity where not exists (select 1 from appearance a where"
        " a.entity_id = entity.id) and not exists (select 1 from appearance a where"
        " a.read_as = entity.id) and not exists (select 1 from party p where"
        " p.entity_id = entity.id) and id not in (select same_as from entity where same_as"
        " is not null)"
    )


def _standing(connection: sqlite3.Connection, relation: str) -> list[sqlite3.Row]:
    return connection.execute(
        "select * from judgement where relation = ? and undone_at is null order by at, uid",
        (relation,),
    ).fetchall()


def _split(connection: sqlite3.Connection, readings: Iterable[int] | None) -> set[int]:
    wanted: dict[tuple[int, int], int] = {}
    for judgement in _standing(connection, "split"):
        key = judgement["subject"].removeprefix(PREFIX)
        source = connection.execute("select * from entity where key = ?", (key,)).fetchone()
        if source is None:
            continue
        value = codec.unpack(judgement["object"])
        target = write.entity_row(
            connection, value["key"], source["type"], value["name"], value.get("kb")
        )
        for article in value["articles"]:
            row = connection.execute("select id from article where key = ?", (article,)).fetchone()
            if row:
                wanted[source["id"], row[0]] = target
    return _move(connection, wanted, readings)


def _move(
    connection: sqlite3.Connection,
    wanted: dict[tuple[int, int], int],
    readings: Iterable[int] | None,
) -> set[int]:
    only = None if readings is None else set(readings)
    rows = connection.execute(
        "select p.id, p.reading_id, p.local, p.entity_id, p.read_as, v.article_id"
        " from appearance p join reading r on r.id = p.reading_id"
        " join version v on v.id = r.version_id where p.read_as is not null"
    ).fetchall()
    for source, article in wanted:
        rows += connection.execute(
            "select p.id, p.reading_id, p.local, p.entity_id, p.read_as, v.article_id"
            " from version v join reading r on r.version_id = v.id"
            " join appearance p on p.reading_id = r.id"
            " where v.article_id = ? and p.entity_id = ? and p.read_as is null",
            (article, source),
        ).fetchall()
    changed: set[int] = set()
    for row in rows:
        if only is not None and row["reading_id"] not in only:
            continue
        base = row["read_as"] or row["entity_id"]
        target = wanted.get((base, row["article_id"]), base)
        if target == row["entity_id"]:
            continue
        connection.execute(
            "update appearance set entity_id = ?, read_as = ? where id = ?",
            (target, None if target == base else base, row["id"]),
        )
        for (statement,) in connection.execute(
            "select distinct p.statement_id from statement s join party p"
            " on p.statement_id = s.id where s.reading_id = ? and p.local = ?",
            (row["reading_id"], row["local"]),
        ).fetchall():
            connection.execute(
                "update party set entity_id = ? where statement_id = ? and local = ?",
                (target, statement, row["local"]),
            )
            changed.add(statement)
    return changed


def _merge(connection: sqlite3.Connection) -> set[int]:
    parent: dict[int, int] = {}

    def root(entity: int) -> int:
        while entity in parent:
            entity = parent[entity]
        return entity

    for judgement in _standing(connection, "same as"):
        rows = [
            connection.execute(
                "select id from entity where key = ?", (str(key).removeprefix(PREFIX),)
            ).fetchone()
            for key in (judgement["subject"], judgement["object"])
        ]
        if None in rows:
            continue
        one, other = root(rows[0][0]), root(rows[1][0])
        if one != other:
            parent[one] = other
    before = dict(
        connection.execute("select id, same_as from entity where same_as is not null").fetchall()
    )
    after = {entity: root(entity) for entity in parent}
    changed: set[int] = set()
    for entity in before.keys() | after.keys():
        if before.get(entity) == after.get(entity):
            continue
        connection.execute(
            "update entity set same_as = ? where id = ?", (after.get(entity), entity)
        )
        changed |= {
            row[0]
            for row in connection.execute(
                "select distinct statement_id from party where entity_id = ? and role <> 'about'",
                (entity,),
            )
        }
    return changed


def _identify(connection: sqlite3.Connection) -> None:
    """Give entities the ids that people gave them last; those undone get back what was read."""
    wanted: dict[str, str | None] = {}
    for (subject,) in connection.execute(
        "select distinct subject from judgement where relation = ?", (IS,)
    ):
        key = str(subject).removeprefix(PREFIX)
        # What the program reads is in the key of the row.
        wanted[key] = key[3:].partition("@")[0] if key.startswith("kb:") else None
    for judgement in _standing(connection, IS):
        wanted[judgement["subject"].removeprefix(PREFIX)] = judgement["object"]
    connection.executemany(
        "update entity set kb = ?1 where key = ?2 and kb is not ?1",
        [(kb, key) for key, kb in wanted.items()],
    )
