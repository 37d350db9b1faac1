"""The library file: opened, checked, brought up to date, written to in transactions."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic, sleep
from typing import Final

from selon.closing import Closeable
from selon.errors import SelonError
from selon.i18n import _
from selon.library import db_errors
from selon.library.schema import APPLICATION, MIGRATIONS

# Two writers wait for each other; a minute is longer than any transaction of ours.
_WAIT_SECONDS: Final = 60.0


def now() -> str:
    """The time as the library stamps it: ISO 8601, UTC, to the microsecond."""
    return datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


class Library(Closeable):
    """One open library file; use it in a `with` statement, from one thread.

    `create` makes the file where it is missing; `read_only` neither creates nor migrates it.
    Raises `SelonError` for a file that is damaged, not ours, or of a newer program.
    """

    def __init__(self, path: str | Path, *, create: bool = False, read_only: bool = False) -> None:
        self.path = Path(path)
        self.read_only = read_only
        self.connection = _open(self.path, create and not read_only, read_only)
        self.connection.row_factory = sqlite3.Row

    def close(self) -> None:
        """Close the file; what was not committed is undone."""
        self.connection.close()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All or nothing: committed at the end, undone if anything raises."""
        self.connection.execute("begin immediate")
        try:
            yield self.connection
        except BaseException:
            # A full disk may have rolled back already.
            if self.connection.in_transaction:
                self.connection.execute("rollback")
            raise
        self.connection.execute("commit")


def _open(path: Path, create: bool, read_only: bool) -> sqlite3.Connection:
    if path.is_dir():
        raise SelonError(_("{path} is a folder, not a library file.").format(path=path))
    if not path.exists() and not create:
        raise SelonError(
            _("There is no library {path}; create it with `selon add … --library {path}`.").format(
                path=path
            )
        )
    # The file is opened by SQLite alone: who closes a file loses all locks that this process has on
    # it (POSIX), those of other threads' connections with them, and then writers overwrite each other.
    try:
        connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode={'ro' if read_only else 'rwc'}",
            uri=True,
            timeout=_WAIT_SECONDS,
            isolation_level=None,
        )
    except sqlite3.Error as error:
        raise db_errors.explain(error, path) or SelonError(
            _("{path} cannot be opened ({error}).").format(path=path, error=error)
        ) from error
    try:
        _prepare(connection, path, read_only)
    except (sqlite3.Error, UnicodeError) as error:
        connection.close()
        if _code(error) == sqlite3.SQLITE_NOTADB:
            raise SelonError(
                _("{path} is not a library: not an SQLite file.").format(path=path)
            ) from error
        raise db_errors.explain(error, path) or db_errors.damaged_file(path, error) from error
    except SelonError:
        connection.close()
        raise
    return connection


def _code(error: Exception) -> int:
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF


def _prepare(connection: sqlite3.Connection, path: Path, read_only: bool) -> None:
    application = connection.execute("pragma application_id").fetchone()[0]
    tables = connection.execute("select count(*) from sqlite_master").fetchone()[0]
    if tables and application != APPLICATION:
        raise SelonError(
            _("{path} is an SQLite file of another program, not a library.").format(path=path)
        )
    version = connection.execute("pragma user_version").fetchone()[0]
    if version > len(MIGRATIONS):
        raise SelonError(
            _("{path} was written by a newer Selon (schema {n}): update this one.").format(
                path=path, n=version
            )
        )
    connection.execute("pragma foreign_keys = on")
    if read_only:
        if version < len(MIGRATIONS):
            raise SelonError(
                _("{path} has an older schema: open it once with `selon add`.").format(path=path)
            )
        return
    _write_ahead(connection)
    # WAL with NORMAL survives any death of the process; FULL would add power cuts at a price of
    # one fsync a transaction, which is small beside reading.
    connection.execute("pragma synchronous = full")
    connection.execute("pragma temp_store = memory")
    connection.execute("pragma cache_size = -65536")
    if version < len(MIGRATIONS):
        migrate(connection, MIGRATIONS)


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Turn WAL on, waiting for whoever else has just created the file.

    SQLite asks no busy handler when the journal's mode changes: it answers "locked" at once.
    """
    until = monotonic() + _WAIT_SECONDS
    while True:
        try:
            connection.execute("pragma journal_mode = wal")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or monotonic() > until:
                raise
            sleep(0.02)


def migrate(connection: sqlite3.Connection, migrations: tuple[str, ...]) -> None:
    """Run the scripts that the file has not had, each in one transaction with its number."""
    while True:
        connection.execute("begin immediate")
        # Asked inside the transaction: another process may have migrated while we waited.
        version = connection.execute("pragma user_version").fetchone()[0]
        if version >= len(migrations):
            connection.execute("rollback")
            return
        try:
            for statement in _statements(migrations[version]):
                connection.execute(statement)
            connection.execute(f"pragma application_id = {APPLICATION}")
            connection.execute(f"pragma user_version = {version + 1}")
        except BaseException:
            connection.execute("rollback")
            raise
        connection.execute("commit")


def _statements(script: str) -> Iterator[str]:
    # `executescript` would commit before it starts.
    pending = ""
    for line in script.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            yield pending
            pending = ""
