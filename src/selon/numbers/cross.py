"""Cross-tables: what share each value has in each group, with n, the unknown and intervals.

A table counts statements, words, articles or persons. Each figure is told as published and with
wire copy counted once. A share is of what is known in its group. Intervals: `selon.numbers.intervals`;
of genders none where more than a third are unknown (`selon.library.stats`).
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np

from selon.errors import SelonError
from selon.i18n import _
from selon.library.find import Query
from selon.library.stats import MAX_UNKNOWN_SHARE
from selon.numbers.bulk import Numbers
from selon.numbers.columns import Column, Flags, compact
from selon.numbers.combinations import Codes, Places, combine_columns
from selon.numbers.facts import PERIODS, Facts, gather
from selon.numbers.intervals import Reals, wilson, worth
from selon.old_names import renamed_arguments

MEASURES: Final = ("statements", "words", "articles", "persons")
# Below so many known, a share says nothing that should be printed.
THIN: Final = 20
_MAX_CELLS: Final = 2_000_000


class Figure(NamedTuple):
    """How many of how many; `effective` is how many independent draws these are worth, if asked.

    `low`, `high` are Wilson's as if each were drawn by itself (nothing for words, which are not);
    `clustered` is his interval over `effective`, articles being what is drawn. Neither where
    `ranged` is false: it would promise too much.
    """

    n: int
    of: int
    single: bool = True
    effective: float | None = None
    ranged: bool = True

    @property
    def share(self) -> float | None:
        """n over what is known; nothing of nothing."""
        return self.n / self.of if self.of else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Wilson's 95 % interval, each taken for an independent draw."""
        return wilson(self.n, self.of) if self.of and self.single and self.ranged else None

    @property
    def clustered(self) -> tuple[float, float] | None:
        """The 95 % interval that takes articles for what is drawn."""
        if not self.of or not self.effective or not self.ranged:
            return None
        return wilson(self.n / self.of * self.effective, self.effective)

    @property
    def thin(self) -> bool:
        """Whether it is too few for a share to be printed."""
        return self.of < THIN


@dataclass(frozen=True, slots=True)
class Cell:
    """One value in one group."""

    value: tuple[str, ...]
    published: Figure
    independent: Figure


@dataclass(frozen=True, slots=True)
class Group:
    """All values in one group; the unknown are beside, out of all there is in the group.

    A key that is None is the group of those whose own value is not known.
    """

    key: tuple[str | None, ...]
    cells: tuple[Cell, ...]
    unknown: tuple[Figure, Figure]


@dataclass(frozen=True, slots=True)
class CrossTable:
    """A counted table: which dimensions, in which groups, of what; `total` is over all groups.

    `more` values and groups there are that it leaves out, being asked for the most frequent.
    """

    of: tuple[str, ...]
    by: tuple[str, ...]
    measure: str
    groups: tuple[Group, ...]
    total: Group
    more: tuple[int, int] = (0, 0)

    @property
    def values(self) -> tuple[tuple[str, ...], ...]:
        """The values in their order: periods in time, others by their count."""
        return tuple(cell.value for cell in self.total.cells)


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a table is told: the most frequent values and groups (None: all there are).

    `value` is told whatever its count. Of groups by several dimensions so many values of each
    dimension are kept, of periods all. What is left out still counts in totals.
    """

    values: int | None = None
    groups: int | None = None
    value: tuple[str, ...] | None = None


ALL: Final = Limits()


@renamed_arguments(most="limits")
def cross(
    connection: sqlite3.Connection,
    of: tuple[str, ...],
    by: tuple[str, ...] = (),
    *,
    measure: str = "statements",
    query: Query | None = None,
    limits: Limits = ALL,
) -> CrossTable:
    """The table of the statements that a query asks for (its `limit` aside).

    Raises `SelonError` for a dimension or measure that there is not, or one asked for twice.
    """
    _check(of, by, measure)
    words, persons = measure == "words", measure == "persons"
    facts = gather(connection, (*of, *by), query, words=words, persons=persons)
    return cross_table(facts, of, by, measure, limits)


def _check(of: tuple[str, ...], by: tuple[str, ...], measure: str) -> None:
    if measure not in MEASURES:
        raise SelonError(
            _("Cannot count {measure}; choose from {choice}.").format(
                measure=measure, choice=", ".join(MEASURES)
            )
        )
    if not of or len({*of, *by}) < len(of) + len(by):
        raise SelonError(_("A table needs at least one dimension, and none of them twice."))


class _Units(NamedTuple):
    """What is counted: each place's unit, its weight, and whether copies make it again."""

    unit: Numbers
    weight: Numbers
    kept: Flags
    single: bool
    distinct: bool
    cluster: Numbers
    clustered: bool = False
    # The most that may be unknown in a group for its shares to have intervals.
    unknown: float = 1.0


