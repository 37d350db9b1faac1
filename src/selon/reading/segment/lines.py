"""Paragraphs: lines, and where a text is set in a column, the lines that run on as one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from selon.records import Span

# A word cut at a line's end: « con-⏎seil », « Anne-⏎Marie ».
CUT: Final = re.compile(r"[^\W\d_][-‐][^\S\n]*\n[^\S\n]*[^\W\d_]")
# After these a line of a column is over.
STOPS: Final = '.!?…:;»”"'
# A line so much shorter than its column's longest ends its paragraph.
FULL: Final = 0.75


def paragraphs(text: str) -> tuple[Span, ...]:
    """The lines that hold anything but white space, trimmed.

    In a column (lines on end, one of which cuts a word with a hyphen) a line goes on in the next
    where it cuts a word, and, unless it ends with a stop, where the next begins with a small letter
    or it is as long as the column is wide.
    """
    lines = []
    start = 0
    for line in text.splitlines(keepends=True):
        body = line.strip()
        if body:
            at = start + line.index(body[0])
            lines.append(Span(at, at + len(body)))
        start += len(line)
    if CUT.search(text) is None:
        return tuple(lines)
    return tuple(joined for column in _columns(text, lines) for joined in _run_on(text, column))


def _columns(text: str, lines: Sequence[Span]) -> Iterator[list[Span]]:
    """The lines between empty ones."""
    column: list[Span] = []
    for line in lines:
        if column and text.count("\n", column[-1].end, line.start) > 1:
            yield column
            column = []
        column.append(line)
    if column:
        yield column


def _run_on(text: str, column: Sequence[Span]) -> list[Span]:
    cut = [_cuts(text, a, b) for a, b in pairwise(column)]
    if not any(cut):
        return list(column)
    wide = max(line.end - line.start for line in column) * FULL
    joined = [column[0]]
    for (line, after), cuts in zip(pairwise(column), cut, strict=True):
        open_ended = text[line.end - 1] not in STOPS
        runs = text[after.start].islower() or line.end - line.start >= wide
        if cuts or (open_ended and runs):
            joined[-1] = Span(joined[-1].start, after.end)
        else:
            joined.append(after)
    return joined


def _cuts(text: str, line: Span, after: Span) -> bool:
    return CUT.fullmatch(text, line.end - 2, after.start + 1) is not None
