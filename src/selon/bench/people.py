"""How fast persons are tied across a library, and in how much memory: made-up names by a fixed seed.

Run: `python -m selon.bench.people FILE.db --people 1000000`.

Rows of persons are written without articles' texts (an appearance each, a thousand a reading), one
in ten under a second spelling; then all are tied again, as `selon link` does, and articles of ten
persons are added one by one. Times are of the processor; memory is the process's peak.
"""

from __future__ import annotations

import argparse
import random
import resource
import sqlite3
import statistics
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from selon.bench.library import word
from selon.library import add, identity, runs
from selon.library.store import Library
from selon.names import fold
from selon.records import Article, Entity, Mention, Reading, Span

_PER_READING: Final = 1000
_PER_ARTICLE: Final = 10
_SURNAMES: Final = 200_000
_GIVEN: Final = 5_000
# One in so many bears a name that sounds like the one before it.
_TWO_SPELLINGS: Final = 10
_ROW: Final = "insert into entity (id, key, type, name, folded, kind) values (?,?,?,?,?,?)"
_APPEARS: Final = (
    "insert into appearance (reading_id, local, entity_id, type, name, roles, mentions, kind)"
    " values (?,?,?,'person',?,'[]','[]','person')"
)


def names(count: int, seed: int = 5) -> Iterator[str]:
    """So many full names of different letters."""
    chance = random.Random(seed)
    seen: set[str] = set()
    last = ""
    while len(seen) < count:
        if last and len(seen) % _TWO_SPELLINGS == 0:
            name = f"{last}h"
        else:
            name = f"{word(chance.randrange(_GIVEN))} {word(chance.randrange(_SURNAMES))}".title()
        last = name
        if name not in seen:
            seen.add(name)
            yield name


def fill(library: Library, people: int) -> None:
    """Write the rows of so many persons."""
    add.load(library, _readings(-(-people // _PER_READING)), runs.maker())
    with library.transaction() as connection:
        readings = [row[0] for row in connection.execute("select id from reading order by id")]
        chunk: list[tuple[int, str]] = []
        for n, name in enumerate(names(people), 1):
            chunk.append((n, name))
            if len(chunk) == _PER_READING:
                _write(connection, chunk, readings.pop())
                chunk = []
        if chunk:
            _write(connection, chunk, readings.pop())


def _readings(count: int) -> Iterator[Reading]:
    for n in range(count):
        yield Reading(Article(f"p{n}", f"Numéro {n}.", "fr"))


def _write(connection: sqlite3.Connection, rows: list[tuple[int, str]], reading: int) -> None:
    folded = [(n, name, fold(name)) for n, name in rows]
    connection.executemany(
        _ROW, [(n, f"person:{low}", "person", name, low, "person") for n, name, low in folded]
    )
    connection.executemany(
        "insert into variant (entity_id, folded, words) values (?,?,?)",
        [(n, low, name) for n, name, low in folded],
    )
    connection.executemany(_APPEARS, [(reading, f"e{n}", n, name) for n, name, _ in folded])


def article(n: int, people: list[str]) -> Reading:
    """An article that names these people."""
    text, entities = "", []
    for k, name in enumerate(people):
        span = Span(len(text), len(text) + len(name))
        entities.append(Entity(f"e{k}", "person", name, (Mention(span, "name"),), kind="person"))
        text += f"{name}. "
    return Reading(Article(f"a{n}", text, "fr", published="2026-03-01"), (), tuple(entities))


def main() -> int:
    """Fill a library, tie all, add articles; print the times and the memory."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("file", type=Path)
    parser.add_argument("--people", type=int, default=1_000_000)
    parser.add_argument("--articles", type=int, default=100)
    args = parser.parse_args()
    with Library(args.file, create=True) as library:
        began = time.process_time()
        fill(library, args.people)
        print(f"{args.people} persons written: {time.process_time() - began:.1f} s", flush=True)
        before = _peak()
        for name in ("tied", "tied again"):
            began = time.process_time()
            made = identity.link(library)
            took = time.process_time() - began
            print(f"{name}: {made} ties, {took:.1f} s; memory {_peak()} MB ({before})", flush=True)
        print(_added(library, args.people, args.articles))
    return 0


def _added(library: Library, people: int, articles: int) -> str:
    chance = random.Random(6)
    known = list(names(min(people, 10_000)))
    times = []
    for n in range(articles):
        of = [chance.choice(known) for _ in range(_PER_ARTICLE - 1)]
        since = identity.last(library.connection)
        add.load(library, [article(n, [*of, f"{word(n).title()} Nouveau"])], runs.maker())
        began = time.process_time()
        identity.link(library, since)
        times.append(1000 * (time.process_time() - began))
    return f"tying an article of {_PER_ARTICLE} persons: median {statistics.median(times):.1f} ms"


def _peak() -> int:
    """The most memory that the process has held, in MB."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak // (1024 if sys.platform != "darwin" else 1024 * 1024)


if __name__ == "__main__":
    sys.exit(main())
