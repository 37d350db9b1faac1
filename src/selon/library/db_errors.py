"""What went wrong with a library's file, in plain words: a full disk, damaged pages, another's lock."""

from __future__ import annotations

import errno
import json
import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Final

from selon.errors import SelonError
from selon.i18n import _

# Less room than this, and an error of writing is the disk's.
_LITTLE: Final = 1_000_000
_FULL: Final = (errno.ENOSPC, errno.EDQUOT)


def explain(error: BaseException, path: Path | str) -> SelonError | None:
    """The error with its cause and remedy; None where it is the program's own fault."""
    path = Path(path)
    if isinstance(error, OSError):
        return _full(path) if error.errno in _FULL else None
    if not isinstance(error, sqlite3.Error):
        # A flipped byte may be met as a value that makes no sense, long before SQLite minds it.
        lost = isinstance(error, json.JSONDecodeError) and path.is_file()
        return damaged_file(path, error) if lost or has_damage(path) else None
    code = int(getattr(error, "sqlite_errorcode", 0) or 0) & 0xFF
    if code == sqlite3.SQLITE_FULL:
        return _full(path)
    if code in (sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN):
        return _full(path) if _free_space(path) < _LITTLE else _unusable(error, path)
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return _locked_file(path)
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH):
        return _read_only(path)
    corrupt = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT)
    said = str(error)
    if code in corrupt or "malformed" in said or "decode to UTF-8" in said or has_damage(path):
        return damaged_file(path, error)
    return None


def has_damage(path: Path) -> bool:
    """Whether SQLite finds a damaged page in a file; a second a gigabyte."""
    if not path.is_file():
        return False
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as found:
            return bool(found.execute("pragma quick_check(1)").fetchone()[0] != "ok")
    except sqlite3.DatabaseError as error:
        # Another's lock is no damage.
        code = int(getattr(error, "sqlite_errorcode", 0) or 0) & 0xFF
        return code not in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_CANTOPEN)
    except (UnicodeError, TypeError):
        # What SQLite says holds the damaged bytes.
        return True


def damaged_file(path: Path, error: object) -> SelonError:
    """What is said of a file with damaged pages."""
    if isinstance(error, UnicodeDecodeError | json.JSONDecodeError):
        error = _("a value cannot be read")
    return SelonError(
        _(
            "{path} has damaged pages ({error}). See what is whole: selon doctor --library {path};"
            " it also saves what can be read."
        ).format(path=path, error=error)
    )


def holders(path: Path) -> list[str]:
    """The programs that hold a lock on a library, as `name (number)`; known on Linux only."""
    try:
        inodes = {
            os.stat(f"{path}{end}").st_ino
            for end in ("", "-wal", "-shm", "-journal")
            if os.path.exists(f"{path}{end}")
        }
        lines = Path("/proc/locks").read_text("ascii", "replace").splitlines()
    except OSError:
        return []
    found: dict[int, None] = {}
    for line in lines:
        words = line.split()
        # « 1: POSIX ADVISORY WRITE 4242 08:01:1234 0 EOF »; one that waits has an arrow.
        if len(words) < 6 or "->" in words:
            continue
        inode = words[5].rpartition(":")[2]
        if inode.isdecimal() and int(inode) in inodes and words[4].isdecimal():
            found[int(words[4])] = None
    return [f"{_name(number)} ({number})" for number in found if number != os.getpid()]


def _name(number: int) -> str:
    try:
        words = Path(f"/proc/{number}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return "?"
    names = [Path(w.decode("utf-8", "replace")).name for w in words[:4] if w]
    return " ".join(n for n in names if n)[:60] or "?"


def _full(path: Path) -> SelonError:
    return SelonError(
        _(
            "The disk of {path} is full ({room} MB free). What was written before is kept:"
            " make room and run again."
        ).format(path=path, room=_free_space(path) // 1_000_000)
    )


def _unusable(error: object, path: Path) -> SelonError:
    return SelonError(
        _("{path} cannot be read or written ({error}): check the disk it is on.").format(
            path=path, error=error
        )
    )


def _locked_file(path: Path) -> SelonError:
    who = holders(path)
    if who:
        return SelonError(
            _(
                "{path} is being written by {who}: wait until it is done, or stop it, then try again."
            ).format(path=path, who=", ".join(who))
        )
    return SelonError(
        _("{path} is being written by another program: try again in a moment.").format(path=path)
    )


def _read_only(path: Path) -> SelonError:
    return SelonError(
        _("{path} is write-protected: check the permissions of the file and its folder.").format(
            path=path
        )
    )


def _free_space(path: Path) -> int:
    folder = path.absolute().parent
    try:
        return shutil.disk_usage(folder if folder.is_dir() else Path.cwd()).free
    except OSError:
        return _LITTLE
