"""Near-duplicate search: which texts share runs of three words that tell something.

An inverted index from hashed word trigrams to texts, kept as sorted arrays that are merged when
they grow (as in a log-structured store): 12 bytes an entry, adding and asking in microseconds.
Every trigram with a telling word is kept, none for being rare or frequent *so far*: so what is
found depends only on the two texts, never on the order in which texts came.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from hashlib import blake2b
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from selon.reuse.lexicon import ReuseLexicon

RUN: Final = 3
# Bits of a hash: six bytes in SQLite.
BITS: Final = 48
# Entries kept in plain lists before they become a sorted array.
FRESH: Final = 1 << 16
# One array is merged into the one before when it is at least so large a part of it.
MERGE: Final = 0.5

Hashes = npt.NDArray[np.uint64]
Numbers = npt.NDArray[np.uint32]
_MASK: Final = (1 << 64) - 1


@lru_cache(maxsize=1 << 18)
def word_code(word: str) -> int:
    """A number for a word, the same on every machine."""
    return int.from_bytes(blake2b(word.encode(), digest_size=8).digest(), "big")


def hashes(words: Sequence[str], known: ReuseLexicon) -> list[int]:
    """The hashed trigrams of a text that are not all function words, each once.

    Words that come with a denial and go with it are passed over (« ce sujet (n’)est (pas) derrière
    nous »).
    """
    some = [w for w in words if w not in known.light]
    codes = [word_code(w) for w in some]
    telling = [w not in known.function for w in some]
    return list(
        {
            hash_of(codes[n : n + RUN]) >> 64 - BITS: None
            for n in range(max(1, len(some) - RUN + 1))
            if any(telling[n : n + RUN])
        }
    )


def enough(shared: int, smaller: int) -> bool:
    """Whether two texts share enough trigrams to be compared, the shorter having so many.

    Two, or one where it has fewer than four; and at least a seventh of its own.
    """
    return shared >= (2 if smaller >= 4 else 1) and 7 * shared >= smaller


class Shingles:
    """An index of texts by their telling word trigrams."""

    def __init__(self) -> None:
        self._segments: list[tuple[Hashes, Numbers]] = []
        self._fresh: dict[int, list[int]] = {}
        self._waiting = 0
        self._sizes: list[int] = []

    def __len__(self) -> int:
        """How many texts are in the index."""
        return len(self._sizes)

    def add(self, words: Sequence[str], known: ReuseLexicon) -> int:
        """Put a text in; its number in this index, counted from 0."""
        return self.put(hashes(words, known))

    def put(self, own: Sequence[int]) -> int:
        """Put a text in by its hashes; its number in this index, counted from 0."""
        number = len(self._sizes)
        self._sizes.append(len(own))
        for h in own:
            self._fresh.setdefault(h, []).append(number)
        self._waiting += len(own)
        if self._waiting >= FRESH:
            self._settle()
        return number

    def fill(self, keys: Hashes, sizes: Sequence[int]) -> None:
        """Put many texts in at once: their hashes one after the other, and how many each has."""
        first = len(self._sizes)
        numbers = np.repeat(np.arange(first, first + len(sizes), dtype=np.uint32), sizes)
        self._sizes.extend(sizes)
        self._segments.append(_sort_by_key(keys, numbers))

    def near(self, words: Sequence[str], known: ReuseLexicon) -> list[int]:
        """The numbers of the texts that share enough with this one to be worth comparing."""
        return self.sharing(hashes(words, known))

    def sharing(self, own: Sequence[int]) -> list[int]:
        """The numbers of the texts that share enough of these hashes."""
        if not own:
            return []
        parts: list[Any] = [self._fresh[h] for h in own if h in self._fresh]
        wanted = np.sort(np.array(own, dtype=np.uint64))
        for keys, numbers in self._segments:
            low = np.searchsorted(keys, wanted, "left")
            high = np.searchsorted(keys, wanted, "right")
            parts.extend(numbers[i:j] for i, j in zip(low, high, strict=True) if i < j)
        if not parts:
            return []
        found, shared = np.unique(
            np.concatenate([np.asarray(p, dtype=np.uint32) for p in parts]), return_counts=True
        )
        here = len(own)
        return [
            number
            for number, count in zip(found.tolist(), shared.tolist(), strict=True)
            if enough(count, min(here, self._sizes[number]))
        ]

    def _settle(self) -> None:
        """Turn the plain lists into a sorted array, and merge arrays of like size."""
        keys = np.fromiter(
            (h for h, many in self._fresh.items() for _ in many), np.uint64, self._waiting
        )
        numbers = np.fromiter(
            (n for many in self._fresh.values() for n in many), np.uint32, self._waiting
        )
        self._segments.append(_sort_by_key(keys, numbers))
        self._fresh, self._waiting = {}, 0
        while len(self._segments) > 1 and len(self._segments[-1][0]) >= MERGE * len(
            self._segments[-2][0]
        ):
            (a, x), (b, y) = self._segments.pop(), self._segments.pop()
            self._segments.append(_sort_by_key(np.concatenate([a, b]), np.concatenate([x, y])))

    def size(self) -> int:
        """The bytes that the sorted arrays take."""
        return sum(keys.nbytes + numbers.nbytes for keys, numbers in self._segments)


def hash_of(codes: Sequence[int]) -> int:
    """One number for a run of word codes, in their order; the same on every machine."""
    value = 0xCBF29CE484222325
    for code in codes:
        value = ((value ^ code) * 0x9E3779B97F4A7C15 + (value >> 29)) & _MASK
    return value


def _sort_by_key(keys: Hashes, numbers: Numbers) -> tuple[Hashes, Numbers]:
    order = np.argsort(keys, kind="stable")
    return keys[order], numbers[order]
