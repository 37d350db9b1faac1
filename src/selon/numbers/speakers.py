"""Who speaks, as tables count them: one row a person or body, merged ones as one.

What a row is and of which gender is the library's own (`selon.library.known_people`), told from all that
are tied to it.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Mapping
from typing import Final, NamedTuple

from selon.kb import roles
from selon.library import serialization
from selon.numbers.fields import field

# Kinds that are one human being each: they have a gender, and are counted as persons.
HUMAN: Final = ("person", "someone")


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


def offices(connection: sqlite3.Connection, heads: Mapping[int, int]) -> dict[int, str]:
    """The office that articles most often give each speaker, as its head: `minister`, `mayor`.

    What stands in `roles.tsv` only; nothing for who is called by no such word.
    """
    told: dict[int, Counter[str]] = {}
    rows = connection.execute(
        "select p.entity_id, p.roles, count(*) from appearance p not indexed"
        " cross join reading r on r.id = p.reading_id"
        " where r.current = 1 and p.roles <> '[]' group by 1, 2"
    )
    for number, packed, n in rows:
        counted = told.setdefault(heads.get(number, number), Counter())
        # One article that gives one office in three ways gives it once.
        for office in {roles.parse(words).head for words in serialization.unpack(packed)}:
            if office:
                counted[office] += n
    return {
        number: min(counted, key=lambda office: (-counted[office], office))
        for number, counted in told.items()
        if counted
    }


def spheres(connection: sqlite3.Connection, heads: Mapping[int, int]) -> dict[int, str]:
    """The field of activity that articles most often tell of each speaker: `health`, `citizen`.

    Out of their roles; of who has no name (« un médecin »), also out of what they are called.
    """
    told: dict[int, Counter[str]] = {}
    rows = connection.execute(
        "select p.entity_id, p.roles, iif(p.kind is 'person', '', p.name), count(*)"
        " from appearance p not indexed cross join reading r on r.id = p.reading_id"
        " where r.current = 1 and (p.roles <> '[]' or p.kind is 'someone' or p.kind is 'group')"
        " group by 1, 2, 3"
    )
    for number, packed, name, n in rows:
        counted = told.setdefault(heads.get(number, number), Counter())
        for one in {f for words in (*serialization.unpack(packed), name) if (f := field(words))}:
            counted[one] += n
    return {
        number: min(counted, key=lambda one: (-counted[one], one))
        for number, counted in told.items()
        if counted
    }


def called_by_name(connection: sqlite3.Connection, heads: Mapping[int, int]) -> set[int]:
    """Whom an article calls by a name, or a person or knowledge base knows."""
    rows = connection.execute(
        "select distinct entity_id from appearance not indexed where mentions like '%\"name\"%'"
        " union select id from entity where kb is not null"
        " union select id from entity e where not exists"
        " (select 1 from appearance p where p.entity_id = e.id)"
    )
    return {heads.get(row[0], row[0]) for row in rows}
