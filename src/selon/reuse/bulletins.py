"""Bulletins: what a source tells again and again in the same words, each time another utterance.

Weather, launches, trains, the sick and the dead: a later bulletin keeps the formulas of the one
before it. Whoever repeats a bulletin does so within a day, or word for word.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from selon.reuse.lexicon import ReuseLexicon
from selon.reuse.reused_quotes import ReusedQuote

# After so many days what a body reports again in the same words is its next bulletin.
BULLETIN_DAYS: Final = 14
# So many of the words shared are of bulletins; after so many days less than nearly all of both is
# the next one.
BULLETIN_WORDS: Final = 2
NEXT_DAYS: Final = 2
NEARLY_WHOLE: Final = 0.95


def are_editions(a: ReusedQuote, b: ReusedQuote, days: int | None, updated: bool) -> bool:
    """Whether two reports are editions of one bulletin: other counts, or its formulas months later.

    « douze morts » at noon and « quinze morts » at night are two, whoever counted.
    """
    if not (is_report(a) and is_report(b)):
        return False
    if updated:
        return True
    bodies = all((s.speaker_key or "").startswith(("organisation:", "kb:")) for s in (a, b))
    return bodies and (days or 0) > BULLETIN_DAYS


def is_next_bulletin(
    shared: Sequence[str], whole: float, days: int | None, known: ReuseLexicon
) -> bool:
    """Whether the words shared are a bulletin's, and what has them is its next one.

    `whole` is the share of the longer one's words that are kept.
    """
    if days is None or days < NEXT_DAYS:
        return False
    if len(known.bulletins.intersection(shared)) < BULLETIN_WORDS:
        return False
    return whole < NEARLY_WHOLE or days > BULLETIN_DAYS


def has_new_number(x: Sequence[str], y: Sequence[str]) -> bool:
    """Whether each has a number that the other lacks."""
    here, there = ({w for w in side if w[0].isdigit()} for side in (x, y))
    return bool(here - there) and bool(there - here)


def is_report(saying: ReusedQuote) -> bool:
    """Whether a saying has words that are the newspaper's and not the speaker's own."""
    return saying.form not in (None, "direct")
