"""The voice map: for every character, whose voice the text speaks with."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Sequence

from selon.records import Quote, Span, Statement, Voice, VoiceName
from selon.spans import size

# Words from which a quotation is no scare quote.
QUOTED = 6
NAMES: tuple[VoiceName, ...] = ("outlet", "quoted", "reported", "hedged", "scare")


def voices(
    text: str, statements: Sequence[Statement], quotes: Sequence[Quote], hedged: Sequence[Span]
) -> tuple[Voice, ...]:
    """A partition of the text into voices; the innermost statement holds.

    Quoted: a statement's words between marks. Reported: its other words, so the outlet's own word
    in a paraphrase stays out of the quoted voice. Hedged: a conditional report, or what the outlet
    itself puts in doubt. Scare: a few words between marks without a speaker; more of them are
    quoted all the same, though nobody can tell of whom.
    """
    if not text:
        return ()
    strips = _Strips(len(text))
    for span in hedged:
        strips.paint(span, 3)
    for quote in quotes:
        if not quote.depth:
            several = len(quote.inner.of(text).split()) >= QUOTED
            strips.paint(quote.inner, 1 if several else 4)
    marked = [q for q in quotes if not q.depth]
    for number, one in sorted(enumerate(statements, 1), key=lambda p: -size(p[1].content)):
        for span in one.content:
            strips.paint(span, 3 if one.stance == "conditional" else 2, number)
            for words in _within(marked, span):
                strips.paint(words, 1, number)
    return tuple(_runs(strips, statements))


class _Strips:
    """Two painted strips instead of spans in spans: linear, whatever is nested in what.

    For each character its voice, and the number of the statement whose it is; `edges` are the only
    places where either changes.
    """

    def __init__(self, length: int) -> None:
        self.voice = array("b", bytes(length))
        self.owner = array("i", [0]) * length
        self.edges = {length}

    def paint(self, span: Span, voice: int, owner: int | None = None) -> None:
        """Give a stretch its voice, and its statement where it has one."""
        long = span.end - span.start
        self.voice[span.start : span.end] = array("b", [voice]) * long
        if owner is not None:
            self.owner[span.start : span.end] = array("i", [owner]) * long
        self.edges.update((span.start, span.end))


def _within(quotes: Sequence[Quote], span: Span) -> list[Span]:
    """The parts of a span that stand between marks."""
    at = bisect_left(quotes, span.start, key=lambda q: q.outer.end)
    out = []
    while at < len(quotes) and quotes[at].outer.start < span.end:
        inner = quotes[at].inner
        start, end = max(inner.start, span.start), min(inner.end, span.end)
        if start < end:
            out.append(Span(start, end))
        at += 1
    return out


def _runs(strips: _Strips, statements: Sequence[Statement]) -> list[Voice]:
    voice, owner = strips.voice, strips.owner
    out = []
    start = 0
    for at in sorted(strips.edges):
        inside = at < len(voice)
        if at <= start or (inside and voice[at] == voice[start] and owner[at] == owner[start]):
            continue
        number = owner[start]
        sid = statements[number - 1].id if number else None
        out.append(Voice(Span(start, at), NAMES[voice[start]], sid))
        start = at
    return out
