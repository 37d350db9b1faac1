"""People's judgements: accept, reject, edit, re-attribute, add, merge, split, identify; and undo.

A judgement is a row laid over what the program read, with its author and time, never a change to
it. `undo` takes one back and leaves the library's state as if it had not been made.
"""

from __future__ import annotations

import re
import sqlite3
import uuid
from collections.abc import Iterable, Sequence
from typing import Any, Final

from selon.errors import SelonError
from selon.i18n import _
from selon.library import apply_judgements, people, reattach, serialization
from selon.library.find import entity_number
from selon.library.store import Library, now
from selon.records import FORMS, Span, Spans

_ID: Final = re.compile(r"\w[\w.:-]{0,99}", re.ASCII)


def accept(library: Library, statement: int, by: str) -> str:
    """Say that a statement is read rightly; answers with the judgement's uid."""
    return of_statement(library, statement, "accepted", None, by)


def reject(library: Library, statement: int, by: str) -> str:
    """Say that this is no statement; it leaves searches, counts and exports."""
    return of_statement(library, statement, "rejected", None, by)


def edit(library: Library, statement: int, content: Spans, by: str) -> str:
    """Say where a statement's content begins and ends; spans of the article's text."""
    text = statement_row(library.connection, statement)["text"]
    within(content, text)
    return of_statement(library, statement, "content", [[s.start, s.end] for s in content], by)


def speaker(library: Library, statement: int, who: dict[str, Any] | None, by: str) -> str:
    """Say who speaks: what `person` answers, with `spans` where the text names them, or nobody."""
    if who and who.get("spans"):
        text = statement_row(library.connection, statement)["text"]
        who = {**who, "spans": [[s.start, s.end] for s in within(who["spans"], text)]}
    return of_statement(library, statement, "speaker", who, by)


def utterance(library: Library, statement: int, other: int, same: bool, by: str) -> str:
    """Say that two statements are one utterance, or two; the ledger's families heed it."""
    row = library.connection.execute(
        "select s.key, s.content_spans, v.digest, a.key as article from statement s"
        " join article a on a.id = s.article_id join reading r on r.id = s.reading_id"
        " join version v on v.id = r.version_id where s.id = ?",
        (other,),
    ).fetchone()
    if row is None:
        raise SelonError(_("There is no statement {n} in this library.").format(n=other))
    value = {
        "article": row["article"],
        "statement": row["key"],
        "version": row["digest"],
        "spans": serialization.unpack(row["content_spans"]),
    }
    relation = "same utterance" if same else "other utterance"
    return of_statement(library, statement, relation, value, by)


def person(library: Library, name: str) -> dict[str, Any]:
    """Who a name, KB id or entity number (`@12`) means, for `speaker`; else a new person.

    Raises `SelonError` where the library has several of that name.
    """
    rows = find_entities(library.connection, name)
    if len(rows) > 1:
        raise SelonError(
            _("{name} may be {several}: give the number.").format(
                name=name, several=", ".join(f"@{r['id']} {r['name']}" for r in rows[:8])
            )
        )
    if rows:
        row = rows[0]
        return {"key": row["key"], "type": row["type"], "name": row["name"], "kb": row["kb"]}
    return {"key": serialization.entity_key("person", name, None), "type": "person", "name": name}


def find_entities(connection: sqlite3.Connection, name: str) -> list[sqlite3.Row]:
    """The entities that are `@NUMBER`, have this KB id or this very name."""
    number = entity_number(name)
    if number is not None:
        rows = connection.execute("select * from entity where id = ?", (number,)).fetchall()
        if not rows:
            raise SelonError(_("There is no entity {name} in this library.").format(name=name))
        return rows
    from selon.names import fold

    rows = connection.execute("select * from entity where kb = ?", (name,)).fetchall()
    return (
        rows
        or connection.execute(
            "select * from entity where folded = ? and folded <> '' and same_as is null",
            (fold(name),),
        ).fetchall()
    )


def add_missed(library: Library, article: int, statement: dict[str, Any], by: str) -> str:
    """Add a statement that the program missed, to the newest version of an article (a row id).

    `statement` has `form`, `content` and maybe `cue`, `stance` (as in the exchange contract) and
    `speaker`, what `person` answers with `spans`.
    """
    row = library.connection.execute(
        "select v.id, v.text, a.key, r.id as reading from article a"
        " join version v on v.id = a.version_id"
        " join reading r on r.version_id = v.id and r.current = 1 where a.id = ?",
        (article,),
    ).fetchone()
    if row is None:
        raise SelonError(_("There is no article {n} in this library.").format(n=article))
    if statement["form"] not in FORMS:
        raise SelonError(f"form: {statement['form']!r}; {', '.join(FORMS)}")
    parts = {
        "content": _pairs(statement["content"], row["text"]),
        "cue": _pairs(statement.get("cue"), row["text"]),
        "speaker": _pairs((statement.get("speaker") or {}).get("spans"), row["text"]),
    }
    with library.transaction() as connection:
        return _record(
            connection,
            {
                "article_id": article,
                "version_id": row["id"],
                "subject": row["key"],
                "relation": "added",
                "object": serialization.pack(statement),
                "anchor": reattach.anchor(parts, row["text"]),
                "by": by,
            },
            [row["reading"]],
        )


