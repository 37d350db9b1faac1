"""Scores that can be taken at their word: of statements, and of their speakers.

What a fine-tuned encoder says of itself is too sure. Two monotone curves, learnt from articles held
out of the training (isotonic regression), carry it to shares that were right there.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import exp
from typing import Any, Final

from selon.records import Draft, Judgement, Statement

# What tells whether the speaker is right, in the order of the weights.
FEATURES: Final = ("words", "margin", "learnt", "share", "unknown", "statement")
MARGIN: Final = 8.0


@dataclass(frozen=True, slots=True)
class Curve:
    """A monotone curve by its corners; level before the first and after the last."""

    x: tuple[float, ...]
    y: tuple[float, ...]

    def at(self, value: float) -> float:
        """The curve's height at a value."""
        if not self.x:
            return value
        n = bisect_right(self.x, value)
        if n == 0 or n == len(self.x):
            return self.y[min(n, len(self.x) - 1)]
        low, high = self.x[n - 1], self.x[n]
        share = (value - low) / (high - low) if high > low else 1.0
        return self.y[n - 1] + share * (self.y[n] - self.y[n - 1])


@dataclass(frozen=True, slots=True)
class Calibration:
    """The curve of statements; the weights of the speakers' features, and the curve of their sum."""

    statement: Curve = Curve((), ())
    weights: tuple[float, ...] = ()
    constant: float = 0.0
    speaker: Curve = Curve((), ())


def calibration(told: Mapping[str, Any]) -> Calibration:
    """The calibration of a model file; one that has none leaves scores as they are."""
    if not told:
        return Calibration()
    return Calibration(
        Curve(*map(tuple, told["statement"])),
        tuple(told["weights"]),
        told["constant"],
        Curve(*map(tuple, told["speaker"])),
    )


def statements(found: Sequence[Statement], by: Calibration) -> tuple[Statement, ...]:
    """The statements, each with the share of such that are right for its score."""
    return tuple(replace(one, score=by.statement.at(one.score)) for one in found)


def speakers(
    judgements: Sequence[Judgement],
    found: Sequence[Statement],
    drafts: Mapping[str, Draft],
    by: Calibration,
) -> tuple[Judgement, ...]:
    """The judgements, those of who speaks with the share of such that are right for a score."""
    raw = {f"{s.id}/speaker": (s, drafts[s.id]) for s in found if s.id in drafts}
    out = []
    for judgement in judgements:
        known = raw.get(judgement.subject)
        if known is None or not by.weights:
            out.append(judgement)
            continue
        score = logit(features(judgement, *known), by)
        out.append(replace(judgement, score=round(by.speaker.at(score), 4)))
    return tuple(out)


def features(judgement: Judgement, statement: Statement, draft: Draft) -> tuple[float, ...]:
    """What tells whether a speaker is right: see `FEATURES`; `statement` has its raw score."""
    words = bool(statement.speaker.spans)
    learnt = judgement.by in ("rule:who.learnt", "rule:who.repeated")
    return (
        float(words),
        max(-MARGIN, min(MARGIN, draft.margin)) / MARGIN,
        float(learnt),
        judgement.score if learnt else 0.0,
        float(judgement.object is None),
        draft.score,
    )


def logit(values: Sequence[float], by: Calibration) -> float:
    """The logistic function of the features' weighed sum."""
    total = by.constant + sum(w * v for w, v in zip(by.weights, values, strict=True))
    return 1 / (1 + exp(-max(-30.0, min(30.0, total))))
