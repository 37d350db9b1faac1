"""The columns of a library's statements as numbers, read in one go as the rows lie."""

from __future__ import annotations

import re
import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, count
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from selon.library.find import Query, conditions
from selon.records import FORMS, STANCES, VOICES

Numbers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

# What has few values is read as their numbers, what a person looked at as 1.
CODED: Final[dict[str, tuple[str, tuple[str, ...]]]] = {
    "form": ("form", FORMS),
    "stance": ("stance", STANCES),
    "voice": ("voice", VOICES),
}
# Rows that stay in the processor's cache while they are taken apart.
_BATCH: Final = 1_000
_WORD: Final = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Column:
    """One dimension of the statements: numbers into `values`, -1 where it is not known."""

    codes: Numbers
    values: tuple[str, ...]


class Raw(NamedTuple):
    """The columns of `statement` that are wanted."""

    statement: Numbers
    article: Numbers
    speaker: Numbers
    same: Numbers
    words: Numbers
    columns: dict[str, Column]


def raw(
    connection: sqlite3.Connection,
    wanted: Sequence[str],
    query: Query,
    asked: tuple[bool, bool],
) -> Raw:
    """The statements that a query asks for, with what these dimensions are made of.

    `asked` says whether words are counted, and whether the speakers' numbers are wanted.
    """
    words, people = asked
    speaker = "coalesce(s.speaker_id, -1)" if people else "-1"
    numbers = ["s.id", "s.article_id", speaker, "s.same"]
    coded = {name: values for name, (_c, values) in CODED.items() if name in wanted}
    numbers += [_as_number(CODED[name][0], values) for name, values in coded.items()]
    if "reviewed" in wanted:
        # Added, edited or accepted by a person, whatever they found.
        coded["reviewed"] = ("no", "yes")
        numbers.append("s.verdict is not null")
    texts = [name for name, of in (("cue", "verb"),) if of in wanted]
    texts += ["speaker"] if {"speaker", "named"} & set(wanted) else []
    where, values = conditions(connection, query)
    columns = [*numbers, *(f"s.{name}" for name in texts), *(["s.content"] if words else [])]
    cursor = connection.cursor()
    cursor.row_factory = None
    # Read as the rows lie: by an index, each of a million would be looked up by itself.
    cursor.execute(
        f"select {', '.join(columns)} from statement s not indexed where {where}", values
    )
    out, books = _taken(cursor, (len(numbers), len(texts), int(words)))
    made = {n: Column(out[4 + k], told) for k, (n, told) in enumerate(coded.items())}
    made |= {name: Column(out[len(numbers) + k], tuple(books[k])) for k, name in enumerate(texts)}
    counted = out[-1] if words else np.zeros(len(out[0]), np.int64)
    return Raw(out[0], out[1], out[2], out[3], counted, made)


def _as_number(column: str, values: Sequence[str]) -> str:
    """SQL for the place of a column's value; -1 for none."""
    cases = " ".join(f"when '{value}' then {n}" for n, value in enumerate(values))
    return f"case s.{column} {cases} else -1 end"


def _taken(
    cursor: sqlite3.Cursor, sizes: tuple[int, int, int]
) -> tuple[list[Numbers], list[defaultdict[Any, int]]]:
    """The columns of an answer: numbers, texts each as a number into a book, how many words."""
    numbers, texts, words = sizes
    books: list[defaultdict[Any, int]] = [defaultdict(count().__next__) for _ in range(texts)]
    if not texts and not words:
        flat = np.fromiter(chain.from_iterable(cursor), np.int64)
        return list(np.ascontiguousarray(flat.reshape(-1, numbers).T)), books
    parts: list[list[Numbers]] = [[] for _ in range(sum(sizes))]
    while batch := cursor.fetchmany(_BATCH):
        for n, told in enumerate(zip(*batch, strict=True)):
            if n < numbers:
                got = np.fromiter(told, np.int64, len(told))
            elif n < numbers + texts:
                got = np.fromiter(map(books[n - numbers].__getitem__, told), np.int64, len(told))
            else:
                got = np.fromiter((len(_WORD.findall(t)) for t in told), np.int64, len(told))
            parts[n].append(got)
    return [np.concatenate(p) if p else np.zeros(0, np.int64) for p in parts], books


def compact(numbers: Numbers) -> tuple[Numbers, Numbers]:
    """The different numbers in their order, and which of them stands at each place."""
    if not len(numbers):
        return numbers, numbers
    low, high = int(numbers.min()), int(numbers.max())
    if high - low > 8 * len(numbers) + 1_000:
        # A stable sort is quick where the numbers nearly are in order, as articles in a table.
        order = np.argsort(numbers, kind="stable")
        told = numbers[order]
        new = np.ones(len(told), np.bool_)
        new[1:] = told[1:] != told[:-1]
        places = np.empty(len(told), np.int64)
        places[order] = np.cumsum(new) - 1
        return told[new], places
    # No sorting where they lie close together, as rows of a table do.
    there = np.zeros(high - low + 1, np.bool_)
    there[numbers - low] = True
    order = np.cumsum(there) - 1
    return np.flatnonzero(there) + low, order[numbers - low]