def merge(library: Library, one: str, into: str, by: str) -> str:
    """Say that two entities (by key) are one; the second gives the name."""
    return _of_people(library, one, "same as", f"{people.PREFIX}{into}", by)


def split(library: Library, one: str, away: dict[str, Any], by: str) -> str:
    """Say that in some articles an entity (by key) is somebody else.

    `away` has `name`, `articles` (their keys) and maybe `kb`.
    """
    key = serialization.entity_key("person", f"{away['name']}", away.get("kb"))
    if key == one:
        key = f"{key}@{away['articles'][0]}"
    return _of_people(library, one, "split", serialization.pack({**away, "key": key}), by)


def identify(library: Library, one: str, kb: str | None, by: str) -> str:
    """Say which entry of a knowledge base an entity (by key) is, by its id; or that it is none."""
    if kb is not None and not _ID.fullmatch(kb):
        raise SelonError(
            _("{id} is not an id of a knowledge base; write it as Q1234.").format(id=kb)
        )
    return _of_people(library, one, people.IS, kb, by)


def undo(library: Library, uid: str, by: str) -> None:
    """Take a judgement back, by its uid or row number; the former state is restored."""
    row = library.connection.execute(
        "select * from judgement where uid = ? or cast(id as text) = ?", (uid, uid)
    ).fetchone()
    if row is None:
        raise SelonError(_("There is no judgement {uid} in this library.").format(uid=uid))
    if row["undone_at"]:
        raise SelonError(_("Judgement {uid} has already been undone.").format(uid=uid))
    with library.transaction() as connection:
        connection.execute(
            "update judgement set undone_by = ?, undone_at = ? where id = ?",
            (by, now(), row["id"]),
        )
        touched = connection.execute(
            "select statement_id from attachment where judgement_id = ?"
            " and statement_id is not null",
            (row["id"],),
        ).fetchall()
        for (statement,) in touched:
            apply_judgements.refresh(connection, statement)
        if row["relation"] in people.OF_PEOPLE:
            people.resettle(connection)
        people.sweep(connection)


def judgements(connection: sqlite3.Connection) -> list[dict[str, Any]]:
    """The whole log, with the key of the article and the digest of the version judged."""
    return [
        dict(row)
        for row in connection.execute(
            "select j.id, j.uid, a.key as article, v.digest as version, j.subject, j.relation,"
            " j.object, j.anchor, j.by, j.at, j.undone_by, j.undone_at from judgement j"
            " left join article a on a.id = j.article_id"
            " left join version v on v.id = j.version_id order by j.at, j.uid"
        )
    ]


def merge_log(library: Library, log: Iterable[dict[str, Any]]) -> tuple[int, int]:
    """Take another library's judgements in: how many are new, how many have no article here.

    The same logs in any order give the same state: the later judgement holds.
    """
    new = away = 0
    with library.transaction() as connection:
        for entry in log:
            if connection.execute(
                "select 1 from judgement where uid = ?", (entry["uid"],)
            ).fetchone():
                _undone(connection, entry)
                continue
            place = _here(connection, entry)
            if place is None:
                away += 1
                continue
            new += 1
            _insert(connection, {**entry, "article_id": place[0], "version_id": place[1]})
        articles = connection.execute(
            "select distinct r.id, j.article_id from judgement j join version v"
            " on v.article_id = j.article_id join reading r on r.version_id = v.id"
        ).fetchall()
        for reading, article in articles:
            reattach.carry(connection, article, reading)
        for (statement,) in connection.execute(
            "select distinct statement_id from attachment where statement_id is not null"
        ).fetchall():
            apply_judgements.refresh(connection, statement)
        people.resettle(connection)
        people.sweep(connection)
    return new, away


def _undone(connection: sqlite3.Connection, entry: dict[str, Any]) -> None:
    if entry.get("undone_at"):
        connection.execute(
            "update judgement set undone_by = ?, undone_at = ? where uid = ?"
            " and (undone_at is null or undone_at > ?)",
            (entry["undone_by"], entry["undone_at"], entry["uid"], entry["undone_at"]),
        )


