"""How fast tables and the report are: a made-up library of a million statements, each table once.

Run: `python -m selon.bench.numbers FILE.db --statements 1000000`, or on a library that is there;
with `--report` the report is written beside it, in a process of its own.

The readings are those of `selon.bench.library`; forms, cues, voices, genders, relays and verdicts
are set by row number, and the whole is then copied by SQL: a fifth of the copied articles are wire
copy, a quarter of the speakers are new each time. What no table asks for is left out: the index of
words and most indexes of statements.
"""

from __future__ import annotations

import argparse
import resource
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

from selon.bench.library import readings
from selon.library import add, runs
from selon.library.store import Library
from selon.numbers.cross import Limits, cross
from selon.numbers.differences import differences

WANTED: Final = 3.0
WANTED_REPORT: Final = 60.0
WANTED_MEMORY: Final = 1024
_BASE: Final = 2_000
# What the command tells of each group unless it is asked for more.
_LIMIT: Final = 20
_PER_ARTICLE: Final = 8
# Rows of each copy begin so much further on.
_SHIFT: Final = 20_000
# They would be brought up to date for each copied row.
_TRIGGERS: Final = ("statement_added", "statement_changed", "statement_gone", "reading_added")
_INDEXES: Final = (
    *("statement_reading", "statement_article", "statement_published", "statement_outlet"),
    *("statement_speaker", "statement_facets", "statement_queue", "statement_doubtful"),
    *("party_entity", "entity_folded", "entity_sound"),
)
# Tables are counted from these; they are made again at the end.
_READ: Final = ("statement_facets", "statement_article")
# How the columns of a copied row are told; what is not here stays as it is. ? is the shift.
_TOLD: Final = {
    "article": {
        "id": "id + ?1",
        "key": "key || '#' || ?1",
        "version_id": "version_id + ?1",
        # The copied has no copies itself.
        "copy_of": "iif(id % 5 = 0, id, null)",
    },
    "version": {"id": "id + ?1", "article_id": "article_id + ?1"},
    "reading": {"id": "id + ?1", "version_id": "version_id + ?1"},
    "entity": {"id": "id + ?1", "key": "key || '#' || ?1", "name": "name || ' ' || ?1"},
    "appearance": {
        "id": "id + ?1",
        "reading_id": "reading_id + ?1",
        "entity_id": "iif(entity_id % 4 = 0, entity_id + ?1, entity_id)",
    },
    "statement": {
        "id": "id + ?1",
        "reading_id": "reading_id + ?1",
        "article_id": "article_id + ?1",
        "speaker_id": "iif(speaker_id % 4 = 0, speaker_id + ?1, speaker_id)",
    },
    "party": {
        "statement_id": "statement_id + ?1",
        "entity_id": "iif(entity_id % 4 = 0, entity_id + ?1, entity_id)",
    },
}
_VARIED: Final = """
update entity set kind = case id % 10 when 0 then 'organisation' when 1 then 'group'
    when 2 then 'someone' else 'person' end,
  type = case id % 10 when 0 then 'organisation' when 1 then 'group' else 'person' end;
update entity set gender = case id % 7 when 0 then null when 1 then 'female' when 2 then 'female'
    else 'male' end where kind in ('person', 'someone');
update appearance set roles = '["ministre"]' where entity_id % 9 = 3;
update appearance set mentions = replace(mentions, '"name"', '"nominal"') where entity_id % 10 = 2;
update statement set form = case id % 8 when 0 then 'mixed' when 1 then 'narrated'
    when 2 then 'indirect' when 3 then 'indirect' else 'direct' end,
  stance = case id % 25 when 0 then 'negated' when 1 then 'conditional' else 'asserted' end,
  voice = case id % 8 when 1 then 'reported' when 2 then 'reported' when 3 then 'hedged'
    else 'quoted' end,
  cue = case id % 11 when 0 then 'selon' when 1 then 'a déclaré' when 2 then 'a-t-il affirmé'
    when 3 then 'assure' when 4 then 'a fait savoir que' else 'a dit' end,
  speaker = iif(id % 30 = 0, null, speaker), speaker_id = iif(id % 30 = 0, null, speaker_id),
  verdict = iif(id % 200 = 0, 'accepted', null);
insert into party (statement_id, role, n, words, spans, entity_id)
  select s.id, 'via', 0, e.name, '[]', e.id from statement s join entity e on e.id = s.id % 300 + 1
  where s.id % 20 = 0;
"""


class Asked(NamedTuple):
    """A table that is asked for: of what, in which groups, what is counted, compared with what."""

    of: str
    by: str = ""
    measure: str = "statements"
    compare: str = ""
    # As the terminal shows it; a file may have all groups.
    groups: int | None = None


