"""Many statements judged at once: those that a rule of reading found, and those of a batch undone."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from selon.library import serialization
from selon.records import FORMS

# As many as are judged at once; and the least certain, whose rules are listed.
MAX_STATEMENTS: Final = 1000
_MAX_LISTED: Final = 3000


@dataclass(frozen=True, slots=True)
class BulkSelection:
    """Which statements that nobody has judged: of a rule, a form, an outlet, between two scores."""

    rule: str = ""
    form: str = ""
    outlet: str = ""
    min_score: float = 0.0
    max_score: float = 1.0

    @property
    def narrowed(self) -> bool:
        """Whether anything was asked for; else it would be the whole library."""
        return self != BulkSelection()


def selection_of_form(given: Mapping[str, str]) -> BulkSelection:
    """What an address or a form asks for; what is no number, or no form, is left out."""
    form = given.get("form", "")
    return BulkSelection(
        given.get("rule", "").strip()[:200],
        form if form in FORMS else "",
        given.get("outlet", "").strip()[:200],
        _share(given.get("least", ""), 0.0),
        _share(given.get("most", ""), 1.0),
    )


def statements(connection: sqlite3.Connection, chosen: BulkSelection) -> list[int]:
    """The statements chosen, the least certain first, `MAX_STATEMENTS` of them at most."""
    clauses = ["score between ? and ?"]
    values: list[float | str] = [chosen.min_score, chosen.max_score]
    if chosen.rule:
        clauses.append("instr(why, ?)")
        values.append(serialization.pack(chosen.rule))
    for name in ("form", "outlet"):
        if getattr(chosen, name):
            clauses.append(f"{name} = ?")
            values.append(getattr(chosen, name))
    return [
        row[0]
        for row in connection.execute(
            "select id from statement indexed by statement_queue where current = 1"
            f" and verdict is null and {' and '.join(clauses)} order by score, id limit {MAX_STATEMENTS}",
            values,
        )
    ]


def rules(connection: sqlite3.Connection) -> list[tuple[str, int]]:
    """The rules that found the least certain statements, and how many of these each found."""
    return [
        (row[0], row[1])
        for row in connection.execute(
            "select j.value, count(*) from (select why from statement indexed by statement_queue"
            f" where current = 1 and verdict is null order by score, id limit {_MAX_LISTED}) s"
            " join json_each(s.why) j group by 1 order by 2 desc, 1 limit 60"
        )
    ]


def judgements_in_range(connection: sqlite3.Connection, which: str, by: str) -> list[str]:
    """The judgements that somebody made between two rows of the log (`b120-340`) and that stand."""
    first, _dash, last = which.removeprefix("b").partition("-")
    if not which.startswith("b") or not (first.isdecimal() and last.isdecimal()):
        return []
    if max(len(first), len(last)) > 15:
        return []
    return [
        row[0]
        for row in connection.execute(
            "select uid from judgement where id between ? and ? and by = ? and undone_at is null"
            " order by id limit 20000",
            (int(first), int(last), f"human:{by}"),
        )
    ]


def judgement_range(connection: sqlite3.Connection, uids: list[str]) -> str:
    """How an address names judgements made together: the first and last row of them in the log."""
    rows = connection.execute(
        "select min(j.id), max(j.id) from json_each(?) hit join judgement j on j.uid = hit.value",
        (serialization.pack(uids),),
    ).fetchone()
    return f"b{rows[0]}-{rows[1]}" if rows[0] else ""


def _share(given: str, otherwise: float) -> float:
    try:
        value = float(given.replace(",", "."))
    except ValueError:
        return otherwise
    return min(max(value, 0.0), 1.0) if value == value else otherwise
