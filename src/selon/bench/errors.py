"""How the reader errs on gold, by form: what it takes for what, what it misses, what it invents.

Run: `python -m selon.bench.errors GOLD.jsonl WEIGHTS.tsv > src/selon/numbers/errors.tsv`. The
weights must not have seen the gold. A line is an article's count of statements with a form in the
gold, a form in the reading (`-`: none) and whether the speaker is right (0, 1). `selon report`
carries these into its figures.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import orjson

from selon import contract, lang, pipeline
from selon.score import compare

Json = dict[str, Any]
Key = tuple[str, str, int]


def errors(gold: Mapping[str, Json], weights: Path, language: str) -> Iterator[Counter[Key]]:
    """Each article's counts by form in the gold, form in the reading, and speaker right."""
    bare = [
        contract.from_json({**d, "statements": [], "entities": []}).article for d in gold.values()
    ]
    pack = replace(lang.load(language), weights=lang.read_weights(weights))
    for reading in pipeline.read(bare, pack):
        got = contract.to_json(reading)
        name = reading.article.id
        yield _of_article(name, gold[name], got)


def _of_article(name: str, gold: Json, got: Json) -> Counter[Key]:
    tally = compare({name: gold}, {name: got})
    counted: Counter[Key] = Counter()
    missed = [d.gold for d in tally.differences if d.what == "missed"]
    spurious = [d.got for d in tally.differences if d.what == "spurious"]
    wrong = {id(d.gold) for d in tally.differences if d.what == "wrong speaker"}
    counted.update((s["form"], "-", 0) for s in missed if s)
    counted.update(("-", s["form"], 0) for s in spurious if s)
    lost = {id(s) for s in missed}
    for statement in gold["statements"]:
        if id(statement) not in lost:
            form = _form_read(name, gold, got, statement)
            counted[statement["form"], form, int(id(statement) not in wrong)] += 1
    return counted


def _form_read(name: str, gold: Json, got: Json, statement: Json) -> str:
    """The form of what matches a statement, found by asking for it alone."""
    one = {**gold, "statements": [statement]}
    for s in got["statements"]:
        if compare({name: one}, {name: {**got, "statements": [s]}}).n["match"]:
            return str(s["form"])
    return "-"


def main() -> int:
    """Print the table."""
    lines = Path(sys.argv[1]).read_text("utf-8").splitlines()
    gold: dict[str, Json] = {d["id"]: d for d in map(orjson.loads, lines)}
    print(f"# {Path(sys.argv[1]).name}: article, form in the gold, form read, speaker right, count")
    for number, counted in enumerate(errors(gold, Path(sys.argv[2]), lang.DEFAULT), 1):
        for (true, read, right), n in sorted(counted.items()):
            print(number, true, read, right, n, sep="\t")
    return 0


if __name__ == "__main__":
    sys.exit(main())
