"""A person's or body's time in a library: offices, months, and whom they have to do with."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Final

from selon.library import serialization

_LIVE: Final = "s.current = 1 and s.verdict is not 'rejected'"
# Cross joins keep the order: from the few to the many.
_TOLD: Final = (
    "from json_each(?) g cross join party p on p.entity_id = g.value"
    " cross join statement s on s.id = p.statement_id"
)
_TOP: Final = 12


@dataclass(frozen=True, slots=True)
class PersonMonth:
    """A month (`2020-03`; empty for no date) and the statements in which somebody has each part."""

    month: str
    speaker: int
    addressee: int
    via: int
    about: int


@dataclass(frozen=True, slots=True)
class PersonRole:
    """Words by which articles call somebody, and the first and last day on which they do."""

    words: str
    n: int
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True)
class TieCount:
    """Somebody at the other end of statements: `id` is the entity, none where it is not known."""

    id: int | None
    name: str
    type: str
    n: int


@dataclass(frozen=True, slots=True)
class Ties:
    """Whom somebody speaks to, through whom and of whom; who speaks of them and to them."""

    to: tuple[TieCount, ...]
    through: tuple[TieCount, ...]
    of: tuple[TieCount, ...]
    spoken_of_by: tuple[TieCount, ...]
    spoken_to_by: tuple[TieCount, ...]


@dataclass(frozen=True, slots=True)
class Appearance:
    """An article in which somebody appears: its row and key, what it is and where, and their words there."""

    article: int
    key: str
    title: str | None
    outlet: str | None
    published: str | None
    name: str
    url: str | None
    statements: int


def group(connection: sqlite3.Connection, entity: int) -> tuple[int, ...]:
    """The rows of an entity and of all those merged with it, the one that gives the name first."""
    head = connection.execute(
        "select coalesce(same_as, id) from entity where id = ?", (entity,)
    ).fetchone()
    if head is None:
        return ()
    rows = connection.execute("select id from entity where same_as = ? order by id", (head[0],))
    return (int(head[0]), *(int(r[0]) for r in rows))


def months(connection: sqlite3.Connection, rows: tuple[int, ...]) -> tuple[PersonMonth, ...]:
    """How often somebody spoke, was spoken to, relayed and was spoken of, month by month."""
    found: dict[str, dict[str, int]] = {}
    for month, role, n in connection.execute(
        "select case when s.published glob '????-??*' then substr(s.published, 1, 7) else '' end,"
        f" p.role, count(distinct s.id) {_TOLD} where {_LIVE} group by 1, 2",
        (serialization.pack(rows),),
    ):
        found.setdefault(month, {})[role] = n
    return tuple(
        PersonMonth(month, *(by.get(r, 0) for r in ("speaker", "addressee", "via", "about")))
        for month, by in sorted(found.items())
    )


def roles(
    connection: sqlite3.Connection, rows: tuple[int, ...], limit: int = 16
) -> list[PersonRole]:
    """The offices and functions that articles give somebody, in the order they come up.

    The words are the article's, not a fact about the person; only the most frequent are given.
    """
    found = connection.execute(
        "select j.value, count(distinct a.id) as n, min(a.published), max(a.published)"
        " from json_each(?) g cross join appearance p on p.entity_id = g.value and p.roles <> '[]'"
        " cross join json_each(p.roles) j cross join reading r on r.id = p.reading_id"
        " cross join version v on v.id = r.version_id cross join article a on a.id = v.article_id"
        " where v.id = a.version_id group by j.value order by n desc, j.value limit ?",
        (serialization.pack(rows), limit),
    )
    return sorted((PersonRole(*row) for row in found), key=lambda r: (r.first or "9", r.words))


def ties(connection: sqlite3.Connection, rows: tuple[int, ...]) -> Ties:
    """Whom somebody has to do with in statements, the most frequent first."""
    return Ties(
        _others(connection, rows, "speaker", "addressee"),
        _others(connection, rows, "speaker", "via"),
        _others(connection, rows, "speaker", "about"),
        _others(connection, rows, "about", "speaker"),
        _others(connection, rows, "addressee", "speaker"),
    )


def _others(
    connection: sqlite3.Connection, rows: tuple[int, ...], mine: str, theirs: str
) -> tuple[TieCount, ...]:
    mine_now = f"{_TOLD} and {_LIVE} cross join party o on o.statement_id = s.id and o.role = ?2"
    found = connection.execute(
        "with others (id, words, total) as (select coalesce(e.same_as, e.id), min(o.words),"
        f" count(distinct s.id) {mine_now} left join entity e on e.id = o.entity_id"
        " where p.role = ?3 group by 1, case when e.id is null then o.words end)"
        " select e.id, coalesce(e.name, others.words), coalesce(e.type, 'unknown'), total"
        " from others left join entity e on e.id = others.id"
        " where others.id is null or others.id not in (select value from json_each(?1))"
        " order by total desc, 2 limit ?4".replace("json_each(?)", "json_each(?1)"),
        (serialization.pack(rows), theirs, mine, _TOP),
    )
    return tuple(TieCount(*row) for row in found)


def appearances(
    connection: sqlite3.Connection, rows: tuple[int, ...], limit: int = 50, skip: int = 0
) -> list[Appearance]:
    """The articles in which somebody appears, newest first, with their name there."""
    found = connection.execute(
        "with hit as materialized (select a.id, a.key, a.title, a.outlet, a.published, min(p.name),"
        " a.url"
        " from json_each(?1) g cross join appearance p on p.entity_id = g.value"
        " cross join reading r on r.id = p.reading_id and r.current = 1"
        " cross join version v on v.id = r.version_id cross join article a on a.id = v.article_id"
        " group by a.id order by a.published desc, a.id desc limit ?2 offset ?3)"
        # Counted for those alone that are shown.
        " select hit.*, (select count(*) from statement s cross join party q"
        "  on q.statement_id = s.id and q.role = 'speaker' where s.article_id = hit.id"
        "  and s.current = 1 and q.entity_id in (select value from json_each(?1)))"
        " from hit order by hit.published desc, hit.id desc",
        (serialization.pack(rows), limit, skip),
    )
    return [Appearance(*row) for row in found]
