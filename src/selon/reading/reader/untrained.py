"""How a language is read that the network was not trained on: by lower chances, without narrated reports."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from selon.reading.reader.decode import ROLES, Floats, Ints, Scorer
from selon.reading.reader.tokens import Tokens, Window
from selon.records import Draft

# Chances are lower in such a language, right ones too: set on 60 German articles, and seen to hold on 90.
MIN_CHANCE: Final = 0.2
# Log odds that words of the speaker are given: inside, at an edge.
SPEAKER: Final = (2.0, 1.0)


class UntrainedScorer:
    """The network at work, more willing to see a speaker's words."""

    def __init__(self, scorer: Scorer) -> None:
        self.scorer = scorer
        self.nests = scorer.nests

    def hidden(self, tokens: Tokens, found: Sequence[Window]) -> list[Floats]:
        """The hidden states of each window, as the network has them."""
        return self.scorer.hidden(tokens, found)

    def anchors(self, hidden: Floats) -> Floats:
        """Chances of an anchor, as the network has them."""
        return self.scorer.anchors(hidden)

    def pairs(self, hidden: Floats, at: Ints, paragraphs: Ints) -> Floats:
        """Log odds of the parts; those of the speaker raised."""
        scores = self.scorer.pairs(hidden, at, paragraphs).copy()
        inside, edge = SPEAKER
        scores[:, :, ROLES.index("speaker"), 0] += inside
        scores[:, :, ROLES.index("speaker"), 1:] += edge
        return scores

    def kinds(self, hidden: Floats, at: Ints, content: Floats) -> tuple[Floats, Floats]:
        """Chances of the forms and stances, as the network has them."""
        return self.scorer.kinds(hidden, at, content)

    def names(self, query: Floats, speakers: Floats, keys: Floats) -> Floats:
        """Chances of the places that name the speaker, as the network has them."""
        return self.scorer.names(query, speakers, keys)


def believable(found: Sequence[Draft]) -> tuple[Draft, ...]:
    """Without narrated reports: in German, nine of ten that the network sees are none."""
    return tuple(draft for draft in found if draft.form != "narrated")
