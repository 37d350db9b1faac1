"""What the ledger calls a thousand real quotations with one or two named things changed.

Run: `python tests/ledger_promise.py --shared /work/shared --each 1000 [--two] [--only OPERATION]`.
Prints for each operation, and for all of a kind, how many were tried, called verbatim, and called
by their name; `--each` is how many of a kind of change, `--most` how many of an operation. The
quotations are of the gold articles, which are not shipped.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final

from ledger_mutated import OPERATIONS, Operation, Pair
from selon.names import fold
from selon.reuse import QuoteFinding, ReusedQuote, check, names, types
from selon.reuse.speakers import spoken_by

SHARED: Final = Path(os.environ.get("SELON_SHARED", Path(__file__).parent.parent.parent / "shared"))
GOLD: Final = {
    "fr": ("press", "train", "train-agency"),
    "en": ("polnear-train", "wikinews"),
}
SEED: Final = 17


@cache
def quotations(language: str, shared: Path = SHARED) -> tuple[str, ...]:
    """The direct quotations of 5 to 60 words of a language's gold, in an order of chance."""
    found: dict[str, None] = {}
    for name in GOLD[language]:
        path = shared / "gold" / language / f"{name}.jsonl"
        for line in path.read_text("utf-8").splitlines() if path.exists() else ():
            article = json.loads(line)
            for s in article["statements"]:
                if s["form"] == "direct" and len(s["content"]) == 1:
                    start, end = s["content"][0]
                    text = article["text"][start:end].strip("«»\"“” \u00a0\n`'")
                    if 5 <= len(text.split()) <= 60 and "\n" not in text:
                        found[text] = None
    every = list(found)
    random.Random(SEED).shuffle(every)
    return tuple(every)


class One:
    """A collection of one saying."""

    def __init__(self, saying: ReusedQuote) -> None:
        self._saying = saying

    def near(self, words: str, language: str | None = None) -> list[ReusedQuote]:
        return [self._saying]


def asked(pair: Pair, language: str) -> tuple[tuple[str, ...], QuoteFinding | None]:
    """What `types` calls a pair, and what `check` finds of the new in the old."""
    old, new = (
        ReusedQuote(
            i, i, words, language=language, speaker_key=f"person:{fold(by)}", speaker_name=by
        )
        for i, words, by in (("1", pair.old, pair.old_by), ("2", pair.new, pair.new_by))
    )
    done = check(pair.new, One(old), language, spoken_by({fold(pair.new_by)}, set()))
    return names(types(old, new)), next(iter(done.findings), None)


@dataclass
class Count:
    """How often something was tried, called verbatim, by its name, a changed negation, not found."""

    tried: int = 0
    verbatim: int = 0
    named: int = 0
    denied: int = 0
    unfound: int = 0
    wrong: list[tuple[Pair, tuple[str, ...], str]] = field(default_factory=list)


