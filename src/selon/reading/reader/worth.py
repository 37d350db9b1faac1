"""Whether a draft is worth being told: how likely it is a statement with the right speaker."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp, log
from typing import Any, Final

from selon.records import FORMS, Draft

# What is weighed, in the order of the weights.
FEATURES: Final = (
    "anchor",
    *FORMS,
    "cued",
    "cue",
    "speaker",
    "margin",
    "spans",
    "length",
    "marks",
    "direct × anchor",
    "narrated × anchor",
)
MARGIN: Final = 8.0
MARKS: Final = frozenset("«»“”„\"‹›‘’'")
# A score is never taken for certain.
SURE: Final = 0.9999


@dataclass(frozen=True, slots=True)
class Worth:
    """The weights of `FEATURES`, a constant, and from where a draft is told."""

    weights: tuple[float, ...] = ()
    constant: float = 0.0
    least: float = 0.0


def worth(told: Mapping[str, Any]) -> Worth:
    """The weights that a model file keeps; without any every draft is worth telling."""
    if not told:
        return Worth()
    return Worth(tuple(told["weights"]), float(told["constant"]), float(told["least"]))


def told(text: str, drafts: Sequence[Draft], by: Worth) -> tuple[Draft, ...]:
    """The drafts that are worth being told."""
    if not by.weights:
        return tuple(drafts)
    return tuple(d for d in drafts if chance(features(text, d), by) >= by.least)


def chance(values: Sequence[float], by: Worth) -> float:
    """The logistic function of the features' weighed sum."""
    total = by.constant + sum(w * v for w, v in zip(by.weights, values, strict=True))
    return 1 / (1 + exp(-max(-30.0, min(30.0, total))))


def features(text: str, draft: Draft) -> tuple[float, ...]:
    """The numbers of `FEATURES` of a draft."""
    score = min(SURE, max(1 - SURE, draft.score))
    anchor = log(score / (1 - score))
    start, end = draft.content[0].start, draft.content[-1].end
    around = text[max(0, start - 2) : start], text[end : end + 2]
    return (
        anchor,
        *(float(draft.form == form) for form in FORMS),
        float(draft.cued),
        float(bool(draft.cue)),
        float(bool(draft.speaker)),
        max(-MARGIN, min(MARGIN, draft.margin)) / MARGIN,
        float(min(3, len(draft.content))),
        log(max(1, sum(s.end - s.start for s in draft.content))),
        float(all(MARKS.intersection(side) for side in around)),
        anchor * (draft.form == "direct"),
        anchor * (draft.form == "narrated"),
    )
