"""People and bodies of different articles that are one: judgements by rule, with their evidence.

An entity that an article names in full has one row in the library already; here rows are tied that
bear one name in two spellings, or with and without an id. The evidence is `selon.kb.identity`'s: a
knowledge base's id, or a full name with an office or a country that both have; never a surname.
Nothing is merged in place: each tie is a judgement that a person can undo, and it is then not
made again.
"""

from __future__ import annotations

import sqlite3
import uuid
from collections.abc import Iterable, Iterator

from selon.kb import identity
from selon.library import codec, people
from selon.library.store import Library, now
from selon.names import skeleton, tokens
from selon.records import Article, Entity, Judgement

_NOWHERE = Article("", "")
# Of somebody in thousands of articles, so many different roles tell enough.
_ROLES = 60
_SOME = 10_000


def link(library: Library, since: int = 0) -> int:
    """Tie the entities that are one; how many ties were made.

    `since` is the last row of `appearance` that was looked at: only entities that appear after it
    are compared with the rest.
    """
    with library.transaction() as connection:
        made = 0
        for group in _groups(connection, since):
            made += _tie(connection, group)
        if made:
            people.resettle(connection)
    return made


def last(connection: sqlite3.Connection) -> int:
    """The newest row of `appearance`, for `since`."""
    return int(connection.execute("select coalesce(max(id), 0) from appearance").fetchone()[0])


def sound(name: str) -> str:
    """How a full name sounds, its words in order of the alphabet; nothing for one word."""
    words = tokens(name)
    return " ".join(sorted(map(skeleton, words))) if len(words) > 1 else ""


def _groups(connection: sqlite3.Connection, since: int) -> Iterator[list[sqlite3.Row]]:
    """The entities that bear one full name, however it is spelt, where there are several."""
    _sounded(connection)
    sounds = connection.execute(
        "select distinct e.sound from appearance p join entity e on e.id = p.entity_id"
        " where p.id > ? and e.sound <> '' and instr(e.key, '@') = 0 and exists ("
        " select 1 from entity o"
        " where o.sound = e.sound and o.id <> e.id and instr(o.key, '@') = 0)",
        (since,),
    ).fetchall()
    for (name,) in sounds:
        group = connection.execute(
            "select id, key, type, name, kb from entity where sound = ?"
            " and instr(key, '@') = 0 order by kb is null, id",
            (name,),
        ).fetchall()
        if len(group) > 1:
            yield group


def _sounded(connection: sqlite3.Connection) -> None:
    """Write how each name sounds where it was not yet asked, some thousands at a time."""
    while unasked := connection.execute(
        "select id, name from entity where sound is null limit ?", (_SOME,)
    ).fetchall():
        connection.executemany(
            "update entity set sound = ? where id = ?",
            [(sound(row["name"]), row["id"]) for row in unasked],
        )


def _tie(connection: sqlite3.Connection, group: list[sqlite3.Row]) -> int:
    """Tie each to the first of the group that the evidence lets it be; the first has an id, if any."""
    entities = [_entity(connection, row) for row in group]
    made = 0
    for n, one in enumerate(entities):
        for other in entities[:n]:
            tie = identity.same(one, _NOWHERE, other, _NOWHERE)
            if tie is None:
                continue
            made += _record(connection, (one, other), tie)
            break
    return made


def _entity(connection: sqlite3.Connection, row: sqlite3.Row) -> Entity:
    packed = connection.execute(
        "select distinct roles from appearance where entity_id = ? and roles <> '[]' limit ?",
        (row["id"], _ROLES),
    )
    roles: dict[str, None] = {}
    for (many,) in packed:
        roles.update(dict.fromkeys(codec.unpack(many)))
    return Entity(row["key"], row["type"], row["name"], (), tuple(roles), kb=row["kb"])


def _record(connection: sqlite3.Connection, pair: tuple[Entity, Entity], tie: Judgement) -> int:
    """Write the judgement, unless it was made before, whether it stands or was undone."""
    one, other = (f"{people.PREFIX}{entity.id}" for entity in pair)
    if connection.execute(
        "select 1 from judgement where relation = 'same as' and (subject, object) in"
        " (values (?1, ?2), (?2, ?1))",
        (one, other),
    ).fetchone():
        return 0
    evidence = {"score": tie.score, "names": [e.name for e in pair], "roles": _shared(pair)}
    connection.execute(
        "insert into judgement (uid, subject, relation, object, anchor, by, at)"
        " values (?, ?, 'same as', ?, ?, ?, ?)",
        (uuid.uuid4().hex, one, other, codec.pack(evidence), tie.by, now()),
    )
    return 1


def _shared(pair: Iterable[Entity]) -> list[list[str]]:
    return [list(entity.roles[:5]) for entity in pair]
