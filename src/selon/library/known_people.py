"""What a library knows of each person and body: the kind of speaker, the gender and its source.

Both are told again from all appearances of a row and of those that are tied to it, so that they do
not depend on the order of adding. A knowledge base decides a gender; else what titles, first names,
roles and pronouns say together; where a third or more of it disagrees, nothing is told.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from typing import Any, Final

from selon import lang
from selon.reading.coref.answers import known as told_of
from selon.records import KINDS, Article, Entity

# What one appearance's sign weighs, the surest first.
WEIGHTS: Final = {"title": 3, "first-name": 2, "role": 2, "pronoun": 1}
AGREED: Final = 2 / 3


def with_kind_and_gender(entity: Entity, article: Article) -> Entity:
    """The entity of a reading made elsewhere with its kind and gender, by its language's words."""
    code = (article.language or lang.DEFAULT).split("-")[0].lower()
    if code not in lang.codes():
        code = lang.DEFAULT
    return told_of(entity, article.text, lang.load(code).people)


def introduce(connection: sqlite3.Connection, row: int) -> None:
    """Tell the kind and gender of somebody whom a person added, by the name alone."""
    found = connection.execute(
        "select key, type, name, kb from entity where id = ? and kind is null", (row,)
    ).fetchone()
    if found is None:
        return
    entity = with_kind_and_gender(
        Entity("", found["type"], found["name"], kb=found["kb"]), Article("", "")
    )
    _tell(connection, row, entity.kind, (entity.gender, entity.gender_by))


def learn(connection: sqlite3.Connection, row: int, entity: Entity) -> None:
    """Take a new appearance into account, for the row and for the one that it is tied to."""
    heads = connection.execute(
        "select id, kind, gender, gender_by from entity where id = ?1"
        " or id = (select same_as from entity where id = ?1)",
        (row,),
    ).fetchall()
    for head, kind, gender, by in heads:
        if kind is None:
            _tell(connection, head, entity.kind, (entity.gender, entity.gender_by))
            continue
        surer = _rank(entity.gender_by) < _rank(by)
        if kind != entity.kind or (entity.gender and (entity.gender != gender or surer)):
            refresh(connection, head)


def _rank(by: str | None) -> int:
    """How sure a sign is: the surest first; nothing is the least sure."""
    signs = ("kb", *WEIGHTS)
    return signs.index(by) if by in signs else len(signs)


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
    kind = max(kinds, key=lambda k: (kinds[k], -KINDS.index(k)))
    gender, by = _gender(rows) if kind in ("person", "someone") else (None, None)
    _tell(connection, head, kind, (gender, by))


def own_gender(connection: sqlite3.Connection, row: int) -> tuple[str | None, str | None] | None:
    """The gender that a row's own appearances tell, whatever it is tied to; None where it has none."""
    rows = connection.execute(
        "select kind, gender, gender_by, count(*) from appearance where entity_id = ?"
        " group by 1, 2, 3",
        (row,),
    ).fetchall()
    return _gender(rows) if rows else None


def _tell(
    connection: sqlite3.Connection,
    row: int,
    kind: str | None,
    gender: tuple[str | None, str | None],
) -> None:
    # What a row is compared by depends on its kind.
    connection.execute(
        "update entity set sound = iif(kind is ?1, sound, null), kind = ?1, gender = ?2,"
        " gender_by = ?3 where id = ?4",
        (kind, *gender, row),
    )


def _gender(rows: list[Any]) -> tuple[str | None, str | None]:
    sure = Counter({g: n for _, g, by, n in rows if by == "kb"})
    if len(sure) == 1:
        return next(iter(sure)), "kb"
    count: Counter[str] = Counter()
    signs: dict[tuple[str, str], None] = {}
    for _, gender, by, n in rows:
        if by in WEIGHTS:
            count[gender] += WEIGHTS[by] * n
            signs[gender, by] = None
    if not count:
        return None, None
    gender = max(count, key=lambda g: (count[g], g))
    if count[gender] <= AGREED * count.total():
        return None, None
    return gender, next(by for by in WEIGHTS if (gender, by) in signs)
