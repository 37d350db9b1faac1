"""How well rigour's comparison of names does beside ours, on pairs of persons: `python lab/names_rigour.py BENCH.csv`.

BENCH.csv is of nomenklatura (`name1`, `name2`, `schema`, `is_match`). It needs rigour 2.6.1, which Selon does not.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable
from pathlib import Path

from normality import ascii_text
from rigour.names import NameTypeTag, analyze_names, compare_parts, normalize_name, pair_symbols
from rigour.text.distance import jaro_winkler, levenshtein_similarity

from selon.names import likeness


def best_accuracy(scored: list[tuple[float, bool]]) -> float:
    """Return the share of right answers at the threshold that gives the most."""
    return max(
        sum((score >= at) == same for score, same in scored) / len(scored)
        for at in {s for s, _ in scored}
    )


def residue(one: str, other: str, symbols: bool = False) -> float:
    """Compare by rigour's parts; with `symbols`, what its symbols explain first."""
    names = [
        next(iter(analyze_names(NameTypeTag.PER, [name], infer_initials=True)), None)
        for name in (one, other)
    ]
    if names[0] is None or names[1] is None:
        return 0.0
    best = 0.0
    for pairing in (list(pair_symbols(*names)) if symbols else []) or [()]:
        done = [{p for a in pairing for p in getattr(a, side)} for side in ("qps", "rps")]
        rest = [[p for p in n.parts if p not in d] for n, d in zip(names, done, strict=True)]
        parts = [*pairing, *compare_parts(*rest)]
        weights = [max(len(a.qps), len(a.rps)) for a in parts]
        told = [1.0 if a.symbol is not None else a.score for a in parts]
        total = sum(s * w for s, w in zip(told, weights, strict=True))
        best = max(best, total / (sum(weights) or 1))
    return best


def words(name: str) -> str:
    """Return a name's normalised words, sorted."""
    return " ".join(sorted((ascii_text(normalize_name(name) or "") or "").split()))


def main() -> None:
    """Print the accuracy of each comparison."""
    with Path(sys.argv[1]).open(encoding="utf-8", newline="") as file:
        rows = [r for r in csv.DictReader(file) if r["schema"] == "Person"]
    latin = [r for r in rows if not any(ord(c) > 0x24F for c in r["name1"] + r["name2"])]
    ways: dict[str, Callable[[str, str], float]] = {
        "selon.names.likeness": likeness,
        "rigour: compare_parts": residue,
        "rigour: symbols, then compare_parts": lambda a, b: residue(a, b, symbols=True),
        "sorted words, Levenshtein": lambda a, b: levenshtein_similarity(
            words(a), words(b), max_edits=99, max_percent=1.0
        ),
        "sorted words, Jaro-Winkler": lambda a, b: jaro_winkler(words(a), words(b)),
    }
    for name, compare in ways.items():
        scored = [(compare(r["name1"], r["name2"]), r["is_match"] == "true") for r in latin]
        print(f"{name:40} {best_accuracy(scored):.3f} ({len(scored)} pairs)")


if __name__ == "__main__":
    main()
