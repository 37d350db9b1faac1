"""Runs: which program, pack and options made a reading; one row for each combination."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from importlib.resources.abc import Traversable

from selon import __version__
from selon.errors import SelonError
from selon.i18n import _
from selon.library import fetch, serialization
from selon.records import Reading


@dataclass(frozen=True, slots=True)
class Maker:
    """What makes a reading: the program's version, the pack's digest and the options."""

    program: str
    pack: str
    options: str = "{}"

    @property
    def signature(self) -> str:
        """A hash of the three: two runs with one signature are one run."""
        return hashlib.sha256(
            "\0".join((self.program, self.pack, self.options)).encode()
        ).hexdigest()[:16]


def maker(options: Mapping[str, object] | None = None) -> Maker:
    """This program, as it would make a reading now."""
    return Maker(
        __version__, pack_digest(), serialization.pack(dict(sorted((options or {}).items())))
    )


@lru_cache(maxsize=1)
def pack_digest() -> str:
    """A hash of everything in the language packs and data: words, weights and rules."""
    total = hashlib.sha256()
    for folder in ("lang", "data"):
        for name, content in sorted(_files(resources.files("selon") / folder, folder)):
            total.update(name.encode() + b"\0" + content + b"\0")
    return total.hexdigest()[:16]


def _files(folder: Traversable, path: str) -> Iterator[tuple[str, bytes]]:
    for entry in folder.iterdir():
        if entry.is_dir():
            if entry.name != "__pycache__":
                yield from _files(entry, f"{path}/{entry.name}")
        elif not entry.name.endswith(".pyc"):
            yield f"{path}/{entry.name}", entry.read_bytes()


def run_row(connection: sqlite3.Connection, made: Maker, at: str) -> int:
    """The row of the run with this signature, made where it is missing."""
    connection.execute(
        "insert into run (signature, program, pack, options, started) values (?,?,?,?,?)"
        " on conflict (signature) do nothing",
        (made.signature, made.program, made.pack, made.options, at),
    )
    row = connection.execute("select id from run where signature = ?", (made.signature,))
    return int(row.fetchone()[0])


def runs(connection: sqlite3.Connection) -> list[dict[str, object]]:
    """All runs with how many readings and statements each made."""
    return [
        dict(row)
        for row in connection.execute(
            "select u.*, (select count(*) from reading r where r.run_id = u.id) as readings,"
            " (select count(*) from statement s join reading r on r.id = s.reading_id"
            " where r.run_id = u.id) as statements from run u order by u.id"
        )
    ]


def pairs(connection: sqlite3.Connection, old: int, new: int) -> Iterator[tuple[Reading, Reading]]:
    """The readings by two runs of each version that both have read, in the order of adding.

    With people's judgements laid over both, so that a correction is no difference. Raises
    `SelonError` where there is no such run.
    """
    for run in (old, new):
        if not connection.execute("select 1 from run where id = ?", (run,)).fetchone():
            raise SelonError(_("There is no run {run} in this library.").format(run=run))
    both = connection.execute(
        "select a.id, b.id from reading a join reading b on a.version_id = b.version_id"
        " where a.run_id = ? and b.run_id = ? order by a.version_id",
        (old, new),
    ).fetchall()
    for before, after in both:
        yield fetch.one(connection, before), fetch.one(connection, after)
