"""What reviewers look at: the queue, who judged what, where two of them disagree."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import Any, Final

from selon.library import serialization
from selon.library.apply_judgements import CORRECTIONS

_KINDS: Final = {
    "accepted": "verdict",
    "rejected": "verdict",
    "added": "added",
    **{name: name for name in CORRECTIONS},
}
_LAID: Final = (
    "select j.id, j.uid, j.relation, j.object, j.by, j.at, t.statement_id from judgement j"
    " join attachment t on t.judgement_id = j.id join reading r on r.id = t.reading_id"
    " where j.undone_at is null and t.statement_id is not null and r.current = 1"
)


def queue(connection: sqlite3.Connection, limit: int = 20, offset: int = 0) -> list[dict[str, Any]]:
    """The statements that nobody has judged, the least certain first."""
    ids = [
        row[0]
        for row in connection.execute(
            "select id from statement indexed by statement_queue where current = 1 and verdict is null"
            " order by score, id limit ? offset ?",
            (limit, offset),
        )
    ]
    return rows(connection, ids)


def rows(connection: sqlite3.Connection, ids: Iterable[int]) -> list[dict[str, Any]]:
    """Statements by row number, in the order asked, each with its article's title."""
    found = {
        row["id"]: dict(row)
        for row in connection.execute(
            "select s.id, s.article_id, s.speaker, s.speaker_id, s.addressees, s.via, s.outlet,"
            " s.published, s.said, s.form, s.stance, s.content, s.context, s.score, s.verdict,"
            " a.title from json_each(?) hit join statement s on s.id = hit.value"
            " join article a on a.id = s.article_id",
            (serialization.pack(list(ids)),),
        )
    }
    return [found[i] for i in ids if i in found]


def judgements_over(
    connection: sqlite3.Connection, reading: int
) -> dict[int, list[dict[str, Any]]]:
    """The judgements that stand over each statement of a current reading, oldest first."""
    over: dict[int, list[dict[str, Any]]] = {}
    for row in connection.execute(f"{_LAID} and t.reading_id = ? order by j.at, j.uid", (reading,)):
        over.setdefault(row["statement_id"], []).append(dict(row))
    return over


def disagreements(connection: sqlite3.Connection) -> list[tuple[int, list[dict[str, Any]]]]:
    """The statements that two people judged differently, with the last word of each of them."""
    last: dict[int, dict[tuple[str, str], dict[str, Any]]] = {}
    for row in connection.execute(f"{_LAID} order by j.at, j.uid"):
        kind = _KINDS.get(row["relation"])
        if kind:
            last.setdefault(row["statement_id"], {})[(kind, row["by"])] = dict(row)
    return [(s, differing) for s, by in last.items() if (differing := differ(list(by.values())))]


def judged_statement(connection: sqlite3.Connection, uid: str) -> str:
    """Return the id of the statement that a judgement applies to, or "" if there is none."""
    row = connection.execute(
        "select t.statement_id from attachment t join judgement j on j.id = t.judgement_id"
        " where j.uid = ? order by t.reading_id desc",
        (uid,),
    ).fetchone()
    return str(row[0] or "") if row else ""


def differ(judgements: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Those of a statement's judgements, one a person and kind, that contradict each other."""
    kinds: dict[str, list[dict[str, Any]]] = {}
    for judgement in judgements:
        kinds.setdefault(_KINDS.get(judgement["relation"], ""), []).append(judgement)
    kinds.pop("", None)
    # Who adds a statement holds it to be one; who rejects it does not.
    if any(j["relation"] == "rejected" for j in kinds.get("verdict", ())):
        kinds["verdict"] += kinds.pop("added", [])
    differing: list[dict[str, Any]] = []
    for kind in kinds.values():
        said = {(j["relation"] == "rejected", _judged_value(j)) for j in kind}
        if len(said) > 1 and len({j["by"] for j in kind}) > 1:
            differing += kind
    return differing


def _judged_value(judgement: dict[str, Any]) -> str:
    if judgement["relation"] == "speaker":
        value = serialization.unpack(judgement["object"] or "null")
        return str(value and value.get("key"))
    if judgement["relation"] in ("addressee", "via"):
        return str([who.get("key") for who in serialization.unpack(judgement["object"] or "[]")])
    return str(judgement["object"]) if judgement["relation"] in CORRECTIONS else ""


def log(connection: sqlite3.Connection, limit: int = 30) -> list[dict[str, Any]]:
    """The newest judgements, those undone with them."""
    return [
        dict(row)
        for row in connection.execute(
            "select j.id, j.uid, j.relation, j.by, j.at, j.undone_by, j.undone_at, j.article_id,"
            " json_extract(j.anchor, '$.exact') as words from judgement j"
            " order by j.at desc, j.uid desc limit ?",
            (limit,),
        )
    ]
