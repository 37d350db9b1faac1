"""Articles into the library: what it has is skipped, the rest is read and written in batches.

Each batch is one transaction, so that a run killed at any point leaves whole articles only, and
the next run goes on where it stopped.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, fields, replace
from typing import Final

from selon.i18n import _
from selon.library import (
    db_errors,
    fetch,
    identity,
    near_duplicates,
    reattach,
    runs,
    serialization,
    write,
)
from selon.library.store import Library, now
from selon.records import Article, Failure, Reading

Reader = Callable[[Iterable[Article]], Iterable[Reading | Failure]]

_BATCH: Final = 64
# More articles than any number of processes reads at a time, with a batch that is not written.
_UNDER_WAY: Final = 16384
# A slow reader should not lose more than this when it is killed.
_BATCH_SECONDS: Final = 2.0


@dataclass
class ImportTally:
    """What a run of `add` did, in articles; `statements` in statements."""

    added: int = 0
    versions: int = 0
    known: int = 0
    failed: int = 0
    copies: int = 0
    statements: int = 0

    def set_to(self, other: ImportTally) -> None:
        """Take the counts of another tally."""
        for one in fields(self):
            setattr(self, one.name, getattr(other, one.name))


@dataclass
class _WriteBatch:
    readings: list[Reading] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    since: float = field(default_factory=time.monotonic)

    def due(self) -> bool:
        count = len(self.readings) + len(self.failures)
        return count >= _BATCH or (count > 0 and time.monotonic() - self.since > _BATCH_SECONDS)


def reading_program(articles: Iterable[Article]) -> Iterable[Reading | Failure]:
    """The program's own reading, imported when it is wanted: the parser takes a second."""
    from selon.api import read_many

    return read_many(articles)


def add(
    library: Library,
    items: Iterable[Article | Failure],
    reader: Reader | None = None,
    made: runs.Maker | None = None,
    progress: Callable[[ImportTally], None] | None = None,
) -> ImportTally:
    """Read the articles that the library has not, and keep them; failures become rows.

    An article that any run has read is known, whatever the program's version: `reread` reads it
    again. Raises `SelonError` where the disk is full, with all former batches kept.
    """
    tally = ImportTally()
    lost: list[Failure] = []
    fresh = _new_articles(library, items, tally, lost)
    results = (reader or reading_program)(fresh)
    return _store(library, results, made or runs.maker(), tally=tally, lost=lost, progress=progress)


def load(
    library: Library,
    items: Iterable[Reading | Failure],
    made: runs.Maker,
    progress: Callable[[ImportTally], None] | None = None,
) -> ImportTally:
    """Keep readings that were made elsewhere (shards of a batch); what is there is skipped."""
    return _store(library, items, made, progress=progress)


def reread(
    library: Library,
    reader: Reader | None = None,
    made: runs.Maker | None = None,
    progress: Callable[[ImportTally], None] | None = None,
) -> ImportTally:
    """Read the newest version of every article again, beside the old reading, never over it.

    Nothing is done where this program, pack and options have read it already.
    """
    made = made or runs.maker()
    connection = library.connection
    rows = [
        r[0]
        for r in connection.execute(
            "select version_id from article where removed is null and version_id not in (select"
            " r.version_id from reading r join run u on u.id = r.run_id where u.signature = ?)"
            " order by id",
            (made.signature,),
        )
    ]
    side = _side_connection(library)

    def articles() -> Iterator[Article]:
        for row in rows:
            found = side.execute("select * from version where id = ?", (row,)).fetchone()
            yield fetch.article_of(found)

    try:
        return _store(library, (reader or reading_program)(articles()), made, progress=progress)
    finally:
        side.close()


def _side_connection(library: Library) -> sqlite3.Connection:
    # A reader with workers may draw articles from another thread, in the midst of our writing.
    side = sqlite3.connect(library.path, check_same_thread=False, isolation_level=None)
    side.row_factory = sqlite3.Row
    return side


def _new_articles(
    library: Library, items: Iterable[Article | Failure], tally: ImportTally, lost: list[Failure]
) -> Iterator[Article]:
    """The articles that the library has not; one text of one article goes through once."""
    side = _side_connection(library)
    # Those on their way, which the library cannot know yet; the oldest of many are written long since.
    seen: dict[tuple[str, str], None] = {}
    try:
        for item in items:
            if isinstance(item, Failure):
                lost.append(item)
                continue
            try:
                same = (serialization.article_key(item), serialization.digest(item))
            except (UnicodeEncodeError, TypeError) as error:
                lost.append(_unwritable(item.id, error))
                continue
            here = None if same in seen else _version_here(side, same)
            if same in seen or here:
                # No version differs by its page alone.
                if here and item.page and here["page"] is None:
                    _fill_page(side, here["id"], item.page)
                tally.known += 1
                continue
            seen[same] = None
            if len(seen) > _UNDER_WAY:
                del seen[next(iter(seen))]
            yield item
    finally:
        side.close()


def _version_here(side: sqlite3.Connection, same: tuple[str, str]) -> sqlite3.Row | None:
    """The version of this key and digest that has been read."""
    found: sqlite3.Row | None = side.execute(
        "select v.id, v.page from article a join version v on v.article_id = a.id"
        " join reading r on r.version_id = v.id where a.key = ? and v.digest = ? limit 1",
        same,
    ).fetchone()
    return found


