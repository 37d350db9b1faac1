"""Doubt about who speaks, apart from doubt about the words.

A library holds the score of the speaker alone (`statement.speaker_score`, 0 to 1, none where nobody
is told): the share of such answers that were right, where the learnt reader gave it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import Any, Final

from selon.library import serialization

# Whoever scores below this is shown as doubtful, and asked for in review.
DOUBT_BELOW: Final = 0.65


def doubtful_scores(connection: sqlite3.Connection, rows: Iterable[int]) -> dict[int, float]:
    """Those of the statements whose speaker is in doubt, unless somebody judged them; their scores."""
    found = connection.execute(
        "select s.id, s.speaker_score from json_each(?) hit join statement s on s.id = hit.value"
        " where s.speaker_score < ? and s.verdict is null",
        (serialization.pack(list(rows)), DOUBT_BELOW),
    )
    return {row[0]: row[1] for row in found}


def doubt_queue(connection: sqlite3.Connection, limit: int, offset: int) -> list[int]:
    """The statements whose speaker is in doubt, the least certain first; judged ones left out."""
    return [
        row[0]
        for row in connection.execute(
            "select id from statement indexed by statement_doubtful where current = 1"
            " and verdict is null and speaker_score < ? order by speaker_score, id limit ? offset ?",
            (DOUBT_BELOW, limit, offset),
        )
    ]


def candidates(
    connection: sqlite3.Connection, statement: int, limit: int = 4
) -> list[dict[str, Any]]:
    """Who else of the article may speak, the nearest first; what may be no speaker at all goes last."""
    row = connection.execute(
        "select reading_id, speaker_id, content_spans from statement where id = ?", (statement,)
    ).fetchone()
    if row is None:
        return []
    spans = serialization.spans(row["content_spans"])
    at = spans[0].start if spans else 0
    found = []
    for person in connection.execute(
        "select coalesce(e.same_as, e.id) as id, coalesce(m.name, e.name) as name, p.mentions,"
        " p.roles, p.type from appearance p join entity e on e.id = p.entity_id"
        " left join entity m on m.id = e.same_as where p.reading_id = ?"
        " and p.type in ('person', 'organisation', 'group', 'unknown')",
        (row["reading_id"],),
    ):
        # A mention is [start, end, kind].
        starts = [m[0] for m in serialization.unpack(person["mentions"]) if m]
        if starts:
            near = min(abs(int(s) - at) for s in starts)
            roles = serialization.unpack(person["roles"])
            found.append((near, {**dict(person), "role": str(roles[0]) if roles else ""}))
    # A lone name of unknown type may be a place or a newspaper.
    found.sort(key=lambda pair: (pair[1]["type"] == "unknown", pair[0], pair[1]["id"]))
    seen: dict[int, dict[str, Any]] = {}
    for _near, person in found:
        seen.setdefault(person["id"], person)
    return list(seen.values())[:limit]
