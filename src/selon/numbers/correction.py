"""Shares of forms, corrected by what the reader takes for what on gold.

Of the statements read as a form, the gold says which share are of each form and which are none;
of those of a form, which share is missed. So many true statements of form f are expected:
Σ over read forms r of n(r) · P(f | r) / P(found | f) (a calibration by predictive values, as
Buonaccorsi (2010), *Measurement Error*, chapter 2, and a division by recall). Uncertainty: gold
articles drawn with replacement, a thousand times. It holds as far as the library's articles are
like the gold's, and were read by the same reader; `errors.tsv`, which names both, is by
`python -m selon.bench.errors`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Final

import numpy as np
import numpy.typing as npt

from selon.records import FORMS

_DRAWS: Final = 1_000
_SEED: Final = 7
Reals = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class CorrectedShare:
    """A form's share as read, and corrected with its 95 % interval."""

    form: str
    read: float
    share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Errors:
    """Counts on gold: by article, form in the gold, form read, each with « none » last.

    `reader` says which reader was measured: `encoder` or `grammar`.
    """

    counts: Reals
    right: Reals
    reader: str = "encoder"

    @property
    def articles(self) -> int:
        """How many articles of gold."""
        return len(self.counts)


@lru_cache(maxsize=1)
def shipped_errors() -> Errors | None:
    """What was measured on gold; nothing where no measure is shipped."""
    file = resources.files("selon.numbers") / "errors.tsv"
    if not file.is_file():
        return None
    lines = file.read_text("utf-8").splitlines()
    about = dict(line[2:].split(": ", 1) for line in lines if line[:2] == "# " and ": " in line)
    rows = [line.split("\t") for line in lines if line[:1] != "#"]
    return read(rows, about.get("reader", "encoder"))


def read(rows: list[list[str]], reader: str = "encoder") -> Errors | None:
    """Errors out of rows: article, form in the gold, form read, speaker right, count."""
    places = {form: n for n, form in enumerate((*FORMS, "-"))}
    articles = {name: n for n, name in enumerate(dict.fromkeys(row[0] for row in rows))}
    if not articles:
        return None
    size = (len(articles), len(places), len(places))
    counts, right = np.zeros(size), np.zeros(size)
    for article, true, got, speaker, n in rows:
        at = articles[article], places[true], places[got]
        counts[at] += int(n)
        right[at] += int(n) * int(speaker)
    return Errors(counts, right, reader)


def correct_shares(counts: Mapping[str, int], errors: Errors) -> tuple[CorrectedShare, ...]:
    """The shares of forms; nothing where no statement was read, or gold lacks a form."""
    n = np.array([counts.get(form, 0) for form in FORMS], float)
    if not n.sum():
        return ()
    found = _shares(n, errors.counts.sum(axis=0))
    if found is None:
        return ()
    chance = np.random.default_rng(_SEED)
    size = errors.articles
    times = chance.multinomial(size, np.full(size, 1 / size), _DRAWS)
    told = (_shares(n, one) for one in np.tensordot(times, errors.counts, 1))
    drawn = [shares for shares in told if shares is not None]
    low, high = np.quantile(np.array(drawn), (0.025, 0.975), axis=0)
    return tuple(
        CorrectedShare(form, float(n[i] / n.sum()), float(found[i]), float(low[i]), float(high[i]))
        for i, form in enumerate(FORMS)
    )


def _shares(n: Reals, told: Reals) -> Reals | None:
    """The expected true shares by one matrix of gold form × read form."""
    read_as, true = told[:, :-1].sum(axis=0), told[:-1].sum(axis=1)
    if (read_as == 0).any() or (true == 0).any():
        return None
    found = told[:-1, :-1].sum(axis=1) / true
    if (found == 0).any():
        return None
    expected = (told[:-1, :-1] / read_as) @ n / found
    return np.asarray(expected / expected.sum(), float)


def precision(errors: Errors) -> tuple[float, float, float]:
    """Of what is read, how much is said; of what is said, how much is found; speakers right."""
    told = errors.counts.sum(axis=0)
    both = told[:-1, :-1].sum()
    right = errors.right.sum(axis=0)[:-1, :-1].sum()
    return float(both / told[:, :-1].sum()), float(both / told[:-1].sum()), float(right / both)