TABLES: Final = (
    *(Asked(name) for name in "outlet year month week day form stance voice reviewed".split()),
    *(Asked(name) for name in "verb speaker named kind gender role field relay addressee".split()),
    Asked("gender", "outlet month"),
    Asked("gender", "outlet month", "words"),
    Asked("gender", "outlet month", "articles"),
    Asked("gender", "outlet month", "persons"),
    Asked("gender form", "outlet"),
    Asked("speaker", "outlet"),
    Asked("speaker", "outlet", "persons"),
    Asked("verb", "speaker", groups=30),
    Asked("speaker", "outlet year", groups=200),
    Asked("field", "outlet"),
    Asked("form", "outlet"),
    Asked("relay", "outlet"),
    Asked("outlet", "year relay"),
    Asked("gender", "outlet", compare="others"),
    Asked("gender", "year", compare="previous"),
)


def main() -> int:
    """Make the library where it is not there, ask, print; 1 where something takes too long."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--statements", type=int, default=1_000_000)
    parser.add_argument("--report", action="store_true", help="the report only")
    args = parser.parse_args()
    if not args.file.exists():
        make_library(args.file, args.statements)
    if args.report:
        return _report(args.file)
    with Library(args.file, read_only=True) as library:
        return _tables(library.connection)


def make_library(path: Path, statements: int) -> None:
    """A made-up library of so many statements, sixteen thousand or more."""
    with Library(path, create=True) as library:
        base = min(_BASE, statements // _PER_ARTICLE)
        add.load(library, readings(base), runs.Maker("bench", ""))
        connection = library.connection
        for name in _TRIGGERS:
            connection.execute(f"drop trigger {name}")
        dropped = {name: _definition(connection, name) for name in _INDEXES}
        for name in _INDEXES:
            connection.execute(f"drop index {name}")
        connection.executescript(_VARIED)
        for copy in range(1, -(-statements // (base * _PER_ARTICLE))):
            with library.transaction():
                for table in _TOLD:
                    _copied(connection, table, copy * _SHIFT)
        for name in _READ:
            connection.execute(dropped[name])


def _definition(connection: sqlite3.Connection, index: str) -> str:
    found = connection.execute("select sql from sqlite_master where name = ?", (index,)).fetchone()
    return str(found[0])


def _copied(connection: sqlite3.Connection, table: str, shift: int) -> None:
    names = [row[1] for row in connection.execute(f"pragma table_info({table})")]
    told = [_TOLD[table].get(name, name) for name in names]
    key = "statement_id" if table == "party" else "id"
    new = " and id % 4 = 0" if table == "entity" else ""
    connection.execute(
        f"insert into {table} ({', '.join(names)}) select {', '.join(told)} from {table}"
        f" where {key} < {_SHIFT}{new} order by {key}",
        (shift,),
    )


def _tables(connection: sqlite3.Connection) -> int:
    slow = 0
    for asked, wall, busy in _timed(connection):
        words = f"{asked.of} by {asked.by}" if asked.by else asked.of
        words += f", {asked.measure}" + (f", against {asked.compare}" * bool(asked.compare))
        # Of a machine that others use, the processor time tells.
        slow += min(wall, busy) > WANTED
        print(f"{words:<48} {wall:6.2f} s  {busy:6.2f} s busy{'  SLOW' * (busy > WANTED)}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{len(TABLES)} tables, {slow} slower than {WANTED:.0f} s; {peak} MiB at the height")
    return int(slow > 0)


def _timed(connection: sqlite3.Connection) -> Iterator[tuple[Asked, float, float]]:
    for asked in TABLES:
        started, busy = time.perf_counter(), time.process_time()
        of, by = tuple(asked.of.split()), tuple(asked.by.split())
        if asked.compare:
            differences(connection, of, by, against=asked.compare, value=("female",))
        else:
            cross(connection, of, by, measure=asked.measure, limits=Limits(_LIMIT, asked.groups))
        yield asked, time.perf_counter() - started, time.process_time() - busy


def _report(path: Path) -> int:
    started = time.perf_counter()
    target = path.with_suffix(".html")
    target.unlink(missing_ok=True)
    command = [sys.executable, "-m", "selon", "report", "--library", str(path), "-o", str(target)]
    subprocess.run(command, check=True)
    wall = time.perf_counter() - started
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    peak, busy = used.ru_maxrss // 1024, used.ru_utime + used.ru_stime
    size = target.stat().st_size // 1024
    print(f"report: {wall:.1f} s, {busy:.1f} s busy, {peak} MiB at the height, {size} KiB")
    return int(min(wall, busy) > WANTED_REPORT or peak > WANTED_MEMORY)


if __name__ == "__main__":
    sys.exit(main())
