"""Who speaks, as tables count them: one row a person or body, merged ones as one.

The one place where the tables, plots, exports and samples learn of a speaker's kind, gender and
role; whatever tells more of them is to be read in here.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from selon.kb import roles
from selon.library import codec


@dataclass(frozen=True, slots=True)
class Speaker:
    """An entity that may speak: its number, name, kind, and the gender that the library has.

    `kind` is a type of `selon.records.EntityType`; `gender` is `female`, `male` or nothing, and
    only a person has one; `kb` is its id in a knowledge base.
    """

    id: int
    name: str
    kind: str
    gender: str | None
    kb: str | None


def speakers(connection: sqlite3.Connection) -> tuple[dict[int, Speaker], dict[int, int]]:
    """The speakers by their number, and the number of whom a merged row is one with."""
    heads: dict[int, int] = {}
    found: dict[int, Speaker] = {}
    genders: dict[int, set[str]] = {}
    rows = connection.execute("select id, same_as, name, type, gender, kb from entity")
    for number, same, name, kind, gender, kb in rows:
        if same is None:
            found[number] = Speaker(number, name, kind, gender if kind == "person" else None, kb)
            continue
        heads[number] = same
        if gender and kind == "person":
            genders.setdefault(same, set()).add(gender)
    for number, told in genders.items():
        # Whoever was merged into this one may have been called « Mme » where this one was not.
        one = found.get(number)
        if one and one.kind == "person" and one.gender is None and len(told) == 1:
            found[number] = Speaker(number, one.name, one.kind, told.pop(), one.kb)
    return found, heads


def offices(connection: sqlite3.Connection, heads: Mapping[int, int]) -> dict[int, str]:
    """The office that articles most often give each speaker, as its head: `minister`, `mayor`.

    What stands in `roles.tsv` only; nothing for who is called by no such word.
    """
    told: dict[int, Counter[str]] = {}
    rows = connection.execute(
        "select p.entity_id, p.roles, count(*) from appearance p"
        " join reading r on r.id = p.reading_id"
        " where r.current = 1 and p.roles <> '[]' group by 1, 2"
    )
    for number, packed, n in rows:
        counted = told.setdefault(heads.get(number, number), Counter())
        # One article that gives one office in three ways gives it once.
        for office in {roles.parse(words).head for words in codec.unpack(packed)}:
            if office:
                counted[office] += n
    return {
        number: min(counted, key=lambda office: (-counted[office], office))
        for number, counted in told.items()
        if counted
    }


def called_by_name(connection: sqlite3.Connection, heads: Mapping[int, int]) -> set[int]:
    """Whom an article calls by a name, or a person or knowledge base knows."""
    rows = connection.execute(
        "select distinct entity_id from appearance where mentions like '%\"name\"%'"
        " union select id from entity where kb is not null"
        " union select id from entity e where not exists"
        " (select 1 from appearance p where p.entity_id = e.id)"
    )
    return {heads.get(row[0], row[0]) for row in rows}
