"""How fast a library's ledger is: what it compares for an article, as the library grows.

Run: `python -m selon.bench.reuse COPY.db`, or with `--statements 1000000` to let the library grow
by articles made of its own, their statements reworded, cut and crossed by chance (a fixed seed).
`--fill 1000000` makes a library of some thousand real statements as large in a minute or two: the
made ones are put into the index without comparing them (`reuse_fill`), then 300 articles are matched.

The file given is written to: give a copy. Articles go in one by one, each in its transaction;
times are of matching one article's statements, its commit included, and apart from them of the
index taking up what was added last (`selon.reuse.delta_index`). `--articles N` matches only the last N
that wait. `--pairs N` compares all pairs of N statements of one stretch of time, and tells what the
index misses.
"""

from __future__ import annotations

import argparse
import random
import resource
import sqlite3
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, groupby
from pathlib import Path
from typing import Final

from selon.bench import reuse_fill
from selon.library import add, runs
from selon.library.store import Library
from selon.records import Article, Entity, Judgement, Mention, Party, Reading, Span, Statement
from selon.reuse import tables
from selon.reuse.matching import Matching
from selon.reuse.similarity import match
from selon.reuse.store import ReuseStore

_PER_ARTICLE: Final = 8
_REPORTS: Final = 10
# Articles that are matched in a library that was filled.
_HELD_OUT: Final = 300
# Of the statements of a made-up article: said again with a change, and crossed from two.
_AGAIN: Final = 0.3
_SEED: Final = 5


@dataclass(frozen=True, slots=True)
class Pool:
    """Real statements to make others of: their words, their speakers' names, their dates."""

    rows: list[tuple[str, str, str]]
    words: list[str]


