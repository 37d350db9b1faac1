"""Cut a text into the stretches over which nothing changes: one voice, the same statements.

Statements may nest, overlap and be torn apart; each has a lane of its own wherever it runs beside
another, so that all stay legible. The cost grows with the text and the spans, not their product.
"""

from __future__ import annotations

import heapq
import itertools
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

from selon.records import Reading, Span, Spans, VoiceName
from selon.show.account import AccountEntry, within

Part = Literal["content", "cue", "speaker", "addressee", "via"]

LANES: Final = 8
"""Statements beyond this many at one place are listed, but not drawn."""

MAX_MARKS: Final = 64
"""Marks beyond this many at one place are not drawn either."""


class Mark(NamedTuple):
    """A part of the statement with that number."""

    lane: int
    number: int
    part: Part


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of one line of the text; `marks` run from the outermost lane inwards.

    `opens` are the numbers of the statements whose content begins here; `begun` tells whether the
    stretch is the first of its voice's stretch, `ended` whether it is the last.
    """

    span: Span
    voice: VoiceName
    statement: str | None = None
    marks: tuple[Mark, ...] = ()
    opens: tuple[int, ...] = ()
    begun: bool = False
    ended: bool = False


def lanes(text: str, entries: Sequence[AccountEntry]) -> dict[int, int]:
    """The lane of each statement by number: none shares one with another that it runs beside."""
    reaches = []
    for entry in entries:
        spans = within(text, entry.statement.content)
        if spans:
            start, end = min(s.start for s in spans), max(s.end for s in spans)
            reaches.append((start, -end, entry.number))
    given: dict[int, int] = {}
    free: list[int] = []
    busy: list[tuple[int, int]] = []
    for start, minus_end, number in sorted(reaches):
        while busy and busy[0][0] <= start:
            heapq.heappush(free, heapq.heappop(busy)[1])
        lane = heapq.heappop(free) if free else len(busy)
        heapq.heappush(busy, (-minus_end, lane))
        given[number] = lane
    return given


def lines(reading: Reading, entries: Sequence[AccountEntry]) -> Iterator[tuple[Segment, ...]]:
    """The lines of the text that are not blank, each as its pieces; line ends are in none."""
    text = reading.article.text
    line: list[Segment] = []
    for piece in _pieces(reading, entries):
        start = piece.span.start
        if text[start] == "\n":
            if line:
                yield tuple(line)
            line = []
        elif line or not piece.span.of(text).isspace():
            line.append(piece)
    if line:
        yield tuple(line)


def _pieces(reading: Reading, entries: Sequence[AccountEntry]) -> Iterator[Segment]:
    text = reading.article.text
    begins, ends, opens = _changes(text, entries)
    voices = {v.span.start: v for v in reading.voices if within(text, (v.span,))}
    cuts = {0, len(text), *begins, *ends, *opens, *voices, *(v.span.end for v in voices.values())}
    at = text.find("\n")
    while at >= 0:
        cuts |= {at, at + 1}
        at = text.find("\n", at + 1)
    active: dict[Mark, int] = {}
    voice = None
    ordered = sorted(cuts)
    for start, end in itertools.pairwise(ordered):
        for mark in ends.get(start, ()):
            if active.get(mark, 0) > 1:
                active[mark] -= 1
            else:
                active.pop(mark, None)
        for mark in begins.get(start, ()):
            if len(active) < MAX_MARKS:
                active[mark] = active.get(mark, 0) + 1
        if voice and voice.span.end <= start:
            voice = None
        voice = voices.get(start, voice)
        yield Segment(
            Span(start, end),
            voice.voice if voice else "outlet",
            voice.statement if voice else None,
            tuple(sorted(active)),
            tuple(opens.get(start, ())),
            bool(voice) and (start in voices or text[start - 1] == "\n"),
            voice is not None and (end >= voice.span.end or text[end] == "\n"),
        )


Changes = dict[int, list[Mark]]


def _changes(
    text: str, entries: Sequence[AccountEntry]
) -> tuple[Changes, Changes, defaultdict[int, list[int]]]:
    begins: Changes = defaultdict(list)
    ends: Changes = defaultdict(list)
    opens: defaultdict[int, list[int]] = defaultdict(list)
    given = lanes(text, entries)
    for entry in entries:
        for part, spans in _parts(entry):
            lane = given.get(entry.number, 0) if part == "content" else 0
            known = within(text, spans)
            if part == "content" and known:
                opens[_first_letter(text, known)].append(entry.number)
            if lane >= LANES:
                continue
            for span in known:
                mark = Mark(lane, entry.number, part)
                begins[span.start].append(mark)
                ends[span.end].append(mark)
    return begins, ends, opens


def _first_letter(text: str, spans: Spans) -> int:
    first = min(spans)
    blank = len(first.of(text)) - len(first.of(text).lstrip())
    return min(first.start + blank, first.end - 1)


def _parts(entry: AccountEntry) -> Iterator[tuple[Part, Spans]]:
    s = entry.statement
    yield "content", s.content
    yield "cue", s.cue + tuple(span for via in s.via for span in via.cue)
    yield "speaker", s.speaker.spans
    for party in s.addressees:
        yield "addressee", party.spans
    for via in s.via:
        yield "via", via.spans
