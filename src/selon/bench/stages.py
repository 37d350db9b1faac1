"""Where a reading's time goes: processor time of each stage over real articles, in one process.

    python -m selon.bench.stages --articles ../shared/samples/orange/articles.jsonl.gz --count 200

Each stage's function is called through a clock of processor time; where one is called inside
another, its time is its own and not the other's.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterator
from functools import wraps
from pathlib import Path
from typing import Any, Final

from selon.bench.reading import sample, texts

# Module or class, function, what it is called in the table.
STAGES: Final = (
    ("selon.pipeline", "prepare", "segment: paragraphs, quotations, sentences"),
    ("selon.reading.parse", "_copy", "parse: the copy that the parser reads"),
    ("selon.reading.parse", "_doc", "parse: spaCy's tokenizer"),
    ("selon.reading.parse", "sentences", "parse: spaCy's encoder, morphologizer, parser"),
    ("selon.reading.parse.Parser", "_tokens", "parse: tokens carried back to the text"),
    ("selon.reading.detect", "candidates", "detect: the grammar's candidates"),
    ("selon.reading.rank", "rank", "rank"),
    ("selon.reading.attribute", "statements", "attribute"),
    ("selon.reading.coref", "resolve_people", "resolve: who is who in the article"),
    ("selon.reading.times", "find_times", "anchor: times of the text"),
    ("selon.reading.times", "find_meetings", "anchor: meetings"),
    ("selon.reading.times", "date_statements", "anchor: when each was said"),
    ("selon.reading.voice", "voices", "voice map"),
    ("selon.kb.link", "entities", "link to the knowledge base"),
    ("selon.contract", "to_json", "exchange record"),
)


class Clocks:
    """Processor time of some functions, each without what the others take inside it."""

    def __init__(self) -> None:
        self.taken: dict[str, float] = {}
        self._inside: list[float] = []

    def around(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function with a clock of this name."""

        @wraps(function)
        def timed(*args: Any, **kwargs: Any) -> Any:
            start = time.process_time()
            self._inside.append(0.0)
            try:
                return function(*args, **kwargs)
            finally:
                whole = time.process_time() - start
                within = self._inside.pop()
                self.taken[name] = self.taken.get(name, 0.0) + whole - within
                if self._inside:
                    self._inside[-1] += whole

        return timed


def _owner(path: str) -> Any:
    from importlib import import_module

    module, _, name = path.rpartition(".")
    return getattr(import_module(module), name) if name[0].isupper() else import_module(path)


def measure(many: list[str]) -> tuple[dict[str, float], float]:
    """Seconds of each stage, and of the whole, over some texts; the first twenty are read before."""
    import orjson

    from selon import contract
    from selon.api import read_many
    from selon.records import Article, Reading

    articles = [Article(str(n), text, "fr", published="2020-03-12") for n, text in enumerate(many)]
    for _ in read_many(articles[:20]):
        pass
    clocks = Clocks()
    kept = [(_owner(path), name, words) for path, name, words in STAGES]
    plain = [getattr(owner, name) for owner, name, _ in kept]
    for owner, name, words in kept:
        setattr(owner, name, clocks.around(words, getattr(owner, name)))
    try:
        start = time.process_time()
        for found in read_many(articles):
            if isinstance(found, Reading):
                orjson.dumps(contract.to_json(found))
        return clocks.taken, time.process_time() - start
    finally:
        for (owner, name, _), function in zip(kept, plain, strict=True):
            setattr(owner, name, function)


def table(many: list[str]) -> Iterator[str]:
    """The stages with their milliseconds an article and their share, line by line."""
    taken, whole = measure(many)
    yield f"{len(many)} articles, {sum(len(t.split()) for t in many)} words, processor time"
    rows = [(words, taken.get(words, 0.0)) for _, _, words in STAGES]
    for words, seconds in [*rows, ("the rest", whole - sum(taken.values())), ("whole", whole)]:
        yield f"{words:52}{1000 * seconds / len(many):8.2f} ms{100 * seconds / whole:7.1f} %"


def main() -> int:
    """Print the table; 2 where there are no articles to read."""
    parser = argparse.ArgumentParser(prog="selon.bench.stages", description=__doc__)
    parser.add_argument("--articles", type=Path, default=sample(), help="JSON Lines, .gz")
    parser.add_argument("--count", type=int, default=200)
    args = parser.parse_args()
    if not args.articles.exists():
        print(f"{args.articles}: no such file; name one: --articles FILE", file=sys.stderr)
        return 2
    for line in table(texts(args.articles, args.count)):
        print(line, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
