"""What people decided about families: which statements they joined and which they parted.

Each is a judgement (`same utterance`, `other utterance`) on one statement, with the other as its
object. Both ends are found again in a new reading or an edited article, by place or by words, as
all judgements are; of one pair the later word holds.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final

from selon.library import serialization
from selon.library.reanchor import reanchor_spans, shift_spans, which
from selon.records import Spans

SAME: Final = "same utterance"
OTHER: Final = "other utterance"
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Decision:
    """A person's word on two statements (rows): one utterance, or two; `uid` undoes it."""

    uid: str
    statement: int
    other: int
    same: bool
    by: str
    at: str

    @property
    def pair(self) -> Pair:
        """The two ids, the lesser first, as families have them."""
        one, two = sorted((str(self.statement), str(self.other)))
        return one, two


def current_decisions(connection: sqlite3.Connection) -> list[Decision]:
    """The decisions that hold now, the earliest first; those whose statements are gone left out."""
    rows = connection.execute(
        "select j.uid, j.relation, j.object, j.by, j.at, t.statement_id from judgement j"
        " join attachment t on t.judgement_id = j.id join statement s on s.id = t.statement_id"
        " where j.relation in (?, ?) and j.undone_at is null and +s.current = 1"
        " order by j.at, j.uid",
        (SAME, OTHER),
    ).fetchall()
    last: dict[Pair, Decision] = {}
    for row in rows:
        other = _other_end(connection, serialization.unpack(row["object"]))
        if other is not None and other != row["statement_id"]:
            decision = Decision(
                row["uid"],
                row["statement_id"],
                other,
                row["relation"] == SAME,
                row["by"],
                row["at"],
            )
            last.pop(decision.pair, None)
            last[decision.pair] = decision
    return list(last.values())


def sides(decisions: Collection[Decision]) -> tuple[set[Pair], set[Pair]]:
    """The pairs that were joined, and those that were parted."""
    joined = {d.pair for d in decisions if d.same}
    return joined, {d.pair for d in decisions if not d.same}


def _other_end(connection: sqlite3.Connection, value: dict[str, Any]) -> int | None:
    """The current statement that a decision's object means."""
    row = connection.execute(
        "select s.id from statement s join article a on a.id = s.article_id"
        " where a.key = ? and s.key = ? and s.current = 1",
        (value["article"], value["statement"]),
    ).fetchone()
    if row is not None:
        return int(row[0])
    if "spans" not in value:
        return None
    old = connection.execute(
        "select v.text from version v join article a on a.id = v.article_id"
        " where a.key = ? and v.digest = ?",
        (value["article"], value["version"]),
    ).fetchone()
    new = connection.execute(
        "select r.id, v.text from reading r join version v on v.id = r.version_id"
        " join article a on a.id = v.article_id where a.key = ? and r.current = 1",
        (value["article"],),
    ).fetchone()
    if old is None or new is None:
        return None
    return _locate(
        (old[0], new["text"]),
        serialization.spans(serialization.pack(value["spans"])),
        new["id"],
        connection,
    )


def _locate(
    texts: tuple[str, str], spans: Spans, reading: int, connection: sqlite3.Connection
) -> int | None:
    whole = type(spans[0])(spans[0].start, spans[-1].end) if spans else None
    where = reanchor_spans(*texts, whole, attributed=False) if whole else None
    if where is None:
        return None
    rows = connection.execute(
        "select id, content_spans from statement where reading_id = ? order by id", (reading,)
    )
    return which(shift_spans(spans, where.shift), [(r[0], serialization.spans(r[1])) for r in rows])
