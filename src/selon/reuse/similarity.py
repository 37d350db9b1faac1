"""Whether two sayings are one utterance: a score from what they share, and the evidence for it.

The score looks at nothing but the two sayings, so families do not depend on the order of adding.
Its weights were fitted (logistic regression) to the dev half of `tests/ledger/pairs.tsv`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from rapidfuzz.distance import LCSseq

from selon.edtf import days_between
from selon.reuse.alignment import blocks
from selon.reuse.bulletins import are_editions, has_new_number, is_next_bulletin, is_report
from selon.reuse.lexicon import ReuseLexicon, found_in, lexicon
from selon.reuse.quoting import readings
from selon.reuse.reused_quotes import ReusedQuote, overlap
from selon.reuse.speakers import differ

# Weights of: share of the shorter one's words that are kept, the longest run, telling words kept,
# days between, other numbers on another day (an update of a report, not its repetition).
COVER: Final = 7.0
RUN: Final = 4.5
CONTENT_WORDS_WEIGHT: Final = 3.3
DAYS: Final = -3.0
UPDATE: Final = -3.5
BIAS: Final = -8.2
# Where each measure stops to count for more.
LONG_RUN: Final = 12
MANY_CONTENT_WORDS: Final = 8
FAR_DAYS: Final = 10
# A speaker known to be the same weighs as much as five days less; chosen, not fitted: the pairs
# that were read have no speakers.
SAME_SPEAKER: Final = 1.5
# An article seldom says a thing twice in other words: two of its statements are mostly two.
SAME_ARTICLE: Final = -1.5
# Two speakers said to be different share an utterance only with so long a run and so much content.
OTHER_RUN: Final = 8
OTHER_CONTENT_WORDS: Final = 4
OTHER_COVER: Final = 0.8
# So much content in the longest run that counts is somebody's own, whatever else is said.
OTHER_MUCH: Final = 5
# Or where they say the same from end to end within so many days: then one of the two is misread.
CLOSE_RUN: Final = 5
CLOSE_LONG: Final = 7
CLOSE_COVER: Final = 0.75
CLOSE_CONTENT_WORDS: Final = 4
CLOSE_WHOLE: Final = 0.95
# Or, within those days, a stretch so long that tells much, whatever else each has; so many telling
# words in order; or all words of a quotation that tells much, with a day more. Of 293
# labelled pairs of two utterances, given two speakers each, 2 are one so, of 545 of one 348 (336).
CLOSE_STRETCH: Final = 9
CLOSE_MANY: Final = 7
CLOSE_MANY_COVER: Final = 0.7
INSIDE_DAYS: Final = 3
# So near in time the same few words of one speaker are one utterance.
AGAIN_DAYS: Final = 2
AGAIN_MIN_WORDS: Final = 3
# What two mixed statements of others quote must tell so much, or somewhat less in a longer run:
# « des indices graves et concordants », « dans le courant de la semaine » are quoted by many.
QUOTED_CONTENT_WORDS: Final = 4
QUOTED_LESS: Final = 3
# In a report the words are the newspaper's: a name or a formula in them is nobody's, and other
# numbers on another day are a bulletin's next edition. Where the speaker is not known to be the
# same, and the shorter one is a report, two share so many telling words or so much of both.
REPORT_CONTENT_WORDS: Final = 4
REPORT_WHOLE: Final = 0.5
# After so many days what a report shares with another must be half of both, however much it tells:
# an office, the name of a bill, what a prosecutor charges. So must a thing that one speaker only
# named (« le service national universel »).
REPORT_DAYS: Final = 60
Readings = tuple[tuple[str, ...], ...]
# Fewer words in common, wherever they stand, cannot come to the score of one half.
COMMON: Final = 0.4
# What adding in another order may make of a nought.
_ROUNDING: Final = 1e-9
# Fewer words than this, or fewer telling ones, are nobody's own.
MIN_WORDS: Final = 4
MIN_CONTENT_WORDS: Final = 2
MIN_COVER: Final = 0.5


@dataclass(frozen=True, slots=True)
class Match:
    """Two sayings held to be one utterance: the score (0 to 1) and what it rests on.

    `cover` is the share of the shorter one's words that are kept, `whole` of the longer one's,
    `run` the longest stretch of words in common, `telling` the words with content among those
    kept; `by` names the rule.
    """

    a: str
    b: str
    score: float
    cover: float
    whole: float
    run: int
    telling: int
    days: int | None
    by: str = "rule:ledger.words"

    @property
    def strength(self) -> float:
        """Which of two links is believed where not both can be: the score, but whole with whole.

        A report that stands inside another shares all its words with both of another article.
        """
        return self.score * (1 + self.whole) / 2

    @property
    def why(self) -> str:
        """The evidence in one line, for a judgement."""
        days = "?" if self.days is None else str(self.days)
        return f"cover={self.cover:.2f} run={self.run} telling={self.telling} days={days}"


def match(
    a: ReusedQuote, b: ReusedQuote, sides: tuple[Readings, Readings] | None = None
) -> Match | None:
    """The kinship of two sayings by their words, or None where they are not one utterance.

    `sides` are their `quoting.readings`, where the caller has them: of a mixed statement its
    quoted part is compared too. Symmetric, but for the order of ids.
    """
    if a.id > b.id:
        a, b = b, a
        sides = None if sides is None else (sides[1], sides[0])
    if overlap(a, b):
        return None
    one, two = sides or (readings(a), readings(b))
    found = [
        _match_of(_as_said(a, n), _as_said(b, m), (x, y), quoted=bool(n or m))
        for n, x in enumerate(one)
        for m, y in enumerate(two)
    ]
    return max((k for k in found if k), key=lambda k: (k.score, k.whole), default=None)


def _as_said(saying: ReusedQuote, reading: int) -> ReusedQuote:
    """A saying with the form of one of its readings: the quoted part is the speaker's own."""
    return replace(saying, form="direct") if reading else saying


