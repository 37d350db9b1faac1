"""How the reader errs on gold, by form: what it takes for what, what it misses, what it invents.

Run: `python -m selon.bench.errors gold/fr/press.jsonl --only tests/gold/held-out.txt`, which reads
these articles by the reader that ships and writes `src/selon/numbers/errors.tsv` again; with
`--readings FILE.jsonl` (of `selon read --json`) nothing is read again. Only articles that no
training has seen may be counted. A line is an article's count of statements with a form in the
gold, a form in the reading (`-`: none) and whether the speaker is right (0, 1). `selon report`
carries these into its figures.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from importlib import resources
from pathlib import Path
from typing import Any, Final

import orjson

from selon import contract
from selon.api import READERS, read_many
from selon.errors import SelonError
from selon.records import Failure
from selon.score import compare

Json = dict[str, Any]
Key = tuple[str, str, int]
_TARGET: Final = Path(__file__).parent.parent / "numbers" / "errors.tsv"


def errors(gold: Mapping[str, Json], got: Mapping[str, Json]) -> Iterator[Counter[Key]]:
    """Each article's counts by form in the gold, form in the reading, and speaker right."""
    for name, one in gold.items():
        yield _of_article(name, one, got[name])


def _of_article(name: str, gold: Json, got: Json) -> Counter[Key]:
    tally = compare({name: gold}, {name: got})
    counted: Counter[Key] = Counter()
    missed = [d.gold for d in tally.differences if d.what == "missed"]
    spurious = [d.got for d in tally.differences if d.what == "spurious"]
    wrong = {id(d.gold) for d in tally.differences if d.what == "wrong speaker"}
    counted.update((s["form"], "-", 0) for s in missed if s)
    counted.update(("-", s["form"], 0) for s in spurious if s)
    lost, found = {id(s) for s in missed}, {id(s) for s in spurious}
    kept = {**got, "statements": [s for s in got["statements"] if id(s) not in found]}
    for statement in gold["statements"]:
        if id(statement) not in lost:
            form = _form_read(name, gold, kept, statement)
            counted[statement["form"], form, int(id(statement) not in wrong)] += 1
    return counted


def _form_read(name: str, gold: Json, got: Json, statement: Json) -> str:
    """The form of what matches a statement, found by asking for it alone."""
    one = {**gold, "statements": [statement]}
    for s in got["statements"]:
        if compare({name: one}, {name: {**got, "statements": [s]}}).n["match"]:
            return str(s["form"])
    return "-"


def _read(gold: Mapping[str, Json], reader: Any) -> dict[str, Json]:
    """The readings of the gold's articles, by id."""
    bare = (
        contract.from_json({**d, "statements": [], "entities": []}).article for d in gold.values()
    )
    got: dict[str, Json] = {}
    for reading in read_many(bare, kb=None, reader=reader):
        if isinstance(reading, Failure):
            raise SelonError(f"errors: {reading.source}: {reading.error}")
        got[reading.article.id] = contract.to_json(reading)
        print(f"\r{len(got)}/{len(gold)}", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    return got


def _lines(path: Path) -> dict[str, Json]:
    return {d["id"]: d for d in map(orjson.loads, path.read_bytes().splitlines())}


def _table(counts: Iterable[Counter[Key]], about: Mapping[str, object]) -> str:
    lines = [f"# {name}: {told}" for name, told in about.items()]
    lines.append("# article, form in the gold, form read, speaker right, count")
    for number, counted in enumerate(counts, 1):
        lines += [
            "\t".join(map(str, (number, true, read, right, n)))
            for (true, read, right), n in sorted(counted.items())
        ]
    return "\n".join(lines) + "\n"


def main() -> int:
    """Read the gold's articles, compare, write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--only", type=Path, help="a file with the ids of the articles to count")
    parser.add_argument("--reader", choices=READERS, default="encoder")
    parser.add_argument("--readings", type=Path, help="readings that are there: read no more")
    parser.add_argument("--weights", help="the name of the weights that made these readings")
    parser.add_argument("--output", "-o", type=Path, default=_TARGET)
    args = parser.parse_args()
    gold = _lines(args.gold)
    if args.only:
        ids = set(args.only.read_text("utf-8").split("\n"))
        gold = {name: one for name, one in gold.items() if name in ids}
    got = _lines(args.readings) if args.readings else _read(gold, args.reader)
    about = {
        "reader": args.reader,
        "weights": args.weights or ("?" if args.readings else _weights(args.reader)),
        "gold": f"{args.gold.name}, {len(gold)} articles kept apart",
    }
    args.output.write_text(_table(errors(gold, got), about), "utf-8")
    print(args.output)
    return 0


def _weights(reader: str) -> str:
    """The digest of the encoder that ships; the grammar's are of the language's folder."""
    if reader != "encoder":
        return "-"
    file = resources.files("selon") / "data" / "reader.zip"
    return sha256(file.read_bytes()).hexdigest()[:16]


if __name__ == "__main__":
    sys.exit(main())
