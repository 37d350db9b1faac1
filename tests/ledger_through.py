"""The ledger's labelled pairs through the reader: what two statements of a library are told to be.

Run: `python tests/ledger_through.py COPY.db` (some minutes where the file is not there: the
articles of `ledger/pairs.tsv` are read into it first). Prints how many pairs are read on both sides
and, of these, how well families and types agree with the labels, apart for statements that are the
quotation and for those cut otherwise; `--show` prints what is wrong.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import io
import json
import os
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from selon.cli import main as selon
from selon.library.store import Library
from selon.records import Span
from selon.reuse import ReusedQuote, folded_words, fuller, names, types
from selon.reuse.store import ReuseStore

HERE: Final = Path(__file__).parent
SHARED: Final = Path(os.environ.get("SELON_SHARED", HERE.parent.parent / "shared"))
ARTICLES: Final = SHARED / "samples" / "orange" / "articles.jsonl.gz"
PAIRS: Final = HERE / "ledger" / "pairs.tsv"
# A statement is a quotation where they share so much of both.
SAME: Final = 0.9


@dataclass(frozen=True, slots=True)
class Pair:
    """Two labelled quotations, each with the statement that has it; None where none has."""

    row: dict[str, str]
    quotes: tuple[str, str]
    statements: tuple[ReusedQuote | None, ReusedQuote | None]
    together: bool

    @property
    def read(self) -> bool:
        """Whether both quotations are in a statement."""
        return None not in self.statements

    @property
    def glued(self) -> bool:
        """Whether both quotations are in one and the same statement."""
        a, b = self.statements
        return a is not None and b is not None and a.id == b.id

    @property
    def as_quoted(self) -> bool:
        """Whether both statements are the quotations, and not cut otherwise."""
        return all(
            s is not None and _alike(s.words, q)
            for s, q in zip(self.statements, self.quotes, strict=True)
        )


def _alike(one: str, two: str) -> bool:
    a, b = (Counter(folded_words(text, "fr")) for text in (one, two))
    return sum((a & b).values()) >= SAME * max(sum(a.values()), sum(b.values()), 1)


def articles(rows: list[dict[str, str]]) -> dict[str, dict[str, Any]]:
    """The articles of the pairs, as they are added: the heading is the text's first paragraph."""
    wanted = {row[side].split("/")[0] for row in rows for side in "ab"}
    found = {}
    with gzip.open(ARTICLES, "rt", encoding="utf-8") as lines:
        for line in lines:
            value = json.loads(line)
            if str(value["id"]) in wanted:
                head = f"{value['heading']}\n\n" if value["heading"] else ""
                found[str(value["id"])] = {
                    "id": str(value["id"]),
                    "title": value["title"],
                    "published": value["date"],
                    "outlet": "Orange",
                    "lang": "fr",
                    "text": head + value["article"],
                    "before": len(head),
                }
    return found


def read(file: Path, known: dict[str, dict[str, Any]]) -> None:
    """Read the articles into a new library."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as lines:
        for value in known.values():
            lines.write(json.dumps({k: v for k, v in value.items() if k != "before"}) + "\n")
        lines.flush()
        selon(["add", lines.name, "--library", str(file), "--jobs", "1", "--quiet"])


def pairs(file: Path) -> list[Pair]:
    """Every pair whose two articles the library has."""
    rows = list(csv.DictReader(io.StringIO(PAIRS.read_text("utf-8"), newline=""), delimiter="\t"))
    known = articles(rows)
    if not file.exists():
        read(file, known)
    found: list[Pair] = []
    with Library(file) as library:
        shelf = ReuseStore(library)
        shelf.update()
        keys = {r[0]: r[1] for r in library.connection.execute("select key, id from article")}
        for row in rows:
            sides = [_side(shelf, row[side], known, keys) for side in "ab"]
            if None in sides:
                continue
            (qa, a), (qb, b) = (s for s in sides if s)
            together = bool(a and b) and b.id in shelf.family(int(a.id))[0].members
            found.append(Pair(row, (qa, qb), (a, b), together))
    return found


def _side(
    shelf: ReuseStore, place: str, known: dict[str, dict[str, Any]], keys: dict[str, int]
) -> tuple[str, ReusedQuote | None] | None:
    """A quotation and the statement that has it; nothing where the library lacks the article."""
    number, part, span = place.split("/")
    article = known[number]
    if number not in keys:
        return None
    shift = 0 if part == "heading" else article["before"]
    wanted = Span(*(int(n) + shift for n in span.split("-")))
    rows = shelf.connection.execute(
        "select id from statement where article_id = ? and current = 1", (keys[number],)
    )
    best: tuple[float, ReusedQuote | None] = (0.0, None)
    for saying in shelf.sayings(r[0] for r in rows).values():
        shared = sum(
            max(0, min(s.end, wanted.end) - max(s.start, wanted.start)) for s in saying.spans
        )
        length = sum(s.end - s.start for s in saying.spans)
        if 2 * shared >= min(length, wanted.end - wanted.start):
            likeness = shared / (length + wanted.end - wanted.start - shared)
            best = max(best, (likeness, saying), key=lambda pair: pair[0])
    return wanted.of(article["text"]), best[1]


def told(pair: Pair) -> set[str]:
    """The types that the ledger tells of a pair, as the labels name them."""
    a, b = pair.statements
    assert a is not None
    assert b is not None
    kinds = {n for n in names(types(*fuller(a, b))) if n not in ("lengthened", "re-attributed")}
    return kinds or {"verbatim"}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("library", type=Path)
    parser.add_argument("--show", action="store_true", help="print what is wrong")
    args = parser.parse_args()
    every = pairs(args.library)
    some = [p for p in every if p.read]
    # Two quotations that are read as one statement are no two statements to tell apart.
    glued = [p for p in some if p.glued]
    some = [p for p in some if not p.glued]
    print(f"{len(every)} pairs, {len(some)} read as two statements, {len(glued)} as one")
    count = Counter((p.row["same"] == "yes", p.together) for p in some)
    both, only, missed = count[True, True], count[False, True], count[True, False]
    print(
        f"one utterance: precision {both / max(1, both + only):.3f}"
        f" recall {both / max(1, both + missed):.3f}"
        f" F1 {2 * both / max(1, 2 * both + only + missed):.3f} ({both}, {only}, {missed})"
    )
    for name, quoted in (("the quotation", True), ("cut otherwise", False)):
        of = [p for p in some if p.row["same"] == "yes" and p.as_quoted == quoted]
        exact = [p for p in of if told(p) == set(p.row["types"].split("; "))]
        print(f"types where the statement is {name}: {len(exact)} of {len(of)} exact")
        if args.show:
            for p in of:
                if p not in exact:
                    _show(p, "types")
    if args.show:
        for p in some:
            if (p.row["same"] == "yes") != p.together:
                _show(p, "family")
    return 0


def _show(pair: Pair, what: str) -> None:
    got = "; ".join(sorted(told(pair)))
    print(f"\n{what} {pair.row['same']} [{pair.row['types']}] got [{got}] {pair.together}")
    for quote, s in zip(pair.quotes, pair.statements, strict=True):
        assert s is not None
        print(f"   q {quote}\n   s {s.id} {s.form} {s.speaker_key} {s.published}: {s.words}")


if __name__ == "__main__":
    raise SystemExit(main())
