"""Rows of a table as arrays: SQLite joins each column into a long string, which is taken apart here.

So a million rows come in half the time that a tuple of each would take, and SQLite joins them while
other threads of the process go on.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from typing import Any, Final

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.int64]
# What so many rows hold stays in the processor's cache.
_STEP: Final = 20_000
# Separators of ASCII, which no text has; where one has, its rows are read one by one.
PART: Final = "\x1f"
_NONE: Final = "\x1e"
_BEFORE: Final = -(2**63)


@dataclass(frozen=True, slots=True)
class Rows:
    """Which rows: of a table (with its alias), in the order of its `key`, under a condition.

    Without a key they come all at once, as SQLite finds them.
    """

    table: str
    key: str
    where: str = "1"
    values: Sequence[Any] = ()


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some rows: their numbers (-1 for null), and their texts joined, column by column.

    `again` reads one column of texts row by row.
    """

    size: int
    numbers: list[Numbers]
    joined: list[str]
    again: Callable[[int], Iterable[tuple[str | None]]]

    def whole(self, column: int) -> bool:
        """Whether no text of a column has the separator in it."""
        return self.joined[column].count(PART) == self.size - 1

    def texts(self, column: int) -> list[str | None]:
        """The texts of a column."""
        if not self.whole(column):
            return [row[0] for row in self.again(column)]
        joined = self.joined[column]
        parts: list[str | None] = list(joined.split(PART))
        if _NONE in joined:
            return [None if p == _NONE else p for p in parts]
        return parts


@contextmanager
def snapshot(connection: sqlite3.Connection) -> Iterator[None]:
    """All that is read inside is of one state of the library, whoever writes meanwhile."""
    if connection.in_transaction:
        yield
        return
    connection.execute("begin")
    try:
        yield
    finally:
        # A fault of the file ends the transaction by itself.
        if connection.in_transaction:
            connection.execute("rollback")


def read(
    connection: sqlite3.Connection,
    rows: Rows,
    numbers: Sequence[str],
    texts: Sequence[str] = (),
    *,
    step: int = _STEP,
) -> Iterator[Chunk]:
    """The rows' columns, given as SQL expressions, `step` rows at a time."""
    told = [f"{e} as n{i}" for i, e in enumerate(numbers)]
    told += [f"{e} as t{i}" for i, e in enumerate(texts)]
    inner = f"select {rows.key or 0} as k, {', '.join(told)} from {rows.table} where ({rows.where})"
    if rows.key:
        inner += f" and {rows.key} > ? order by {rows.key} limit {step}"
    joined = [f"group_concat(coalesce(n{i}, -1))" for i in range(len(numbers))]
    joined += [
        f"group_concat(coalesce(t{i}, char({ord(_NONE)})), char({ord(PART)}))"
        for i in range(len(texts))
    ]
    outer = f"select {', '.join(['count(*)', 'max(k)', *joined])} from ({inner})"
    cursor = connection.cursor()
    cursor.row_factory = None
    last, size = _BEFORE, step
    while size == step:
        values = (*rows.values, last) if rows.key else tuple(rows.values)
        size, end, *columns = cursor.execute(outer, values).fetchone()
        if not size:
            return
        yield Chunk(
            size,
            [np.fromstring(c, np.int64, sep=",") for c in columns[: len(numbers)]],
            columns[len(numbers) :],
            partial(_row_by_row, cursor, inner, values),
        )
        if not rows.key:
            return
        last = end


def _row_by_row(
    cursor: sqlite3.Cursor, inner: str, values: tuple[Any, ...], column: int
) -> Iterable[tuple[str | None]]:
    return cursor.execute(f"select t{column} from ({inner})", values)


def read_numbers(
    connection: sqlite3.Connection, rows: Rows, numbers: Sequence[str]
) -> list[Numbers]:
    """Columns of numbers, whole."""
    chunks = [chunk.numbers for chunk in read(connection, rows, numbers)]
    if not chunks:
        return [np.zeros(0, np.int64) for _name in numbers]
    return [np.concatenate(parts) for parts in zip(*chunks, strict=True)]


@dataclass(slots=True)
class Coder:
    """Texts as numbers: each different one gets the next; `values` are in the order of theirs."""

    book: defaultdict[str | None, int] = field(
        default_factory=lambda: defaultdict(count().__next__)
    )

    def codes(self, texts: Sequence[str | None]) -> Numbers:
        """The number of each."""
        return np.fromiter(map(self.book.__getitem__, texts), np.int64, len(texts))

    @property
    def values(self) -> tuple[str | None, ...]:
        """The texts by their number."""
        return tuple(self.book)


def read_coded(
    connection: sqlite3.Connection, rows: Rows, numbers: Sequence[str], texts: Sequence[str]
) -> tuple[list[Numbers], list[Numbers], list[tuple[str | None, ...]]]:
    """Columns of numbers, columns of texts as numbers, and what these numbers mean."""
    coders = [Coder() for _text in texts]
    parts: list[list[Numbers]] = []
    for chunk in read(connection, rows, numbers, texts):
        coded = [coder.codes(chunk.texts(n)) for n, coder in enumerate(coders)]
        parts.append([*chunk.numbers, *coded])
    whole = (
        [np.concatenate(p) for p in zip(*parts, strict=True)]
        if parts
        else [np.zeros(0, np.int64) for _name in (*numbers, *texts)]
    )
    return whole[: len(numbers)], whole[len(numbers) :], [c.values for c in coders]


def places(ids: Numbers, wanted: Numbers) -> Numbers:
    """Where each wanted number stands among sorted ones; -1 where it does not."""
    if not len(ids):
        return np.full(len(wanted), -1, np.int64)
    at = np.minimum(np.searchsorted(ids, wanted), len(ids) - 1)
    return np.where(ids[at] == wanted, at, -1)


def has_indexes(connection: sqlite3.Connection, names: Sequence[str]) -> bool:
    """Whether a library has all of these indexes: a maker of files may have left them out."""
    marks = ", ".join("?" * len(names))
    sql = f"select count(*) from sqlite_master where type = 'index' and name in ({marks})"
    return bool(connection.execute(sql, names).fetchone()[0] == len(names))
