"""Another library taken in: its articles as they were read, then its people's judgements."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import astuple, dataclass
from pathlib import Path

from selon.library import add, codec, faults, fetch, judge
from selon.library.add import Tally
from selon.library.runs import Maker
from selon.library.store import Library
from selon.records import Reading


@dataclass(frozen=True, slots=True)
class Merged:
    """What was taken in: articles as `add` counts them, judgements, and those of articles not here."""

    tally: Tally
    judgements: int
    away: int


def merge(library: Library, other: Path, progress: Callable[[Tally], None] | None = None) -> Merged:
    """Take in the articles that are not here with the readings that they have there, and the log.

    The other file is only read. What people judged there is laid over anew, so that it may be undone
    here; an article taken out there does not come, one that is here stays as it is.
    """
    with Library(other, read_only=True) as source:
        log = judge.judgements(source.connection)
        with (
            tempfile.TemporaryDirectory(prefix=".selon-", dir=_beside(library)) as folder,
            _as_read(source, Path(folder) / "read.db") as raw,
        ):
            tally = _taken(library, raw, progress)
    new, away = judge.merge_log(library, log)
    return Merged(tally, new, away)


def _beside(library: Library) -> Path:
    return library.path.absolute().parent


def _as_read(source: Library, path: Path) -> Library:
    """A copy of a library from which every judgement is taken back."""
    try:
        with closing(sqlite3.connect(path)) as copy:
            source.connection.backup(copy)
    except (sqlite3.Error, OSError) as error:
        raise faults.told(error, path) or error from error
    raw = Library(path)
    for row in raw.connection.execute(
        "select uid from judgement where undone_at is null order by id desc"
    ).fetchall():
        judge.undo(raw, row[0], "selon:merge")
    return raw


def _taken(library: Library, raw: Library, progress: Callable[[Tally], None] | None) -> Tally:
    """Each run's readings under the name of what made them there."""
    total = Tally()
    for run in raw.connection.execute("select * from run order by id").fetchall():
        made = Maker(run["program"], run["pack"], run["options"])
        found = _readings(library, raw, run["id"], total)
        tally = add.load(library, found, made, progress)
        total = Tally(*(a + b for a, b in zip(astuple(total), astuple(tally), strict=True)))
    return total


def _readings(library: Library, raw: Library, run: int, total: Tally) -> Iterator[Reading]:
    rows = raw.connection.execute(
        "select id from reading where run_id = ? and current = 1 order by id", (run,)
    ).fetchall()
    for (row,) in rows:
        reading = fetch.one(raw.connection, row)
        if _is_here(library, reading):
            total.known += 1
        else:
            yield reading


def _is_here(library: Library, reading: Reading) -> bool:
    """Whether an article of this address is here, in any version."""
    return bool(
        library.connection.execute(
            "select 1 from article where key = ?", (codec.article_key(reading.article),)
        ).fetchone()
    )
