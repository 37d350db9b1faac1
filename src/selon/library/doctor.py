"""A library's health: what is sound, what is damaged, and a new file with all that can be read."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from selon.errors import SelonError
from selon.i18n import _
from selon.library import db_errors
from selon.library.salvage import TABLES, open_to_read, to_salvage
from selon.library.schema import APPLICATION, MIGRATIONS

State = Literal["sound", "warning", "damaged"]
# What the room keeps besides, where it has been used: saved searches, dossiers.
_WEB_TABLES: Final = ("room_watch", "room_entry")
# What may be made again from the rest.
_REMADE: Final = ("band", "voicing")
_MAX_FINDINGS: Final = 20
# More rows than a page holds.
_NEAR: Final = 500
_HEADER: Final = b"SQLite format 3\x00"


@dataclass(frozen=True, slots=True)
class Defect:
    """One thing that was looked at: how it is, in words, and what to do where that is needed."""

    state: State
    words: str
    remedy: str | None = None


@dataclass(frozen=True, slots=True)
class CopiedTable:
    """How many rows of a table were read, of how many that it should have (None: not known)."""

    table: str
    read: int
    known: int | None


def examine(path: Path) -> list[Defect]:
    """What the file is like; it is only read. Raises `SelonError` where there is none."""
    if not path.is_file():
        raise SelonError(_("There is no library {path}.").format(path=path))
    found = list(_outside(path))
    if any(f.state == "damaged" for f in found):
        return found
    try:
        with closing(open_to_read(path)) as connection:
            found += _inside(connection)
    except UnicodeError:
        # What SQLite says of it holds the damaged bytes.
        words = _("its list of tables is damaged: what it holds cannot be found")
        found.append(Defect("damaged", words, _("restore a backup")))
    except sqlite3.Error as error:
        found.append(
            Defect("damaged", _("the file cannot be read ({error})").format(error=error), _save())
        )
    return found


def _outside(path: Path) -> Iterator[Defect]:
    size = path.stat().st_size
    with path.open("rb") as file:
        head = file.read(100)
    if not head.startswith(_HEADER):
        yield Defect("damaged", _("its first page is not a library's"), _save())
        return
    page = int.from_bytes(head[16:18], "big") or 1
    page = 65536 if page == 1 else page
    pages = int.from_bytes(head[28:32], "big")
    beside = [end for end in ("-wal", "-journal") if os.path.exists(f"{path}{end}")]
    if size < page * pages and not beside:
        yield Defect(
            "warning",
            _("the file is truncated ({size} of {whole} bytes)").format(
                size=size, whole=page * pages
            ),
            _save(),
        )
    for who in db_errors.holders(path):
        yield Defect("warning", _("{who} has it open now").format(who=who))
    free = os.statvfs(path.absolute().parent) if hasattr(os, "statvfs") else None
    if free and free.f_bavail * free.f_frsize < 2 * size:
        yield Defect(
            "warning",
            _("little space is left on its disk ({n} MB)").format(
                n=free.f_bavail * free.f_frsize // 1_000_000
            ),
            _("free some disk space: the library grows, and a backup needs as much again"),
        )


def _inside(connection: sqlite3.Connection) -> Iterator[Defect]:
    if connection.execute("pragma application_id").fetchone()[0] != APPLICATION:
        yield Defect("warning", _("it is not marked as a Selon library"))
    schema = connection.execute("pragma user_version").fetchone()[0]
    if schema < len(MIGRATIONS):
        yield Defect(
            "warning",
            _("its schema is from an older Selon ({n}; now {last})").format(
                n=schema, last=len(MIGRATIONS)
            ),
            _("it is upgraded the next time something is added; make a backup first: selon backup"),
        )
    faults_ = [
        str(row[0])
        for row in connection.execute(f"pragma integrity_check({_MAX_FINDINGS})")
        if row[0] != "ok"
    ]
    if faults_:
        yield Defect(
            "damaged",
            _("damaged pages: {what}").format(what="; ".join(faults_)[:500]),
            _save(),
        )
    else:
        yield Defect("sound", _("no damaged page"))
    loose = connection.execute("pragma foreign_key_check").fetchmany(_MAX_FINDINGS)
    if loose:
        yield Defect(
            "warning",
            _("rows refer to missing rows, in: {tables}").format(
                tables=", ".join(sorted({str(row[0]) for row in loose}))
            ),
            _save(),
        )
    counts = [
        connection.execute(f"select count(*) from {table}").fetchone()[0]
        for table in ("article", "reading", "statement", "judgement")
    ]
    words = _("articles: {0}, readings: {1}, statements: {2}, judgements: {3}")
    yield Defect("sound", words.format(*counts))


def _save() -> str:
    return _("save what can be read: selon doctor --save NEW.db; or restore a backup")


def save(path: Path, target: Path) -> list[CopiedTable]:
    """Copy every row that can be read into a new library; what each table gave."""
    if target.exists():
        raise SelonError(_("{path} already exists: give another name.").format(path=target))
    from selon.library.store import Library

    with Library(target, create=True) as fresh, to_salvage(path, target, fresh.connection) as old:
        connection = fresh.connection
        connection.execute("pragma foreign_keys = off")
        try:
            saved = [_copy_rows(old, connection, table) for table in TABLES]
            for table in _WEB_TABLES:
                if _made_alike(old, connection, table):
                    saved.append(_copy_rows(old, connection, table))
        except sqlite3.Error as error:
            raise db_errors.explain(error, target) or error from error
        with fresh.transaction():
            _dropped_loose(connection)
        connection.execute("pragma foreign_keys = on")
    if not any(part.read for part in saved):
        target.unlink(missing_ok=True)
        raise SelonError(
            _(
                "nothing of {path} could be read, so {target} was not written: restore a backup"
            ).format(path=path, target=target)
        )
    return saved


def _made_alike(old: sqlite3.Connection, new: sqlite3.Connection, table: str) -> bool:
    """Whether a table that only some libraries have was made as it was there."""
    try:
        found = old.execute("select sql from sqlite_master where name = ?", (table,)).fetchone()
        if found is not None:
            new.execute(str(found[0]))
        return found is not None
    except (sqlite3.Error, UnicodeError):
        return False


def _copy_rows(old: sqlite3.Connection, new: sqlite3.Connection, table: str) -> CopiedTable:
    known: int | None = None
    with suppress(sqlite3.Error, UnicodeError):
        known = old.execute(f"select count(*) from {table}").fetchone()[0]
    columns = [row[1] for row in new.execute(f"pragma table_info({table})")]
    with suppress(sqlite3.Error, UnicodeError):
        there = {row[1] for row in old.execute(f"pragma table_info({table})")}
        columns = [c for c in columns if c in there] or columns
    names, marks = ", ".join(columns), ", ".join("?" * len(columns))
    read = 0
    new.execute("begin immediate")
    for row in _rows(old, table, names):
        try:
            new.execute(f"insert or ignore into {table} ({names}) values ({marks})", tuple(row))
            read += 1
        except (sqlite3.Error, UnicodeError, OverflowError) as error:
            if isinstance(error, sqlite3.Error) and _of_target(error):
                raise
            # A value that the schema, or a trigger, cannot take is a damaged one.
            continue
    new.execute("commit")
    return CopiedTable(table, read, known)


def _of_target(error: sqlite3.Error) -> bool:
    code = int(getattr(error, "sqlite_errorcode", 0) or 0) & 0xFF
    return code in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY)


def _rows(old: sqlite3.Connection, table: str, names: str) -> Iterator[tuple[object, ...]]:
    """The rows one after the other; behind a damaged page, from the next number that answers."""
    try:
        keyed = "integer primary key" in str(
            old.execute("select sql from sqlite_master where name = ?", (table,)).fetchone()[0]
        )
    except (sqlite3.Error, TypeError, UnicodeError):
        return
    if not keyed:
        with suppress(sqlite3.Error, UnicodeError, OverflowError):
            yield from map(tuple, old.execute(f"select {names} from {table}"))
        return
    at, last, tries, step = 0, 0, 0, 1
    while True:
        try:
            for row in old.execute(
                f"select rowid, {names} from {table} where rowid > ? order by rowid", (at,)
            ):
                at, tries, step = int(row[0]), 0, 1
                yield tuple(row)[1:]
            return
        except (sqlite3.Error, OverflowError, UnicodeError):
            if not last:
                last = _last(old, table)
            # Over the damaged page row by row; where nothing answers for long, further each time.
            at += step
            tries += 1
            step = step * 2 if tries > _NEAR else 1
            if at > last:
                return


def _last(old: sqlite3.Connection, table: str) -> int:
    try:
        return int(old.execute(f"select max(rowid) from {table}").fetchone()[0] or 0)
    except (sqlite3.Error, UnicodeError):
        # The end itself is damaged: as far as any table of ours goes.
        return 1 << 40


def _dropped_loose(connection: sqlite3.Connection) -> None:
    """Drop rows whose parents were lost, and let each article have a version and a reading that are there."""
    for _turn in range(len(TABLES)):
        loose = connection.execute("pragma foreign_key_check").fetchall()
        if not loose:
            break
        for table, row, parent, key in {tuple(r) for r in loose}:
            if row is None:
                # A table without numbers of rows: all that lead to nothing, at once.
                _drop_leading_nowhere(connection, table, key)
            elif table == "article" and parent == "article":
                connection.execute("update article set copy_of = null where id = ?", (row,))
            else:
                connection.execute(f"delete from {table} where rowid = ?", (row,))
    connection.execute(
        "update article set version_id = (select max(v.id) from version v where v.article_id = article.id)"
        " where version_id not in (select id from version)"
    )
    connection.execute("insert into words (words) values ('rebuild')")
    connection.execute("insert into names (names) values ('rebuild')")


def _drop_leading_nowhere(connection: sqlite3.Connection, table: str, key: int) -> None:
    for reference in connection.execute(f"pragma foreign_key_list({table})").fetchall():
        number, _place, parent, column, target = tuple(reference)[:5]
        if number == key:
            connection.execute(
                f"delete from {table} where {column} is not null"
                f" and {column} not in (select {target or 'id'} from {parent})"
            )


def backup_place(path: Path, target: Path) -> Path:
    """Where the copy of a library goes: the file that is named, or one named after the time in a folder."""
    if not target.is_dir():
        return target
    from selon.library.store import now

    return target / f"{path.stem}-{now()[:19].replace(':', '')}{path.suffix or '.db'}"


def backup(path: Path, target: Path) -> int:
    """Copy a library to another file while others read and write it; the copy's bytes.

    By SQLite's online backup. The copy is examined before it gets its name; nothing is overwritten.
    """
    if not path.is_file():
        raise SelonError(_("There is no library {path}.").format(path=path))
    target = backup_place(path, target)
    if target.exists():
        raise SelonError(_("{path} already exists: give another name.").format(path=target))
    half = target.with_name(f".{target.name}.part")
    try:
        with closing(open_to_read(path)) as old, closing(sqlite3.connect(half)) as new:
            old.backup(new, pages=4096)
            new.execute("pragma journal_mode = delete")
            if new.execute("pragma quick_check(1)").fetchone()[0] != "ok":
                raise db_errors.damaged_file(path, "quick_check")
        os.link(half, target)
    except sqlite3.Error as error:
        raise (
            db_errors.explain(error, path)
            or db_errors.explain(error, target)
            or SelonError(str(error))
        ) from error
    except FileExistsError:
        raise SelonError(
            _("{path} already exists: give another name.").format(path=target)
        ) from None
    except OSError as error:
        said = db_errors.explain(error, target)
        raise said or SelonError(f"{target}: {error.strerror or error}") from error
    finally:
        half.unlink(missing_ok=True)
    return target.stat().st_size
