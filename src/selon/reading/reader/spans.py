"""The best spans for scores of tokens: which lie inside, where one starts, where it ends."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
# No single score decides alone.
LIMIT: Final = 8.0
# What an edge weighs against a token inside.
EDGE: Final = 2.0


def best_spans(scores: Floats, edge: float = EDGE) -> list[list[tuple[int, int]]]:
    """For each row of `scores` [rows, time, 3] the spans [start, end) that score highest together.

    The scores are log odds of inside, starts here, ends here; a span scores the sum of those inside
    it and of its two edges. Exact, by dynamic programming (Viterbi) over two states.
    """
    rows, time, _ = scores.shape
    if not rows or not time:
        return [[] for _ in range(rows)]
    clipped = np.clip(scores, -LIMIT, LIMIT)
    inside = np.ascontiguousarray(clipped[..., 0].T)
    first = np.ascontiguousarray(clipped[..., 1].T) * edge
    last = np.ascontiguousarray(clipped[..., 2].T) * edge
    off = np.zeros(rows, np.float32)
    on = np.full(rows, -np.inf, np.float32)
    opened = np.zeros((time, rows), bool)
    closed = np.zeros((time, rows), bool)
    for t in range(time):
        fresh = off + first[t]
        opened[t] = fresh > on
        on = np.maximum(on, fresh) + inside[t]
        shut = on + last[t]
        closed[t] = shut > off
        off = np.maximum(off, shut)
    return [_trace(opened[:, r], closed[:, r]) for r in range(rows)]


def _trace(opened: npt.NDArray[np.bool_], closed: npt.NDArray[np.bool_]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    ends = np.flatnonzero(closed)
    starts = np.flatnonzero(opened)
    at = len(opened)
    while True:
        n = int(np.searchsorted(ends, at)) - 1
        if n < 0:
            return found[::-1]
        end = int(ends[n])
        start = int(starts[int(np.searchsorted(starts, end, "right")) - 1])
        found.append((start, end + 1))
        at = start