def cross_table(
    facts: Facts, of: tuple[str, ...], by: tuple[str, ...], measure: str, limits: Limits = ALL
) -> CrossTable:
    """The table out of facts that have its dimensions."""
    every = combine_columns([facts.columns[n] for n in of], strict=True)
    ceiling = MAX_UNKNOWN_SHARE if "gender" in of else 1.0
    both = [_units(facts, measure, once)._replace(unknown=ceiling) for once in (False, True)]
    value, keys, left = _frequent(every, of, both[0], limits)
    columns, fewer = _largest(facts, by, limits.groups)
    group = combine_columns(columns, strict=False)
    if (len(group.numbers) + 1) * (value.size + 1) > _MAX_CELLS:
        raise SelonError(
            _("This makes millions of cells: ask for fewer values, groups or dimensions.")
        )
    whole = Places(np.zeros(len(facts), np.int64), 1)
    ends = [_figures(units, value, whole) for units in both]
    total = _group((), keys, [(f[0][0], f[1][0]) for f in ends])
    if not by:
        return CrossTable(of, by, measure, (total,), total, (left, 0))
    told = [_figures(units, value, Places(group.codes, len(group.numbers))) for units in both]
    known = group.keys(range(len(group.numbers)))
    groups = [_group(key, keys, [(f[0][n], f[1][n]) for f in told]) for n, key in enumerate(known)]
    sizes = np.array([g.unknown[0].of for g in groups], np.int64)
    placed = [groups[n] for n in _order(group, by, sizes)]
    # Those whose group is not known come last.
    placed.sort(key=lambda g: None in g.key)
    return CrossTable(of, by, measure, tuple(placed), total, (left, fewer))


def _frequent(
    value: Codes, of: tuple[str, ...], units: _Units, limits: Limits
) -> tuple[Places, list[tuple[str, ...]], int]:
    """The values in their order, those that are not told as one at the end; and how many these are."""
    keep = units.kept & (value.codes >= 0)
    count = len(value.numbers)
    sizes = _Counts(value.codes[keep], count).sums(
        units.unit[keep], units.weight[keep], units.distinct
    )
    order = _order(value, of, sizes)
    told = order if limits.values is None else order[: limits.values]
    if limits.value is not None:
        # However rare.
        rest = order[len(told) :]
        told += [n for n, key in zip(rest, value.keys(rest), strict=True) if key == limits.value]
    left = count - len(told)
    new = np.full(count + 1, len(told), np.int64)
    new[told] = np.arange(len(told))
    new[-1] = -1
    keys = [tuple(k or "" for k in key) for key in value.keys(told)]
    return Places(new[value.codes], len(told) + bool(left)), keys, left


def _largest(facts: Facts, by: tuple[str, ...], limit: int | None) -> tuple[list[Column], int]:
    """The columns of the groups, each with its most frequent values; what is in no group is -2."""
    columns, fewer = [], 0
    for name in by:
        column = facts.columns[name]
        count = len(column.values)
        if limit is not None and name not in PERIODS and count > limit:
            sizes = np.bincount(column.codes + 1, minlength=count + 1)[1:]
            kept = np.sort(np.lexsort((np.arange(count), -sizes))[:limit])
            new = np.full(count + 1, -2, np.int64)
            new[kept], new[-1] = np.arange(limit), -1
            column = Column(new[column.codes], tuple(column.values[n] for n in kept.tolist()))
            fewer += count - limit
        columns.append(column)
    return columns, fewer


def _units(facts: Facts, measure: str, independent: bool) -> _Units:
    ones = np.ones(len(facts), np.int64)
    whole = np.ones(len(facts), np.bool_)
    once = ~facts.again if independent else whole
    if measure == "persons":
        return _Units(facts.person, ones, once & (facts.person >= 0), True, True, facts.lead)
    if measure == "articles":
        unit = facts.lead if independent else facts.article
        return _Units(unit, ones, whole, True, True, facts.lead)
    weight = facts.words if measure == "words" else ones
    single = measure == "statements"
    # Of a statement that has several relays, no interval over articles is told.
    clustered = not facts.exploded
    return _Units(facts.statement, weight, once, single, not clustered, facts.lead, clustered)


