"""Saved searches: kept under a name, each with what it finds that its owner has not seen."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode

from selon.library.find import Query, conditions
from selon.library.store import Library, now
from selon.web import tables
from selon.web.query_params import CHOICES, TEXTS

MAX_SEARCHES: Final = 40
_MAX_NAME_CHARS: Final = 120


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A saved search: its name, the query as an address has it, how many are found, how many new."""

    number: int
    name: str
    query: str
    by: str
    total: int
    new: int
    seen: int


def query(address: str) -> Query:
    """The search that a saved address asks for."""
    given: dict[str, Any] = {k: v for k, v in parse_qsl(address) if k in (*TEXTS, *CHOICES) and v}
    return Query(**given)


def address(one: Query) -> str:
    """A search as the query of an address."""
    return urlencode([(k, v) for k in (*TEXTS, *CHOICES) if (v := getattr(one, k))])


def saved_searches(library: Library, by: str, limit: int = MAX_SEARCHES) -> list[SavedSearch]:
    """The searches that somebody saved, the newest first."""
    if not by or not tables.is_ready(library.connection):
        return []
    rows = library.connection.execute(
        "select id, name, query, by, seen from room_watch where by = ? and gone_at is null"
        " order by id desc limit ?",
        (by, limit),
    )
    return [_of_row(library, dict(row)) for row in rows]


def saved_search(library: Library, number: int) -> SavedSearch | None:
    """One saved search by its number."""
    if not tables.is_ready(library.connection):
        return None
    row = library.connection.execute(
        "select id, name, query, by, seen from room_watch where id = ? and gone_at is null",
        (number,),
    ).fetchone()
    return _of_row(library, dict(row)) if row else None


def save(library: Library, one: Query, name: str, by: str) -> int:
    """Save a search; what it finds now counts as seen."""
    tables.create_tables(library)
    with library.transaction() as connection:
        done = connection.execute(
            "insert into room_watch (by, name, query, seen, at)"
            " values (?, ?, ?, (select coalesce(max(id), 0) from statement), ?)",
            (by, " ".join(name.split())[:_MAX_NAME_CHARS], address(one), now()),
        )
        return int(done.lastrowid or 0)


def mark_seen(library: Library, number: int) -> None:
    """Note that all that a search finds now has been seen."""
    with library.transaction() as connection:
        connection.execute(
            "update room_watch set seen = (select coalesce(max(id), 0) from statement)"
            " where id = ?",
            (number,),
        )


def remove(library: Library, number: int, by: str) -> None:
    """Take a saved search of one's own away."""
    with library.transaction() as connection:
        connection.execute(
            "update room_watch set gone_at = ? where id = ? and by = ?", (now(), number, by)
        )


def new_statements(library: Library, one: SavedSearch, limit: int) -> list[int]:
    """The rows of what a search finds that was not there when its owner last looked."""
    where, values = conditions(library.connection, query(one.query))
    rows = library.connection.execute(
        f"select s.id from statement s where {where} and s.id > ? order by s.id desc limit ?",
        (*values, one.seen, limit),
    )
    return [row[0] for row in rows]


def as_unseen(one: SavedSearch) -> SavedSearch:
    """The same search, as if nobody had looked: all that it finds is new."""
    return replace(one, seen=0)


def _of_row(library: Library, row: dict[str, Any]) -> SavedSearch:
    where, values = conditions(library.connection, query(row["query"]))
    counted = library.connection.execute(
        f"select count(*), coalesce(sum(s.id > ?), 0) from statement s where {where}",
        (row["seen"], *values),
    ).fetchone()
    total, fresh = counted
    return SavedSearch(row["id"], row["name"], row["query"], row["by"], total, fresh, row["seen"])