def _match_of(
    a: ReusedQuote, b: ReusedQuote, sides: tuple[Sequence[str], Sequence[str]], *, quoted: bool
) -> Match | None:
    """The kinship of two sayings by one reading of each; of one at least maybe the quoted part."""
    x, y = sides
    known = lexicon(a.language)
    shorter = min(len(x), len(y))
    same = a.speaker_key is not None and a.speaker_key == b.speaker_key
    days = days_between(a.published, b.published)
    near = days is not None and days <= AGAIN_DAYS
    again = same and near and len(x) >= AGAIN_MIN_WORDS and list(x) == list(y)
    if not again and not (is_distinctive(x, known) and is_distinctive(y, known)):
        return None
    if not possible(x, y, known, days or 0, same=same):
        return None
    runs = _runs(x, y, known)
    cover, run, telling = _measure(runs, shorter, known)
    whole = cover * shorter / max(len(x), len(y))
    if telling < MIN_CONTENT_WORDS and (cover < 1 or (telling == 0 and not same)):
        return None  # « il s'agissait d'une … », « au ministre de l’Intérieur »
    if telling == MIN_CONTENT_WORDS and cover < MIN_COVER:
        return None  # « … au moins sur une partie de la semaine »
    updated = has_new_number(x, y)
    shortest = a if len(x) < len(y) else b
    late = (days or 0) > REPORT_DAYS and whole < REPORT_WHOLE
    if late and (shortest.form == "narrated" if same else is_report(shortest)):
        return None
    if are_editions(a, b, days, updated):
        return None
    if is_next_bulletin([w for r in runs for w in r], whole, days, known):
        return None
    updated = updated and bool(days)
    score = _score(cover, run, telling, days or 0, updated)
    if same:
        score = _shift_probability(score, SAME_SPEAKER)
    elif (
        (differ(a, b) and not _share_words(a, b, _Shared(cover, whole, run, telling, days)))
        or (updated and (is_report(a) or is_report(b)))
        or (is_report(shortest) and _slight(run, telling, whole))
        or (quoted and not _own(run, telling))
    ):
        return None
    if a.article == b.article:
        score = _shift_probability(score, SAME_ARTICLE)
    if score < 0.5:
        return None
    return Match(a.id, b.id, round(score, 4), round(cover, 4), round(whole, 4), run, telling, days)


