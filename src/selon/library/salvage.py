"""Opening a damaged library so that its rows can be read, though its list of tables is damaged too."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Final

# Parents before those that refer to them.
TABLES: Final = (
    "article", "version", "copy", "band", "run", "reading", "voicing", "entity", "variant", "appearance",
    "statement", "party", "judgement", "attachment", "failure", "visit", "upkeep",
)  # fmt: skip


def open_to_read(path: Path) -> sqlite3.Connection:
    """A connection that only reads."""
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None
    )
    connection.row_factory = sqlite3.Row
    return connection


@contextmanager
def to_salvage(path: Path, target: Path, fresh: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """A connection to what is left of a library; where a table is lost, to a copy whose list is corrected.

    `fresh` is a new library: a table that is known by its number in the list, or by its name, is made as there.
    """
    with closing(_open_tolerant(path)) as old:
        lost = _lost_tables(old)
        if not lost:
            yield old
            return
    copy = target.with_name(f".{target.name}.part")
    try:
        mended = _mend_copy(path, copy, fresh, lost)
        with closing(_open_tolerant(copy if mended else path)) as old:
            yield old
    finally:
        for end in ("", "-wal", "-shm", "-journal"):
            Path(f"{copy}{end}").unlink(missing_ok=True)


def _mend_copy(path: Path, copy: Path, fresh: sqlite3.Connection, lost: set[str]) -> bool:
    """Whether a copy with a corrected list could be made."""
    try:
        for end in ("", "-wal"):
            if os.path.exists(f"{path}{end}"):
                shutil.copyfile(f"{path}{end}", f"{copy}{end}")
        _mend_list(copy, fresh, lost)
        with closing(_open_tolerant(copy)) as mended:
            return _lost_tables(mended) < lost
    except (OSError, sqlite3.Error):
        return False


def _open_tolerant(path: Path) -> sqlite3.Connection:
    connection = open_to_read(path)
    with suppress(sqlite3.Error):
        # An entry of the list that is damaged is passed over; the others are read.
        connection.execute("pragma writable_schema = on")
    return connection


def _lost_tables(connection: sqlite3.Connection) -> set[str]:
    """The tables that the list no longer names, or not as SQL."""
    lost = set()
    for table in TABLES:
        try:
            connection.execute(f"select 1 from {table} limit 0")
        except sqlite3.OperationalError as error:
            if "no such table" in str(error):
                lost.add(table)
        except (sqlite3.Error, UnicodeError):
            continue
    return lost


def _mend_list(copy: Path, fresh: sqlite3.Connection, lost: set[str]) -> None:
    """Write the entries of lost tables again where their first page is still told."""
    sound = {
        int(row[0]): (str(row[1]), str(row[2]))
        for row in fresh.execute("select rowid, name, sql from sqlite_master where type = 'table'")
    }
    by_name = dict(sound.values())
    with closing(sqlite3.connect(copy, isolation_level=None)) as connection:
        connection.text_factory = lambda data: data.decode("utf-8", "replace")
        connection.execute("pragma writable_schema = on")
        entries = connection.execute("select rowid, name, rootpage from sqlite_master").fetchall()
        there = {str(name) for _row, name, _page in entries}
        for row, name, page in entries:
            named = str(name) if str(name) in lost else sound.get(row, ("", ""))[0]
            if named not in lost or not isinstance(page, int) or page < 2:
                continue
            if named != str(name) and named in there:
                continue
            with suppress(sqlite3.Error):
                connection.execute(
                    "update sqlite_master set type = 'table', name = ?, tbl_name = ?, sql = ? where rowid = ?",
                    (named, named, by_name[named], row),
                )
