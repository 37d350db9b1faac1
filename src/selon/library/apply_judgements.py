"""Judgements laid over a statement's rows: computed again from what the program read.

The state shown is always a function of the reading and of the judgements that stand, in the order
of their time; so undoing one is to compute the state without it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any, Final

from selon.library import known_people, serialization, statement_parties, write
from selon.records import Span, Spans
from selon.spans import text_of

_COLUMNS: Final = (
    "content",
    "content_spans",
    "context",
    "same",
    "form",
    "stance",
    "said",
    "voice",
)
_PARTY: Final = ("role", "n", "words", "spans", "cue_spans", "local", "entity_id")
_STANDING: Final = (
    "select j.* from judgement j join attachment t on t.judgement_id = j.id"
    " where t.statement_id = ? and j.undone_at is null order by j.at, j.uid"
)
_VERDICTS: Final = {
    "accepted": "accepted",
    "rejected": "rejected",
    "added": "added",
}
# What corrects a part of a statement; all else judges the whole of it.
CORRECTIONS: Final = ("content", "speaker", "form", "stance", "said", "addressee", "via")


def refresh(connection: sqlite3.Connection, statement: int) -> None:
    """Bring a statement's rows in line with the judgements that stand over it."""
    row = connection.execute("select * from statement where id = ?", (statement,)).fetchone()
    if row is None:
        return
    standing = connection.execute(_STANDING, (statement,)).fetchall()
    if row["as_read"] is not None:
        _restore(connection, row)
    added = any(j["relation"] == "added" for j in standing)
    if row["origin"] == "added" and not added:
        _remove(connection, statement)
        return
    edits = [j for j in standing if _changes(j, row["origin"])]
    if edits:
        snapshot = _snapshot(connection, statement)
        for judgement in edits:
            _edit(connection, statement, judgement)
        connection.execute("update statement set as_read = ? where id = ?", (snapshot, statement))
    relations = [j["relation"] for j in standing]
    verdicts = ["edited" if r in CORRECTIONS else _VERDICTS.get(r, "") for r in relations]
    if row["origin"] == "read":
        # The program reads now what somebody had to add: they agree.
        verdicts = ["accepted" if v == "added" else v for v in verdicts]
    connection.execute(
        "update statement set verdict = ? where id = ?", (_verdict(verdicts), statement)
    )
    statement_parties.show_parties(connection, statement)


def _changes(judgement: sqlite3.Row, origin: str) -> bool:
    if judgement["relation"] == "added":
        return origin == "read" and "speaker" in serialization.unpack(judgement["object"])
    return judgement["relation"] in CORRECTIONS


def _verdict(verdicts: list[str]) -> str | None:
    # A later acceptance takes back a rejection; an addition that is edited stays an addition.
    decided = [v for v in verdicts if v in ("accepted", "rejected")]
    if decided and decided[-1] == "rejected":
        return "rejected"
    for kind in ("added", "edited", "accepted"):
        if kind in verdicts:
            return kind
    return None


def _snapshot(connection: sqlite3.Connection, statement: int) -> str:
    row = connection.execute(
        f"select {', '.join(_COLUMNS)} from statement where id = ?", (statement,)
    ).fetchone()
    parties = connection.execute(
        f"select {', '.join(_PARTY)} from party where statement_id = ? order by role, n",
        (statement,),
    ).fetchall()
    return serialization.pack({"statement": list(row), "parties": [list(p) for p in parties]})


def _restore(connection: sqlite3.Connection, row: sqlite3.Row) -> None:
    saved = serialization.unpack(row["as_read"])
    # What an older program kept lacks the last columns: then no judgement has touched them.
    columns = _COLUMNS[: len(saved["statement"])]
    connection.execute(
        f"update statement set {', '.join(f'{c} = ?' for c in columns)}, as_read = null"
        " where id = ?",
        (*saved["statement"], row["id"]),
    )
    connection.execute("delete from party where statement_id = ?", (row["id"],))
    for party in saved["parties"]:
        values = dict(zip(_PARTY, party, strict=True))
        if values["local"]:
            # A split may have given the entity another row since.
            values["entity_id"] = _entity_of(connection, row["reading_id"], values["local"])
        connection.execute(
            f"insert into party (statement_id, {', '.join(_PARTY)})"
            f" values (?{', ?' * len(_PARTY)})",
            (row["id"], *values.values()),
        )


def _entity_of(connection: sqlite3.Connection, reading: int, local: str) -> int | None:
    row = connection.execute(
        "select entity_id from appearance where reading_id = ? and local = ?", (reading, local)
    ).fetchone()
    return row[0] if row else None


