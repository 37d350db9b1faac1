"""Score readings against a gold standard, as the exchange contract's scorer does.

A predicted statement matches a gold one when the Jaccard overlap of their contents, in characters
other than white space and quotation marks, is at least 0.5; one-to-one, best overlap first. The
headline is `joint`: content matched and speaker right.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from selon.errors import SelonError
from selon.records import FORMS

Json = dict[str, Any]
SKIP: Final = frozenset(" \t\n\r\u00a0\u202f\u2009«»“”„\"‹›‘’'")
STOP: Final = frozenset(
    "le la les l un une des de du d m mme mlle dr pr the a of mr mrs ms s".split()
)
COUNTED: Final = (
    "gold",
    "pred",
    "match",
    "exact",
    "speaker",
    "name",
    "named",
    "cue",
    "cued",
    "form",
    "joint",
)


@dataclass(frozen=True, slots=True)
class ReadingDifference:
    """One statement on which two readings differ: missed, spurious or wrong speaker."""

    article: str
    what: str
    gold: Json | None
    got: Json | None


@dataclass
class ScoreTally:
    """What has been counted so far."""

    n: dict[str, int] = field(default_factory=lambda: dict.fromkeys(COUNTED, 0))
    parts: dict[str, dict[str, int]] = field(
        default_factory=lambda: {
            k: {"gold": 0, "pred": 0, "right": 0} for k in ("via", "addressees")
        }
    )
    per: dict[str, dict[str, int]] = field(
        default_factory=lambda: {k: {"gold": 0, "match": 0, "joint": 0} for k in FORMS}
    )
    differences: list[ReadingDifference] = field(default_factory=list)


def characters(text: str, spans: Sequence[Sequence[int]]) -> set[int]:
    """The places of the characters that count."""
    return {i for s, e in spans for i in range(s, e) if text[i] not in SKIP}


def jaccard(a: set[int], b: set[int]) -> float:
    """Shared over all; 0 where either is empty."""
    return len(a & b) / len(a | b) if a and b else 0.0


def same_name(a: str | None, b: str | None) -> bool:
    """Two names agree when the words of the shorter, articles and titles apart, stand in the longer."""
    if not a or not b:
        return False
    x, y = _folded_words(a) - STOP, _folded_words(b) - STOP
    return bool(x and y) and (x <= y or y <= x)


def _folded_words(name: str) -> set[str]:
    name = unicodedata.normalize("NFKD", name.lower().replace("’", "'").replace("œ", "oe"))
    plain = "".join(c for c in name if not unicodedata.combining(c))
    return set(re.findall(r"[a-z0-9]+", plain))


def _speaker(reading: Json, statement: Json) -> tuple[list[list[int]], str | None]:
    party = statement.get("speaker") or {}
    name = party.get("name")
    if not name and party.get("entity") is not None:
        for entity in reading.get("entities", []):
            if entity["id"] == party["entity"]:
                name = entity["name"]
    return party.get("spans") or [], name


def compare(gold: Mapping[str, Json], predicted: Mapping[str, Json]) -> ScoreTally:
    """Count every gold article's statements against the predicted ones."""
    tally = ScoreTally()
    for name, g in gold.items():
        p = predicted.get(name)
        if p is None:
            raise SelonError(f"score: no prediction for {name}; read that article too")
        if p.get("text", g["text"]) != g["text"]:
            raise SelonError(f"score: the texts of {name} differ; read the gold's own text")
        _compare(name, g, p, tally)
    return tally


def _pairs(text: str, gold: list[Json], got: list[Json]) -> dict[int, tuple[int, float]]:
    ours = [characters(text, s["content"]) for s in gold]
    theirs = [characters(text, s["content"]) for s in got]
    pairs = sorted(
        ((jaccard(x, y), i, j) for i, x in enumerate(ours) for j, y in enumerate(theirs) if x & y),
        key=lambda t: (-t[0], t[1], t[2]),
    )
    matched: dict[int, tuple[int, float]] = {}
    used: set[int] = set()
    for share, i, j in pairs:
        if share < 0.5:
            break
        if i not in matched and j not in used:
            matched[i] = (j, share)
            used.add(j)
    return matched


