"""A statement's parties as rows: speaker, addressees, relays, whom its content names; and as shown.

Nothing here commits: the caller holds the transaction.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Final

from selon.library import serialization
from selon.records import Spans, Statement
from selon.spans import text_of
from selon.statement_people import parts_of

_BETWEEN: Final = {"addressee": "; ", "via": " › "}


@dataclass(frozen=True, slots=True)
class KnownRows:
    """An entity of a reading as the library knows it: its row, whose row and name are shown."""

    row: int
    head: int
    name: str
    local: str
    mentions: Spans


@dataclass(frozen=True, slots=True)
class PartyRow:
    """One party of a statement, ready to be written."""

    role: str
    n: int
    words: str
    spans: Spans
    cue: Spans
    known: KnownRows | None


def parties(
    s: Statement, text: str, known: dict[str, KnownRows], who: dict[str, str]
) -> list[PartyRow]:
    """The parties of a statement: speaker, addressees, relays, and whom its content names."""
    found: list[PartyRow] = []

    for part in parts_of(s):
        entity = known.get(who.get(part.subject, ""))
        if part.spans or entity or part.role != "speaker":
            words = text_of(part.spans, text)
            found.append(PartyRow(part.role, part.number, words, part.spans, part.cue, entity))
    n = 0
    for entity in known.values():
        inside = tuple(m for m in entity.mentions if any(c.holds(m) for c in s.content))
        if inside:
            found.append(PartyRow("about", n, text_of(inside[:1], text), inside, (), entity))
            n += 1
    return found


def put_parties(connection: sqlite3.Connection, statement: int, rows: list[PartyRow]) -> None:
    """Write a statement's parties."""
    connection.executemany(
        "insert into party (statement_id, role, n, words, spans, cue_spans, local, entity_id)"
        " values (?,?,?,?,?,?,?,?)",
        [
            (
                statement,
                r.role,
                r.n,
                r.words,
                serialization.pairs(r.spans),
                serialization.pairs(r.cue),
                r.known.local if r.known else None,
                r.known.row if r.known else None,
            )
            for r in rows
        ],
    )


def show_parties(connection: sqlite3.Connection, statement: int) -> None:
    """Bring a statement's `speaker`, `addressees` and `via` columns in line with its parties."""
    shown: dict[str, list[str]] = {}
    speaker_id = None
    for role, words, entity, name in connection.execute(
        "select p.role, p.words, coalesce(e.same_as, e.id), coalesce(m.name, e.name) from party p"
        " left join entity e on e.id = p.entity_id left join entity m on m.id = e.same_as"
        " where p.statement_id = ? and p.role <> 'about' order by p.role, p.n",
        (statement,),
    ):
        shown.setdefault(role, []).append(name or words or "?")
        if role == "speaker":
            speaker_id = entity
    speaker = shown.get("speaker", [None])[0]
    connection.execute(
        "update statement set speaker = ?, addressees = ?, via = ?, speaker_id = ? where id = ?",
        (
            speaker,
            join_parties(shown, "addressee"),
            join_parties(shown, "via"),
            speaker_id,
            statement,
        ),
    )


def join_parties(shown: dict[str, list[str]], role: str) -> str | None:
    """The names of the parties of a role as they are shown: « A; B », « A › B »."""
    names = shown.get(role)
    return _BETWEEN[role].join(names) if names else None
