"""Whom a name may mean: those who bear it, nobody whom it only describes.

« l'épouse d'Emmanuel Macron » is found by « épouse », not by « Emmanuel Macron »; « Emmanuel Macron
et Angela Merkel » is found by either name.
"""

from __future__ import annotations

import re
import sqlite3
from dataclasses import dataclass
from typing import Final

from selon.names import fold

# Kinds that have no name of their own; and whatever else a person's full name does not mean.
_DESCRIBED: Final = frozenset({"someone", "group", "other"})
_NOT_PERSONS: Final = _DESCRIBED | {"organisation", "media", "document"}
# Between the names of several who speak together: « et », « and », a comma.
_JOINT: Final = re.compile(r"\s*[,&]\s*|\s+[^\W\d_]{1,3}\s+")


@dataclass(frozen=True, slots=True)
class Bearers:
    """The rows of entities that a name may mean, and whether it is the name of a person."""

    rows: tuple[int, ...] = ()
    of_person: bool = False


def bearers(connection: sqlite3.Connection, name: str) -> Bearers:
    """Whom a name or KB id may mean.

    A name means every row with a variant that has its words; that of a person, only persons, and
    those who speak together with one.
    """
    plain = fold(name)
    rows = connection.execute(
        "select id, kind, '' as words, kb as folded from entity where kb = ?1 union all"
        # Whom a reviewer named has no variant: no article says so.
        " select id, kind, name as words, folded from entity"
        " where folded = ?3 and folded <> '' union all"
        " select e.id, e.kind, v.words, v.folded from names n join variant v on v.id = n.rowid"
        " join entity e on e.id = v.entity_id where names match ?2"
        " and ' ' || v.folded || ' ' like '% ' || ?3 || ' %'",
        # An empty phrase matches nothing.
        (name, f'"{plain}"', plain),
    ).fetchall()
    exact = {row["id"] for row in rows if row["folded"] in (plain, name)}
    of_person = _has_person(rows, plain)
    if not of_person and (exact or not _is_full_name(name, plain)):
        return Bearers(tuple(sorted({row["id"] for row in rows})))
    # One word may name a place too.
    others = _NOT_PERSONS if " " in plain else _DESCRIBED
    found = {
        row["id"]
        for row in rows
        if row["kind"] not in others or _is_joint(connection, row["words"])
    }
    return Bearers(tuple(sorted(exact | found)), of_person=True)


def _has_person(rows: list[sqlite3.Row], plain: str) -> bool:
    """Whether a person bears the full name; or the one word, as a surname, and few else bear it."""
    exact = {row["id"]: row["kind"] for row in rows if row["folded"] == plain}
    if " " in plain:
        return "person" in exact.values()
    persons = {
        row["id"]
        for row in rows
        if row["kind"] == "person" and f" {row['folded']}".endswith(f" {plain}")
    }
    others = sum(kind not in ("person", *_DESCRIBED) for kind in exact.values())
    return len(persons) > 2 * others


def _is_full_name(name: str, plain: str) -> bool:
    """Whether words that nobody here bears are a person's, by their first name."""
    if " " not in plain or not name[:1].isupper():
        return False
    from selon.library.known_people import with_kind_and_gender
    from selon.records import Article, Entity

    entity = with_kind_and_gender(Entity("", "unknown", name), Article("", ""))
    return entity.kind == "person" and entity.gender_by == "first-name"


def _is_joint(connection: sqlite3.Connection, words: str) -> bool:
    """Whether words are names of persons that the library knows, and nothing else."""
    parts = [fold(part) for part in _JOINT.split(words)]
    return len(parts) > 1 and all(
        connection.execute(
            "select 1 from names n join variant v on v.id = n.rowid"
            " join entity e on e.id = v.entity_id"
            " where names match ? and v.folded = ? and e.kind = 'person' limit 1",
            (f'"{part}"', part),
        ).fetchone()
        for part in parts
    )
