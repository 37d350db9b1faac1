"""Which candidates are statements: a weighed sum of readable features, then an article as a whole.

The weights are data of the language's pack, learnt from annotated articles by `selon train-grammar`; a
candidate's score is the logistic function of their sum, so it reads as a probability. Candidates of
one cue may besides be weighed against one another (`rivals`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from selon.reading.reranker import Reranker, logistic
from selon.records import Candidate, Ranked, Spans
from selon.spans import overlap, size


@dataclass(frozen=True)
class Weights:
    """The learnt weights of features, with the constant and the least score that is believed.

    Where a language has learnt to weigh candidates against their competitors, its `chooser` scores them.
    `nested` is the greatest share of a statement's words that another inside it may take.
    """

    of: Mapping[str, float]
    constant: float = 0.0
    min_score: float = 0.5
    chooser: Reranker | None = None
    nested: float = 0.85


def score(candidate: Candidate, weights: Weights) -> float:
    """How likely a candidate is a statement, between 0 and 1."""
    total = weights.constant + sum(weights.of.get(f, 0.0) for f in candidate.features)
    return logistic(total)


def scores(candidates: Sequence[Candidate], weights: Weights) -> list[float]:
    """The scores of the candidates of one sentence."""
    if weights.chooser is not None:
        return weights.chooser.scores(candidates)
    return [score(c, weights) for c in candidates]


def rank(candidates: Sequence[Candidate], weights: Weights) -> tuple[Ranked, ...]:
    """The candidates of one sentence that hold together, best first; ties go by place."""
    pairs = zip(candidates, scores(candidates, weights), strict=True)
    believed = sorted(
        (Ranked(candidate, score) for candidate, score in pairs if score >= weights.min_score),
        key=lambda r: (-r.score, r.candidate.content[0].start, r.candidate.rule),
    )
    kept: list[Ranked] = []
    for one in believed:
        if not any(clash(one.candidate, other.candidate, weights.nested) for other in kept):
            kept.append(one)
    return tuple(kept)


def clash(a: Candidate, b: Candidate, max_share: float = 0.85) -> bool:
    """Whether two candidates cannot both hold.

    They clash where they claim the same cue for overlapping words, or where their contents overlap
    and neither is a statement inside the other's content (its cue is not in there), or the inner one
    takes more than `max_share` of it.
    """
    shared = overlap(a.content, b.content)
    if _meet(a.cue, b.cue):
        return shared > 0 or not _quotation_after_report(a, b)
    if not shared:
        return False
    inner, outer = sorted((a, b), key=lambda c: size(c.content))
    nested = bool(inner.cue) and all(any(o.holds(c) for o in outer.content) for c in inner.cue)
    return not nested or shared > max_share * size(outer.content)


def _quotation_after_report(a: Candidate, b: Candidate) -> bool:
    """« X a salué N : « Q » »: one cue, two statements, of which one is the quotation."""
    return "quote-after" in (a.rule, b.rule) and a.rule != b.rule


def _meet(a: Spans, b: Spans) -> bool:
    return any(x.meets(y) for x in a for y in b)
