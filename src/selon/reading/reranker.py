"""Candidates weighed against their competitors: those of the same cue, around them, inside them.

Three weighed sums of a candidate's features tell how likely it is a statement as a whole, whether
its cue attributes at all, and which of that cue's candidates has the right words. Where many of a
cue's candidates agree on more than half of the words, any of them will do: the share that agrees is
the strongest feature (a choice by least expected loss). Small trees weigh the features together.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import repeat
from typing import Final

from selon.reading.gbdt import Tree, leaf_sum
from selon.records import Candidate
from selon.spans import size

Sums = tuple[float, float, float]
# A candidate less likely than this by its cue and its words is not asked further: it saves time.
PRUNE_BELOW: Final = 0.02
# Contents that share as much of their words count as the same.
SAME_CONTENT_SHARE: Final = 0.5
FORMS: Final = {"direct": 0.0, "mixed": 1.0, "indirect": 2.0, "narrated": 3.0}
FEATURES: Final = (
    *("whole", "span", "cue", "both", "agree", "behind", "rivals", "of-longest", "of-shortest"),
    *("within", "around", "share-around", "against", "ahead", "length", "form", "has-speaker"),
)


@dataclass(frozen=True)
class Reranker:
    """Per feature the weights of the three sums (whole, span, cue), their constants, and the trees."""

    of: Mapping[str, Sums]
    constants: Sums
    trees: tuple[Tree, ...]
    base: float = 0.0

    def scores(self, candidates: Sequence[Candidate]) -> list[float]:
        """How likely each candidate of a sentence is a statement, between 0 and 1."""
        found = features(candidates, self.sums(candidates), PRUNE_BELOW)
        return [
            0.0 if one["both"] < PRUNE_BELOW else logistic(self.base + leaf_sum(self.trees, one))
            for one in found
        ]

    def sums(self, candidates: Sequence[Candidate]) -> list[Sums]:
        """The three sums of each candidate; a cue's is of all features that its candidates have."""
        groups = [cue_key(c) for c in candidates]
        features: dict[tuple[bool, int], dict[str, None]] = {}
        for group, candidate in zip(groups, candidates, strict=True):
            # In their order, so that the sum is the same to the last bit in every process.
            features.setdefault(group, {}).update(dict.fromkeys(candidate.features))
        cues = {group: self._sum(2, many) for group, many in features.items()}
        return [
            (self._sum(0, candidate.features), self._sum(1, candidate.features), cues[group])
            for group, candidate in zip(groups, candidates, strict=True)
        ]

    def _sum(self, which: int, features: Iterable[str]) -> float:
        weights = self._columns[which]
        return self.constants[which] + sum(map(weights.get, features, repeat(0.0)))

    @cached_property
    def _columns(self) -> tuple[dict[str, float], ...]:
        """A table for each of the sums: looking up in one is quicker than taking three apart."""
        return tuple({f: w[n] for f, w in self.of.items()} for n in range(3))


def logistic(total: float) -> float:
    """A sum as a chance between 0 and 1."""
    return 1.0 / (1.0 + math.exp(-max(-40.0, min(40.0, total))))


def cue_key(candidate: Candidate) -> tuple[bool, int]:
    """What groups candidates: the cue that they share, or where a cueless one begins."""
    if candidate.cue:
        return True, candidate.cue[0].start
    return False, candidate.content[0].start


@dataclass(frozen=True, slots=True)
class _Place:
    """A candidate's hull, group, and how likely its words are and it and its cue together."""

    start: int
    end: int
    group: tuple[bool, int]
    span: float
    both: float
    size: float

    def share(self, other: _Place) -> float:
        common = min(self.end, other.end) - max(self.start, other.start)
        if common <= 0:
            return 0.0
        return common / (self.end - self.start + other.end - other.start - common)

    def inside(self, other: _Place) -> bool:
        """Whether this one lies in the other's words with its cue."""
        held, at = other.start <= self.start and self.end <= other.end, self.group[1]
        wider = other.end - other.start > self.end - self.start
        return held and wider and self.group[0] and other.start <= at < other.end


@dataclass(frozen=True, slots=True)
class _Group:
    """The candidates of one cue: the best of them, how heavy each is beside it, their sizes."""

    mine: tuple[_Place, ...]
    best: float
    weights: tuple[float, ...]
    longest: float
    shortest: float

    @classmethod
    def of(cls, mine: Sequence[_Place]) -> _Group:
        best = max(place.span for place in mine)
        weights = tuple(math.exp(place.span - best) for place in mine)
        sizes = [place.size for place in mine]
        return cls(tuple(mine), best, weights, max(sizes), max(1.0, min(sizes)))

    def agreeing(self, place: _Place) -> float:
        """The weighed share of the candidates whose words are mostly those of one."""
        if len(self.mine) == 1:
            return 1.0
        pairs = zip(self.weights, self.mine, strict=True)
        return sum(w for w, other in pairs if place.share(other) >= SAME_CONTENT_SHARE) / sum(
            self.weights
        )


def features(
    candidates: Sequence[Candidate], sums: Sequence[Sums], min_score: float = 0.0
) -> list[dict[str, float]]:
    """The features of each candidate of a sentence, by the names in `FEATURES`.

    Of one that is less likely by its cue and its words than `min_score` only that is told.
    """
    places = []
    members: dict[tuple[bool, int], list[_Place]] = {}
    for c, (_, span, cue) in zip(candidates, sums, strict=True):
        both = logistic(span) * logistic(cue)
        place = _Place(
            c.content[0].start, c.content[-1].end, cue_key(c), span, both, float(size(c.content))
        )
        places.append(place)
        members.setdefault(place.group, []).append(place)
    groups = {name: _Group.of(mine) for name, mine in members.items()}
    return [
        _features(candidate, own, groups[place.group], place) | _neighbour_features(place, places)
        if place.both >= min_score
        else {"both": place.both}
        for candidate, own, place in zip(candidates, sums, places, strict=True)
    ]


def _features(candidate: Candidate, sums: Sums, group: _Group, place: _Place) -> dict[str, float]:
    """The features of a candidate by itself and among those of its cue."""
    whole, span, cue = sums
    return {
        "whole": whole,
        "span": span,
        "cue": cue,
        "both": place.both,
        "agree": group.agreeing(place),
        "behind": span - group.best,
        "rivals": float(len(group.mine)),
        "of-longest": place.size / group.longest,
        "of-shortest": place.size / group.shortest,
        "length": place.size,
        "form": FORMS[candidate.form],
        "has-speaker": float(len(candidate.speaker)),
    }


def _neighbour_features(me: _Place, places: Sequence[_Place]) -> dict[str, float]:
    """How likely the candidates of other cues are that hold this one, lie in it, or cross it."""
    within = around = share = against = 0.0
    for other in places:
        if other.start >= me.end or me.start >= other.end or other.group == me.group:
            continue
        if me.inside(other):
            within = max(within, other.both)
        elif other.inside(me):
            around = max(around, other.both)
            share = max(share, me.share(other))
        else:
            against = max(against, other.both)
    return {
        "within": within,
        "around": around,
        "share-around": share,
        "against": against,
        "ahead": me.both - against,
    }
