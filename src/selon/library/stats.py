"""Shares that can be published: always with n, the unknown, intervals, and wire copy counted once.

Method: Wilson's score interval (1927) at 95 %, over the statements whose value is known. It takes
statements for independent draws; statements of one article are not quite that, so that intervals
over few, long articles are too narrow. Genders are counted by person, each once however often they
speak; where more than a third of the persons are of unknown gender, no interval is given: who is
known is no draw from all, since titles and feminine roles tell women more often.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from math import sqrt
from typing import Final

from selon.errors import SelonError
from selon.i18n import _
from selon.library.find import Query, conditions

_Z: Final = 1.959964
BY: Final = {
    "outlet": "s.outlet",
    "voice": "s.voice",
    "form": "s.form",
    "stance": "s.stance",
    "speaker": "coalesce(e.name, s.speaker)",
    "gender": "e.gender",
    "kind": "e.kind",
    "via": "s.via",
    "month": "substr(s.published, 1, 7)",
}

# Past this share of unknown persons, an interval over the known ones says nothing of all.
MAX_UNKNOWN_SHARE: Final = 1 / 3
_STATEMENTS: Final = "count(*) as n, count(*) - count(again.id) as m"
_PERSONS: Final = (
    "count(distinct s.speaker_id) as n,"
    " count(distinct case when again.id is null then s.speaker_id end) as m"
)
_HUMAN: Final = "e.kind in ('person', 'someone')"

# A statement of a group of copies is counted where the group says it first; a sentence that one
# article prints twice counts twice there, and once more for no copy.
_INDEPENDENT: Final = """
with grouped (id, lead) as (
  select id, coalesce(copy_of, id) from article
  where copy_of is not null or id in (select copy_of from article)),
ranked as (
  select s.id, g.lead, s.same, row_number() over (partition by s.article_id, s.same order by s.id)
    as k from statement s join grouped g on g.id = s.article_id where {where}),
again (id) as (
  select id from ranked where id not in (select min(id) from ranked group by lead, same, k))
"""


@dataclass(frozen=True, slots=True)
class Count:
    """How many of a total, as a share with its interval (0 to 1); no share of nothing.

    `ranged` is false where an interval would promise too much.
    """

    n: int
    of: int
    ranged: bool = True

    @property
    def share(self) -> float | None:
        """n over the total."""
        return self.n / self.of if self.of else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Wilson's 95 % interval of the share."""
        return wilson(self.n, self.of) if self.of and self.ranged else None


@dataclass(frozen=True, slots=True)
class StatsLine:
    """One value with its counts: as published, and with wire copy counted once."""

    value: str
    published: Count
    independent: Count


@dataclass(frozen=True, slots=True)
class StatsTable:
    """All values, most frequent first; the statements whose value is unknown beside them.

    `unit` is what is counted: statements, or persons; `ranged` whether the shares have intervals.
    """

    by: str
    lines: tuple[StatsLine, ...]
    unknown: StatsLine
    unit: str = "statements"
    ranged: bool = True


def wilson(n: int, of: int, z: float = _Z) -> tuple[float, float]:
    """Wilson's score interval for n of `of`; 0 ≤ low ≤ n/of ≤ high ≤ 1."""
    p, square = n / of, z * z
    middle = p + square / (2 * of)
    reach = z * sqrt(p * (1 - p) / of + square / (4 * of * of))
    low, high = (middle - reach) / (1 + square / of), (middle + reach) / (1 + square / of)
    return min(p, max(0.0, low)), max(p, min(1.0, high))


def stats(connection: sqlite3.Connection, by: str, query: Query | None = None) -> StatsTable:
    """The shares of a column's values (`BY`) among the statements that a query asks for.

    A share is of the known values; the unknown line's share is of all. `gender` counts the persons
    who speak in them.
    """
    if by not in BY:
        raise SelonError(
            _("Cannot count by {by}; choose from {choice}.").format(by=by, choice=", ".join(BY))
        )
    where, values = conditions(connection, query or Query())
    persons = by == "gender"
    what = _PERSONS if persons else _STATEMENTS
    rows = connection.execute(
        _INDEPENDENT.format(where=where) + f"select {BY[by]} as value, {what}"
        " from statement s left join entity e on e.id = s.speaker_id"
        f" left join again on again.id = s.id where {where}"
        + (f" and {_HUMAN}" if persons else "")
        + " group by value order by n desc, value",
        (*values, *values),
    ).fetchall()
    known = [r for r in rows if r["value"] is not None]
    n, m = sum(r["n"] for r in known), sum(r["m"] for r in known)
    blank_n = sum(r["n"] for r in rows) - n
    blank_m = sum(r["m"] for r in rows) - m
    ranged = not persons or MAX_UNKNOWN_SHARE * (n + blank_n) >= blank_n
    return StatsTable(
        by,
        tuple(
            StatsLine(r["value"], Count(r["n"], n, ranged), Count(r["m"], m, ranged)) for r in known
        ),
        StatsLine(
            "", Count(blank_n, n + blank_n, not persons), Count(blank_m, m + blank_m, not persons)
        ),
        "persons" if persons else "statements",
        ranged,
    )
