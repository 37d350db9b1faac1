"""What an English outlet says without vouching for it: « reportedly », « is said to »."""

from __future__ import annotations

from typing import Final

from selon.reading.tree import ParsedSentence

ADVERBS: Final = frozenset({"reportedly", "allegedly", "supposedly", "purportedly"})
SAID: Final = frozenset(
    {"said", "believed", "thought", "alleged", "rumored", "understood", "reported"}
)


def is_hedged(scene: ParsedSentence) -> bool:
    """ "He reportedly fled", "he is said to have fled", "the alleged theft" is not."""
    tokens = scene.tokens
    for i, low in enumerate(scene.lower):
        if scene.quote_at(tokens[i].span.start) is not None:
            continue
        if low in ADVERBS:
            return True
        if (
            low in SAID
            and scene.child(i, "aux:pass") is not None
            and scene.child(i, "xcomp") is not None
        ):
            return scene.child(i, "agent") is None
    return False
