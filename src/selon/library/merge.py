"""Another library taken in: its articles as they were read, then its people's judgements."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import astuple, dataclass
from pathlib import Path

from selon.library import add, db_errors, fetch, judge, serialization
from selon.library.add import ImportTally
from selon.library.runs import Maker
from selon.library.store import Library
from selon.records import Reading


@dataclass(frozen=True, slots=True)
class MergeResult:
    """What was taken in: articles as `add` counts them, judgements, and those of articles not here."""

    tally: ImportTally
    judgements: int
    away: int


def merge(
    library: Library, other: Path, progress: Callable[[ImportTally], None] | None = None
) -> MergeResult:
    """Take in the articles that are not here with the readings that they have there, and the log.

    The other file is only read. What people judged there is laid over again, so that it may be undone
    here; an article taken out there does not come, one that is here stays as it is.
    """
    with Library(other, read_only=True) as source:
        log = judge.judgements(source.connection)
        with (
            tempfile.TemporaryDirectory(prefix=".selon-", dir=_temporary_path(library)) as folder,
            _as_read(source, Path(folder) / "read.db") as raw,
        ):
            tally = _take_runs(library, raw, progress)
    new, away = judge.merge_log(library, log)
    return MergeResult(tally, new, away)


def _temporary_path(library: Library) -> Path:
    return library.path.absolute().parent


def _as_read(source: Library, path: Path) -> Library:
    """A copy of a library from which every judgement is taken back."""
    try:
        with closing(sqlite3.connect(path)) as copy:
            source.connection.backup(copy)
    except (sqlite3.Error, OSError) as error:
        raise db_errors.explain(error, path) or error from error
    raw = Library(path)
    for row in raw.connection.execute(
        "select uid from judgement where undone_at is null order by id desc"
    ).fetchall():
        judge.undo(raw, row[0], "selon:merge")
    return raw


def _take_runs(
    library: Library, raw: Library, progress: Callable[[ImportTally], None] | None
) -> ImportTally:
    """Each run's readings under the name of what made them there."""
    total = ImportTally()
    for run in raw.connection.execute("select * from run order by id").fetchall():
        made = Maker(run["program"], run["pack"], run["options"])
        found = _readings(library, raw, run["id"], total)
        tally = add.load(library, found, made, progress)
        total = ImportTally(*(a + b for a, b in zip(astuple(total), astuple(tally), strict=True)))
    return total


def _readings(library: Library, raw: Library, run: int, total: ImportTally) -> Iterator[Reading]:
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
            "select 1 from article where key = ?", (serialization.article_key(reading.article),)
        ).fetchone()
    )
