"""How fast a library is: made-up statements added, then asked for.

Run: `python -m selon.bench.library FILE.db --statements 1000000`.

The text is drawn from a made-up vocabulary with Zipf's frequencies, 7,000 names, 120 outlets and
eight statements an article, by a fixed seed. Latencies are medians of warm runs, wall time.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from selon.library import add, runs
from selon.library.find import Query, find
from selon.library.person_account import who
from selon.library.stats import stats
from selon.library.store import Library
from selon.records import Article, Entity, Judgement, Mention, Party, Reading, Span, Statement

_PER_ARTICLE: Final = 8
_NAMES: Final = 7_000
_OUTLETS: Final = 120
_VOCABULARY: Final = 60_000
_WORDS: Final = 21
_REPEATS: Final = 7
_BEGINS: Final = tuple("ba ce di fo gu la me ni ro su ta ve bri cla dro fla gra pla tri".split())


def readings(count: int, seed: int = 4) -> Iterator[Reading]:
    """So many made-up readings, of `_PER_ARTICLE` statements each."""
    chance = random.Random(seed)
    vocabulary = [word(n) for n in range(_VOCABULARY)]
    weights = [1 / (rank + 3) for rank in range(_VOCABULARY)]
    names = made_up_names(_NAMES)
    pool = chance.choices(vocabulary, weights, k=1_000_000)
    for n in range(count):
        yield _made_up_reading(n, chance, names, pool)


def made_up_names(count: int) -> list[str]:
    """So many names of nobody, first name and surname."""
    return [f"{word(n * 7).title()} {word(n * 11 + 5).title()}" for n in range(count)]


def word(n: int) -> str:
    """A made-up word, the same for a number each time."""
    parts = []
    n += len(_BEGINS)
    while n:
        n, rest = divmod(n, len(_BEGINS))
        parts.append(_BEGINS[rest])
    return "".join(parts)


def _made_up_reading(n: int, chance: random.Random, names: list[str], pool: list[str]) -> Reading:
    text, at = [], 0
    statements: list[Statement] = []
    entities: dict[str, tuple[str, list[Mention]]] = {}
    judgements: list[Judgement] = []
    for i in range(_PER_ARTICLE):
        start = chance.randrange(len(pool) - _WORDS)
        content = " ".join(pool[start : start + _WORDS])
        # Some people speak much, most hardly ever.
        name = names[int(len(names) * chance.random() ** 3)]
        line = f"« {content} », a dit {name}.\n\n"
        inside = Span(at + 2, at + 2 + len(content))
        spoken = Span(inside.end + 9, inside.end + 9 + len(name))
        sid = f"b{n}#{inside.start}-{inside.end}"
        statements.append(Statement(sid, "direct", (inside,), (), Party((spoken,)), why=("bench",)))
        local = entities.setdefault(name, (f"e{i}", []))
        local[1].append(Mention(spoken, "name"))
        judgements.append(Judgement(f"{sid}/speaker", "is", local[0], "bench"))
        text.append(line)
        at += len(line)
    day = chance.randrange(3650)
    published = f"{2016 + day // 365}-{day % 365 // 31 + 1:02d}-{day % 28 + 1:02d}"
    return Reading(
        Article(
            f"b{n}",
            "".join(text),
            "fr",
            f"Titre {n}",
            f"Journal {chance.randrange(_OUTLETS)}",
            published,
            f"https://bench.example/{n}",
        ),
        tuple(statements),
        tuple(Entity(e, "person", name, tuple(m)) for name, (e, m) in entities.items()),
        judgements=tuple(judgements),
    )


def queries() -> dict[str, Query]:
    """What is asked, from the rarest to the commonest word."""
    name = f"{word(3000 * 7).title()} {word(3000 * 11 + 5).title()}"
    often = f"{word(0).title()} {word(5).title()}"
    return {
        "a rare word": Query(word(40_000)),
        "a middling word": Query(word(2_000)),
        "two words": Query(f"{word(300)} {word(200)}"),
        "a common word": Query(word(2)),
        "a speaker": Query(speaker=name),
        "a frequent speaker": Query(speaker=often),
        "a speaker and a word": Query(word(300), speaker=often),
        "an outlet in a month": Query(outlet="Journal 7", since="2020-03", until="2020-03"),
        "the newest": Query(),
    }


def main() -> int:
    """Fill a library, ask, print a table; the file is left for a look."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--statements", type=int, default=10_000)
    args = parser.parse_args()
    articles = args.statements // _PER_ARTICLE
    with Library(args.file, create=True) as library:
        started = time.perf_counter()
        tally = add.load(library, readings(articles), runs.Maker("bench", ""))
        elapsed = time.perf_counter() - started
        # Making the text is measured apart and taken off.
        made = _time_building(articles)
        size = args.file.stat().st_size
        added = max(tally.added, 1)
        rate = tally.added / max(elapsed - made, 0.001)
        print(f"{tally.statements} statements, {tally.added} articles; {elapsed:.0f} s in all,")
        print(
            f"{made:.0f} s of it making them: {rate:.0f} articles/s, {size / added:.0f} B/article"
        )
        _ask(library)
    return 0


def _time_building(articles: int) -> float:
    started = time.perf_counter()
    for _ in readings(articles):
        pass
    return time.perf_counter() - started


def _ask(library: Library) -> None:
    connection = library.connection
    for name, query in queries().items():
        found, times = 0, []
        for _ in range(_REPEATS):
            started = time.perf_counter()
            found = len(list(find(connection, query)))
            times.append(1000 * (time.perf_counter() - started))
        print(f"find {name:<24} {statistics.median(times):9.1f} ms  ({found} shown)")
    for name, deed in (
        ("who, a speaker", lambda: who(connection, queries()["a speaker"].speaker or "")),
        ("stats by outlet", lambda: stats(connection, "outlet")),
        ("stats by speaker", lambda: stats(connection, "speaker")),
    ):
        started = time.perf_counter()
        deed()
        print(f"{name:<29} {1000 * (time.perf_counter() - started):9.1f} ms")


if __name__ == "__main__":
    sys.exit(main())
