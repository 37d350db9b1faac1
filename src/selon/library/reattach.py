"""Judgements held through new readings and edited articles: placed again, or listed as orphans."""

from __future__ import annotations

import sqlite3
from typing import Any

from selon.library import apply_judgements, people, serialization, statement_parties, write
from selon.library.fetch import article_of
from selon.library.reanchor import ReanchoredSpans, reanchor_spans, shift_spans, which
from selon.records import Span, Spans, Statement


def anchor(parts: dict[str, Spans], text: str) -> str:
    """The places of a judged passage as JSON, with its words: what it is found again by."""
    whole = write.hull(parts["content"] + parts["cue"] + parts["speaker"])
    return serialization.pack(
        {
            **{name: [[s.start, s.end] for s in spans] for name, spans in parts.items()},
            "exact": whole.of(text) if whole else "",
            "prefix": text[max(0, whole.start - 32) : whole.start] if whole else "",
            "suffix": text[whole.end : whole.end + 32] if whole else "",
        }
    )


def carry(connection: sqlite3.Connection, article: int, reading: int) -> None:
    """Attach what people judged of an article to a reading of it, by position or quotation."""
    standing = connection.execute(
        "select * from judgement where article_id = ? and undone_at is null order by at, uid",
        (article,),
    ).fetchall()
    for judgement in standing:
        attach(connection, judgement, reading)
    people.resettle(connection, [reading])


def attach(connection: sqlite3.Connection, judgement: sqlite3.Row, reading: int) -> str:
    """Attach one judgement to a reading; how: `position`, `quotation` or `orphan`."""
    old = connection.execute(
        "select text from version where id = ?", (judgement["version_id"],)
    ).fetchone()[0]
    new = connection.execute(
        "select v.text from version v join reading r on r.version_id = v.id where r.id = ?",
        (reading,),
    ).fetchone()[0]
    where = serialization.unpack(judgement["anchor"])
    placed = _reanchor(old, new, where)
    statement = None
    if placed:
        statement = _statement(connection, judgement, reading, (where, placed))
    how = placed.how if placed and statement else "orphan"
    connection.execute(
        "insert into attachment (judgement_id, reading_id, statement_id, shift, how)"
        " values (?,?,?,?,?) on conflict (judgement_id, reading_id) do update set"
        " statement_id = excluded.statement_id, shift = excluded.shift, how = excluded.how",
        (judgement["id"], reading, statement, placed.shift if placed else 0, how),
    )
    if statement:
        apply_judgements.refresh(connection, statement)
    return how


def _spans(value: Any) -> Spans:
    return tuple(Span(a, b) for a, b in value or ())


def _reanchor(old: str, new: str, where: dict[str, Any]) -> ReanchoredSpans | None:
    whole = write.hull(_spans(where["content"]) + _spans(where["cue"]) + _spans(where["speaker"]))
    if whole is None:
        return None
    return reanchor_spans(old, new, whole, attributed=bool(where["speaker"]))


def _statement(
    connection: sqlite3.Connection,
    judgement: sqlite3.Row,
    reading: int,
    at: tuple[dict[str, Any], ReanchoredSpans],
) -> int | None:
    where, placed = at
    rows = [
        (row[0], _as_read(row))
        for row in connection.execute(
            "select id, content_spans, as_read from statement where reading_id = ? order by id",
            (reading,),
        )
    ]
    wanted = [shift_spans(_spans(where["content"]), placed.shift)]
    if judgement["relation"] == "content":
        # A better reading may have found the corrected boundary by itself.
        wanted.append(shift_spans(_spans(serialization.unpack(judgement["object"])), placed.shift))
    for spans in wanted:
        found = which(spans, rows)
        if found is not None:
            return found
    if judgement["relation"] == "added":
        return _add(connection, judgement, reading, placed.shift)
    return None


def _as_read(row: sqlite3.Row) -> Spans:
    # Against what the program read: an edited boundary is ours.
    if row["as_read"] is None:
        return serialization.spans(row["content_spans"])
    saved = serialization.unpack(row["as_read"])
    return serialization.spans(saved["statement"][1])


def _add(connection: sqlite3.Connection, judgement: sqlite3.Row, reading: int, shift: int) -> int:
    row = connection.execute(
        "select v.*, r.current from reading r join version v on v.id = r.version_id where r.id = ?",
        (reading,),
    ).fetchone()
    article = article_of(row)
    value = serialization.unpack(judgement["object"])
    content = shift_spans(_spans(value["content"]), shift)
    made = Statement(
        id=f"{article.id}#{serialization.pairs(content).strip('[]').replace('],[', ';')}",
        form=value["form"],
        content=content,
        cue=shift_spans(_spans(value.get("cue")), shift),
        stance=value.get("stance", "asserted"),
        why=(judgement["by"],),
    )
    statement = write.put_statement(
        connection,
        made,
        article,
        write.ShownValues(current=row["current"]),
        article_row=row["article_id"],
        reading_row=reading,
    )
    connection.execute(
        "update statement set origin = 'added', verdict = 'added' where id = ?", (statement,)
    )
    apply_judgements.set_speaker(connection, statement, value.get("speaker"), (article.text, shift))
    statement_parties.show_parties(connection, statement)
    return statement


def orphans(connection: sqlite3.Connection) -> list[dict[str, Any]]:
    """The judgements that stand but have no place in the current reading of their article."""
    return [
        dict(row)
        for row in connection.execute(
            "select j.id, j.subject, j.relation, j.object, j.anchor, j.by, j.at, a.key as article"
            " from judgement j join attachment t on t.judgement_id = j.id"
            " join reading r on r.id = t.reading_id join article a on a.id = j.article_id"
            " where r.current = 1 and t.how = 'orphan' and j.undone_at is null order by j.id"
        )
    ]