def _remove(connection: sqlite3.Connection, statement: int) -> None:
    connection.execute("delete from party where statement_id = ?", (statement,))
    connection.execute(
        "update attachment set statement_id = null, how = 'orphan' where statement_id = ?",
        (statement,),
    )
    connection.execute("delete from statement where id = ?", (statement,))


def _edit(connection: sqlite3.Connection, statement: int, judgement: sqlite3.Row) -> None:
    shift = _shift(connection, statement, judgement)
    value = serialization.unpack(judgement["object"] or "null")
    text, reading = _text(connection, statement)
    relation = judgement["relation"]
    if relation == "content":
        _set_content(connection, statement, tuple(Span(a + shift, b + shift) for a, b in value))
        _about(connection, statement, reading)
    elif relation in ("form", "stance", "said"):
        connection.execute(f"update statement set {relation} = ? where id = ?", (value, statement))
        if relation != "said":
            # As `selon.show.account` has it.
            connection.execute(
                "update statement set voice = case when stance = 'conditional' then 'hedged'"
                " when form = 'direct' then 'quoted' else 'reported' end where id = ?",
                (statement,),
            )
    elif relation in ("addressee", "via"):
        set_parties(connection, statement, relation, value or [], (text, shift))
    else:
        who = value["speaker"] if relation == "added" else value
        set_speaker(connection, statement, who, (text, shift))


def _set_content(connection: sqlite3.Connection, statement: int, parts: Spans) -> None:
    text, _ = _text(connection, statement)
    content = text_of(parts, text)
    connection.execute(
        "update statement set content = ?, content_spans = ?, context = ?, same = ? where id = ?",
        (
            content,
            serialization.pairs(parts),
            serialization.context(parts, text),
            serialization.same_words(content),
            statement,
        ),
    )


def _shift(connection: sqlite3.Connection, statement: int, judgement: sqlite3.Row) -> int:
    row = connection.execute(
        "select shift from attachment where judgement_id = ? and statement_id = ?",
        (judgement["id"], statement),
    ).fetchone()
    return int(row[0])


def _text(connection: sqlite3.Connection, statement: int) -> tuple[str, int]:
    row = connection.execute(
        "select v.text, r.id from statement s join reading r on r.id = s.reading_id"
        " join version v on v.id = r.version_id where s.id = ?",
        (statement,),
    ).fetchone()
    return row[0], row[1]


def set_speaker(
    connection: sqlite3.Connection, statement: int, value: Any, at: tuple[str, int]
) -> None:
    """Make somebody the speaker: `{"key", "type", "name", "kb", "spans"}`, or null for nobody."""
    set_parties(connection, statement, "speaker", [value] if value else [], at)


def set_parties(
    connection: sqlite3.Connection,
    statement: int,
    role: str,
    people: Sequence[dict[str, Any]],
    at: tuple[str, int],
) -> None:
    """Make these the parties of a statement in one role, in their order; each as for a speaker.

    `at` is the article's text, and how far it has moved since the spans were told.
    """
    text, shift = at
    connection.execute("delete from party where statement_id = ? and role = ?", (statement, role))
    for n, value in enumerate(people):
        entity = None
        if value.get("key"):
            entity = write.entity_row(
                connection,
                value["key"],
                value.get("type") or "person",
                value["name"],
                value.get("kb"),
            )
            known_people.introduce(connection, entity)
        parts = tuple(Span(a + shift, b + shift) for a, b in value.get("spans") or ())
        connection.execute(
            "insert into party (statement_id, role, n, words, spans, entity_id)"
            " values (?, ?, ?, ?, ?, ?)",
            (
                statement,
                role,
                n,
                text_of(parts, text),
                serialization.pairs(parts),
                entity,
            ),
        )


def _about(connection: sqlite3.Connection, statement: int, reading: int) -> None:
    text, _ = _text(connection, statement)
    content = serialization.spans(
        connection.execute(
            "select content_spans from statement where id = ?", (statement,)
        ).fetchone()[0]
    )
    connection.execute("delete from party where statement_id = ? and role = 'about'", (statement,))
    n = 0
    for a in connection.execute(
        "select * from appearance where reading_id = ? order by id", (reading,)
    ).fetchall():
        mentions = [Span(start, end) for start, end, _form in serialization.unpack(a["mentions"])]
        inside = tuple(m for m in mentions if any(c.holds(m) for c in content))
        if inside:
            connection.execute(
                "insert into party (statement_id, role, n, words, spans, local, entity_id)"
                " values (?, 'about', ?, ?, ?, ?, ?)",
                (
                    statement,
                    n,
                    text_of(inside[:1], text),
                    serialization.pairs(inside),
                    a["local"],
                    a["entity_id"],
                ),
            )
            n += 1
