"""Whether shares differ between groups or periods, articles being what is drawn.

A bootstrap over articles (near-identical copies are one): whole articles are drawn with
replacement, so that what one article has in common counts as one draw's. Chosen over a mixed model
because it asks for no distribution, gives the difference in points with its interval, serves
groups within articles (forms, speakers) as well as groups of articles, and needs no further
library. Efron, B., and Tibshirani, R. (1993), *An Introduction to the Bootstrap*; Cameron, A. C.,
Gelbach, J., and Miller, D. (2008) on clusters. Several differences: Holm's correction (1979).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import asin, sqrt
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from selon.errors import SelonError
from selon.i18n import _
from selon.library.find import Query
from selon.numbers.columns import compact
from selon.numbers.cross import cross_table
from selon.numbers.facts import PERIODS, Facts, gather

DRAWS: Final = 1_999
SEED: Final = 20_260_310
# More differences at once are no answer to a question.
_MAX_DIFFERENCES: Final = 400
# Of so many articles fewer draws are as good: the shares hardly differ from one to the next.
_LARGE: Final = 50_000
_FEWER_DRAWS: Final = 999
# A binomial draw takes as long as drawing so many articles.
_BINOMIAL: Final = 16
# Counts of patterns that are held at once.
_TOGETHER: Final = 4_000_000
AGAINST: Final = ("others", "previous")
Reals = npt.NDArray[np.float64]
Ids = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Difference:
    """A value's share in one group, less that in another (None: in all others together).

    `low`, `high` bound the difference at 95 %; `h` is Cohen's effect size (.2 small, .5 middling,
    .8 large); `p` is of the bootstrap, `holm` corrected for all differences of the answer;
    `articles` are those that have anything known in either group.
    """

    value: tuple[str, ...]
    one: tuple[str | None, ...]
    other: tuple[str | None, ...] | None
    share: float
    against: float
    low: float
    high: float
    h: float
    p: float
    holm: float
    articles: int

    @property
    def difference(self) -> float:
        """In parts of 1."""
        return self.share - self.against


def differences(
    connection: sqlite3.Connection,
    of: tuple[str, ...],
    by: tuple[str, ...],
    *,
    against: str = "others",
    value: Sequence[str] | None = None,
    query: Query | None = None,
    measure: str = "statements",
) -> tuple[Difference, ...]:
    """Each group against all others, or each period against the one before, for each value.

    Wire copy counts once. Groups with too little on either side are left out; so are those that
    are not known. Raises `SelonError` where there is nothing to compare, or too much.
    """
    if measure not in ("statements", "words") or not by:
        raise SelonError(_("Differences are computed between groups: give --by."))
    if against not in AGAINST:
        raise SelonError(
            _("Cannot compare with {word}; choose from {choice}.").format(
                word=against, choice=", ".join(AGAINST)
            )
        )
    if against == "previous" and not set(by) & set(PERIODS):
        raise SelonError(
            _("To compare with the period before, give --by one of {choice}.").format(
                choice=", ".join(PERIODS)
            )
        )
    facts = gather(connection, (*of, *by), query, words=measure == "words", persons=False)
    if facts.exploded:
        raise SelonError(_("Differences between relays or addressees are not computed."))
    return differences_of_facts(facts, of, by, against=against, value=value, measure=measure)


def differences_of_facts(
    facts: Facts,
    of: tuple[str, ...],
    by: tuple[str, ...],
    *,
    against: str = "others",
    value: Sequence[str] | None = None,
    measure: str = "statements",
    draws: int = DRAWS,
) -> tuple[Difference, ...]:
    """As `differences`, out of facts that have the dimensions."""
    table = cross_table(facts, of, by, measure)
    keys = [g.key for g in table.groups if None not in g.key]
    values = [v for v in table.values if value is None or list(v) == list(value)]
    if len(keys) * max(len(values), 1) > _MAX_DIFFERENCES:
        raise SelonError(_("Too many differences at once: give one value, or fewer groups."))
    if not values or len(keys) < 2:
        return ()
    counts = _by_article(facts, (of, by), keys, values, measure)
    if not counts.size:
        return ()
    drawn = _bootstrap_sums(counts, draws if counts.size <= _LARGE else min(draws, _FEWER_DRAWS))
    sums = np.bincount(counts.column, counts.n, counts.columns).astype(float)
    known = _Known(counts, len(keys))
    found: list[Difference] = []
    for place, key in enumerate(keys):
        others = _others(keys, place, by if against == "previous" else None)
        if not others:
            continue
        other = keys[others[0]] if against == "previous" else None
        here, there, enough = known.of(place, others)
        # One article tells nothing of how articles differ.
        if min(here, there) < 2:
            continue
        for at, one in enumerate(values):
            told = _difference(sums, drawn, (at, len(values)), place, others)
            found.append(Difference(one, key, other, *told, 1.0, enough))
    return _with_holm(found)


def _others(
    keys: list[tuple[str | None, ...]], place: int, periods: tuple[str, ...] | None
) -> list[int]:
    """The groups that one is compared with: all others, or the period before with the same rest."""
    if periods is None:
        return [p for p in range(len(keys)) if p != place]

    def split(key: tuple[str | None, ...]) -> tuple[list[str], list[str | None]]:
        pairs = list(zip(periods, key, strict=True))
        return [p or "" for n, p in pairs if n in PERIODS], [
            p for n, p in pairs if n not in PERIODS
        ]

    when, rest = split(keys[place])
    before = [
        (split(key)[0], p)
        for p, key in enumerate(keys)
        if split(key)[1] == rest and split(key)[0] < when
    ]
    return [max(before)[1]] if before else []


class _Counts(NamedTuple):
    """What each article has, as triples: of a group (`width` columns each) its known and its values.

    The columns of group k are k · width, what is known in it, and k · width + 1 + v, of value v.
    """

    article: Ids
    column: Ids
    n: Ids
    size: int
    columns: int
    width: int


class _Known:
    """How many articles have anything known in which groups."""

    def __init__(self, counts: _Counts, groups: int) -> None:
        first = counts.column % counts.width == 0
        group = counts.column[first] // counts.width
        article = counts.article[first]
        order = np.argsort(group, kind="stable")
        ends = np.searchsorted(group[order], np.arange(groups + 1))
        # Each article stands once in a group.
        self._of = [article[order[a:b]] for a, b in pairwise(ends.tolist())]
        times = np.bincount(article, minlength=counts.size)
        self._all = int((times > 0).sum())
        self._alone = [int((times[one] == 1).sum()) for one in self._of]

    def of(self, place: int, others: list[int]) -> tuple[int, int, int]:
        """How many articles one group has, how many some others together, how many both together."""
        here = self._of[place]
        if len(others) == len(self._of) - 1:
            return len(here), self._all - self._alone[place], self._all
        there = [self._of[other] for other in others]
        return (
            len(here),
            len(np.unique(np.concatenate(there))),
            len(np.unique(np.concatenate([here, *there]))),
        )


def _by_article(
    facts: Facts,
    names: tuple[tuple[str, ...], tuple[str, ...]],
    keys: list[tuple[str | None, ...]],
    values: list[tuple[str, ...]],
    measure: str,
) -> _Counts:
    """For each article (its copies with it): what has each value in each group, what is known."""
    of, by = names
    group = _places(facts, by, keys)
    value = _places(facts, of, values)
    known = np.logical_and.reduce([facts.columns[name].codes >= 0 for name in of])
    weight = facts.words if measure == "words" else np.ones(len(facts), np.int64)
    use = np.flatnonzero(~facts.again & known & (group >= 0))
    ids, article = compact(facts.lead[use])
    width = len(values) + 1
    seen = value[use] >= 0
    column = np.concatenate([group[use] * width, (group[use] * width + 1 + value[use])[seen]])
    article = np.concatenate([article, article[seen]])
    weight = np.concatenate([weight[use], weight[use][seen]])
    columns = len(keys) * width
    pairs, places = compact(article * columns + column)
    n = np.bincount(places, weight, len(pairs)).astype(np.int64)
    return _Counts(pairs // columns, pairs % columns, n, len(ids), columns, width)


def _places(
    facts: Facts, names: tuple[str, ...], keys: Sequence[tuple[str | None, ...]]
) -> npt.NDArray[np.int64]:
    """Which of the keys each statement has; -1 for none of them."""
    columns = [facts.columns[name] for name in names]
    code, wanted = np.zeros(len(facts), np.int64), np.zeros(len(keys), np.int64)
    for n, column in enumerate(columns):
        book = {value: place for place, value in enumerate(column.values, 1)}
        size = len(book) + 1
        code = code * size + column.codes + 1
        told = [book[part] if part is not None else 0 for key in keys for part in key[n : n + 1]]
        wanted = wanted * size + np.array(told, np.int64)
    order = np.argsort(wanted)
    ordered = wanted[order]
    at = np.minimum(np.searchsorted(ordered, code), len(keys) - 1)
    return np.where(ordered[at] == code, order[at], -1)


def _bootstrap_sums(counts: _Counts, draws: int) -> Reals:
    """The sums of each column over so many draws of all articles, by a fixed seed.

    Articles that have the same counts are one pattern: how often each is drawn is drawn at once.
    """
    chance = np.random.default_rng(SEED)
    of, first = _patterns(counts)
    frequency = np.bincount(of, minlength=len(first))
    # The counts of one article of each pattern, column by column.
    kept = np.isin(counts.article, first)
    pattern, column, n = of[counts.article[kept]], counts.column[kept], counts.n[kept]
    order = np.argsort(column, kind="stable")
    pattern, column, n = pattern[order], column[order], n[order].astype(float)
    ends = np.searchsorted(column, np.arange(counts.columns + 1))
    out = np.empty((draws, counts.columns))
    step = max(1, _TOGETHER // len(first))
    for start in range(0, draws, step):
        times = _times(chance, of, frequency, min(step, draws - start))
        for c in range(counts.columns):
            part = slice(ends[c], ends[c + 1])
            out[start : start + len(times), c] = times[:, pattern[part]] @ n[part]
    return out


def _patterns(counts: _Counts) -> tuple[Ids, Ids]:
    """Which pattern each article has, and the first article of each pattern."""
    chance = np.random.default_rng(SEED)
    # A hash of the triples, linear in the counts: 64 bits of chance for each column.
    mixed = chance.integers(0, 2**64, counts.columns, np.uint64)[counts.column]
    begins = np.searchsorted(counts.article, np.arange(counts.size))
    hashes = np.add.reduceat(mixed * counts.n.astype(np.uint64), begins)
    _h, first, of = np.unique(hashes, return_index=True, return_inverse=True)
    return of.reshape(-1), first


def _times(chance: np.random.Generator, of: Ids, frequency: Ids, draws: int) -> Reals:
    """How often each pattern is among so many articles drawn with replacement, a row a draw."""
    size = len(of)
    if len(frequency) * _BINOMIAL < size:
        return chance.multinomial(size, frequency / size, draws).astype(float)
    return np.array(
        [
            np.bincount(of[chance.integers(0, size, size)], minlength=len(frequency))
            for _draw in range(draws)
        ],
        float,
    )


def _difference(
    sums: Reals, drawn: Reals, value: tuple[int, int], place: int, others: list[int]
) -> tuple[float, float, float, float, float, float]:
    at, values = value
    one, rest = place * (values + 1), np.array(others) * (values + 1)
    share = sums[one + 1 + at] / sums[one]
    against = sums[rest + 1 + at].sum() / sums[rest].sum()
    a, b = drawn[:, one], drawn[:, rest].sum(axis=1)
    sound = (a > 0) & (b > 0)
    shares = drawn[sound, one + 1 + at] / a[sound]
    againsts = drawn[sound][:, rest + 1 + at].sum(axis=1) / b[sound]
    spread = shares - againsts
    low, high = np.quantile(spread, (0.025, 0.975))
    gap = share - against
    # Under no difference the draws would lie around nought as they lie around what was found.
    beyond = int((np.abs(spread - gap) >= abs(gap) - 1e-12).sum())
    p = (1 + beyond) / (1 + len(spread))
    h = 2 * asin(sqrt(share)) - 2 * asin(sqrt(against))
    return float(share), float(against), float(low), float(high), h, p


def _with_holm(found: list[Difference]) -> tuple[Difference, ...]:
    """The differences with Holm's p: the smallest times how many there are, and so on."""
    order = sorted(range(len(found)), key=lambda n: found[n].p)
    least = 0.0
    corrected = {}
    for rank, n in enumerate(order):
        least = max(least, min(1.0, found[n].p * (len(found) - rank)))
        corrected[n] = least
    return tuple(replace(one, holm=corrected[n]) for n, one in enumerate(found))