def _figures(
    units: _Units, value: Places, group: Places
) -> tuple[list[list[Figure]], list[Figure]]:
    """Each group's figures of the values, and of what is not known."""
    kept = units.kept & (group.codes >= 0) if len(group.codes) else units.kept
    g, v, unit, weight, cluster = (
        a[kept] for a in (group.codes, value.codes, units.unit, units.weight, units.cluster)
    )
    many, groups = max(value.size, 1), group.size
    known = v >= 0
    cells = _Counts(g[known] * many + v[known], groups * many)
    n = cells.sums(unit[known], weight[known], units.distinct)
    of = _Counts(g[known], groups).sums(unit[known], weight[known], units.distinct)
    all_ = _Counts(g, groups).sums(unit, weight, units.distinct)
    effective = np.zeros(groups * many)
    if units.clustered:
        effective = _effective((g[known], v[known], cluster[known], weight[known]), n, of, many)
    ranged = all_ - of <= units.unknown * all_
    # Python's own numbers: a numpy scalar at a time is slow to take out.
    counts, worths = n.reshape(groups, many).tolist(), effective.reshape(groups, many).tolist()
    lines = zip(counts, worths, of.tolist(), ranged.tolist(), strict=True)
    rows = [
        [
            Figure(count, told, units.single, drawn or None, sure)
            for count, drawn in zip(line, drawns, strict=True)
        ]
        for line, drawns, told, sure in lines
    ]
    both = zip(all_.tolist(), of.tolist(), strict=True)
    return rows, [Figure(full - told, full, units.single) for full, told in both]


class _Counts(NamedTuple):
    cells: Numbers
    size: int

    def sums(self, unit: Numbers, weight: Numbers, distinct: bool) -> Numbers:
        """The weight in each cell; with `distinct`, each unit once in a cell."""
        cells = self.cells
        if distinct and len(cells):
            _ids, places = compact(unit)
            each, places = compact(places * self.size + cells)
            # A unit weighs the same wherever it stands.
            weights = np.empty(len(each), weight.dtype)
            weights[places] = weight
            cells, weight = each % self.size, weights
        return np.bincount(cells, weight, self.size).astype(np.int64)


def _effective(
    places: tuple[Numbers, Numbers, Numbers, Numbers], n: Numbers, of: Numbers, many: int
) -> Reals:
    """How many independent draws each cell's share is worth, over articles; 0: not to be told."""
    (g, v, cluster, weight), groups = places, len(of)
    if not len(g):
        return np.zeros(groups * many)
    _ids, cluster = compact(cluster)
    size = groups * many
    # By article first: rows nearly are in this order.
    cells, inside = compact(cluster * size + g * many + v)
    k = np.bincount(inside, weight)
    cell = cells % size
    # The pair of article and group that a cell is in.
    pairs, home = compact(cells // size * groups + cell // many)
    m = np.bincount(home, k)
    of_pair = pairs % groups
    squares = np.bincount(cell, k * k, groups * many)
    mixed = np.bincount(cell, k * m[home], groups * many)
    whole = np.repeat(np.bincount(of_pair, m * m, groups), many)
    clusters = np.repeat(np.bincount(of_pair, minlength=groups), many)
    draws = np.repeat(of, many).astype(float)
    told = (clusters > 1) & (draws > 0)
    count, drawn = clusters[told], draws[told]
    share = n[told] / drawn
    spread = squares[told] - 2 * share * mixed[told] + share * share * whole[told]
    variance = count / (count - 1) * spread / drawn**2
    out = np.zeros(groups * many)
    out[told] = worth(share, variance, count, drawn)
    return out


def _group(
    key: tuple[str | None, ...],
    keys: list[tuple[str, ...]],
    told: list[tuple[list[Figure], Figure]],
) -> Group:
    (published, beside), (independent, apart) = told
    # Figures of what is left out may stand at the end.
    cells = tuple(Cell(*one) for one in zip(keys, published, independent, strict=False))
    return Group(key, cells, (beside, apart))


def _order(codes: Codes, names: tuple[str, ...], sizes: Numbers) -> list[int]:
    """Periods in time, then the most frequent first; the same at every call."""
    places = np.arange(len(sizes))
    if not any(name in PERIODS for name in names):
        # The combinations are in the order of their values already.
        order: list[int] = np.lexsort((places, -sizes)).tolist()
        return order
    keys = codes.keys(places.tolist())
    # Within a period, as the other dimensions have it.
    marginal: dict[tuple[int, str | None], int] = {}
    for key, size in zip(keys, sizes.tolist(), strict=True):
        for n, part in enumerate(key):
            marginal[n, part] = marginal.get((n, part), 0) + size

    def place(n: int) -> tuple[tuple[int | str, str], ...]:
        return tuple(
            (0 if name in PERIODS else -marginal[i, keys[n][i]], keys[n][i] or "")
            for i, name in enumerate(names)
        )

    return sorted(places.tolist(), key=place)