@dataclass(frozen=True, slots=True)
class _Shared:
    """What two sayings share, as in `Match`."""

    cover: float
    whole: float
    run: int
    telling: int
    days: int | None


def _share_words(a: ReusedQuote, b: ReusedQuote, shared: _Shared) -> bool:
    """Whether so much is shared that two speakers said to be different are one, or one quotes the other.

    So long a run that nobody else says it; or most of the words in a long one; or within days, of
    which one article has misread the speaker, what tells much, the same words from end to end, or
    most of the words of a person and of what they may speak for (`Élysée`, `Macron`).
    """
    if shared.run >= LONG_RUN and shared.telling >= OTHER_MUCH:
        return True
    most = shared.cover >= OTHER_COVER
    if most and shared.run >= OTHER_RUN and shared.telling >= OTHER_CONTENT_WORDS:
        return True
    if shared.days is None or shared.days > INSIDE_DAYS:
        return False
    inside = shared.cover >= CLOSE_WHOLE and shared.run >= CLOSE_RUN
    if inside and shared.telling >= OTHER_MUCH:
        return True
    if shared.days > AGAIN_DAYS:
        return False
    if shared.run >= CLOSE_STRETCH and shared.telling >= OTHER_MUCH:
        return True
    if (
        shared.run >= CLOSE_RUN
        and shared.telling >= CLOSE_MANY
        and shared.cover >= CLOSE_MANY_COVER
    ):
        return True
    if shared.cover < CLOSE_COVER:
        return False
    if shared.run >= CLOSE_LONG and shared.telling >= OTHER_MUCH:
        return True
    if not most or shared.run < CLOSE_RUN or shared.telling < CLOSE_CONTENT_WORDS:
        return False
    return shared.whole >= CLOSE_WHOLE or _speaks_for(a, b)


def _own(run: int, telling: int) -> bool:
    """Whether quoted words are enough to be nobody else's by chance."""
    return telling >= QUOTED_CONTENT_WORDS or (run >= CLOSE_RUN and telling >= QUOTED_LESS)


def _speaks_for(a: ReusedQuote, b: ReusedQuote) -> bool:
    """Whether one speaker is a person and the other a body that people speak for."""
    kinds = {(s.speaker_key or "").partition(":")[0] for s in (a, b)}
    return "person" in kinds and bool(kinds & {"organisation", "group"})


def possible(
    x: Sequence[str], y: Sequence[str], known: ReuseLexicon, days: int = 0, *, same: bool = True
) -> bool:
    """Whether two folded texts so many days apart may come to the score of one half.

    Much cheaper than the score: what they have in common in order is the most that can be kept.
    `same`: of one speaker; where that is not known yet it is taken for granted.
    """
    shorter = min(len(x), len(y))
    bias = SAME_SPEAKER if same else 0.0
    least = _least_common(shorter, days, bias)
    most = LCSseq.similarity(x, y, score_cutoff=least) if least <= shorter else 0
    if not most:
        return False
    here = _content_words(tuple(x), known.language)
    if len(here.intersection(y)) >= MANY_CONTENT_WORDS:
        return True
    telling = sum(1 for w in y if w in here)
    score = _logit(most / shorter, most, min(most, telling), days, False)
    return score + bias >= -_ROUNDING


