"""Doubt about who speaks, apart from doubt about the words.

A library may hold a score of the speaker alone (`statement.speaker_score`, 0 to 1, or none); one
that does not have the column has nobody in doubt.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import Any, Final

from selon.library import codec

# Whoever scores below this is shown as doubtful, and asked for in review.
LEAST: Final = 0.65
COLUMN: Final = "speaker_score"


def known(connection: sqlite3.Connection) -> bool:
    """Whether this library scores speakers by themselves."""
    columns = connection.execute("select name from pragma_table_info('statement')")
    return COLUMN in {row[0] for row in columns}


def doubtful(connection: sqlite3.Connection, rows: Iterable[int]) -> dict[int, float]:
    """Those of the statements whose speaker is in doubt, unless somebody judged them; their scores."""
    if not known(connection):
        return {}
    found = connection.execute(
        f"select s.id, s.{COLUMN} from json_each(?) hit join statement s on s.id = hit.value"
        f" where s.{COLUMN} < ? and s.verdict is null",
        (codec.pack(list(rows)), LEAST),
    )
    return {row[0]: row[1] for row in found}


def queue(connection: sqlite3.Connection, limit: int, offset: int) -> list[int]:
    """The statements whose speaker is in doubt, the least certain first; judged ones left out."""
    if not known(connection):
        return []
    return [
        row[0]
        for row in connection.execute(
            f"select id from statement where current = 1 and verdict is null and {COLUMN} < ?"
            f" order by {COLUMN}, id limit ? offset ?",
            (LEAST, limit, offset),
        )
    ]


def candidates(
    connection: sqlite3.Connection, statement: int, most: int = 4
) -> list[dict[str, Any]]:
    """Who else of the article may speak: its people by how near they are named to the words."""
    row = connection.execute(
        "select reading_id, speaker_id, content_spans from statement where id = ?", (statement,)
    ).fetchone()
    if row is None:
        return []
    spans = codec.spans(row["content_spans"])
    at = spans[0].start if spans else 0
    found = []
    for person in connection.execute(
        "select coalesce(e.same_as, e.id) as id, coalesce(m.name, e.name) as name, p.mentions,"
        " p.roles, p.entity_id from appearance p join entity e on e.id = p.entity_id"
        " left join entity m on m.id = e.same_as where p.reading_id = ?"
        " and p.type in ('person', 'organisation', 'group', 'unknown')",
        (row["reading_id"],),
    ):
        # A mention is [start, end, kind].
        starts = [m[0] for m in codec.unpack(person["mentions"]) if m]
        if starts:
            near = min(abs(int(s) - at) for s in starts)
            roles = codec.unpack(person["roles"])
            found.append((near, {**dict(person), "role": str(roles[0]) if roles else ""}))
    found.sort(key=lambda pair: (pair[0], pair[1]["id"]))
    seen: dict[int, dict[str, Any]] = {}
    for _near, person in found:
        seen.setdefault(person["id"], person)
    return list(seen.values())[:most]
