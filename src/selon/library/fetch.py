"""Rows to records: readings as the library holds them now, with people's judgements laid over."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from selon.library import serialization
from selon.library.find import Query, conditions
from selon.records import (
    Article,
    Entity,
    Judgement,
    Mention,
    Party,
    Reading,
    Span,
    Statement,
    Time,
    Via,
    Voice,
)

_VERSION = (
    "select v.*, r.id as reading_id, r.times, r.voices, r.judgements from reading r"
    " join version v on v.id = r.version_id"
)


def article_of(row: sqlite3.Row) -> Article:
    """The article that a row of `version` holds."""
    return Article(
        id=row["record"],
        text=row["text"],
        language=row["language"],
        title=row["title"],
        outlet=row["outlet"],
        published=row["published"],
        url=row["url"],
        authors=tuple(serialization.unpack(row["authors"])),
        page=row["page"],
    )


def current(connection: sqlite3.Connection) -> Iterator[Reading]:
    """The current reading of every article, in the order they were added."""
    rows = connection.execute("select id from reading where current = 1 order by id").fetchall()
    return readings(connection, [r[0] for r in rows])


def readings_of_query(connection: sqlite3.Connection, query: Query) -> Iterator[Reading]:
    """The current readings with only the statements that a query asks for; all, for no query.

    Entities, times and voices stay whole; `limit` is not looked at.
    """
    if replace(query, limit=None) == Query(limit=None):
        yield from current(connection)
        return
    where, values = conditions(connection, query)
    wanted: dict[int, set[str]] = {}
    for reading, key in connection.execute(
        f"select s.reading_id, s.key from statement s where {where} order by s.reading_id", values
    ):
        wanted.setdefault(reading, set()).add(key)
    for row, keys in wanted.items():
        reading = one(connection, row)
        kept = tuple(
            s if s.within in keys else replace(s, within=None)
            for s in reading.statements
            if s.id in keys
        )
        ids = {s.id for s in kept}
        voices = tuple(
            v if v.statement in ids else replace(v, statement=None) for v in reading.voices
        )
        yield replace(reading, statements=kept, voices=voices)


def of_run(connection: sqlite3.Connection, run: int) -> Iterator[Reading]:
    """All readings of one run, in the order of their articles."""
    rows = connection.execute(
        "select r.id from reading r join version v on v.id = r.version_id where r.run_id = ?"
        " order by v.article_id, v.id",
        (run,),
    ).fetchall()
    return readings(connection, [r[0] for r in rows])


def readings(connection: sqlite3.Connection, ids: Iterable[int]) -> Iterator[Reading]:
    """The readings with these row ids, one at a time; rejected statements are left out."""
    for reading in ids:
        yield one(connection, reading)


def one(connection: sqlite3.Connection, reading: int) -> Reading:
    """One reading by its row id."""
    row = connection.execute(f"{_VERSION} where r.id = ?", (reading,)).fetchone()
    article = article_of(row)
    entities, local = _entities(connection, reading)
    laid: list[Judgement] = []
    kept: list[Statement] = []
    for s in connection.execute(
        "select * from statement where reading_id = ? and verdict is not 'rejected' order by id",
        (reading,),
    ).fetchall():
        statement = _statement(connection, s, entities, local, laid)
        kept.append(statement)
        if s["verdict"]:
            laid.append(Judgement(statement.id, s["verdict"], None, "human"))
    whole = [
        serialization.judgement_of(j)
        for j in serialization.unpack(row["judgements"])
        if j[1] != "is" or "/" not in j[0]
    ]
    ids = {s.id for s in kept}
    return Reading(
        article=article,
        statements=tuple(_without_nesting(s, ids) for s in sorted(kept, key=_order)),
        entities=tuple(entities),
        times=tuple(Time(Span(a, b), e, w) for a, b, e, w in serialization.unpack(row["times"])),
        voices=tuple(
            Voice(Span(a, b), v, s if s in ids else None)
            for a, b, v, s in serialization.unpack(row["voices"])
        ),
        judgements=(*whole, *laid),
    )


def _order(s: Statement) -> tuple[int, int]:
    # A human's addition takes its place among the others; the outer one first.
    return (s.content[0].start, -s.content[-1].end) if s.content else (0, 0)


def _without_nesting(s: Statement, ids: set[str]) -> Statement:
    if s.within is None or s.within in ids:
        return s
    return replace(s, within=None)


def _entities(connection: sqlite3.Connection, reading: int) -> tuple[list[Entity], dict[int, str]]:
    found: list[Entity] = []
    local: dict[int, str] = {}
    for a in connection.execute(
        "select a.*, e.same_as, e.name as now, e.kb as now_kb, e.key as now_key, m.name as merged,"
        " m.kb as merged_kb, m.key as merged_key, coalesce(m.kind, e.kind) as told,"
        " iif(m.id is null, e.gender, m.gender) as told_gender,"
        " iif(m.id is null, e.gender_by, m.gender_by) as told_by from appearance a join entity e on e.id = a.entity_id"
        " left join entity m on m.id = e.same_as where a.reading_id = ? order by a.id",
        (reading,),
    ):
        changed = a["read_as"] is not None
        local.setdefault(a["entity_id"], a["local"])
        found.append(
            Entity(
                id=a["local"],
                type=a["type"],
                name=a["merged"] or (a["now"] if changed else a["name"]),
                mentions=tuple(
                    Mention(Span(s, e), form) for s, e, form in serialization.unpack(a["mentions"])
                ),
                roles=tuple(serialization.unpack(a["roles"])),
                kb=a["merged_kb"] or a["now_kb"],
                kind=a["told"],
                gender=a["told_gender"],
                gender_by=a["told_by"],
                key=a["merged_key"] or a["now_key"],
            )
        )
    return found, local


def _statement(
    connection: sqlite3.Connection,
    s: sqlite3.Row,
    entities: list[Entity],
    local: dict[int, str],
    laid: list[Judgement],
) -> Statement:
    parts: dict[str, list[sqlite3.Row]] = {}
    for p in connection.execute(
        "select * from party where statement_id = ? and role <> 'about' order by role, n",
        (s["id"],),
    ):
        parts.setdefault(p["role"], []).append(p)
        if p["entity_id"]:
            name = p["local"] or _foreign(connection, p["entity_id"], entities, local)
            subject = (
                f"{s['key']}/speaker"
                if p["role"] == "speaker"
                else f"{s['key']}/{p['role']}/{p['n']}"
            )
            laid.append(Judgement(subject, "is", name, "library"))
    speaker: list[Any] = parts.get("speaker", [])
    return Statement(
        id=s["key"],
        form=s["form"],
        content=serialization.spans(s["content_spans"]),
        cue=serialization.spans(s["cue_spans"]),
        speaker=Party(serialization.spans(speaker[0]["spans"])) if speaker else Party(),
        addressees=tuple(
            Party(serialization.spans(p["spans"])) for p in parts.get("addressee", ())
        ),
        via=tuple(
            Via(serialization.spans(p["spans"]), serialization.spans(p["cue_spans"]))
            for p in parts.get("via", ())
        ),
        within=s["within"],
        said=s["said"],
        stance=s["stance"],
        score=s["score"],
        why=tuple(serialization.unpack(s["why"])),
    )


def _foreign(
    connection: sqlite3.Connection, entity: int, entities: list[Entity], local: dict[int, str]
) -> str:
    # A person named somebody whom this reading does not have.
    if entity not in local:
        row = connection.execute("select * from entity where id = ?", (entity,)).fetchone()
        local[entity] = f"x{entity}"
        told = {name: row[name] for name in ("kb", "kind", "gender", "gender_by", "key")}
        entities.append(Entity(local[entity], row["type"], row["name"], **told))
    return local[entity]
