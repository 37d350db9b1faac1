"""What a library knows of each person and body: the kind of speaker, the gender and its source.

Both are told anew from all appearances of a row and of those that are tied to it, so that they do
not depend on the order of adding. A knowledge base decides a gender, then titles, then what first
names, roles and pronouns say together; where a third or more of them disagree, nothing is told.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from dataclasses import replace
from typing import Any, Final

from selon import lang
from selon.records import KINDS, Article, Entity
from selon.resolve.answering import known as told_of

TIERS: Final = (("kb",), ("title",), ("first-name", "role", "pronoun"))
AGREED: Final = 2 / 3


def told(entity: Entity, article: Article) -> Entity:
    """The entity of a reading made elsewhere with its kind and gender, by its language's words."""
    code = (article.language or lang.DEFAULT).split("-")[0].lower()
    if code not in lang.codes():
        code = lang.DEFAULT
    return told_of(entity, article.text, lang.load(code).people)


def learn(connection: sqlite3.Connection, row: int, entity: Entity) -> None:
    """Take a new appearance into account, for the row and for the one that it is tied to."""
    heads = connection.execute(
        "select id, kind, gender, gender_by from entity where id = ?1"
        " or id = (select same_as from entity where id = ?1)",
        (row,),
    ).fetchall()
    said = (entity.gender, entity.gender_by)
    for head, kind, *gender in heads:
        if kind != entity.kind or (entity.gender and said != tuple(gender)):
            refresh(connection, head)


def refresh(connection: sqlite3.Connection, head: int) -> None:
    """Tell the kind and gender of a row from its appearances and those of the rows tied to it."""
    rows = connection.execute(
        "select a.kind, a.gender, a.gender_by, count(*) from entity e"
        " join appearance a on a.entity_id = e.id where e.id = ?1 or e.same_as = ?1 group by 1, 2, 3",
        (head,),
    ).fetchall()
    kinds: Counter[str] = Counter()
    for kind, *_, n in rows:
        if kind is not None:
            kinds[kind] += n
    if not kinds:
        return
    kind = max(kinds, key=lambda k: (kinds[k], -KINDS.index(k)))  # type: ignore[arg-type]
    gender, by = _gender(rows) if kind in ("person", "someone") else (None, None)
    connection.execute(
        "update entity set kind = ?, gender = ?, gender_by = ? where id = ?",
        (kind, gender, by, head),
    )


def _gender(rows: list[Any]) -> tuple[str | None, str | None]:
    for tier in TIERS:
        count: Counter[str] = Counter()
        signs: Counter[tuple[str, str]] = Counter()
        for _, gender, by, n in rows:
            if by in tier:
                count[gender] += n
                signs[gender, by] += n
        if not count:
            continue
        gender = max(count, key=lambda g: (count[g], g))
        if count[gender] > AGREED * count.total() or len(count) == 1:
            return gender, next(by for by in tier if signs[gender, by])
        if tier != ("kb",):
            return None, None
    return None, None
