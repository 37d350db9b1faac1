"""The reader's scores against what was right, on gold articles that it was not trained on."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from selon import contract, lang, pipeline
from selon.errors import SelonError
from selon.learn.reader import files
from selon.reading import confidence
from selon.reading.reader import Network
from selon.reading.reader.network import MEMBERS
from selon.records import Reading
from selon.score import score

Json = dict[str, Any]
BINS: Final = 10
# Among these the threshold of statements is chosen.
THRESHOLDS: Final = (0.4, 0.45, 0.5, 0.55, 0.6)


@dataclass(frozen=True, slots=True)
class Outcome:
    """A statement that was read: its raw score, whether gold has it, and of these whether the
    speaker is right, with what tells it."""

    raw: float
    matched: bool
    right: bool
    features: tuple[float, ...] | None


def outcomes(gold: Iterable[Json], network: Network) -> tuple[list[Outcome], list[Reading]]:
    """What became of every statement that the network reads in some articles, without calibration."""
    found: list[Outcome] = []
    readings: list[Reading] = []
    for one in gold:
        bare = contract.from_json({**one, "statements": [], "entities": []}).article
        pack = lang.load(bare.language or lang.DEFAULT)
        reading, drafts = pipeline.read_with_drafts(bare, pack, network)
        readings.append(reading)
        found.extend(_outcomes_of(one, reading, drafts))
    return found, readings


def _outcomes_of(gold: Json, reading: Reading, drafts: dict[str, Any]) -> Iterable[Outcome]:
    got = contract.to_json(reading)
    _, differences = score({gold["id"]: gold}, {gold["id"]: got})
    wrong = {d.got["id"]: d.what for d in differences if d.got is not None}
    who = {j.subject: j for j in reading.judgements if j.relation in ("is", "unknown")}
    for statement in reading.statements:
        what = wrong.get(statement.id)
        judgement = who.get(f"{statement.id}/speaker")
        values = (
            confidence.features(judgement, statement, drafts[statement.id])
            if judgement is not None and statement.id in drafts
            else None
        )
        matched = what != "spurious"
        yield Outcome(statement.score, matched, matched and what is None, values)


def learn(found: Sequence[Outcome]) -> Json:
    """The calibration by outcomes, as the model file keeps it."""
    from sklearn.linear_model import LogisticRegression

    told = [o for o in found if o.matched and o.features is not None]
    if len({o.right for o in told}) < 2:
        raise SelonError("gold: too little to calibrate by; give a hundred articles or more")
    values = np.array([o.features for o in told])
    right = np.array([o.right for o in told])
    model = LogisticRegression(C=10.0, max_iter=1000).fit(values, right)
    sums = model.predict_proba(values)[:, 1]
    return {
        "statement": _curve([o.raw for o in found], [o.matched for o in found]),
        "weights": [round(float(w), 5) for w in model.coef_[0]],
        "constant": round(float(model.intercept_[0]), 5),
        "speaker": _curve(sums, right),
    }


def best_threshold(found: Sequence[Outcome], gold: int) -> float:
    """The threshold with the best content and joint F1 together, of so many statements in the gold."""

    def both(min_score: float) -> float:
        kept = [o for o in found if o.raw >= min_score]
        return sum(o.matched + o.right for o in kept) / max(1, len(kept) + gold)

    return max(THRESHOLDS, key=both)


def _curve(x: Sequence[float] | Any, y: Sequence[bool] | Any) -> list[list[float]]:
    """The corners of an isotonic regression, never quite sure of itself."""
    from sklearn.isotonic import IsotonicRegression

    model = IsotonicRegression(y_min=0.02, y_max=0.98, out_of_bounds="clip").fit(x, y)
    return [
        [round(float(v), 5) for v in model.X_thresholds_],
        [round(float(v), 5) for v in model.y_thresholds_],
    ]


def error(scores: Sequence[float], right: Sequence[bool]) -> float:
    """The expected calibration error over ten bins of equal width (Naeini et al. 2015)."""
    bins = np.minimum((np.asarray(scores) * BINS).astype(int), BINS - 1)
    truth = np.asarray(right, float)
    total = 0.0
    for n in range(BINS):
        inside = bins == n
        if inside.any():
            total += inside.mean() * abs(truth[inside].mean() - np.asarray(scores)[inside].mean())
    return float(total)


def write(model: Path, told: Json, out: Path) -> None:
    """The model file with other entries in what it tells of itself."""
    with zipfile.ZipFile(model) as archive:
        members = {name: archive.read(name) for name in MEMBERS}
    about = json.loads(members["about.json"]) | told
    members["about.json"] = json.dumps(about, indent=1, sort_keys=True).encode()
    files.write(out, members)