def _here(
    connection: sqlite3.Connection, entry: dict[str, Any]
) -> tuple[int | None, int | None] | None:
    if entry["article"] is None:
        return None, None
    row = connection.execute(
        "select a.id, v.id from article a join version v on v.article_id = a.id"
        " where a.key = ? and v.digest = ?",
        (entry["article"], entry["version"]),
    ).fetchone()
    return (row[0], row[1]) if row else None


def statement_row(connection: sqlite3.Connection, statement: int) -> sqlite3.Row:
    """A statement's row with its `text` and `version_id`; SelonError where there is none."""
    row: sqlite3.Row | None = connection.execute(
        "select s.*, v.text, v.id as version_id from statement s join reading r"
        " on r.id = s.reading_id join version v on v.id = r.version_id where s.id = ?",
        (statement,),
    ).fetchone()
    if row is None:
        raise SelonError(_("There is no statement {n} in this library.").format(n=statement))
    return row


def of_statement(library: Library, statement: int, relation: str, value: Any, by: str) -> str:
    """Lay a judgement over a statement, whatever its relation and value; its uid."""
    connection = library.connection
    row = statement_row(connection, statement)
    saved = serialization.unpack(row["as_read"]) if row["as_read"] else None
    as_read = [p for p in saved["parties"] if p[0] == "speaker"] if saved else None
    if as_read is None:
        found = connection.execute(
            "select spans from party where statement_id = ? and role = 'speaker'", (statement,)
        ).fetchone()
        spoken = serialization.spans(found[0]) if found else ()
    else:
        spoken = serialization.spans(as_read[0][3]) if as_read else ()
    parts = {
        "content": serialization.spans(saved["statement"][1] if saved else row["content_spans"]),
        "cue": serialization.spans(row["cue_spans"]),
        "speaker": spoken,
    }
    with library.transaction():
        return _record(
            connection,
            {
                "article_id": row["article_id"],
                "version_id": row["version_id"],
                "subject": row["key"],
                "relation": relation,
                "object": None
                if value is None and relation != "speaker"
                else serialization.pack(value),
                "anchor": reattach.anchor(parts, row["text"]),
                "by": by,
            },
            _readings(connection, row),
        )


def _readings(connection: sqlite3.Connection, row: sqlite3.Row) -> list[int]:
    """The reading that was judged, and the article's current one where that is another."""
    current = connection.execute(
        "select r.id from reading r join version v on v.id = r.version_id"
        " where v.article_id = ? and r.current = 1 and r.id <> ?",
        (row["article_id"], row["reading_id"]),
    )
    return [row["reading_id"], *(r[0] for r in current)]


def _of_people(library: Library, one: str, relation: str, other: str | None, by: str) -> str:
    into = [str(other).removeprefix(people.PREFIX)] if relation == "same as" else []
    with library.transaction() as connection:
        for key in (one, *into):
            if not connection.execute("select 1 from entity where key = ?", (key,)).fetchone():
                raise SelonError(_("There is no entity {name} in this library.").format(name=key))
        return _record(
            connection,
            {"subject": f"{people.PREFIX}{one}", "relation": relation, "object": other, "by": by},
            [],
        )


def _record(connection: sqlite3.Connection, entry: dict[str, Any], readings: Sequence[int]) -> str:
    if ":" not in entry["by"]:
        entry = {**entry, "by": f"human:{entry['by']}"}
    uid = uuid.uuid4().hex
    row = _insert(connection, {**entry, "uid": uid, "at": now()})
    judgement = connection.execute("select * from judgement where id = ?", (row,)).fetchone()
    for reading in readings:
        reattach.attach(connection, judgement, reading)
    if entry["relation"] in people.OF_PEOPLE:
        people.resettle(connection)
    return uid


def _insert(connection: sqlite3.Connection, entry: dict[str, Any]) -> int:
    names = (
        "uid",
        "article_id",
        "version_id",
        "subject",
        "relation",
        "object",
        "anchor",
        "by",
        "at",
        "undone_by",
        "undone_at",
    )
    row = connection.execute(
        f"insert into judgement ({', '.join(names)}) values ({', '.join('?' * len(names))})",
        [entry.get(n) for n in names],
    ).lastrowid
    return int(row or 0)


def within(spans: Spans, text: str) -> Spans:
    """The spans, each a stretch of the text; SelonError where one is not."""
    for span in spans:
        if not 0 <= span.start < span.end <= len(text):
            raise SelonError(
                _("{start}-{end} lies outside the text ({n} characters).").format(
                    start=span.start, end=span.end, n=len(text)
                )
            )
    return spans


def _pairs(value: Any, text: str) -> Spans:
    return within(tuple(Span(a, b) for a, b in value or ()), text)
