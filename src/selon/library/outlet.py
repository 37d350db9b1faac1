"""One outlet's account: whom it quotes and relays, in whose voice it speaks, what it copies."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Final

# `+` keeps SQLite to the index that holds all the columns a count needs.
_LIVE: Final = "s.current = 1 and s.verdict is not 'rejected'"
_TOP: Final = 20


@dataclass(frozen=True, slots=True)
class Brief:
    """An outlet in a list: how much of it the library has, and from when to when."""

    name: str
    articles: int
    copies: int
    statements: int
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True)
class Voices:
    """Characters of text in each voice, as `selon.reading.voice` parts a text; scare quotes by themselves."""

    outlet: int = 0
    quoted: int = 0
    reported: int = 0
    hedged: int = 0
    scare: int = 0

    @property
    def total(self) -> int:
        """All characters."""
        return self.outlet + self.quoted + self.reported + self.hedged + self.scare


@dataclass(frozen=True, slots=True)
class NameCount:
    """Somebody (or an outlet, with no `id`) and how many statements or articles it is about."""

    id: int | None
    name: str
    type: str
    n: int


@dataclass(frozen=True, slots=True)
class Month:
    """A month with how many articles appeared in it, and how many statements they have."""

    month: str
    articles: int
    statements: int


@dataclass(frozen=True, slots=True)
class Outlet:
    """An outlet's account.

    `quoted`: whose statements it has; `relayed`: through whom it has them; `copied_from`: the
    outlets whose article a near-identical one of its own followed; `copied_by`: the converse.
    `voices` as published, `own_voices` without the articles that copy another outlet's or its own.
    """

    brief: Brief
    voices: Voices
    own_voices: Voices
    quoted: tuple[NameCount, ...]
    relayed: tuple[NameCount, ...]
    copied_from: tuple[NameCount, ...]
    copied_by: tuple[NameCount, ...]
    months: tuple[Month, ...]


def outlets(connection: sqlite3.Connection) -> tuple[Brief, ...]:
    """All outlets of the library, those with most articles first."""
    said = dict(
        connection.execute(
            f"select s.outlet, count(*) from statement s where {_LIVE} group by +s.outlet"
        ).fetchall()
    )
    rows = connection.execute(
        "select outlet, count(*), count(copy_of), min(published), max(published) from article"
        " where outlet is not null group by outlet order by 2 desc, outlet"
    )
    return tuple(Brief(r[0], r[1], r[2], said.get(r[0], 0), r[3], r[4]) for r in rows)


def outlet(connection: sqlite3.Connection, name: str) -> Outlet | None:
    """The account of the outlet of this very name; nothing where the library has none."""
    row = connection.execute(
        "select count(*), count(copy_of), min(published), max(published) from article"
        " where outlet = ?",
        (name,),
    ).fetchone()
    if not row[0]:
        return None
    months = _months(connection, name)
    brief = Brief(name, row[0], row[1], sum(m.statements for m in months), row[2], row[3])
    return Outlet(
        brief,
        _voices(connection, name, ""),
        _voices(connection, name, " and a.copy_of is null"),
        _quoted_people(connection, name),
        _relayed_outlets(connection, name),
        _copies(connection, name, "a.outlet", "lead.outlet"),
        _copies(connection, name, "lead.outlet", "a.outlet"),
        months,
    )


def _months(connection: sqlite3.Connection, name: str) -> tuple[Month, ...]:
    """Month by month; what has no date, or only a year, is under the month `""`."""
    month = "case when published glob '????-??*' then substr(published, 1, 7) else '' end"
    articles = dict(
        connection.execute(
            f"select {month}, count(*) from article where outlet = ? group by 1", (name,)
        ).fetchall()
    )
    said = dict(
        connection.execute(
            f"select {month}, count(*) from statement s where {_LIVE} and +outlet = ? group by 1",
            (name,),
        ).fetchall()
    )
    return tuple(
        Month(m, articles.get(m, 0), said.get(m, 0)) for m in sorted(articles.keys() | said.keys())
    )


def _voices(connection: sqlite3.Connection, name: str, which: str) -> Voices:
    sums = ", ".join(f"total(v.{n})" for n in ("outlet", "quoted", "reported", "hedged", "scare"))
    row = connection.execute(
        f"select {sums} from article a join voicing v on v.article_id = a.id and v.current = 1"
        f" where a.outlet = ?{which}",
        (name,),
    ).fetchone()
    return Voices(*(int(n) for n in row))


def _quoted_people(connection: sqlite3.Connection, name: str) -> tuple[NameCount, ...]:
    rows = connection.execute(
        f"with said (id, n) as (select speaker_id, count(*) from statement s where {_LIVE}"
        " and +s.outlet = ? and s.speaker_id is not null group by +s.speaker_id),"
        # Only the first of them can be among the first once those that are one are put together.
        " heads (id, n) as (select coalesce(e.same_as, e.id), sum(said.n) from said"
        " join entity e on e.id = said.id where said.n > 1 or (select count(*) from said) < 1000"
        " group by 1 order by 2 desc limit ?)"
        " select e.id, e.name, e.type, heads.n from heads join entity e on e.id = heads.id"
        " order by heads.n desc, e.name",
        (name, _TOP),
    )
    return tuple(NameCount(*row) for row in rows)


def _relayed_outlets(connection: sqlite3.Connection, name: str) -> tuple[NameCount, ...]:
    rows = connection.execute(
        # A relay is rare: from the few, found in an index that has all that is asked of them.
        "with relays (id, statement) as materialized"
        " (select entity_id, statement_id from party where role = 'via')"
        " select h.id, h.name, h.type, count(distinct s.id) as total from relays"
        " cross join statement s on s.id = relays.statement cross join entity e on e.id = relays.id"
        " cross join entity h on h.id = coalesce(e.same_as, e.id)"
        f" where {_LIVE} and s.outlet = ? group by h.id order by total desc, h.name limit ?",
        (name, _TOP),
    )
    return tuple(NameCount(*row) for row in rows)


def _copies(
    connection: sqlite3.Connection, name: str, mine: str, theirs: str
) -> tuple[NameCount, ...]:
    rows = connection.execute(
        f"select {theirs} as outlet, count(*) as total from article a"
        f" join article lead on lead.id = a.copy_of where {mine} = ? and {theirs} is not null"
        " group by 1 order by total desc, outlet limit ?",
        (name, _TOP),
    )
    return tuple(NameCount(None, row[0], "outlet", row[1]) for row in rows)
