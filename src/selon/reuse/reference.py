"""Which member of a family the others are compared with."""

from __future__ import annotations

from typing import Final

from selon.reuse.alteration import fuller
from selon.reuse.propagation import first_seen
from selon.reuse.quoting import own_words
from selon.reuse.reused_quotes import ReusedQuote, words

# The share of the fullest one's words that makes the earliest the better reference.
NEARLY_WHOLE: Final = 0.8


def reference(sayings: dict[str, ReusedQuote]) -> ReusedQuote:
    """What the others of a family are compared with: the earliest if it is nearly whole.

    Else the fullest; so that somebody's later addition is not taken for the words.
    """
    full, *rest = (sayings[i] for i in sorted(sayings, key=int))
    for other in rest:
        full = fuller(full, other)[0]
    longest = len(words(own_words(full) or full.words, full.language))
    for number in first_seen(sayings.values()).sayings:
        early = sayings[number]
        if len(words(own_words(early) or early.words, early.language)) >= NEARLY_WHOLE * longest:
            return early
    return full
