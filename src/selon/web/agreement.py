"""How far two reviewers agree beyond chance (Cohen's kappa) on what both have judged."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from itertools import combinations
from typing import Final

_VERDICTS: Final = (
    "select t.statement_id, j.by, j.relation from judgement j"
    " join attachment t on t.judgement_id = j.id join reading r on r.id = t.reading_id"
    " where j.undone_at is null and t.statement_id is not null and r.current = 1"
    " and j.relation in ('accepted', 'rejected') order by j.at, j.uid"
)
# With fewer statements judged by both, a number says nothing.
MIN_STATEMENTS: Final = 20


@dataclass(frozen=True, slots=True)
class Agreement:
    """Two reviewers: how many statements both judged, on how many alike, and their kappa.

    `kappa` is none where too few were judged, or where chance alone would explain everything.
    """

    one: str
    other: str
    both: int
    alike: int
    kappa: float | None


def agreements(connection: sqlite3.Connection) -> list[Agreement]:
    """Every two reviewers who judged a statement in common, the most in common first."""
    said: dict[str, dict[int, bool]] = {}
    for statement, by, relation in connection.execute(_VERDICTS):
        # The last word of each holds.
        said.setdefault(by, {})[statement] = relation == "accepted"
    found = [_agreement(a, b, said[a], said[b]) for a, b in combinations(sorted(said), 2)]
    return sorted((f for f in found if f.both), key=lambda f: (-f.both, f.one, f.other))


def _agreement(one: str, other: str, mine: dict[int, bool], theirs: dict[int, bool]) -> Agreement:
    common = mine.keys() & theirs.keys()
    n = len(common)
    alike = sum(mine[s] == theirs[s] for s in common)
    kappa = None
    if n >= MIN_STATEMENTS:
        yes_mine, yes_theirs = (sum(j[s] for s in common) / n for j in (mine, theirs))
        chance = yes_mine * yes_theirs + (1 - yes_mine) * (1 - yes_theirs)
        kappa = (alike / n - chance) / (1 - chance) if chance < 1 else None
    plain = (one.removeprefix("human:"), other.removeprefix("human:"))
    return Agreement(*plain, n, alike, kappa)