@lru_cache(maxsize=4096)
def _least_common(shorter: int, days: int, bias: float) -> int:
    """How many words two texts must have in common in order, even where all of them are telling.

    More than the shorter one has where nothing would do. Asked for with each pair.
    """
    least = math.ceil(COMMON * shorter)
    while least <= shorter:
        if least and _logit(least / shorter, least, least, days, False) + bias >= -_ROUNDING:
            break
        least += 1
    return least


@lru_cache(maxsize=1024)
def _content_words(some: tuple[str, ...], language: str) -> frozenset[str]:
    """The words of a folded text that tell something: asked for with each that it is compared with."""
    return frozenset(some) - lexicon(language).function


def measure(x: Sequence[str], y: Sequence[str], known: ReuseLexicon) -> tuple[float, int, int]:
    """Share kept of the shorter one, longest run, telling words kept, of two folded texts.

    The words of a set phrase (« les forces de l'ordre ») tell nothing; a run goes on over a denial
    that came or went (« ce sujet (n’)est (pas) derrière nous »).
    """
    return _measure(_runs(x, y, known), min(len(x), len(y)), known)


def _measure(runs: list[list[str]], shorter: int, known: ReuseLexicon) -> tuple[float, int, int]:
    """As `measure`, of the stretches of words that two texts share."""
    kept = run = telling = 0
    for shared in runs:
        size = len(shared)
        content = sum(1 for w in shared if w not in known.function) - _set(shared, known)
        if size >= 2 or content:
            kept += size
            telling += content
        run = max(run, size)
    return kept / max(1, shorter), run, telling


def _runs(x: Sequence[str], y: Sequence[str], known: ReuseLexicon) -> list[list[str]]:
    """The stretches of words that both have, those made one that only a denial parts."""
    found: list[list[str]] = []
    ended = (0, 0)
    for block in blocks(x, y):
        between = (*x[ended[0] : block.a], *y[ended[1] : block.b])
        if found and known.light.issuperset(between):
            found[-1].extend(x[block.a : block.a + block.size])
        else:
            found.append(list(x[block.a : block.a + block.size]))
        ended = (block.a + block.size, block.b + block.size)
    return found


def _set(words: Sequence[str], known: ReuseLexicon) -> int:
    """How many words with content stand in set phrases."""
    found = found_in(words, known.language, "formulas")
    return sum(1 for n, size, _ in found for w in words[n : n + size] if w not in known.function)


def is_distinctive(words: Sequence[str], known: ReuseLexicon) -> bool:
    """Return whether a text is distinctive enough to match on, and not « oui, bien sûr »."""
    if len(words) < MIN_WORDS:
        return False
    return sum(1 for w in words if w not in known.function) >= MIN_CONTENT_WORDS


def comparable(words: Sequence[str], known: ReuseLexicon) -> bool:
    """Whether words may be found again: their own, or a few that one speaker may say again."""
    return is_distinctive(words, known) or (
        len(words) > 1 and any(w not in known.function for w in words)
    )


def _slight(run: int, telling: int, whole: float) -> bool:
    """Whether what is shared may be a name or a formula: « la mort de … », « être testé positif »."""
    if run >= CLOSE_STRETCH and telling >= QUOTED_LESS:
        return False
    return telling < REPORT_CONTENT_WORDS and whole < REPORT_WHOLE


def _score(cover: float, run: int, telling: int, days: int, updated: bool) -> float:
    return 1 / (1 + math.exp(-_logit(cover, run, telling, days, updated)))


def _logit(cover: float, run: int, telling: int, days: int, updated: bool) -> float:
    return (
        BIAS
        + COVER * cover
        + RUN * min(run, LONG_RUN) / LONG_RUN
        + CONTENT_WORDS_WEIGHT * min(telling, MANY_CONTENT_WORDS) / MANY_CONTENT_WORDS
        + DAYS * min(days, FAR_DAYS) / FAR_DAYS
        + UPDATE * updated
    )


def _shift_probability(score: float, by: float) -> float:
    """A probability moved by so many logits."""
    odds = score / max(1e-9, 1 - score) * math.exp(by)
    return odds / (1 + odds)
