"""Who is one, who is two, who is which entry of a knowledge base: computed from the judgements."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from selon.library import known_people, serialization, statement_parties, write

PREFIX = "entity:"
IS = "is"
OF_PEOPLE = ("same as", "split", IS)


def resettle(connection: sqlite3.Connection, readings: Iterable[int] | None = None) -> None:
    """Bring splits, merges and ids in line with the judgements that stand; all readings or some."""
    changed = _split(connection, readings)
    # A reading brings rows that may be tied already; only those and what they lead to are asked.
    rows = None if readings is None else _of_readings(connection, readings)
    changed |= _merge(connection, rows)
    if (
        rows is None
        or connection.execute(
            "select 1 from judgement where relation = ? limit 1", (IS,)
        ).fetchone()
    ):
        _identify(connection)
    for statement in sorted(changed):
        statement_parties.show_parties(connection, statement)


def _of_readings(connection: sqlite3.Connection, readings: Iterable[int]) -> list[int]:
    """The rows of some readings that are in no group yet, though a judgement names them."""
    found = connection.execute(
        "select distinct e.id from json_each(?) r join appearance a on a.reading_id = r.value"
        " join entity e on e.id = a.entity_id where e.same_as is null",
        (serialization.pack(list(readings)),),
    )
    return [row[0] for row in found]


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


def _current_ties(connection: sqlite3.Connection, relation: str) -> list[sqlite3.Row]:
    return connection.execute(
        "select * from judgement where relation = ? and undone_at is null order by at, uid",
        (relation,),
    ).fetchall()


def _split(connection: sqlite3.Connection, readings: Iterable[int] | None) -> set[int]:
    wanted: dict[tuple[int, int], int] = {}
    for judgement in _current_ties(connection, "split"):
        key = judgement["subject"].removeprefix(PREFIX)
        source = connection.execute("select * from entity where key = ?", (key,)).fetchone()
        if source is None:
            continue
        value = serialization.unpack(judgement["object"])
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
    touched: set[int] = set()
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
        touched |= {row["entity_id"], target}
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
    for entity in sorted(touched):
        known_people.refresh(connection, entity)
    return changed


def reunite(connection: sqlite3.Connection, rows: Iterable[int]) -> None:
    """Bring the merges of these rows, and of all that is tied to them, in line with the judgements."""
    for statement in sorted(_merge(connection, rows)):
        statement_parties.show_parties(connection, statement)


def _merge(connection: sqlite3.Connection, rows: Iterable[int] | None = None) -> set[int]:
    """Give each row the one that it is shown as; the statements whose parties change.

    Who a person said two are is shown as that person said; else the one with an id is in front, a
    name of known type, a body's acronym or longest name, a person's shortest.
    """
    keys = None if rows is None else _keys(connection, rows)
    parent: dict[str, str] = {}

    def root(key: str) -> str:
        while key in parent:
            key = parent[key]
        return key

    ties = _current_ties(connection, "same as") if keys is None else _ties_around(connection, keys)
    fronts = {
        key: row
        for key in {str(t[c]).removeprefix(PREFIX) for t in ties for c in ("subject", "object")}
        if (row := _front(connection, key)) is not None
    }
    chosen: set[str] = set()
    for tie in sorted(ties, key=lambda t: str(t["by"]).startswith("rule:")):
        one, other = (root(str(tie[c]).removeprefix(PREFIX)) for c in ("subject", "object"))
        if one == other or one not in fronts or other not in fronts:
            continue
        if str(tie["by"]).startswith("rule:"):
            ahead = (other in chosen, *fronts[other][1:]) >= (one in chosen, *fronts[one][1:])
            one, other = (one, other) if ahead else (other, one)
        else:
            chosen.add(other)
        parent[one] = other
    after = {fronts[key][0]: fronts[root(key)][0] for key in parent}
    before = _before(connection, None if keys is None else {k[0] for k in fronts.values()}, rows)
    return _show(connection, before, after)


def _keys(connection: sqlite3.Connection, rows: Iterable[int]) -> set[str]:
    found = connection.execute(
        "select key from entity where id in (select value from json_each(?))",
        (serialization.pack(sorted(rows)),),
    )
    return {row[0] for row in found}


def _ties_around(connection: sqlite3.Connection, keys: set[str]) -> list[sqlite3.Row]:
    """The standing ties of these rows, and of those that they lead to, oldest first."""
    ties: dict[int, sqlite3.Row] = {}
    seen, ahead = set(keys), sorted(keys)
    while ahead:
        subject = f"{PREFIX}{ahead.pop()}"
        for column in ("subject", "object"):
            for tie in connection.execute(
                f"select * from judgement where relation = 'same as' and {column} = ?"
                " and undone_at is null",
                (subject,),
            ).fetchall():
                ties[tie["id"]] = tie
                for end in ("subject", "object"):
                    key = str(tie[end]).removeprefix(PREFIX)
                    if key not in seen:
                        seen.add(key)
                        ahead.append(key)
    return sorted(ties.values(), key=lambda t: (t["at"], t["uid"]))


Front = tuple[int, bool, bool, bool, int, str]


def _front(connection: sqlite3.Connection, key: str) -> Front | None:
    """A row's number, and what puts it in front.

    An id; a known type; a body's acronym, by which more know it, or its longest name; a person's
    shortest, since what the others have more is an initial or a stray word; last its key.
    """
    row = connection.execute(
        "select id, kb, type, name, kind from entity where key = ?", (key,)
    ).fetchone()
    if row is None:
        return None
    body = row["kind"] not in ("person", "someone")
    size = len(row["name"]) if body else -len(row["name"])
    acronym = body and row["name"].isupper()
    return row["id"], row["kb"] is not None, row["type"] != "unknown", acronym, size, key


def _before(
    connection: sqlite3.Connection, some: set[int] | None, rows: Iterable[int] | None
) -> dict[int, int]:
    if some is None:
        found = connection.execute("select id, same_as from entity where same_as is not null")
    else:
        numbers = serialization.pack(sorted({*some, *(rows or ())}))
        found = connection.execute(
            "select id, same_as from entity where same_as is not null and (id in"
            " (select value from json_each(?1)) or same_as in (select value from json_each(?1)))",
            (numbers,),
        )
    return {row[0]: row[1] for row in found}


def _show(
    connection: sqlite3.Connection, before: dict[int, int], after: dict[int, int]
) -> set[int]:
    changed: set[int] = set()
    touched: set[int] = set()
    for entity in before.keys() | after.keys():
        if before.get(entity) == after.get(entity):
            continue
        touched |= {entity, *(n for n in (before.get(entity), after.get(entity)) if n is not None)}
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
    for entity in sorted(touched):
        known_people.refresh(connection, entity)
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
    for judgement in _current_ties(connection, IS):
        wanted[judgement["subject"].removeprefix(PREFIX)] = judgement["object"]
    connection.executemany(
        "update entity set kb = ?1 where key = ?2 and kb is not ?1",
        [(kb, key) for key, kb in wanted.items()],
    )
