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

from selon.faults import SelonError
from selon.library.find import Query
from selon.library.stats import MOST_UNKNOWN
from selon.numbers.facts import PERIODS, Column, Facts, Flags, Numbers, gather
from selon.numbers.intervals import wilson, worth
from selon.tongue import speaking

MEASURES: Final = ("statements", "words", "articles", "persons")
# Below so many known, a share says nothing that should be printed.
THIN: Final = 20
_MOST_CELLS: Final = 2_000_000


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
    """A counted table: which dimensions, in which groups, of what; `total` is over all groups."""

    of: tuple[str, ...]
    by: tuple[str, ...]
    measure: str
    groups: tuple[Group, ...]
    total: Group

    @property
    def values(self) -> tuple[tuple[str, ...], ...]:
        """The values in their order: periods in time, others by their count."""
        return tuple(cell.value for cell in self.total.cells)


def cross(
    connection: sqlite3.Connection,
    of: tuple[str, ...],
    by: tuple[str, ...] = (),
    *,
    measure: str = "statements",
    query: Query | None = None,
) -> CrossTable:
    """The table of the statements that a query asks for (its `limit` aside).

    Raises `SelonError` for a dimension or measure that there is not, or one asked for twice.
    """
    _check(of, by, measure)
    facts = gather(connection, (*of, *by), query, words=measure == "words")
    return counted(facts, of, by, measure)


def _check(of: tuple[str, ...], by: tuple[str, ...], measure: str) -> None:
    _ = speaking("numbers").gettext
    if measure not in MEASURES:
        raise SelonError(
            _("Cannot count {measure}; choose from {choice}.").format(
                measure=measure, choice=", ".join(MEASURES)
            )
        )
    if not of or len({*of, *by}) < len(of) + len(by):
        raise SelonError(_("A table needs at least one dimension, and no dimension twice."))


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


def counted(facts: Facts, of: tuple[str, ...], by: tuple[str, ...], measure: str) -> CrossTable:
    """The table out of facts that have its dimensions."""
    value = _together([facts.columns[n] for n in of], strict=True)
    group = _together([facts.columns[n] for n in by], strict=False)
    if (len(group.keys) + 1) * (len(value.keys) + 1) > _MOST_CELLS:
        _ = speaking("numbers").gettext
        raise SelonError(_("These dimensions make millions of cells: use fewer."))
    most = MOST_UNKNOWN if "gender" in of else 1.0
    published, independent = (
        _units(facts, measure, once)._replace(unknown=most) for once in (False, True)
    )
    both = [_figures(units, value, group) for units in (published, independent)]
    whole = _Codes(np.zeros(len(facts), np.int64), ((),))
    ends = [_figures(units, value, whole) for units in (published, independent)]
    order = _order(value.keys, of, [f.n for f in ends[0][0][0]])
    total = _group((), value.keys, order, [(f[0][0], f[1][0]) for f in ends])
    groups = [
        _group(key, value.keys, order, [(f[0][n], f[1][n]) for f in both])
        for n, key in enumerate(group.keys)
    ]
    sizes = [sum(c.published.n for c in g.cells) + g.unknown[0].n for g in groups]
    known = tuple(tuple(k or "" for k in key) for key in group.keys)
    placed = [groups[n] for n in _order(known, by, sizes)]
    # Those whose group is not known come last.
    placed.sort(key=lambda g: None in g.key)
    return CrossTable(of, by, measure, tuple(placed) if by else (total,), total)


class _Codes(NamedTuple):
    codes: Numbers
    keys: tuple[tuple[str | None, ...], ...]


