"""Who speaks, as tables count them: one row a person or body, merged ones as one.

What a row is and of which gender is the library's own (`selon.library.known_people`), told from all that
are tied to it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np

from selon.kb import roles
from selon.library import serialization
from selon.numbers import bulk
from selon.numbers.bulk import Numbers
from selon.numbers.columns import as_number, compact
from selon.numbers.fields import field
from selon.records import KINDS

# Kinds that are one human being each: they have a gender, and are counted as persons.
HUMAN: Final = ("person", "someone")
GENDERS: Final = ("female", "male")
_HUMAN: Final = [KINDS.index(kind) for kind in HUMAN]


class Speaker(NamedTuple):
    """An entity that may speak: its number, key, name, kind and gender in the library.

    `kind` is one of `selon.records.KINDS` or nothing; `gender` is `female`, `male` or nothing, and
    only a person or someone has one; `kb` is its id in a knowledge base.
    """

    id: int
    key: str
    name: str
    kind: str | None
    gender: str | None
    kb: str | None

    @property
    def human(self) -> bool:
        """Whether this is one human being."""
        return self.kind in HUMAN


def speakers(connection: sqlite3.Connection) -> tuple[dict[int, Speaker], dict[int, int]]:
    """The speakers by their number, and the number of whom a merged row is one with."""
    heads: dict[int, int] = {}
    found: dict[int, Speaker] = {}
    rows = connection.execute("select id, same_as, key, name, kind, gender, kb from entity")
    for number, same, key, name, kind, gender, kb in rows:
        if same is not None:
            heads[number] = same
            continue
        found[number] = Speaker(number, key, name, kind, gender if kind in HUMAN else None, kb)
    return found, heads


class People(NamedTuple):
    """All entities as columns, by their number: whom each is one with, kind and gender.

    `kind` numbers `selon.records.KINDS`, `gender` `GENDERS`; -1 is nothing.
    """

    id: Numbers
    head: Numbers
    kind: Numbers
    gender: Numbers

    def heads(self, ids: Numbers) -> Numbers:
        """The row that each is one with; who is no row stays what they are."""
        at = bulk.places(self.id, ids)
        return np.where(at < 0, ids, self.head[at]) if len(self.id) else ids

    def places(self, heads: Numbers) -> Numbers:
        """The place of each in these columns, -1 where there is no such row."""
        return bulk.places(self.id, heads)


def people(connection: sqlite3.Connection) -> People:
    """The entities of a library."""
    kind, gender = (as_number(c, v) for c, v in (("kind", KINDS), ("gender", GENDERS)))
    ids, same, kinds, genders = bulk.read_numbers(
        connection, bulk.Rows("entity", "id"), ("id", "same_as", kind, gender)
    )
    head = np.where(same < 0, ids, same)
    genders[~np.isin(kinds, _HUMAN)] = -1
    return People(ids, head, kinds, genders)


def names_of(connection: sqlite3.Connection, heads: Numbers) -> list[str]:
    """What each of these rows is called."""
    rows = bulk.Rows("entity", "id")
    ids, told = [], []
    for chunk in bulk.read(connection, rows, ("id",), ("name",)):
        at = bulk.places(chunk.numbers[0], heads)
        found = np.flatnonzero(at >= 0)
        ids.append(found)
        texts = chunk.texts(0)
        told += [texts[n] or "" for n in at[found].tolist()]
    order = np.argsort(np.concatenate(ids)) if ids else np.zeros(0, np.int64)
    return [told[n] for n in order.tolist()]


def offices(connection: sqlite3.Connection, who: People) -> Told:
    """The office that articles most often give each speaker, as its head: `minister`, `mayor`.

    What stands in `roles.tsv` only; nothing for who is called by no such word.
    """
    entity, (packed,), (books,) = _appearances(connection, ("p.roles",), "p.roles <> '[]'")
    # One article that gives one office in three ways gives it once.
    told = [
        {head for w in serialization.unpack(b or "[]") if (head := roles.parse(w).head)}
        for b in books
    ]
    return _most_frequent(who.heads(entity), packed, told)


def spheres(connection: sqlite3.Connection, who: People) -> Told:
    """The field of activity that articles most often tell of each speaker: `health`, `citizen`.

    Out of their roles; of who has no name (« un médecin »), also out of what they are called.
    """
    texts = ("p.roles", "iif(p.kind is 'person', '', p.name)")
    where = "p.roles <> '[]' or p.kind is 'someone' or p.kind is 'group'"
    entity, (packed, called), (books, names) = _appearances(connection, texts, where)
    size = max(len(names), 1)
    both, codes = compact(packed * size + called)
    told = []
    for number in both.tolist():
        words = serialization.unpack(books[number // size] or "[]")
        told.append({f for one in (*words, names[number % size] or "") if (f := field(one))})
    return _most_frequent(who.heads(entity), codes, told)


class Told(NamedTuple):
    """What is told of each of some rows: numbers into sorted `values`."""

    head: Numbers
    code: Numbers
    values: tuple[str, ...]

    def of(self, heads: Numbers) -> Numbers:
        """What is told of each of these; -1 for nothing."""
        at = bulk.places(self.head, heads)
        return np.where(at < 0, -1, self.code[at]) if len(self.head) else at


def _appearances(
    connection: sqlite3.Connection, texts: Sequence[str], where: str
) -> tuple[Numbers, list[Numbers], list[tuple[str | None, ...]]]:
    """Whom current readings have, with texts of each as numbers, and what the numbers mean."""
    (current,) = bulk.read_numbers(connection, bulk.Rows("reading", "id", "current = 1"), ("id",))
    rows = bulk.Rows("appearance p not indexed", "p.id", where)
    (reading, entity), codes, books = bulk.read_coded(
        connection, rows, ("p.reading_id", "p.entity_id"), texts
    )
    kept = bulk.places(current, reading) >= 0
    return entity[kept], [c[kept] for c in codes], books


def _most_frequent(who: Numbers, codes: Numbers, told: Sequence[set[str]]) -> Told:
    """What is told most often of each; of what is as often, the first by its name.

    `told` has what each code tells, several at once maybe.
    """
    values = tuple(sorted({v for one in told for v in one}))
    place = {value: n for n, value in enumerate(values)}
    flat = [[place[v] for v in sorted(one)] for one in told]
    sizes = np.array([len(one) for one in flat], np.int64)
    if not values or not len(who):
        return Told(np.zeros(0, np.int64), np.zeros(0, np.int64), values)
    starts = np.cumsum(sizes) - sizes
    joined = np.array([n for one in flat for n in one], np.int64)
    # Each row as often as it tells something.
    times = sizes[codes]
    row = np.repeat(np.arange(len(who)), times)
    nth = np.arange(len(row)) - np.repeat(np.cumsum(times) - times, times)
    value = joined[starts[codes[row]] + nth]
    pairs, at = compact(who[row] * len(values) + value)
    n = np.bincount(at)
    head, value = pairs // len(values), pairs % len(values)
    order = np.lexsort((value, -n, head))
    first = np.ones(len(order), np.bool_)
    first[1:] = head[order][1:] != head[order][:-1]
    best = order[first]
    return Told(head[best], value[best], values)


def called_by_name(connection: sqlite3.Connection, who: People) -> Numbers:
    """Whom an article calls by a name, or a person or knowledge base knows."""
    rows = bulk.Rows("appearance not indexed", "id")
    # Both in one number: a million are read of each.
    (both,) = bulk.read_numbers(
        connection, rows, ("entity_id * 2 + (instr(mentions, '\"name\"') > 0)",)
    )
    entity, named = both >> 1, both & 1
    seen, apt = compact(entity)[0], compact(entity[named > 0])[0]
    (known,) = bulk.read_numbers(connection, bulk.Rows("entity", "id", "kb is not null"), ("id",))
    # Whom no article has was added by a person.
    added = who.id[bulk.places(seen, who.id) < 0]
    return compact(who.heads(np.concatenate([apt, known, added])))[0]
