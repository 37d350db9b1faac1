"""A library's ledger made large at once: statements made of its own, put into the index uncompared.

Two for each real statement say it again with a word exchanged or its end cut off, the others are
stretches of a few words out of real ones, all by a fixed seed. What no comparison asks for (the
index of searched words, the indexes of statements) is left out: only `selon.bench.reuse` reads it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from selon.library.store import Library
from selon.reuse import tables
from selon.reuse.lexicon import lexicon
from selon.reuse.shingles import BITS, RUN, word_code

_SEED: Final = 17
# How often each real statement is said again.
_AGAIN: Final = 2
# The words of a statement that nobody made, and the most of one said again.
_WORDS: Final = 20
_MOST: Final = 40
# How long each stretch of it is.
_STRETCHES: Final = (3, 2, 4, 1, 3, 4, 3)
_PER_ARTICLE: Final = 8
_BATCH: Final = 50_000
# Numbers of made articles begin here.
_MADE: Final = 1_000_000_000
_TRIGGERS: Final = (
    *("statement_added", "statement_changed", "reading_added", "ledger_added", "passage_added"),
)
_INDEXES: Final = (
    *("statement_reading", "statement_article", "statement_published", "statement_outlet"),
    *("statement_speaker", "statement_facets", "statement_queue", "statement_doubtful"),
)
Rows = npt.NDArray[np.int32]
Hashes = npt.NDArray[np.uint64]


def fill(library: Library, count: int) -> None:
    """Make a compared library's statements so many; what waits to be compared waits on."""
    connection = library.connection
    rows = connection.execute(
        "select words, s.id from folding f join statement s on s.id = f.statement_id"
        " where f.language = 'fr' order by s.id"
    ).fetchall()
    known = lexicon("fr")
    texts = [[w for w in row[0].split() if w not in known.light] for row in rows]
    vocabulary = sorted({w for text in texts for w in text})
    place = {w: n for n, w in enumerate(vocabulary)}
    real = [np.array([place[w] for w in text], np.int32) for text in texts if text]
    telling = np.array([w not in known.function for w in vocabulary] + [False])
    codes = np.array([*map(word_code, vocabulary), 0], np.uint64)
    first = connection.execute("select max(id) from statement").fetchone()[0] + 1
    there = connection.execute("select count(*) from statement where current = 1").fetchone()[0]
    if there >= count:
        return
    keys, ids, sizes = [], [], []
    with library.transaction():
        _without_indexes(connection)
        for made in made_up_rows(real, count - there):
            numbers = np.arange(first, first + len(made), dtype=np.int64)
            first += len(made)
            _put(connection, numbers, made, [*vocabulary, ""])
            hashed, told = _hash_rows(made, codes, telling)
            keys.append(hashed[told])
            ids.append(np.repeat(numbers, told.sum(1)))
            sizes.append(np.repeat(told.sum(1), told.sum(1)))
        _index(connection, *map(np.concatenate, (keys, ids, sizes)))
    connection.execute("pragma wal_checkpoint(truncate)")


def _without_indexes(connection: sqlite3.Connection) -> None:
    for name in _TRIGGERS:
        connection.execute(f"drop trigger if exists {name}")
    for name in _INDEXES:
        connection.execute(f"drop index if exists {name}")


def made_up_rows(real: list[Rows], count: int) -> Iterator[Rows]:
    """Made-up statements, a row of places in the vocabulary each, -1 behind the last word."""
    chance = np.random.default_rng(_SEED)
    flat = np.concatenate(real)
    lengths = np.array([min(len(r), _MOST) for r in real])
    padded = np.full((len(real), _MOST), -1, np.int32)
    for n, row in enumerate(real):
        padded[n, : lengths[n]] = row[:_MOST]
    share = min(1.0, _AGAIN * len(real) / max(1, count))
    while count > 0:
        some = min(count, _BATCH)
        count -= some
        starts = chance.integers(0, len(flat) - max(_STRETCHES), (some, len(_STRETCHES)))
        offsets = np.concatenate([np.arange(n) for n in _STRETCHES])
        made = np.full((some, _MOST), -1, np.int32)
        made[:, :_WORDS] = flat[np.repeat(starts, _STRETCHES, axis=1) + offsets]
        again = np.flatnonzero(chance.random(some) < share)
        picked = chance.integers(0, len(real), len(again))
        said = padded[picked].copy()
        left = np.maximum(6, (lengths[picked] * chance.uniform(0.6, 1, len(again))).astype(int))
        said[np.arange(_MOST) >= np.minimum(left, lengths[picked])[:, None]] = -1
        exchanged = chance.integers(0, np.minimum(left, lengths[picked]))
        said[np.arange(len(again)), exchanged] = flat[chance.integers(0, len(flat), len(again))]
        made[again] = said
        yield made


