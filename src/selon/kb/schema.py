"""The tables of a knowledge base file, and its version."""

from __future__ import annotations

import sqlite3
from typing import Final

VERSION: Final = 1
# "Selo" in ASCII: SQLite's own place for saying whose file this is.
APPLICATION: Final = 0x53656C6F

_TABLES: Final = """
create table meta (key text primary key, value text) without rowid;
create table thing (n integer primary key, id text unique, type text, gender text, countries text);
create table name (n integer primary key, thing integer, name text, unique (thing, name));
create table office
  (n integer primary key, key text, head text, country text, label text, french text);
create table tenure
  (office integer, holder integer, start text, end text, known text, interim integer);
create temp table loose (key text, name integer);
create temp table ref (ref text primary key, thing integer) without rowid;
create temp table post (id text primary key, names text, countries text) without rowid;
create temp table holding
  (holder text, post text, role text, countries text, start text, end text, interim integer);
"""
_INDEXES: Final = """
create table key (key text, name integer, primary key (key, name)) without rowid;
insert into key select distinct key, name from loose order by key, name;
drop table loose;
"""
_LAST: Final = """
create index office_key on office (country, key);
create index office_head on office (head, country);
create index tenure_office on tenure (office);
create index tenure_holder on tenure (holder);
analyze;
"""


def create(db: sqlite3.Connection, as_of: str) -> None:
    """Lay out an empty knowledge base; nothing of it need survive a crash before it is finished."""
    db.executescript(
        "pragma journal_mode = off; pragma synchronous = off; pragma cache_size = -65536;"
    )
    db.executescript(_TABLES)
    db.execute("insert into meta values ('as of', ?)", (as_of,))


def index(db: sqlite3.Connection) -> None:
    """Sort the look-up keys into their table: far quicker than one by one."""
    db.executescript(_INDEXES)


def finish(db: sqlite3.Connection) -> None:
    """Make the indexes and put the version on; only now is the file a knowledge base."""
    db.executescript(_LAST)
    db.executescript(f"pragma application_id = {APPLICATION}; pragma user_version = {VERSION};")
    db.commit()


def version(db: sqlite3.Connection) -> int | None:
    """The version of a knowledge base file; None where the file is something else."""
    try:
        whose = db.execute("pragma application_id").fetchone()[0]
        found = db.execute("pragma user_version").fetchone()[0]
    except sqlite3.DatabaseError:
        return None
    return int(found) if whose == APPLICATION else None
