"""The ledger's tables in a library file: links, the index, what waits to be compared.

They are computed from the statements alone and may be dropped at any time. Triggers put what is
new or changed (its words, its speaker, its date) into `ledger_todo`, so that bringing the ledger
up to date costs what is new and not what is there. A person's joins and splits are not here: they
are rows of `judgement`, as all that people say.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final

from selon.library.schema import plain
from selon.library.store import Library

_TABLES: Final = (
    "kin",
    "kin_seen",
    "shingle",
    "fresh",
    "folding",
    "rendering",
    "passage",
    "ledger_todo",
    "ledger_scheme",
)
_TRIGGERS: Final = (
    *("ledger_added", "ledger_changed", "ledger_gone"),
    *("passage_added", "passage_changed", "passage_gone"),
)
# What is done with a statement: its words are compared, its sense is (across languages).
WORDS: Final = "words"
SENSE: Final = "sense"
# And with a version of an article: its words are indexed (`passages`).
TEXT: Final = "text"
BATCH: Final = 500
# Pages of the log that are brought into the file at once: few, so that no one article waits long.
_CHECKPOINT: Final = 250
_QUEUE: Final = f"insert or ignore into ledger_todo values ('{WORDS}', %s), ('{SENSE}', %s)"
# What waits in the queue is not in the index yet.
_UNINDEX: Final = f"""insert into passage (passage, rowid, title, text)
  select 'delete', old.id, {plain("coalesce(old.title, '')")}, {plain("old.text")}
  where not exists (select 1 from ledger_todo where step = '{TEXT}' and statement_id = old.id)"""
# Raised when words are folded, hashed or linked in another way: the tables are then made again.
SCHEME: Final = 10
_SCHEMA: Final[tuple[str, ...]] = (
    f"create table ledger_scheme as select {SCHEME} as number",
    """create table kin (
  a integer not null, b integer not null, score real not null,
  cover real not null, whole real not null, run integer not null, telling integer not null, days integer,
  by text not null, primary key (a, b)
) strict, without rowid""",
    "create index kin_b on kin (b)",
    """create table folding (
  statement_id integer primary key, language text not null, words text not null,
  quoted text                        -- those between the marks of a mixed statement; null: all
) strict""",
    """create table shingle (
  hash integer not null, statement_id integer not null, size integer not null,
  primary key (hash, statement_id)
) strict, without rowid""",
    # Those of the statements added last, which `shingle` takes up many at a time: by itself each
    # of a statement's hashes would change a page of its own.
    """create table fresh (
  statement_id integer primary key, hashes blob not null  -- 64-bit integers, the lesser byte first
) strict""",
    """create table rendering (
  statement_id integer primary key,
  language text not null, first integer, last integer,  -- days, as ordinals; null: no date
  vector blob                        -- of the sentence encoder, half floats; null: never needed
) strict""",
    "create index rendering_day on rendering (first)",
    """create table ledger_todo (
  step text not null, statement_id integer not null, primary key (step, statement_id)
) strict, without rowid""",
    f"""create trigger ledger_added after insert on statement when new.current = 1 begin
  {_QUEUE % ("new.id", "new.id")};
end""",
    f"""create trigger ledger_changed after update of content, content_spans, speaker_id, published, current
  on statement
  when (old.content, old.content_spans, old.speaker_id, old.published, old.current)
  is not (new.content, new.content_spans, new.speaker_id, new.published, new.current) begin
  {_QUEUE % ("new.id", "new.id")};
end""",
    """create trigger ledger_gone after delete on statement begin
  delete from kin where a = old.id;
  delete from kin where b = old.id;
  delete from folding where statement_id = old.id;
  delete from fresh where statement_id = old.id;
  delete from rendering where statement_id = old.id;
  delete from ledger_todo where statement_id = old.id and step in ('words', 'sense');
end""",
    f"""create view passage_text (id, title, text) as
  select id, {plain("coalesce(title, '')")}, {plain("text")} from version""",
    """create virtual table passage using fts5(title, text,
  content='passage_text', content_rowid='id', tokenize='unicode61 remove_diacritics 2')""",
    f"""create trigger passage_added after insert on version begin
  insert into ledger_todo values ('{TEXT}', new.id);
end""",
    f"""create trigger passage_changed after update of title, text on version begin
  {_UNINDEX};
  insert or ignore into ledger_todo values ('{TEXT}', old.id);
end""",
    f"""create trigger passage_gone after delete on version begin
  {_UNINDEX};
  delete from ledger_todo where step = '{TEXT}' and statement_id = old.id;
end""",
)


def is_ready(connection: sqlite3.Connection) -> bool:
    """Whether a library file has the ledger's tables, as this program makes them."""
    if not _has(connection, "ledger_scheme"):
        return False
    (number,) = connection.execute("select number from ledger_scheme").fetchone()
    return bool(number == SCHEME)


def make(library: Library) -> None:
    """Make the tables where they are missing or of another program, all statements waiting."""
    with library.transaction() as connection:
        if is_ready(connection):  # another process was first
            return
        drop(connection)
        for statement in _SCHEMA:
            connection.execute(statement)
        for step in (WORDS, SENSE):
            connection.execute(
                "insert into ledger_todo select ?, id from statement where current = 1", (step,)
            )
        connection.execute("insert into ledger_todo select ?, id from version", (TEXT,))


def drop(connection: sqlite3.Connection) -> None:
    """Take the tables out of a library; what people judged stays. The caller commits."""
    for trigger in _TRIGGERS:
        connection.execute(f"drop trigger if exists {trigger}")
    for table in _TABLES:
        connection.execute(f"drop table if exists {table}")
    connection.execute("drop view if exists passage_text")


@contextmanager
def fast_commits(connection: sqlite3.Connection) -> Iterator[None]:
    """Write what can be computed again: commits do not wait for the disk.

    After a loss of power the file is whole, but the last of these commits may be missing: then
    their statements wait in `ledger_todo` as before. What was written earlier is not touched. Not
    inside a transaction.
    """
    before = {
        name: connection.execute(f"pragma {name}").fetchone()[0]
        for name in ("synchronous", "wal_autocheckpoint")
    }
    try:
        connection.execute("pragma synchronous = normal")
        connection.execute(f"pragma wal_autocheckpoint = {_CHECKPOINT}")
        yield
    finally:
        for name, value in before.items():
            connection.execute(f"pragma {name} = {value}")


def pending(connection: sqlite3.Connection, step: str) -> list[int]:
    """The statements that wait for a step, in the order of their rows."""
    rows = connection.execute(
        "select statement_id from ledger_todo where step = ? order by statement_id", (step,)
    )
    return [row[0] for row in rows]


def done(connection: sqlite3.Connection, step: str, ids: Sequence[int]) -> None:
    """Take statements off the queue of a step."""
    connection.executemany(
        "delete from ledger_todo where step = ? and statement_id = ?", [(step, i) for i in ids]
    )


def batches(ids: Sequence[int], size: int = BATCH) -> Iterator[list[int]]:
    """Rows in parts that one query takes."""
    for n in range(0, len(ids), size):
        yield list(ids[n : n + size])


def marks(ids: Sequence[object]) -> str:
    """So many question marks, for a query."""
    return ", ".join("?" * len(ids))


def _has(connection: sqlite3.Connection, table: str) -> bool:
    query = "select 1 from sqlite_master where type = 'table' and name = ?"
    return connection.execute(query, (table,)).fetchone() is not None
