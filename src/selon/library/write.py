"""Records to rows: an article's version, a reading of it, its statements and entities.

Nothing here commits: the caller holds the transaction.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection
from dataclasses import dataclass, replace

from selon.library import bodies, known_people, serialization
from selon.library.statement_parties import (
    KnownRows,
    PartyRow,
    join_parties,
    parties,
    put_parties,
    show_parties,
)
from selon.names import fold, is_full
from selon.records import Article, Entity, Reading, Span, Spans, Statement
from selon.spans import text_of
from selon.statement_people import entity_ids, identity_scores


@dataclass(frozen=True, slots=True)
class ReadingPlace:
    """Where a reading goes: rows of the article, its version and the run; the time of writing."""

    article: int
    version: int
    run: int
    at: str


@dataclass(frozen=True, slots=True)
class ShownValues:
    """What a statement's row shows of its parties and of its reading."""

    speaker: str | None = None
    addressees: str | None = None
    via: str | None = None
    speaker_id: int | None = None
    voice: str | None = None
    current: int = 1
    speaker_score: float | None = None


def put_version(connection: sqlite3.Connection, article: Article, at: str) -> tuple[int, int]:
    """The rows of the article and of this version of it, made where they are missing."""
    key, digest = serialization.article_key(article), serialization.digest(article)
    known = (
        article.url,
        article.outlet,
        article.title,
        article.published,
        article.language,
        serialization.pack(list(article.authors)),
        article.page,
    )
    connection.execute(
        "insert into article (key, url, outlet, title, published, language, authors, page)"
        " values (?,?,?,?,?,?,?,?) on conflict (key) do nothing",
        (key, *known),
    )
    (article_row,) = connection.execute("select id from article where key = ?", (key,)).fetchone()
    found = connection.execute(
        "select id from version where article_id = ? and digest = ?", (article_row, digest)
    ).fetchone()
    if found:
        return article_row, found[0]
    version = connection.execute(
        "insert into version (article_id, record, digest, text, added,"
        " url, outlet, title, published, language, authors, page)"
        " values (?,?,?,?,?,?,?,?,?,?,?,?)",
        (article_row, article.id, digest, article.text, at, *known),
    ).lastrowid
    connection.execute(
        "update article set version_id = ?, url = ?, outlet = ?, title = ?, published = ?,"
        " language = ?, authors = ?, page = ? where id = ?",
        (version, *known, article_row),
    )
    return article_row, int(version or 0)


def put_reading(
    connection: sqlite3.Connection, place: ReadingPlace, reading: Reading
) -> int | None:
    """Write a reading beside those that are there; nothing where this run has read this version.

    A reading of the article's newest version becomes the current one.
    """
    newest, removed = connection.execute(
        "select version_id, removed from article where id = ?", (place.article,)
    ).fetchone()
    # What was taken out stays out, whatever is read of it again.
    current = int(newest == place.version and removed is None)
    row = connection.execute(
        "insert into reading (version_id, run_id, times, voices, judgements, current, added)"
        " values (?,?,?,?,?,?,?) on conflict (version_id, run_id) do nothing returning id",
        (
            place.version,
            place.run,
            serialization.pack([[t.span.start, t.span.end, t.edtf, t.why] for t in reading.times]),
            serialization.pack(
                [[v.span.start, v.span.end, v.voice, v.statement] for v in reading.voices]
            ),
            serialization.pack([serialization.judgement_row(j) for j in reading.judgements]),
            current,
            place.at,
        ),
    ).fetchone()
    if row is None:
        return None
    reading_row = int(row[0])
    if current:
        _retire(connection, place.article, reading_row)
    who = entity_ids(reading)
    known = {
        e.id: put_entity(connection, place.article, reading_row, e, reading.article)
        for e in reading.entities
        if not _is_only_a_thing(e, who.values())
    }
    scores = identity_scores(reading)
    voices = {v.statement: v.voice for v in reading.voices if v.statement}
    for statement in reading.statements:
        rows = parties(statement, reading.article.text, known, who)
        # With its parties' names from the start: each change of them is indexed again.
        shown = replace(
            _shown_values(rows, voices.get(statement.id), current),
            speaker_score=scores.get(f"{statement.id}/speaker"),
        )
        row_id = put_statement(
            connection,
            statement,
            reading.article,
            shown,
            article_row=place.article,
            reading_row=reading_row,
        )
        put_parties(connection, row_id, rows)
    return reading_row


def _retire(connection: sqlite3.Connection, article: int, but: int) -> None:
    connection.execute(
        "update reading set current = 0 where current = 1 and id <> ? and version_id in"
        " (select id from version where article_id = ?)",
        (but, article),
    )
    connection.execute(
        "update statement set current = 0 where article_id = ? and reading_id <> ? and current = 1",
        (article, but),
    )


def _is_only_a_thing(entity: Entity, parties: Collection[str]) -> bool:
    """Whether a thing without a name that only pronouns mean again takes part in no statement.

    « les pluies … elles »: the reading needs it to follow the pronoun, a library has nobody to count.
    """
    if entity.kind != "other" or entity.kb or entity.id in parties:
        return False
    return bool(entity.mentions) and all(m.form != "name" for m in entity.mentions)