def _hash_rows(made: Rows, codes: Hashes, telling: Any) -> tuple[Hashes, npt.NDArray[np.bool_]]:
    """The hash of each run of three words, and which of them tell something and are told once."""
    width = made.shape[1] - RUN + 1
    value = np.full((len(made), width), 0xCBF29CE484222325, np.uint64)
    tells = np.zeros((len(made), width), bool)
    for n in range(RUN):
        column = made[:, n : n + width]
        code = codes[column]
        value = (value ^ code) * np.uint64(0x9E3779B97F4A7C15) + (value >> np.uint64(29))
        tells |= telling[column]
    tells &= made[:, RUN - 1 :] >= 0
    hashed = value >> np.uint64(64 - BITS)
    order = np.argsort(hashed, axis=1, kind="stable")
    ordered = np.take_along_axis(hashed, order, 1)
    again = np.zeros_like(tells)
    np.put_along_axis(again[:, :], order[:, 1:], ordered[:, 1:] == ordered[:, :-1], 1)
    return hashed, tells & ~again


def _put(connection: sqlite3.Connection, numbers: Any, made: Rows, vocabulary: list[str]) -> None:
    """Statements with their articles, each a copy of a real one in all but its words and its day."""
    columns = [r[1] for r in connection.execute("pragma table_info(statement)")]
    (template,) = connection.execute("select min(id) from statement where current = 1").fetchone()
    articles = range(int(numbers[0]) // _PER_ARTICLE, int(numbers[-1]) // _PER_ARTICLE + 1)
    _copy_articles(connection, articles)
    speakers = [r[0] for r in connection.execute("select id from entity order by id limit 5000")]
    texts = [" ".join(vocabulary[w] for w in row if w >= 0) for row in made.tolist()]
    connection.executemany(
        "insert into folding values (?, 'fr', ?, null)",
        zip(numbers.tolist(), texts, strict=True),
    )
    new = {
        "id": "?1",
        "reading_id": f"?3 + {_MADE}",
        "article_id": f"?3 + {_MADE}",
        "key": "?1",
        "content": "?2",
        "content_spans": "'[]'",
        "speaker_id": "?4",
        "published": "date('2020-01-01', ?5)",
        "form": "'direct'",
    }
    told = ", ".join(new.get(name, name) for name in columns)
    connection.executemany(
        f"insert into statement select {told} from statement where id = {template}",
        (
            (n, text, n // _PER_ARTICLE, speakers[n % len(speakers)], f"+{n % 1000} days")
            for n, text in zip(numbers.tolist(), texts, strict=True)
        ),
    )


def _copy_articles(connection: sqlite3.Connection, articles: range) -> None:
    """Articles of no text, with a version and a reading."""
    new = {
        "article": {"id": "?1", "key": "'made ' || ?1", "version_id": "?1", "copy_of": "null"},
        "version": {"id": "?1", "article_id": "?1", "text": "''"},
        "reading": {"id": "?1", "version_id": "?1", "voices": "'[]'", "judgements": "'[]'"},
    }
    for table, told in new.items():
        columns = [r[1] for r in connection.execute(f"pragma table_info({table})")]
        row = ", ".join(told.get(name, name) for name in columns)
        connection.executemany(
            f"insert or ignore into {table} select {row} from {table}"
            f" where id = (select min(id) from {table})",
            ((_MADE + n,) for n in articles),
        )


def _index(connection: sqlite3.Connection, keys: Hashes, ids: Any, sizes: Any) -> None:
    """Put all hashes into the index, in their order."""
    order = np.lexsort((ids, keys))
    for start in range(0, len(order), 20 * _BATCH):
        part = order[start : start + 20 * _BATCH]
        connection.executemany(
            "insert or ignore into shingle values (?, ?, ?)",
            zip(keys[part].tolist(), ids[part].tolist(), sizes[part].tolist(), strict=True),
        )


def hold_out(library: Library, articles: int) -> None:
    """Take the statements of the last real articles out of the index, so that they wait again."""
    connection = library.connection
    last = "select id from statement where current = 1 and article_id in" + (
        f" (select distinct article_id from statement where current = 1 and article_id < {_MADE}"
        f" order by article_id desc limit {articles})"
    )
    with library.transaction():
        connection.execute(
            f"insert or ignore into ledger_todo select '{tables.WORDS}', id from ({last})"
        )
        for table in ("folding", "fresh", "shingle"):
            connection.execute(f"delete from {table} where statement_id in ({last})")
        for side in ("a", "b"):
            connection.execute(f"delete from kin where {side} in ({last})")
