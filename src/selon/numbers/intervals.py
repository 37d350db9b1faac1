"""Intervals of shares: Wilson's, and Wilson's over as many draws as clustered articles are worth.

Wilson, E. B. (1927), *JASA* 22, 209–212. The effective number of draws: Korn, E. L., and Graubard,
B. I. (1998), *Survey Methodology* 24, 193–201, with Wilson's interval in the place of Clopper and
Pearson's, as Franco, Little, Louis and Slud (2019), *Journal of Survey Statistics and Methodology*
7, 334–364, found best.
"""

from __future__ import annotations

from math import sqrt
from typing import Final

import numpy as np
import numpy.typing as npt

Z: Final = 1.959964
Reals = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.int64]


def wilson(n: float, of: float, z: float = Z) -> tuple[float, float]:
    """Wilson's score interval for n of `of`; 0 ≤ low ≤ n/of ≤ high ≤ 1."""
    p, square = n / of, z * z
    middle = p + square / (2 * of)
    reach = z * sqrt(p * (1 - p) / of + square / (4 * of * of))
    low, high = (middle - reach) / (1 + square / of), (middle + reach) / (1 + square / of)
    return min(p, max(0.0, low)), max(p, min(1.0, high))


def student(freedom: Numbers) -> Reals:
    """Student's 97.5 % quantiles, by their expansion around the normal one (within 1 % from 4 on)."""
    z, v = Z, freedom.astype(float)
    one = (z**3 + z) / 4
    two = (5 * z**5 + 16 * z**3 + 3 * z) / 96
    three = (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384
    return np.asarray(z + one / v + two / v**2 + three / v**3)


def effective(n: Numbers, of: Numbers) -> float | None:
    """How many independent draws a share over clusters is worth; nothing for fewer than two.

    `n` and `of` are each cluster's counts. Never more than all draws; where all clusters agree
    on nothing or all, as many as there are clusters.
    """
    known = of > 0
    clusters, draws = int(known.sum()), float(of.sum())
    if clusters < 2:
        return None
    share = float(n.sum()) / draws
    variance = clusters / (clusters - 1) * float(((n - share * of)[known] ** 2).sum()) / draws**2
    one = np.array([share]), np.array([variance]), np.array([clusters]), np.array([draws])
    return float(worth(*one)[0])


def worth(share: Reals, variance: Reals, clusters: Numbers, draws: Reals) -> Reals:
    """As `effective`, from the shares' variances over clusters (Taylor's, of a ratio)."""
    spread = np.where(variance > 1e-15, variance, 1.0)
    found = np.where(variance > 1e-15, share * (1 - share) / spread, clusters)
    # Few clusters tell their own spread badly.
    return np.asarray(np.minimum(draws, found) * (Z / student(clusters - 1)) ** 2)
