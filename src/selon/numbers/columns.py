"""The columns of a library's statements as numbers, read in one go as the rows lie."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from selon.library.find import Query, conditions
from selon.numbers import bulk
from selon.numbers.bulk import Numbers
from selon.records import FORMS, STANCES, VOICES

Flags = npt.NDArray[np.bool_]

# What has few values is read as their numbers, what a person looked at as 1.
CODED: Final[dict[str, tuple[str, tuple[str, ...]]]] = {
    "form": ("s.form", FORMS),
    "stance": ("s.stance", STANCES),
    "voice": ("s.voice", VOICES),
}
# Contents are long: so many stay in the processor's cache while their words are counted.
_CONTENTS: Final = 3_000
_WORD: Final = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Column:
    """One dimension of the statements: numbers into `values`, -1 where it is not known.

    Values are in the order in which those of one count are told: few are sorted.
    """

    codes: Numbers
    values: tuple[str, ...]


class Raw(NamedTuple):
    """The columns of `statement` that are wanted.

    `coded` has those of few values; `texts` numbers texts, with what these numbers mean:
    `speaker` only of who is no entity.
    """

    statement: Numbers
    article: Numbers
    speaker: Numbers
    words: Numbers
    coded: dict[str, tuple[Numbers, tuple[str, ...]]]
    texts: dict[str, tuple[Numbers, tuple[str | None, ...]]]


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
    coded = {name: values for name, (_c, values) in CODED.items() if name in wanted}
    exact = {name: as_number(CODED[name][0], values) for name, values in coded.items()}
    if "reviewed" in wanted:
        # Added, edited or accepted by a person, whatever they found.
        coded["reviewed"], exact["reviewed"] = ("no", "yes"), "s.verdict is not null"
    numbers = ["s.id", "s.speaker_id" if people else "-1", *exact.values()]
    where, values = conditions(connection, query)
    counted: Numbers | None = None
    texts: dict[str, tuple[Numbers, tuple[str | None, ...]]] = {}
    told = ["speaker"] if {"speaker", "named"} & set(wanted) else []
    told += ["cue"] if "verb" in wanted else []
    if words or "cue" in told or not bulk.has_indexes(connection, _INDEXES):
        got, texts, counted = _of_rows(connection, told, numbers, (where, values), words)
        article = got.pop()
    else:
        got, article = _of_indexes(connection, numbers, (where, values))
        if told:
            texts["speaker"] = _of_nobody(connection, got[0], (where, values))
    return Raw(
        got[0],
        article,
        got[1],
        np.zeros(len(article), np.int64) if counted is None else counted,
        {n: (got[2 + k], each) for k, (n, each) in enumerate(coded.items())},
        texts,
    )


_Where = tuple[str, Sequence[Any]]
_INDEXES: Final = ("statement_facets", "statement_article")
_UNTIED: Final = "iif(s.speaker_id is null, s.speaker, null)"


def _of_indexes(
    connection: sqlite3.Connection, numbers: list[str], where: _Where
) -> tuple[list[Numbers], Numbers]:
    """Columns that an index holds, and the articles: the table itself, ten times as large, rests."""
    rows = bulk.Rows(f"statement s indexed by {_INDEXES[0]}", "", *where)
    got = bulk.read_numbers(connection, rows, numbers)
    order = np.argsort(got[0], kind="stable")
    got = [column[order] for column in got]
    rows = bulk.Rows(f"statement s indexed by {_INDEXES[1]}", "")
    ids, article = bulk.read_numbers(connection, rows, ("s.id", "s.article_id"))
    order = np.argsort(ids, kind="stable")
    return got, article[order][bulk.places(ids[order], got[0])]


def _of_nobody(
    connection: sqlite3.Connection, statements: Numbers, where: _Where
) -> tuple[Numbers, tuple[str | None, ...]]:
    """The words of each statement's speaker who is no entity: few have one."""
    condition, values = where
    rows = bulk.Rows(
        f"statement s indexed by {_INDEXES[0]}", "", f"s.speaker_id is null and {condition}", values
    )
    (ids,), (codes,), (book,) = bulk.read_coded(connection, rows, ("s.id",), ("s.speaker",))
    out = np.full(len(statements), len(book), np.int64)
    out[bulk.places(statements, ids)] = codes
    return out, (*book, None)


def _of_rows(
    connection: sqlite3.Connection,
    told: Sequence[str],
    numbers: list[str],
    where: _Where,
    words: bool,
) -> tuple[list[Numbers], dict[str, tuple[Numbers, tuple[str | None, ...]]], Numbers | None]:
    """Columns out of the table itself, the article last; `told` are its texts that are wanted."""
    texts = [{"speaker": _UNTIED, "cue": "s.cue"}[name] for name in told]
    # Read as the rows lie: by an index, each of a million would be looked up by itself.
    rows = bulk.Rows("statement s not indexed", "s.id", *where)
    numbers = [*numbers, "s.article_id"]
    counted = None
    if words:
        got, codes, books, counted = _with_words(connection, rows, numbers, texts)
    else:
        got, codes, books = bulk.read_coded(connection, rows, numbers, texts)
    return got, {n: (codes[k], books[k]) for k, n in enumerate(told)}, counted


def as_number(column: str, values: Sequence[str]) -> str:
    """SQL for the place of a column's value; -1 for none."""
    cases = " ".join(f"when '{value}' then {n}" for n, value in enumerate(values))
    return f"case {column} {cases} else -1 end"


def _with_words(
    connection: sqlite3.Connection, rows: bulk.Rows, numbers: list[str], texts: list[str]
) -> tuple[list[Numbers], list[Numbers], list[tuple[str | None, ...]], Numbers]:
    """As `bulk.read_coded`, and how many words each statement's content has."""
    coders = [bulk.Coder() for _text in texts]
    parts: list[list[Numbers]] = []
    for chunk in bulk.read(connection, rows, numbers, [*texts, "s.content"], step=_CONTENTS):
        coded = [coder.codes(chunk.texts(n)) for n, coder in enumerate(coders)]
        last = len(texts)
        counted = (
            count_words(chunk.joined[last])
            if chunk.whole(last)
            else np.array([len(_WORD.findall(t or "")) for t in chunk.texts(last)], np.int64)
        )
        parts.append([*chunk.numbers, *coded, counted])
    empty = [np.zeros(0, np.int64)] * (len(numbers) + len(texts) + 1)
    whole = [np.concatenate(p) for p in zip(*parts, strict=True)] if parts else empty
    end = len(numbers)
    return whole[:end], whole[end:-1], [c.values for c in coders], whole[-1]


def count_words(joined: str) -> Numbers:
    """How many words (runs of letters and digits) each of some texts has, parted by `bulk.PART`."""
    points = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32)
    inside = _letters()[points]
    begins = inside.copy()
    begins[1:] &= ~inside[:-1]
    ends = np.append(np.flatnonzero(points == ord(bulk.PART)), len(points))
    return np.diff(np.searchsorted(np.flatnonzero(begins), ends), prepend=0).astype(np.int64)


@lru_cache(maxsize=1)
def _letters() -> Flags:
    """Whether each character is one of words: what `[^\\W_]` means."""
    return np.fromiter(map(str.isalnum, map(chr, range(0x110000))), np.bool_, 0x110000)


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