def put_entity(
    connection: sqlite3.Connection, article: int, reading: int, entity: Entity, of: Article
) -> KnownRows:
    """The library-wide row of a reading's entity, with its appearance and its name forms."""
    named = any(m.form == "name" for m in entity.mentions) or not entity.mentions
    if entity.kind is None:
        entity = known_people.with_kind_and_gender(entity, of)
    # A surname alone means the same person in one article, not in two; nor does « Sophie L. ».
    human = entity.type == "person" or entity.kind in ("person", "someone")
    named &= not human or is_full(entity.name)
    (article_key,) = connection.execute(
        "select key from article where id = ?", (article,)
    ).fetchone()
    body = None if entity.kb else bodies.body_key(entity, of)
    key = serialization.entity_key(
        entity.type, body or entity.name, entity.kb, None if named or body else article_key
    )
    row = entity_row(connection, key, entity.type, entity.name, entity.kb)
    if entity.kb:
        _rename(connection, row, entity.name, named)
    forms = {entity.name} | {m.span.of(of.text) for m in entity.mentions if m.form == "name"}
    connection.executemany(
        "insert into variant (entity_id, folded, words) values (?,?,?) on conflict do nothing",
        [(row, fold(form), form) for form in sorted(forms) if fold(form)],
    )
    connection.execute(
        "insert into appearance (reading_id, local, entity_id, type, name, kb, roles, mentions,"
        " kind, gender, gender_by) values (?,?,?,?,?,?,?,?,?,?,?)",
        (
            reading,
            entity.id,
            row,
            entity.type,
            entity.name,
            entity.kb,
            serialization.pack(list(entity.roles)),
            serialization.pack([[m.span.start, m.span.end, m.form] for m in entity.mentions]),
            entity.kind,
            entity.gender,
            entity.gender_by,
        ),
    )
    known_people.learn(connection, row, entity)
    head, name = connection.execute(
        "select coalesce(m.id, e.id), coalesce(m.name, e.name) from entity e"
        " left join entity m on m.id = e.same_as where e.id = ?",
        (row,),
    ).fetchone()
    return KnownRows(row, head, name, entity.id, tuple(m.span for m in entity.mentions))


def _rename(connection: sqlite3.Connection, row: int, name: str, named: bool) -> None:
    """Call who has an id by the longest of its full names, whichever article came first.

    Where no article has a full name, by the longest of what it is called.
    """
    now, human = connection.execute(
        "select name, type = 'person' or coalesce(kind in ('person', 'someone'), 0)"
        " from entity where id = ?",
        (row,),
    ).fetchone()
    if now == name:
        return
    full = (not human or is_full(now)) and connection.execute(
        "select 1 from appearance where entity_id = ? and name = ? and instr(mentions, '\"name\"')"
        " limit 1",
        (row, now),
    ).fetchone() is not None
    if (full, len(now), now) >= (named, len(name), name):
        return
    connection.execute(
        "update entity set name = ?, folded = ?, sound = null where id = ?", (name, fold(name), row)
    )
    for (statement,) in connection.execute(
        "select distinct p.statement_id from entity e join party p on p.entity_id = e.id"
        " where ?1 in (e.id, e.same_as) and p.role <> 'about'",
        (row,),
    ).fetchall():
        show_parties(connection, statement)


def entity_row(
    connection: sqlite3.Connection, key: str, type_: str, name: str, kb: str | None
) -> int:
    """The row of the entity with this key, made where it is missing."""
    found = connection.execute("select id from entity where key = ?", (key,)).fetchone()
    if found:
        return int(found[0])
    row = connection.execute(
        "insert into entity (key, type, name, folded, kb) values (?,?,?,?,?)",
        (key, type_, name, fold(name), kb),
    ).lastrowid
    return int(row or 0)


def put_statement(
    connection: sqlite3.Connection,
    s: Statement,
    of: Article,
    shown: ShownValues,
    *,
    article_row: int,
    reading_row: int,
) -> int:
    """Write a statement's row, without its parties, and return its number."""
    content = text_of(s.content, of.text)
    values = {
        "article_id": article_row,
        "reading_id": reading_row,
        "key": s.id,
        "form": s.form,
        "stance": s.stance,
        "voice": shown.voice,
        "content": content,
        "content_spans": serialization.pairs(s.content),
        "cue": text_of(s.cue, of.text),
        "cue_spans": serialization.pairs(s.cue),
        "context": serialization.context(s.content, of.text),
        "speaker": shown.speaker,
        "addressees": shown.addressees,
        "via": shown.via,
        "speaker_id": shown.speaker_id,
        "speaker_score": shown.speaker_score,
        "within": s.within,
        "said": s.said,
        "score": s.score,
        "why": serialization.pack(list(s.why)),
        "outlet": of.outlet,
        "published": of.published,
        "same": serialization.same_words(content),
        "current": shown.current,
    }
    row = connection.execute(
        f"insert into statement ({', '.join(values)}) values ({', '.join('?' * len(values))})",
        tuple(values.values()),
    ).lastrowid
    return int(row or 0)


def _shown_values(rows: list[PartyRow], voice: str | None, current: int) -> ShownValues:
    names: dict[str, list[str]] = {}
    for r in rows:
        names.setdefault(r.role, []).append((r.known.name if r.known else r.words) or "?")
    speaker = next((r for r in rows if r.role == "speaker"), None)
    return ShownValues(
        names.get("speaker", [None])[0],
        join_parties(names, "addressee"),
        join_parties(names, "via"),
        speaker.known.head if speaker and speaker.known else None,
        voice,
        current,
    )


def hull(spans: Spans) -> Span | None:
    """From the first character of the spans to the last."""
    return Span(min(s.start for s in spans), max(s.end for s in spans)) if spans else None
