"""Numbers written in words, or half in words: « vingt et un », « 1,4 million », `two hundred`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from selon.reuse.lexicon import ReuseLexicon, lexicon

_HUNDRED: Final = 100
_THOUSAND: Final = 1000
# What more may be counted in thousands of: « cent mille milliards ».
_MANY: Final = 1_000_000
# Longer figures are no quantity.
_DIGITS: Final = 15
# Tens on which French counts on to nineteen: soixante-dix, quatre-vingt-douze.
_SCORES: Final = (60, 80)


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number that some words make: how many of them, and its value."""

    size: int
    value: float

    @property
    def figures(self) -> str:
        """The number as digits are folded."""
        return str(int(self.value)) if self.value == int(self.value) else str(self.value)


def numeral(words: Sequence[str], known: ReuseLexicon) -> Numeral | None:
    """The number with which folded words begin, the longest; None where they begin with none.

    Digits stand among the words as they are folded (`1.4`, `million`). The words are next to each
    other in the text, without a mark between them.
    """
    found = _group(words, 0, known)
    if found is None:
        return None
    n, group = found
    total, last = 0.0, 0
    while n < len(words) and (times := known.times.get(words[n], 0)) >= _THOUSAND:
        if group and (not last or times < last):
            total += group * times
        elif not group and 0 < total < _MANY:
            total *= times  # « mille milliards »
        else:
            break
        n, group, last = n + 1, 0, times
        rest = _group(words, _after_joiner(words, n, known), known, after=True)
        if rest and (rest[0] == len(words) or known.times.get(words[rest[0]], 0) < last):
            n, group = rest
    return Numeral(n, total + group)


@lru_cache(maxsize=16)
def parts(language: str) -> frozenset[str]:
    """The words that numbers are made of in a language."""
    known = lexicon(language)
    return frozenset(
        (*known.units, *known.tens, *known.times, *known.ones, *known.before, *known.joins)
    )


def _group(
    words: Sequence[str], n: int, known: ReuseLexicon, after: bool = False
) -> tuple[int, float] | None:
    """Where the number below a thousand that begins here ends, and its value.

    `after` a thousand a one may stand alone, and digits are a number of their own.
    """
    if n >= len(words):
        return None
    if words[n][0].isdigit():
        figures = words[n].replace(".", "", 1)
        sound = not after and figures.isdecimal() and len(figures) <= _DIGITS
        return (n + 1, float(words[n])) if sound else None
    following = known.times.get(words[n + 1], 0) if n + 1 < len(words) else 0
    if words[n] in known.ones | known.before and following:
        return _hundreds(words, n + 1, 1, known)
    if words[n] in known.ones and after:
        return n + 1, 1
    if words[n] in known.bare:
        return _hundreds(words, n, 1, known)
    found = _tens(words, n, known)
    return found and _hundreds(words, *found, known)


def _hundreds(words: Sequence[str], n: int, group: int, known: ReuseLexicon) -> tuple[int, float]:
    """A number that may have a hundred after it, and what follows that."""
    if n >= len(words) or known.times.get(words[n]) != _HUNDRED or group >= 20:
        return n, group
    n, group = n + 1, group * _HUNDRED
    start = _after_joiner(words, n, known)
    if start < len(words) and words[start] in known.ones:
        return start + 1, group + 1
    rest = _tens(words, start, known)
    if rest is None or (start > n and rest[0] < len(words) and words[rest[0]] in known.times):
        return n, group  # « entre deux cents et trois cents »
    return rest[0], group + rest[1]


def _tens(words: Sequence[str], n: int, known: ReuseLexicon) -> tuple[int, int] | None:
    """A number below a hundred."""
    if n >= len(words):
        return None
    value = known.units.get(words[n])
    following = known.tens.get(words[n + 1], 0) if n + 1 < len(words) else 0
    if value is not None:
        if value == 4 and following == 20:
            return _units(words, n + 2, 80, known)  # « quatre-vingts »
        if value == 10 and 7 <= known.units.get(words[n + 1] if n + 1 < len(words) else "", 0) <= 9:
            return n + 2, 10 + known.units[words[n + 1]]  # « dix-sept »
        return n + 1, value
    return _units(words, n + 1, known.tens[words[n]], known) if words[n] in known.tens else None


def _units(words: Sequence[str], n: int, tens: int, known: ReuseLexicon) -> tuple[int, int]:
    """The units that may follow tens: « vingt et un », « soixante-dix-huit »."""
    start = _after_joiner(words, n, known)
    if start >= len(words):
        return n, tens
    if words[start] in known.ones:
        return start + 1, tens + 1
    value = known.units.get(words[start], 0)
    if start > n and value != 11:
        return n, tens
    if 0 < value < 10 or (tens in _SCORES and 10 <= value < 20):
        end, value = _tens(words, start, known) or (start, 0)
        return (end, tens + value) if value < 20 else (n, tens)
    return n, tens


def _after_joiner(words: Sequence[str], n: int, known: ReuseLexicon) -> int:
    """Behind a word that joins parts of a number (« et »), if one stands here."""
    return n + 1 if n < len(words) and words[n] in known.joins else n