def main() -> int:
    """Match a library's statements, maybe after making it grow, and print what it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path, help="a copy of a library; it is written to")
    parser.add_argument("--statements", type=int, default=0, help="grow to so many")
    parser.add_argument(
        "--fill", type=int, default=0, help="make so many at once, of which only some are compared"
    )
    parser.add_argument("--articles", type=int, default=0, help="match only so many, the last")
    parser.add_argument("--pairs", type=int, default=0, help="compare so many, all with all")
    args = parser.parse_args()
    with Library(args.file) as library:
        store = ReuseStore(library)
        if args.fill:
            store.update()
            started = time.perf_counter()
            reuse_fill.hold_out(library, args.articles or _HELD_OUT)
            reuse_fill.fill(library, args.fill)
            print(f"filled: {time.perf_counter() - started:.0f} s", flush=True)
        _match(store, args.articles)
        there = _count(library.connection, "statement where current = 1")
        if args.statements > there:
            pool = _pool(library.connection)
            started = time.perf_counter()
            add.load(
                library, made_up_readings((args.statements - there) // _PER_ARTICLE, pool), _MAKER
            )
            print(f"made and added: {time.perf_counter() - started:.0f} s", flush=True)
            _match(store, args.articles)
        if not (args.articles or args.fill):
            _families(store)
        if args.pairs:
            _all_pairs(store, args.pairs)
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    return 0


_MAKER: Final = runs.Maker("bench", "ledger")


def _match(store: ReuseStore, limit: int) -> None:
    """Match what waits, article by article; only the last `limit` where that is not nought."""
    connection = store.connection
    waiting = tables.pending(connection, tables.WORDS)
    if not waiting:
        return
    articles = _by_article(connection, waiting)[-limit:]
    matching = Matching(connection, store.current)
    times: list[tuple[float, float]] = []
    taken: list[float] = []
    step = max(1, len(articles) // _REPORTS)
    with tables.fast_commits(connection):
        for n, ids in enumerate(articles, 1):
            since, worked = time.perf_counter(), time.process_time()
            with store.library.transaction():
                matching.compare(ids)
            times.append((time.perf_counter() - since, time.process_time() - worked))
            since = time.perf_counter()
            with store.library.transaction():
                settled = matching.settle()
            taken += [time.perf_counter() - since] if settled else []
            if n % step == 0:
                print(
                    f"{n:7} articles | wall {_median_and_tail([t[0] for t in times[-step:]])}",
                    flush=True,
                )
    for name, some in zip(("wall", "processor"), zip(*times, strict=True), strict=True):
        print(f"all, {name}: {_median_and_tail(some)}")
    print(f"the index took up what was new {len(taken)} times, {sum(taken):.1f} s in all")
    print(
        f"{sum(map(len, articles))} statements of {len(articles)} articles matched;"
        f" {_count(connection, 'folding')} are in the index",
        flush=True,
    )


def _median_and_tail(seconds: Sequence[float]) -> str:
    """Median and tail of some times, in milliseconds."""
    ordered = sorted(1000 * s for s in seconds)
    tail = " | ".join(
        f"{part} of 100 {ordered[int(part / 100 * len(ordered))]:6.1f}" for part in (95, 99)
    )
    return f"median {statistics.median(ordered):6.1f} ms | {tail} | slowest {ordered[-1]:7.1f}"


def _by_article(connection: sqlite3.Connection, waiting: list[int]) -> list[list[int]]:
    of: dict[int, int] = dict(
        connection.execute("select id, article_id from statement where current = 1").fetchall()
    )
    return [list(ids) for _, ids in groupby(waiting, key=lambda i: of.get(i))]


def _families(store: ReuseStore) -> None:
    started = time.perf_counter()
    sizes = [len(family.members) for family, _ in store.families()]
    print(
        f"{len(sizes)} families of two and more, {sum(sizes)} statements in them, the largest of"
        f" {max(sizes, default=0)}; listed in {time.perf_counter() - started:.0f} s;"
        f" {_count(store.connection, 'kin')} links"
    )


def _all_pairs(store: ReuseStore, limit: int) -> None:
    """What the index loses of the links that all pairs of some statements have."""
    rows = store.connection.execute(
        "select id from statement where +current = 1 and published >="
        " (select published from statement where current = 1 and published is not null"
        "  order by published limit 1 offset (select count(*) / 2 from statement"
        "  where current = 1 and published is not null))"
        " order by published, id limit ?",
        (limit,),
    ).fetchall()
    sayings = list(store.sayings(r[0] for r in rows).values())
    found = missed = 0
    for a, b in combinations(sayings, 2):
        if match(a, b):
            pair = sorted((int(a.id), int(b.id)))
            here = store.connection.execute("select 1 from kin where a = ? and b = ?", pair)
            found += 1
            missed += here.fetchone() is None
    print(f"all pairs of {len(sayings)}: {found} links, of them {missed} not found by the index")


def made_up_readings(count: int, pool: Pool) -> Iterator[Reading]:
    """So many made-up readings of `_PER_ARTICLE` statements, made of real ones."""
    chance = random.Random(_SEED)
    for n in range(count):
        yield _made_up_reading(n, chance, pool)


def _pool(connection: sqlite3.Connection) -> Pool:
    rows = connection.execute(
        "select content, coalesce(speaker, '?'), coalesce(published, '2020-01-01') from statement"
        " where current = 1 and length(content) between 30 and 400 order by id limit 200000"
    ).fetchall()
    found = [(str(r[0]).replace("\n", " "), str(r[1]), str(r[2])) for r in rows]
    return Pool(found, [w for row in found[:20000] for w in row[0].split()])


def _made_up_reading(n: int, chance: random.Random, pool: Pool) -> Reading:
    text, at = [], 0
    statements: list[Statement] = []
    entities: list[Entity] = []
    judgements: list[Judgement] = []
    # One article in time: what it says again lies near in the list, and so in time.
    here = chance.randrange(len(pool.rows))
    for i in range(_PER_ARTICLE):
        one = pool.rows[(here + i) % len(pool.rows)]
        content = (
            _altered_statement(one[0], chance, pool)
            if chance.random() < _AGAIN
            else _new(chance, pool)
        )
        name = one[1].replace("\n", " ")
        line = f"« {content} », a dit {name}.\n\n"
        inside = Span(at + 2, at + 2 + len(content))
        spoken = Span(inside.end + 9, inside.end + 9 + len(name))
        sid = f"l{n}#{inside.start}-{inside.end}"
        statements.append(Statement(sid, "direct", (inside,), (), Party((spoken,)), why=("bench",)))
        entities.append(Entity(f"e{i}", "person", name, (Mention(spoken, "name"),)))
        judgements.append(Judgement(f"{sid}/speaker", "is", f"e{i}", "bench"))
        text.append(line)
        at += len(line)
    url, outlet = f"https://bench.example/ledger/{n}", f"Journal {chance.randrange(120)}"
    known = (f"Titre {n}", outlet, pool.rows[here][2], url)
    return Reading(
        Article(f"l{n}", "".join(text), "fr", *known),
        tuple(statements),
        tuple(entities),
        judgements=tuple(judgements),
    )


def _altered_statement(content: str, chance: random.Random, pool: Pool) -> str:
    """A real statement with a word exchanged or its end cut off."""
    words = content.split()
    if chance.random() < 0.5:
        words[chance.randrange(len(words))] = chance.choice(pool.words)
    return " ".join(words[: max(6, int(len(words) * (0.6 + 0.4 * chance.random())))])


def _new(chance: random.Random, pool: Pool) -> str:
    """A statement that nobody made: stretches of a few words out of real ones."""
    words: list[str] = []
    while len(words) < 20:
        start = chance.randrange(len(pool.words) - 4)
        words += pool.words[start : start + chance.randint(1, 4)]
    return " ".join(words)


def _count(connection: sqlite3.Connection, of: str) -> int:
    return int(connection.execute(f"select count(*) from {of}").fetchone()[0])


if __name__ == "__main__":
    sys.exit(main())