def measured(
    language: str,
    most: int,
    two: bool,
    shared: Path = SHARED,
    *,
    only: tuple[str, ...] = (),
    each: int = 0,
) -> dict[str, Count]:
    """Each operation on up to so many quotations, alone or after another drawn by chance.

    With `each`, so many of a kind of change together: what some operations cannot make of the
    quotations there are, the next ones make.
    """
    counts: dict[str, Count] = {}
    chance = random.Random(SEED)
    asked_for = [o for o in OPERATIONS[language] if not only or o.name in only]
    # Those that can be made of few quotations first.
    for operation in (
        sorted(asked_for, key=lambda o: _possible(o, language, shared)) if each else asked_for
    ):
        if each:
            alike = [o for o in asked_for if o.kind == operation.kind]
            made = sum(counts[o.name].tried for o in alike if o.name in counts)
            left = sum(o.name not in counts for o in alike)
            most = -(-(each - made) // left)
        count = counts[operation.name] = Count()
        for pair, with_ in _made(operation, language, most, two, chance, shared):
            kinds, finding = asked(pair, language)
            verdict = finding.verdict if finding else "not found"
            expected = operation.expected
            if operation.kind == "speaker":
                named = "re-attributed" in kinds and verdict == "attributed to another"
            else:
                named = bool(expected & set(kinds)) or (
                    verdict == "shortened" and "shortened" in expected
                )
            grave = operation.kind != "neutral" or (with_ is not None and with_.kind != "neutral")
            denies = with_ is not None and with_.kind == "negation"
            count.tried += 1
            count.named += named
            count.verbatim += grave and ("verbatim" in kinds or verdict == "verbatim")
            count.unfound += finding is None
            count.denied += "negation changed" in kinds and not denies
            if not named or (grave and ("verbatim" in kinds or verdict == "verbatim")):
                count.wrong.append((pair, kinds, verdict))
    return counts


@cache
def _possible(operation: Operation, language: str, shared: Path) -> int:
    """Of how many quotations an operation can make something."""
    return sum(operation.on(Pair(q, q)) is not None for q in quotations(language, shared))


def _made(
    operation: Operation, language: str, most: int, two: bool, chance: random.Random, shared: Path
) -> Iterator[tuple[Pair, Operation | None]]:
    """Pairs with an operation done, up to so many."""
    done = 0
    for text in quotations(language, shared):
        if done >= most:
            return
        pair, with_ = Pair(text, text), None
        if two:
            with_ = chance.choice([o for o in OPERATIONS[language] if o.name != operation.name])
            before = with_.on(pair)
            if before is None:
                continue
            pair = before
        made = operation.on(pair)
        if made is not None and not (two and _undone(made, operation, with_)):
            done += 1
            yield made, with_


def _undone(pair: Pair, *done: Operation | None) -> bool:
    """Whether of two changes one took the other back, or cut off where it was made."""
    if all(o is not None and o.kind == "question" for o in done):
        return True  # asked on both sides
    made = [o for o in done if o is not None]
    cut = any(o.name in ("head cut", "tail cut", "sentences welded") for o in made)
    if cut and any(o.side == "old" and o.kind in ("modality", "question", "bound") for o in made):
        return True  # cut off with the words round it
    if any(o is not None and o.side == "old" for o in done):
        # What rules a first sentence rules none of which only the next ones are kept.
        before, kept, after = pair.old.partition(pair.new)
        ended = re.search(r"[.!?…]\s|[.!?…]$", before) or re.match(r"\s*[.!?…]", kept)
        # Nor does what rules a last sentence rule those before it.
        ends = re.search(r"[.!?…;]\s*$", kept) or re.search(r"[.!?…:]\s", after)
        return bool(kept) and bool(ended or (after.strip() and ends))
    if any(o is None or o.kind == "speaker" for o in done):
        return False
    sides = [re.sub(r"\bn['’]", "ne ", side.lower()) for side in (pair.old, pair.new)]
    sides = [re.sub(r"\bain['’]t\b|\bare not\b|n['’]t\b", " not", side) for side in sides]
    old, new = (" ".join(re.findall(r"\w+", side)) for side in sides)
    return f" {new} " in f" {old} "


def summed(counts: dict[str, Count], language: str) -> dict[str, Count]:
    """The counts of each kind of change together."""
    found: dict[str, Count] = {}
    for operation in OPERATIONS[language]:
        one, all_ = counts.get(operation.name, Count()), found.setdefault(operation.kind, Count())
        for name in ("tried", "verbatim", "named", "denied"):
            setattr(all_, name, getattr(all_, name) + getattr(one, name))
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=SHARED)
    parser.add_argument("--most", type=int, default=1000)
    parser.add_argument("--each", type=int, default=0, help="of a kind of change, instead")
    parser.add_argument("--language", choices=tuple(OPERATIONS), help="only this one")
    parser.add_argument("--two", action="store_true", help="two operations at a time")
    parser.add_argument("--verbatim", action="store_true", help="what is called so wrongly")
    parser.add_argument("--only", nargs="*", default=(), help="these operations, and what failed")
    args = parser.parse_args()
    for language in (args.language,) if args.language else OPERATIONS:
        more = {"only": tuple(args.only), "each": args.each}
        counts = measured(language, args.most, args.two, args.shared, **more)
        print(f"{language}: {len(quotations(language, args.shared))} quotations", flush=True)
        rows = {**counts, **{f"= {k}": c for k, c in summed(counts, language).items()}}
        for name, c in rows.items():
            if c.tried:
                print(
                    f"  {name:40} {c.tried:6} tried {c.verbatim:5} verbatim"
                    f" {c.named / c.tried:6.3f} named {c.denied / c.tried:6.3f} negation"
                    f" {c.unfound / c.tried:6.3f} not found"
                )
            if args.verbatim:
                for pair, kinds, verdict in c.wrong:
                    if "verbatim" in (verdict, *kinds):
                        print("   -", pair, "\n    ", kinds, verdict)
            if name in args.only:
                for pair, kinds, verdict in c.wrong[:40]:
                    print("   -", pair.old, "\n   +", pair.new, "\n    ", kinds, verdict)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
