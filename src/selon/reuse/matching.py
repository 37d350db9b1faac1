"""Bringing a library's ledger up to date: each new statement against those that share its words."""

from __future__ import annotations

import heapq
import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from typing import Final

from rapidfuzz.distance import LCSseq

from selon.edtf import days_between
from selon.reuse import tables
from selon.reuse.delta_index import MAX_PENDING, DeltaIndex
from selon.reuse.lexicon import ReuseLexicon, lexicon
from selon.reuse.postings import PostingLists
from selon.reuse.quoting import readings
from selon.reuse.reused_quotes import ReusedQuote
from selon.reuse.shingles import hashes
from selon.reuse.similarity import Match, Readings, comparable, match, possible

Words = tuple[str, ...]
# How the sayings of statement rows are had, by id.
Sayings = Callable[[Iterable[int]], dict[str, ReusedQuote]]
# Pasted words are compared with so many statements: a few common words stand in thousands, and a
# page shows some dozens.
MAX_COMPARED: Final = 150
_KEEP: Final = """
insert into kin values (?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (a, b) do update set
  score = excluded.score, cover = excluded.cover, whole = excluded.whole, run = excluded.run,
  telling = excluded.telling, days = excluded.days, by = excluded.by
  where excluded.score > score
"""
# A larger part of the index than SQLite keeps by itself stays in memory: kibibytes, as it counts them.
_CACHE_KIB: Final = 65536
# So much of the file is read where it lies in memory, and copied nowhere: each hash is on a page of
# its own.
_MAPPED_BYTES: Final = 2**31 - 2**16
_WORDS: Final = """
select statement_id, words, quoted from folding
where statement_id in (select value from json_each(?))
"""
_PUBLISHED: Final = """
select id, published from statement where id in (select value from json_each(?))
"""


class Matching:
    """The index of words in a library, and the links that it finds; the caller commits.

    After a transaction that was undone make another.
    """

    def __init__(self, connection: sqlite3.Connection, sayings: Sayings) -> None:
        self._connection = connection
        self._sayings = sayings
        self._fresh = DeltaIndex(connection)
        self._settled = PostingLists(connection)
        connection.execute(f"pragma cache_size = -{_CACHE_KIB}")
        connection.execute(f"pragma mmap_size = {_MAPPED_BYTES}")

    def compare(self, statements: list[int]) -> None:
        """Link statements to those near them, and put them in the index; again where they are."""
        sayings = self._sayings(statements)
        seen: dict[int, ReusedQuote] = {}
        for number in statements:
            self._forget(number)
            if str(number) in sayings:
                self._compare(sayings[str(number)], seen)
        tables.done(self._connection, tables.WORDS, statements)

    def near(self, words: Words, language: str | None) -> dict[int, Readings]:
        """The statements that share enough with these folded words, each with its readings."""
        return self._near(hashes(words, lexicon(language)))

    def settle(self, max_pending: int = MAX_PENDING) -> bool:
        """Let the index take up what was added last, where that is so much; whether it did."""
        if len(self._fresh) < max_pending:
            return False
        self._fresh.settle()
        self._settled.forget()
        return True

    def _near(self, own: list[int]) -> dict[int, Readings]:
        # What was added last is read first: it may be taken up by another process in between.
        found = dict.fromkeys((*self._fresh.sharing(own), *self._settled.sharing(own)))
        rows = self._connection.execute(_WORDS, (json.dumps(list(found)),)) if found else ()
        return {
            number: (tuple(words.split()), tuple(quoted.split()))
            if quoted
            else (tuple(words.split()),)
            for number, words, quoted in rows
        }

    def _compare(self, saying: ReusedQuote, seen: dict[int, ReusedQuote]) -> None:
        """Link one statement; `seen` are those that others of its batch were compared with."""
        known = lexicon(saying.language)
        mine = readings(saying)
        if not comparable(mine[0], known):
            return
        own = hashes(mine[0], known)
        near = {
            n: theirs for n, theirs in self._near(own).items() if _may_match(mine, theirs, known, 0)
        }
        days = self._days_from(saying.published, near)
        near = {n: r for n, r in near.items() if _may_match(mine, r, known, days.get(n, 0))}
        new = [n for n in near if n not in seen]
        seen.update((int(id_), other) for id_, other in self._sayings(new).items())
        for other_id, theirs in near.items():
            other = seen.get(other_id)
            link = match(saying, other, (mine, theirs)) if other else None
            if link:
                keep(self._connection, link)
        number = int(saying.id)
        self._connection.execute(
            "insert or replace into folding values (?, ?, ?, ?)",
            (number, known.language, *(" ".join(r) for r in mine), *(None,) * (2 - len(mine))),
        )
        self._fresh.put(number, own)

    def _days_from(self, published: str | None, statements: Iterable[int]) -> dict[int, int]:
        """How many days lie between a date and those of some statements, where that is known."""
        rows = self._connection.execute(_PUBLISHED, (json.dumps(list(statements)),))
        found = {number: days_between(published, day) for number, day in rows}
        return {number: days for number, days in found.items() if days}

    def _forget(self, number: int) -> None:
        """Take a statement out of the index with its links, if it was there."""
        row = self._connection.execute(
            "select language, words from folding where statement_id = ?", (number,)
        ).fetchone()
        if row is None:
            return
        if not self._fresh.forget(number):
            own = hashes(row[1].split(), lexicon(row[0]))
            self._connection.executemany(
                "delete from shingle where hash = ? and statement_id = ?",
                [(h, number) for h in own],
            )
            self._settled.forget()
        self._connection.execute("delete from folding where statement_id = ?", (number,))
        for side in ("a", "b"):
            self._connection.execute(f"delete from kin where {side} = ?", (number,))


def _may_match(mine: Readings, theirs: Readings, known: ReuseLexicon, days: int) -> bool:
    """Whether two statements so many days apart may be one utterance, by their readings."""
    # Asked for with each statement that shares some words: loops are faster than `any`.
    for x in mine:
        for y in theirs:
            if possible(x, y, known, days):
                return True
    return False


def nearest(mine: Words, near: Mapping[int, Readings], limit: int = MAX_COMPARED) -> list[int]:
    """The statements that share most of some words in their order; all where they are not many."""
    if len(near) <= limit:
        return list(near)

    def shared(number: int) -> tuple[float, int]:
        kept = max(LCSseq.similarity(mine, theirs) for theirs in near[number])
        return -kept, number

    return heapq.nsmallest(limit, near, key=shared)


def keep(connection: sqlite3.Connection, k: Match) -> None:
    """Write a link; of two rules that link a pair the surer one holds."""
    a, b = sorted((int(k.a), int(k.b)))
    values = (k.score, k.cover, k.whole, k.run, k.telling, k.days, k.by)
    connection.execute(_KEEP, (a, b, *values))