def _compare(name: str, g: Json, p: Json, tally: ScoreTally) -> None:
    text, gold, got = g["text"], g["statements"], p["statements"]
    matched = _pairs(text, gold, got)
    tally.n["gold"] += len(gold)
    tally.n["pred"] += len(got)
    for key, count in tally.parts.items():
        count["gold"] += sum(len(s.get(key) or []) for s in gold)
        count["pred"] += sum(len(s.get(key) or []) for s in got)
        for i, (j, _) in matched.items():
            count["right"] += _parties_right(text, gold[i].get(key) or [], got[j].get(key) or [])
    for i, statement in enumerate(gold):
        tally.per[statement["form"]]["gold"] += 1
        if i not in matched:
            tally.differences.append(ReadingDifference(name, "missed", statement, None))
            continue
        j, share = matched[i]
        _count_match((name, g, p), statement, got[j], share, tally)
    used = {j for j, _ in matched.values()}
    tally.differences += [
        ReadingDifference(name, "spurious", None, s) for j, s in enumerate(got) if j not in used
    ]


def _parties_right(text: str, gold: list[Json], got: list[Json]) -> int:
    left = [characters(text, y["spans"]) for y in got]
    right = 0
    for x in gold:
        hit = next((y for y in left if y & characters(text, x["spans"])), None)
        if hit is not None:
            left.remove(hit)
            right += 1
    return right


def _count_match(
    where: tuple[str, Json, Json], a: Json, b: Json, share: float, tally: ScoreTally
) -> None:
    article, g, p = where
    n, per = tally.n, tally.per[a["form"]]
    (gold_spans, gold_name), (spans, name) = _speaker(g, a), _speaker(p, b)
    if gold_spans and spans:
        right = bool(characters(g["text"], gold_spans) & characters(g["text"], spans))
    elif not gold_spans and not spans:
        right = same_name(gold_name, name) if gold_name else True
    else:
        right = same_name(gold_name, name)
    n["match"] += 1
    per["match"] += 1
    n["exact"] += share >= 0.95
    n["form"] += b.get("form") == a["form"]
    n["speaker"] += right
    n["joint"] += right
    per["joint"] += right
    if gold_name:
        n["named"] += 1
        n["name"] += same_name(gold_name, name)
    if a["cue"]:
        n["cued"] += 1
        n["cue"] += bool(
            characters(g["text"], a["cue"]) & characters(g["text"], b.get("cue") or [])
        )
    if not right:
        tally.differences.append(ReadingDifference(article, "wrong speaker", a, b))


def figures(tally: ScoreTally, documents: int) -> Json:
    """Precision, recall, F1 and shares, rounded to the fourth digit."""
    n = tally.n

    def prf(right: int, got: int, gold: int) -> Json:
        p = right / got if got else 0.0
        r = right / gold if gold else 0.0
        f = 2 * p * r / (p + r) if p + r else 0.0
        return {"p": round(p, 4), "r": round(r, 4), "f1": round(f, 4)}

    def share(a: str, b: str) -> float | None:
        return round(n[a] / n[b], 4) if n[b] else None

    out: Json = {"documents": documents, "gold": n["gold"], "predicted": n["pred"]}
    for key, count in (("content", "match"), ("exact", "exact"), ("joint", "joint")):
        out[key] = prf(n[count], n["pred"], n["gold"])
    out |= {
        "speaker": share("speaker", "match"),
        "name": share("name", "named"),
        "cue": share("cue", "cued"),
        "form": share("form", "match"),
        "recall": {
            k: {
                "gold": v["gold"],
                "content": round(v["match"] / v["gold"], 4),
                "joint": round(v["joint"] / v["gold"], 4),
            }
            for k, v in tally.per.items()
            if v["gold"]
        },
    }
    for key, v in tally.parts.items():
        name = "addressee" if key == "addressees" else key
        out[name] = {**prf(v["right"], v["pred"], v["gold"]), "gold": v["gold"]}
    return out


def score(
    gold: Mapping[str, Json], predicted: Mapping[str, Json]
) -> tuple[Json, list[ReadingDifference]]:
    """The figures of readings against gold, and every difference."""
    tally = compare(gold, predicted)
    return figures(tally, len(gold)), tally.differences
