"""Several columns as one: which combination of their values each statement has."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from selon.numbers.bulk import Numbers
from selon.numbers.columns import Column, compact


class Places(NamedTuple):
    """Which of `size` values or groups each place has, -1 for none."""

    codes: Numbers
    size: int


class Codes(NamedTuple):
    """The different combinations of several columns: which one each place has, -1 for none.

    `numbers` are in the order of the combinations; each is made of a place in every column's
    `values`, one further on, 0 where it is not known.
    """

    codes: Numbers
    numbers: Numbers
    values: tuple[tuple[str, ...], ...]

    def keys(self, at: Iterable[int]) -> list[tuple[str | None, ...]]:
        """What some of the combinations are."""
        return [self._key(number) for number in self.numbers[list(at)].tolist()]

    def _key(self, number: int) -> tuple[str | None, ...]:
        parts: list[str | None] = []
        for values in reversed(self.values):
            number, place = divmod(number, len(values) + 1)
            parts.append(values[place - 1] if place else None)
        return tuple(reversed(parts))


def combine_columns(columns: list[Column], *, strict: bool) -> Codes:
    """Several columns as one; with `strict`, what is not known (-1) in one is not known at all.

    What is left out of one column (-2) is left out.
    """
    if not columns:
        return Codes(np.zeros(0, np.int64), np.zeros(1, np.int64), ())
    codes = columns[0].codes + 1
    for column in columns[1:]:
        codes = codes * (len(column.values) + 1) + column.codes + 1
    least = 0 if strict else -1
    missing = np.logical_or.reduce([c.codes < least for c in columns])
    numbers, places = compact(np.where(missing, -1, codes))
    shift = 1 if len(numbers) and numbers[0] < 0 else 0
    return Codes(places - shift, numbers[shift:], tuple(c.values for c in columns))