def _together(columns: list[Column], *, strict: bool) -> _Codes:
    """Several columns as one; with `strict`, what is not known in one is not known at all."""
    if not columns:
        return _Codes(np.zeros(0, np.int64), ((),))
    codes = columns[0].codes + 1
    for column in columns[1:]:
        codes = codes * (len(column.values) + 1) + column.codes + 1
    if strict:
        missing = np.logical_or.reduce([c.codes < 0 for c in columns])
        codes = np.where(missing, -1, codes)
    unique, places = np.unique(codes, return_inverse=True)
    sizes = [len(c.values) + 1 for c in columns]
    keys: list[tuple[str | None, ...]] = []
    for number in unique.tolist():
        if number < 0:
            continue
        parts: list[str | None] = []
        rest = number
        for column, size in zip(reversed(columns), reversed(sizes), strict=True):
            rest, place = divmod(rest, size)
            parts.append(column.values[place - 1] if place else None)
        keys.append(tuple(reversed(parts)))
    shift = 1 if len(unique) and unique[0] < 0 else 0
    return _Codes(places.astype(np.int64) - shift, tuple(keys))


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
    units: _Units, value: _Codes, group: _Codes
) -> tuple[list[list[Figure]], list[Figure]]:
    """Each group's figures of the values, and of what is not known."""
    kept = units.kept
    v, unit, weight, cluster = (
        a[kept] for a in (value.codes, units.unit, units.weight, units.cluster)
    )
    g = group.codes[kept] if len(group.codes) else np.zeros(len(v), np.int64)
    many, groups = max(len(value.keys), 1), len(group.keys)
    known = v >= 0
    cells = _Counted(g[known] * many + v[known], groups * many)
    n = cells.sums(unit[known], weight[known], units.distinct)
    of = _Counted(g[known], groups).sums(unit[known], weight[known], units.distinct)
    all_ = _Counted(g, groups).sums(unit, weight, units.distinct)
    effective = np.zeros(groups * many)
    if units.clustered:
        effective = _effective((g[known], v[known], cluster[known], weight[known]), n, of, many)
    rows = [
        [
            Figure(
                int(n[a * many + b]),
                int(of[a]),
                units.single,
                float(effective[a * many + b]) or None,
                bool(all_[a] - of[a] <= units.unknown * all_[a]),
            )
            for b in range(len(value.keys))
        ]
        for a in range(groups)
    ]
    beside = [Figure(int(all_[a] - of[a]), int(all_[a]), units.single) for a in range(groups)]
    return rows, beside


class _Counted(NamedTuple):
    cells: Numbers
    size: int

    def sums(self, unit: Numbers, weight: Numbers, distinct: bool) -> Numbers:
        """The weight in each cell; with `distinct`, each unit once in a cell."""
        cells = self.cells
        if distinct and len(cells):
            _u, places = np.unique(unit, return_inverse=True)
            _c, first = np.unique(cells * (len(_u) + 1) + places, return_index=True)
            cells, weight = cells[first], weight[first]
        return np.bincount(cells, weight, self.size).astype(np.int64)


def _effective(
    places: tuple[Numbers, Numbers, Numbers, Numbers], n: Numbers, of: Numbers, many: int
) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """How many independent draws each cell's share is worth, over articles; 0: not to be told."""
    g, v, cluster, weight = places
    groups = len(of)
    if not len(g):
        return np.zeros(groups * many)
    _c, cluster = np.unique(cluster, return_inverse=True)
    base = int(cluster.max()) + 1
    pairs, at = np.unique(g * base + cluster, return_inverse=True)
    m = np.bincount(at, weight)
    of_pair = pairs // base
    cells, inside = np.unique((g * many + v) * base + cluster, return_inverse=True)
    k = np.bincount(inside, weight)
    cell = cells // base
    # The pair of group and article that a cell's article is in.
    home = np.searchsorted(pairs, cell // many * base + cells % base)
    squares = np.bincount(cell, k * k, groups * many)
    mixed = np.bincount(cell, k * m[home], groups * many)
    whole = np.repeat(np.bincount(of_pair, m * m, groups), many)
    clusters = np.repeat(np.bincount(of_pair, minlength=groups), many)
    draws = np.repeat(of, many).astype(float)
    out = np.zeros(groups * many)
    for place in np.flatnonzero((clusters > 1) & (draws > 0)):
        share, count = n[place] / draws[place], int(clusters[place])
        spread = squares[place] - 2 * share * mixed[place] + share * share * whole[place]
        variance = count / (count - 1) * spread / draws[place] ** 2
        out[place] = worth(float(share), float(variance), count, float(draws[place]))
    return out


def _group(
    key: tuple[str | None, ...],
    keys: tuple[tuple[str | None, ...], ...],
    order: list[int],
    told: list[tuple[list[Figure], Figure]],
) -> Group:
    (published, beside), (independent, apart) = told
    cells = tuple(
        Cell(tuple(k or "" for k in keys[n]), published[n], independent[n]) for n in order
    )
    return Group(key, cells, (beside, apart))


def _order(
    keys: tuple[tuple[str | None, ...], ...], names: tuple[str, ...], sizes: list[int]
) -> list[int]:
    """Periods in time, then the most frequent first; the same at every call."""
    if any(name in PERIODS for name in names):
        # Within a period, as the other dimensions have it.
        marginal: dict[tuple[int, str | None], int] = {}
        for key, size in zip(keys, sizes, strict=True):
            for n, part in enumerate(key):
                marginal[n, part] = marginal.get((n, part), 0) + size

        def place(n: int) -> tuple[tuple[int | str, str], ...]:
            return tuple(
                (0 if name in PERIODS else -marginal[i, keys[n][i]], keys[n][i] or "")
                for i, name in enumerate(names)
            )

        return sorted(range(len(keys)), key=place)
    return sorted(range(len(keys)), key=lambda n: (-sizes[n], tuple(k or "" for k in keys[n])))
