"""Dossiers: a quotation or claim under work, as a log of entries that are never overwritten.

What holds of each kind of which there is one (status, finding, summary, holder, claim) is the last
entry that was not taken back; notes, sources and statements add up.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

import orjson

from selon.errors import SelonError
from selon.i18n import _
from selon.library import review_queue
from selon.library.store import Library, now
from selon.web import tables

STATUSES: Final = ("new", "under work", "waiting for an answer", "closed")
FINDINGS: Final = ("", "accurate", "cut or out of context", "misleading", "inaccurate", "unproven")
BEARINGS: Final = ("supports", "contradicts", "sheds light")
# What a source is; the first is not said.
SOURCES: Final = (
    *("", "official document", "expert report", "data", "written answer"),
    *("interview", "press article", "recording", "other"),
)
SINGLE_KINDS: Final = ("claim", "status", "finding", "summary", "holder")
REPEATED_KINDS: Final = ("note", "source", "statement")
MAX_CHARS: Final = 5_000


@dataclass(frozen=True, slots=True)
class DossierEntry:
    """One line of a dossier's log; `value` is text, or a mapping for a source or a statement."""

    number: int
    kind: str
    value: Any
    by: str
    at: str
    undone_by: str | None
    undone_at: str | None


@dataclass(frozen=True, slots=True)
class Dossier:
    """A dossier as its entries make it; `log` is all of them, the newest first."""

    number: int
    claim: str
    speaker: str
    status: str
    finding: str
    summary: str
    holder: str
    notes: tuple[DossierEntry, ...]
    sources: tuple[DossierEntry, ...]
    statements: tuple[DossierEntry, ...]
    log: tuple[DossierEntry, ...]

    @property
    def opened(self) -> DossierEntry:
        """Its first entry."""
        return self.log[-1]

    @property
    def changed(self) -> DossierEntry:
        """Its newest entry."""
        return self.log[0]


def open_dossier(library: Library, claim: str, speaker: str, by: str) -> int:
    """Open a dossier on a claim; its number."""
    tables.create_tables(library)
    value = orjson.dumps({"claim": claim[:MAX_CHARS], "speaker": speaker[:200]}).decode()
    with library.transaction() as connection:
        done = connection.execute(
            "insert into room_entry (dossier, kind, value, by, at) values (0, 'opened', ?, ?, ?)",
            (value, by, now()),
        )
        number = int(done.lastrowid or 0)
        connection.execute("update room_entry set dossier = id where id = ?", (number,))
    return number


def add_entry(library: Library, dossier: int, kind: str, value: Any, by: str) -> None:
    """Add an entry to a dossier; raises `SelonError` where there is no such dossier."""
    _exists(library.connection, dossier)
    with library.transaction() as connection:
        connection.execute(
            "insert into room_entry (dossier, kind, value, by, at) values (?, ?, ?, ?, ?)",
            (dossier, kind, orjson.dumps(value).decode(), by, now()),
        )


def change_bearing(library: Library, dossier: int, entry: int, bears: str, by: str) -> None:
    """Let a statement of a dossier bear on the claim in another way: the former entry is undone."""
    found = _exists(library.connection, dossier)
    former = next((e for e in found.statements if e.number == entry), None)
    if former is None or former.value["bears"] == bears:
        return
    undo(library, dossier, entry, by)
    add_entry(library, dossier, "statement", {**former.value, "bears": bears}, by)


def undo(library: Library, dossier: int, entry: int, by: str) -> None:
    """Take an entry back; what held before holds again. The opening one stays."""
    _exists(library.connection, dossier)
    with library.transaction() as connection:
        connection.execute(
            "update room_entry set undone_by = ?, undone_at = ? where id = ? and dossier = ?"
            " and kind <> 'opened' and undone_at is null",
            (by, now(), entry, dossier),
        )


def dossier(connection: sqlite3.Connection, number: int) -> Dossier | None:
    """A dossier by its number."""
    if not tables.is_ready(connection):
        return None
    rows = connection.execute(
        "select id, kind, value, by, at, undone_by, undone_at from room_entry"
        " where dossier = ? order by id",
        (number,),
    ).fetchall()
    return _dossier_of_rows(number, rows) if rows else None


def dossiers(connection: sqlite3.Connection, limit: int = 200) -> list[Dossier]:
    """All dossiers, those that were changed last first."""
    if not tables.is_ready(connection):
        return []
    numbers = connection.execute(
        "select dossier from room_entry group by dossier order by max(id) desc limit ?", (limit,)
    ).fetchall()
    return [one for (number,) in numbers if (one := dossier(connection, number))]


def statement(connection: sqlite3.Connection, number: int, bears: str) -> dict[str, Any]:
    """What a dossier keeps of a statement, so that it is found again when its article is reread."""
    rows = review_queue.rows(connection, [number])
    if not rows:
        raise SelonError(_("There is no statement {n} in this library.").format(n=number))
    row = rows[0]
    kept = ("speaker", "via", "outlet", "published", "content", "article_id", "title")
    return {"id": number, "bears": bears, **{name: row[name] for name in kept}}


def current_row(connection: sqlite3.Connection, kept: dict[str, Any]) -> int | None:
    """The row that a kept statement has now: its own, or the one of the same words after a rereading."""
    row = connection.execute(
        "select id from statement where article_id = ? and current = 1 and verdict is not 'rejected'"
        " and (id = ? or content = ?) order by id = ? desc limit 1",
        (kept["article_id"], kept["id"], kept["content"], kept["id"]),
    ).fetchone()
    return row[0] if row else None


def _exists(connection: sqlite3.Connection, number: int) -> Dossier:
    found = dossier(connection, number)
    if found is None:
        raise SelonError(_("There is no dossier {n} here.").format(n=number))
    return found


def _dossier_of_rows(number: int, rows: Iterable[sqlite3.Row]) -> Dossier:
    entries = [DossierEntry(r[0], r[1], orjson.loads(r[2]), *tuple(r)[3:]) for r in rows]
    standing = [e for e in entries if e.undone_at is None]
    opened = entries[0].value
    last = {e.kind: e.value for e in standing if e.kind in SINGLE_KINDS}
    of = {kind: tuple(e for e in standing if e.kind == kind) for kind in REPEATED_KINDS}
    return Dossier(
        number=number,
        claim=last.get("claim") or opened["claim"],
        speaker=opened["speaker"],
        status=last.get("status", STATUSES[0]),
        finding=last.get("finding", ""),
        summary=last.get("summary", ""),
        holder=last.get("holder", ""),
        notes=of["note"],
        sources=of["source"],
        statements=of["statement"],
        log=tuple(reversed(entries)),
    )
