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
from selon.reading.reader import Network, worth
from selon.reading.reader.network import MEMBERS
from selon.records import Reading
from selon.score import score

Json = dict[str, Any]
BINS: Final = 10
# Drafts less likely than this are never told; among these chances the least is chosen.
LOWEST: Final = 0.2
LEAST: Final = (0.2, 0.25, 0.3, 0.34, 0.38, 0.42, 0.46, 0.5)


@dataclass(frozen=True, slots=True)
class Outcome:
    """A statement that was read: its raw score, whether gold has it, and of these whether the
    speaker is right, with what tells it."""

    raw: float
    matched: bool
    right: bool
    features: tuple[float, ...] | None
    draft: tuple[float, ...] = ()


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
        draft = drafts.get(statement.id)
        seen = worth.features(gold["text"], draft) if draft is not None else ()
        yield Outcome(statement.score, matched, matched and what is None, values, seen)


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


def learn_worth(found: Sequence[Outcome], gold: int) -> Json:
    """The weights by which a draft is worth telling, and the least with the best content and joint F1.

    `gold` is the number of statements in the gold.
    """
    from sklearn.linear_model import LogisticRegression

    right = np.array([o.right for o in found])
    if len(set(right.tolist())) < 2:
        raise SelonError("gold: too little to calibrate by; give a hundred articles or more")
    model = LogisticRegression(C=1.0, max_iter=2000).fit([o.draft for o in found], right)
    weights = tuple(round(float(w), 5) for w in model.coef_[0])
    constant = round(float(model.intercept_[0]), 5)
    by = worth.Worth(weights, constant)
    chances = np.array([worth.chance(o.draft, by) for o in found])

    matched = np.array([o.matched for o in found])

    def both(least: float) -> float:
        kept = chances >= least
        hits = right[kept].sum() + matched[kept].sum()
        return float(hits / max(1, kept.sum() + gold))

    return {"weights": weights, "constant": constant, "least": max(LEAST, key=both)}


def kept(found: Sequence[Outcome], by: worth.Worth) -> list[Outcome]:
    """Those that are worth telling."""
    return [o for o in found if worth.chance(o.draft, by) >= by.least]


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
