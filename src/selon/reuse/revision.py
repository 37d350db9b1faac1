"""Two versions of one article: which statements appeared, vanished, or are no longer the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from selon.reuse.alignment import DiffPiece, pieces
from selon.reuse.alteration import Alteration, types
from selon.reuse.lexicon import lexicon
from selon.reuse.reused_quotes import ReusedQuote, folded_words, words
from selon.reuse.similarity import measure

What = Literal["appeared", "vanished", "changed"]
# Two versions of a statement share at least so much of the shorter one.
MIN_SIMILARITY: Final = 0.5


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one statement from an older version to a newer one."""

    what: What
    old: ReusedQuote | None
    new: ReusedQuote | None
    alterations: tuple[Alteration, ...] = ()
    diff: tuple[DiffPiece, ...] = ()


def versions(old: Sequence[ReusedQuote], new: Sequence[ReusedQuote]) -> tuple[Change, ...]:
    """The changes from an older to a newer version, in the order of the newer, vanished ones last.

    A statement whose words differ in typography alone is no change.
    """
    matched = _match_statements(old, new)
    changes: list[Change] = []
    for n, saying in enumerate(new):
        if n not in matched:
            changes.append(Change("appeared", None, saying))
            continue
        before = old[matched[n]]
        what = types(before, saying)
        if what[0].type != "verbatim":
            sides = (words(s.words, s.language) for s in (before, saying))
            changes.append(Change("changed", before, saying, what, pieces(*sides)))
    gone = set(range(len(old))) - set(matched.values())
    changes.extend(Change("vanished", old[n], None) for n in sorted(gone))
    return tuple(changes)


def _match_statements(old: Sequence[ReusedQuote], new: Sequence[ReusedQuote]) -> dict[int, int]:
    """For each newer statement the older one it was, by place: the same words first, then like."""
    olds = [folded_words(s.words, s.language) for s in old]
    news = [folded_words(s.words, s.language) for s in new]
    pairs: list[tuple[float, int, int, int]] = []
    for n, theirs in enumerate(news):
        for o, mine in enumerate(olds):
            score = 2.0 if mine == theirs else _likeness(mine, theirs, new[n].language)
            other = old[o].speaker_key != new[n].speaker_key
            if score >= MIN_SIMILARITY:
                pairs.append((-score + 0.1 * other, abs(n - o), n, o))
    matched: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, n, o in sorted(pairs):
        if n not in matched and o not in taken:
            matched[n] = o
            taken.add(o)
    return matched


def _likeness(mine: Sequence[str], theirs: Sequence[str], language: str | None) -> float:
    """How much of the shorter one is kept, with some for the longer; 0 without a telling word."""
    cover, _, telling = measure(mine, theirs, lexicon(language))
    if not telling:
        return 0.0
    shorter, longer = sorted((len(mine), len(theirs)))
    return cover * (0.8 + 0.2 * shorter / longer)
