"""Bringing a library's ledger up to date: each new statement against those that share its words."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Final

from rapidfuzz.distance import LCSseq

from selon.ledger import tables
from selon.ledger.kinship import COMMON, Kin, kin, ownable
from selon.ledger.lexicon import lexicon
from selon.ledger.sayings import Saying, folded
from selon.ledger.shingles import enough, hashes

Words = tuple[str, ...]
# How the sayings of statement rows are had, by id.
Sayings = Callable[[Iterable[int]], dict[str, Saying]]
_KEEP: Final = """
insert into kin values (?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (a, b) do update set
  score = excluded.score, cover = excluded.cover, whole = excluded.whole, run = excluded.run,
  telling = excluded.telling, days = excluded.days, by = excluded.by
  where excluded.score > score
"""


class Matching:
    """The index of words in a library, and the links that it finds; the caller commits."""

    def __init__(self, connection: sqlite3.Connection, sayings: Sayings) -> None:
        self._connection = connection
        self._sayings = sayings

    def compare(self, statements: list[int]) -> None:
        """Link statements to those near them, and put them in the index; again where they are."""
        sayings = self._sayings(statements)
        for number in statements:
            self._forget(number)
            if str(number) in sayings:
                self._compare(sayings[str(number)])
        tables.done(self._connection, tables.WORDS, statements)

    def near(self, words: Words, language: str | None) -> dict[int, Words]:
        """The statements that share enough with these folded words, each with its own."""
        known = lexicon(language)
        return self._near(words, hashes(words, known.function))

    def _near(self, words: Words, own: list[int]) -> dict[int, Words]:
        found: dict[int, Words] = {}
        for part in tables.batches(self._candidates(own)):
            rows = self._connection.execute(
                f"select statement_id, words from folding"
                f" where statement_id in ({tables.marks(part)})",
                part,
            )
            found.update((row[0], tuple(row[1].split())) for row in rows)
        return found

    def _compare(self, saying: Saying) -> None:
        known = lexicon(saying.language)
        words = folded(saying.words, saying.language)
        if not ownable(words, known):
            return
        own = hashes(words, known.function)
        near = {
            n: theirs
            for n, theirs in self._near(words, own).items()
            if LCSseq.similarity(words, theirs) >= COMMON * min(len(words), len(theirs))
        }
        for id_, other in self._sayings(near).items():
            link = kin(saying, other, (words, near[int(id_)]))
            if link:
                keep(self._connection, link)
        number = int(saying.id)
        self._connection.execute(
            "insert or replace into folding values (?, ?, ?)",
            (number, known.language, " ".join(words)),
        )
        self._connection.executemany(
            "insert or replace into shingle values (?, ?, ?)",
            [(_signed(h), number, len(own)) for h in own],
        )

    def _candidates(self, own: list[int]) -> list[int]:
        """The statements that share enough trigrams with these."""
        shared: Counter[tuple[int, int]] = Counter()
        for h in own:
            shared.update(
                self._connection.execute(
                    "select statement_id, size from shingle where hash = ?", (_signed(h),)
                ).fetchall()
            )
        return [i for (i, size), n in shared.items() if enough(n, min(len(own), size))]

    def _forget(self, number: int) -> None:
        """Take a statement out of the index with its links, if it was there."""
        row = self._connection.execute(
            "select language, words from folding where statement_id = ?", (number,)
        ).fetchone()
        if row is None:
            return
        own = hashes(tuple(row[1].split()), lexicon(row[0]).function)
        self._connection.executemany(
            "delete from shingle where hash = ? and statement_id = ?",
            [(_signed(h), number) for h in own],
        )
        self._connection.execute("delete from folding where statement_id = ?", (number,))
        for side in ("a", "b"):
            self._connection.execute(f"delete from kin where {side} = ?", (number,))


def keep(connection: sqlite3.Connection, k: Kin) -> None:
    """Write a link; of two rules that link a pair the surer one holds."""
    a, b = sorted((int(k.a), int(k.b)))
    values = (k.score, k.cover, k.whole, k.run, k.telling, k.days, k.by)
    connection.execute(_KEEP, (a, b, *values))


def _signed(h: int) -> int:
    """A 64-bit hash as SQLite's signed integer."""
    return h - (1 << 64) if h >= 1 << 63 else h
