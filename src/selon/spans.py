"""What spans say, and how they lie to one another: size, overlap, inside, hull."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from itertools import accumulate
from typing import Final

from selon.records import Span, Spans

# Between the pieces of a passage that a cue or a page's furniture cuts in two.
GAP: Final = " […] "


def size(spans: Spans) -> int:
    """How many characters some spans take."""
    return sum(s.end - s.start for s in spans)


def overlap(a: Spans, b: Spans) -> int:
    """How many characters two sets of spans share."""
    return sum(max(0, min(x.end, y.end) - max(x.start, y.start)) for x in a for y in b)


def inside(inner: Spans, outer: Spans) -> bool:
    """Whether all of some spans lie inside others."""
    return bool(inner) and all(any(o.holds(s) for o in outer) for s in inner)


def text_of(spans: Spans, text: str) -> str:
    """Return the words of some spans, `[…]` between two."""
    return GAP.join(s.of(text) for s in spans)


def hull(spans: Spans) -> Span:
    """The stretch from the first to the last of some spans."""
    return Span(min(s.start for s in spans), max(s.end for s in spans))


class Taken:
    """Places that are taken, asked often: whether one of them meets a span, in logarithmic time."""

    def __init__(self, spans: Iterable[Span]) -> None:
        ordered = sorted(spans, key=lambda s: s.start)
        self._starts = [s.start for s in ordered]
        self._reach = list(accumulate((s.end for s in ordered), max))

    def meets(self, span: Span) -> bool:
        """Whether a taken place shares a character with the span."""
        before = bisect_left(self._starts, span.end)
        return before > 0 and self._reach[before - 1] > span.start