def _fill_page(connection: sqlite3.Connection, version: int, page: str) -> None:
    """Give a version, and its article, the page that a former program left out."""
    connection.execute("update version set page = ? where id = ? and page is null", (page, version))
    connection.execute(
        "update article set page = ? where version_id = ? and page is null", (page, version)
    )


def _store(
    library: Library,
    results: Iterable[Reading | Failure],
    made: runs.Maker,
    *,
    tally: ImportTally | None = None,
    lost: list[Failure] | None = None,
    progress: Callable[[ImportTally], None] | None = None,
) -> ImportTally:
    """Write results in batches, and `lost`, which grows meanwhile: what failed before it was read."""
    tally = ImportTally() if tally is None else tally
    lost = [] if lost is None else lost
    batch = _WriteBatch()
    before = identity.last(library.connection)
    try:
        for result in results:
            (batch.failures if isinstance(result, Failure) else batch.readings).append(
                result  # type: ignore[arg-type]
            )
            if batch.due() or len(lost) >= _BATCH:
                batch.failures += _take_all(lost)
                _write(library, batch, made, tally)
                batch = _WriteBatch()
                if progress:
                    progress(tally)
        batch.failures += _take_all(lost)
        _write(library, batch, made, tally)
        identity.link(library, before)
    except (sqlite3.DatabaseError, OSError) as error:
        said = db_errors.explain(error, library.path)
        if said is None:
            raise
        raise said from error
    if progress:
        progress(tally)
    return tally


def _take_all(lost: list[Failure]) -> list[Failure]:
    taken = lost[:]
    del lost[: len(taken)]
    return taken


def _write(library: Library, batch: _WriteBatch, made: runs.Maker, tally: ImportTally) -> None:
    if not (batch.readings or batch.failures):
        return
    counted = replace(tally)
    at = now()
    with library.transaction() as connection:
        run = runs.run_row(connection, made, at) if batch.readings else 0
        for reading in batch.readings:
            connection.execute("savepoint one")
            try:
                _keep(connection, reading, run, at, counted)
            except (UnicodeEncodeError, sqlite3.DataError, TypeError, OverflowError) as error:
                connection.execute("rollback to one")
                batch.failures.append(_unwritable(reading.article.id, error))
            connection.execute("release one")
        for failure in batch.failures:
            fail(connection, failure, at)
            counted.failed += 1
    # Not before: what a batch that was rolled back did is not counted.
    tally.set_to(counted)


def _keep(
    connection: sqlite3.Connection, reading: Reading, run: int, at: str, tally: ImportTally
) -> None:
    article = reading.article
    before = connection.execute(
        "select id from article where key = ?", (serialization.article_key(article),)
    ).fetchone()
    row, version = write.put_version(connection, article, at)
    read = connection.execute(
        "select 1 from reading where version_id = ? limit 1", (version,)
    ).fetchone()
    kept = write.put_reading(connection, write.ReadingPlace(row, version, run, at), reading)
    if kept is None:
        tally.known += 1
        return
    if not read and near_duplicates.link_copies(connection, row, version, article.text) not in (
        None,
        row,
    ):
        tally.copies += 1
    reattach.carry(connection, row, kept)
    # What failed before and is read now is no failure any more.
    connection.execute("delete from failure where source = ?", (article.id,))
    tally.added += 1
    tally.versions += int(before is not None and not read)
    tally.statements += len(reading.statements)


def fail(connection: sqlite3.Connection, failure: Failure, at: str) -> None:
    """Keep a failure as a row; the same one again changes nothing."""
    clean = [
        part.encode("utf-8", "replace").decode()
        for part in (failure.source, failure.stage, failure.error, failure.remedy)
    ]
    connection.execute(
        "insert into failure (source, stage, error, remedy, at) values (?,?,?,?,?)"
        " on conflict (source, stage) do update set error = excluded.error,"
        " remedy = excluded.remedy, at = excluded.at"
        " where error <> excluded.error or remedy <> excluded.remedy",
        (*clean, at),
    )


def failures(connection: sqlite3.Connection) -> list[Failure]:
    """All articles and files that could not be read, oldest first."""
    return [
        Failure(*row)
        for row in connection.execute(
            "select source, stage, error, remedy from failure order by id"
        )
    ]


def clear_resolved(library: Library, sources: Iterable[str], still: set[str]) -> None:
    """Drop the failures of these files, what is in them, and folders that did not fail again."""
    tried = {source.rstrip("/") for source in sources} | set(sources)
    with library.transaction() as connection:
        rows = connection.execute("select id, source from failure").fetchall()
        connection.executemany(
            "delete from failure where id = ?",
            [(row,) for row, source in rows if source not in still and _of(source, tried)],
        )


def _of(source: str, tried: set[str]) -> bool:
    # `folder/file`, `file:line`, `file#record`, `file!member`, `file address`.
    ends = (at for at, sign in enumerate(source) if sign in "/:#! ")
    return source in tried or any(source[:at] in tried for at in ends)


def _unwritable(source: str, error: Exception) -> Failure:
    return Failure(
        source,
        "library",
        f"{type(error).__name__}: {error}",
        _("the text has characters that no file can hold: repair its encoding, then add it again"),
    )
