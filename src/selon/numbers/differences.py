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
from math import asin, sqrt
from typing import Final

import numpy as np
import numpy.typing as npt

from selon.faults import SelonError
from selon.library.find import Query
from selon.numbers.cross import counted
from selon.numbers.facts import PERIODS, Facts, gather
from selon.tongue import speaking

DRAWS: Final = 1_999
SEED: Final = 20_260_310
# Beyond so many cells the draws of a large library no longer fit in memory.
_MOST: Final = 400
AGAINST: Final = ("others", "previous")
Reals = npt.NDArray[np.float64]


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
    _ = speaking("numbers").gettext
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
    facts = gather(connection, (*of, *by), query, words=measure == "words")
    if facts.exploded:
        raise SelonError(_("Differences between relays or addressees are not computed."))
    return compared(facts, of, by, against=against, value=value, measure=measure)


def compared(
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
    table = counted(facts, of, by, measure)
    keys = [g.key for g in table.groups if None not in g.key]
    values = [v for v in table.values if value is None or list(v) == list(value)]
    if len(keys) * max(len(values), 1) > _MOST:
        _ = speaking("numbers").gettext
        raise SelonError(_("Too many differences at once: give one value, or fewer groups."))
    if not values or len(keys) < 2:
        return ()
    n, m = _by_article(facts, (of, by), keys, values, measure)
    drawn_n, drawn_m = _drawn(n, m, draws)
    found: list[Difference] = []
    for place, key in enumerate(keys):
        others = _others(keys, place, by if against == "previous" else None)
        if not others:
            continue
        other = keys[others[0]] if against == "previous" else None
        enough = (m[:, place] + m[:, others].sum(axis=1) > 0).sum()
        for at, one in enumerate(values):
            told = _difference((n[:, :, at], m), (drawn_n[:, :, at], drawn_m), place, others)
            if told is not None:
                found.append(Difference(one, key, other, *told, 1.0, int(enough)))
    return _corrected(found)


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


def _by_article(
    facts: Facts,
    names: tuple[tuple[str, ...], tuple[str, ...]],
    keys: list[tuple[str | None, ...]],
    values: list[tuple[str, ...]],
    measure: str,
) -> tuple[Reals, Reals]:
    """For each article (its copies with it): what has each value in each group, what is known."""
    of, by = names
    kept = ~facts.again
    group = _places(facts, by, keys)
    value = _places(facts, of, values)
    known = np.logical_and.reduce([facts.columns[name].codes >= 0 for name in of])
    weight = facts.words if measure == "words" else np.ones(len(facts), np.int64)
    use = kept & known & (group >= 0)
    _c, article = np.unique(facts.lead[use], return_inverse=True)
    shape = (len(_c), len(keys), len(values))
    m = np.zeros(shape[:2])
    np.add.at(m, (article, group[use]), weight[use])
    n = np.zeros(shape)
    seen = value[use] >= 0
    np.add.at(n, (article[seen], group[use][seen], value[use][seen]), weight[use][seen])
    return n, m


def _places(
    facts: Facts, names: tuple[str, ...], keys: Sequence[tuple[str | None, ...]]
) -> npt.NDArray[np.int64]:
    """Which of the keys each statement has; -1 for none of them."""
    out = np.full(len(facts), -1, np.int64)
    books = [{v: n for n, v in enumerate(facts.columns[name].values)} for name in names]
    for place, key in enumerate(keys):
        same = np.ones(len(facts), np.bool_)
        for name, book, part in zip(names, books, key, strict=True):
            same &= facts.columns[name].codes == (book[part] if part is not None else -1)
        out[same] = place
    return out


def _drawn(n: Reals, m: Reals, draws: int) -> tuple[Reals, Reals]:
    """The sums over so many draws of all articles, by a fixed seed."""
    chance = np.random.default_rng(SEED)
    articles = len(m)
    flat = np.concatenate([n.reshape(articles, -1), m], axis=1)
    out = np.empty((draws, flat.shape[1]))
    for row in range(draws):
        times = np.bincount(chance.integers(0, articles, articles), minlength=articles)
        out[row] = times @ flat
    cells = n.shape[1] * n.shape[2]
    return out[:, :cells].reshape(draws, *n.shape[1:]), out[:, cells:]


def _difference(
    told: tuple[Reals, Reals], drawn: tuple[Reals, Reals], place: int, others: list[int]
) -> tuple[float, float, float, float, float, float] | None:
    n, m = (a.sum(axis=0) for a in told)
    one, other = m[place], m[others].sum()
    # One article tells nothing of how articles differ.
    if min((told[1][:, place] > 0).sum(), (told[1][:, others].sum(axis=1) > 0).sum()) < 2:
        return None
    share, against = n[place] / one, n[others].sum() / other
    a, b = drawn[1][:, place], drawn[1][:, others].sum(axis=1)
    sound = (a > 0) & (b > 0)
    shares = drawn[0][sound, place] / a[sound]
    againsts = drawn[0][sound][:, others].sum(axis=1) / b[sound]
    spread = shares - againsts
    low, high = np.quantile(spread, (0.025, 0.975))
    gap = share - against
    # Under no difference the draws would lie around nought as they lie around what was found.
    beyond = int((np.abs(spread - gap) >= abs(gap) - 1e-12).sum())
    p = (1 + beyond) / (1 + len(spread))
    h = 2 * asin(sqrt(share)) - 2 * asin(sqrt(against))
    return float(share), float(against), float(low), float(high), h, p


def _corrected(found: list[Difference]) -> tuple[Difference, ...]:
    """The differences with Holm's p: the smallest times how many there are, and so on."""
    order = sorted(range(len(found)), key=lambda n: found[n].p)
    least = 0.0
    corrected = {}
    for rank, n in enumerate(order):
        least = max(least, min(1.0, found[n].p * (len(found) - rank)))
        corrected[n] = least
    return tuple(replace(one, holm=corrected[n]) for n, one in enumerate(found))
