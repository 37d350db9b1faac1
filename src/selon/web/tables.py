"""What people keep in a library beside judgements: saved searches, and the entries of dossiers.

The tables are made by the first who keeps something. Nothing in them is overwritten but how far
somebody has looked; what is taken back is marked so, with who did it.
"""

from __future__ import annotations

import sqlite3
from typing import Final

from selon.library.store import Library

_SCHEMA: Final = (
    """create table if not exists room_watch (
  id integer primary key,
  by text not null, name text not null,
  query text not null,               -- as in an address
  seen integer not null,             -- the last statement's row when somebody last looked
  at text not null, gone_at text
) strict""",
    "create index if not exists room_watch_by on room_watch (by)",
    """create table if not exists room_entry (
  id integer primary key,
  dossier integer not null,          -- the row of the entry that opened it
  kind text not null,                -- opened, claim, status, finding, summary, holder, note, source, statement
  value text not null,               -- JSON
  by text not null, at text not null, undone_by text, undone_at text
) strict""",
    "create index if not exists room_entry_dossier on room_entry (dossier)",
)


def is_ready(connection: sqlite3.Connection) -> bool:
    """Whether anybody has kept anything here."""
    found = connection.execute(
        "select 1 from sqlite_master where type = 'table' and name = 'room_entry'"
    ).fetchone()
    return found is not None


def create_tables(library: Library) -> None:
    """Make the tables, where they are missing."""
    if is_ready(library.connection):
        return
    with library.transaction() as connection:
        for statement in _SCHEMA:
            connection.execute(statement)
