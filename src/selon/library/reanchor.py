"""Re-anchor a span after an edit of its text; None where the match is ambiguous.

Pure functions on texts and spans. In the same text a place is a position. In an edited text the
passage, from its first part to its last (content, cue and speaker), must stand word for word,
once in the old text and once in the new, with the words on one side of it (on both, where no
speaker is part of it). Method: quotation with context as in the W3C Web Annotation model, made
stricter: no approximate match, no choice among several.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from selon.records import Span, Spans

_CONTEXT: Final = 32
# Two readings of one text may differ by a quotation mark or a final clause; less in common than
# this is another passage.
_OVERLAP: Final = 0.8


@dataclass(frozen=True, slots=True)
class ReanchoredSpans:
    """How far a passage has moved, and how it was found: `position` or `quotation`."""

    shift: int
    how: str


def reanchor_spans(old: str, new: str, hull: Span, *, attributed: bool) -> ReanchoredSpans | None:
    """Where the stretch `hull` of the old text is in the new one.

    `attributed` tells that the stretch has the speaker's words in it; a bare quotation, which
    anybody may repeat, needs its context on both sides.
    """
    if old == new:
        return ReanchoredSpans(0, "position")
    exact = hull.of(old)
    if not exact.strip() or not _once(old, exact) or not _once(new, exact):
        return None
    start = new.index(exact)
    before = old[max(0, hull.start - _CONTEXT) : hull.start]
    after = old[hull.end : hull.end + _CONTEXT]
    left = _ends(new[:start], before, at_edge=hull.start < _CONTEXT)
    right = _starts(new[start + len(exact) :], after, at_edge=hull.end + _CONTEXT > len(old))
    if not ((left or right) if attributed else (left and right)):
        return None
    shift = start - hull.start
    return ReanchoredSpans(shift, "quotation" if shift else "position")


def _once(text: str, words: str) -> bool:
    first = text.find(words)
    return first >= 0 and text.find(words, first + 1) < 0


def _ends(text: str, words: str, *, at_edge: bool) -> bool:
    # At the edge of a text the context is short: it must then be the edge of the new one too.
    return text == words if at_edge else text.endswith(words)


def _starts(text: str, words: str, *, at_edge: bool) -> bool:
    return text == words if at_edge else text.startswith(words)


def shift_spans(spans: Spans, shift: int) -> Spans:
    """The spans, so many characters further on."""
    return tuple(Span(s.start + shift, s.end + shift) for s in spans)


def overlap(a: Spans, b: Spans) -> float:
    """What two passages of one text share: characters in both over characters in either."""
    left = {i for s in a for i in range(s.start, s.end)}
    right = {i for s in b for i in range(s.start, s.end)}
    return len(left & right) / len(left | right) if left | right else 0.0


def which(wanted: Spans, statements: Iterable[tuple[int, Spans]]) -> int | None:
    """The statement at a place: with these very spans, else the only one that nearly has them."""
    near = []
    for row, spans in statements:
        if spans == wanted:
            return row
        if (
            spans
            and wanted
            and Span(spans[0].start, spans[-1].end).meets(Span(wanted[0].start, wanted[-1].end))
            and overlap(spans, wanted) >= _OVERLAP
        ):
            near.append(row)
    return near[0] if len(near) == 1 else None
