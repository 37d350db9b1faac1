"""The voice map: for every character, whose voice the text speaks with."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Sequence

from selon.records import Quote, Span, Statement, Voice, VoiceName
from selon.spans import size

NAMES: tuple[VoiceName, ...] = ("outlet", "quoted", "reported", "hedged", "scare")


def voices(
    text: str, statements: Sequence[Statement], quotes: Sequence[Quote], hedged: Sequence[Span]
) -> tuple[Voice, ...]:
    """A partition of the text into voices; the innermost statement holds.

    Quoted: a statement's words between marks. Reported: its other words, so the outlet's own word
    in a paraphrase stays out of the quoted voice. Hedged: a conditional report, or what the outlet
    itself puts in doubt. Scare: marks without a speaker.
    """
    if not text:
        return ()
    # Two painted strips instead of spans in spans: linear, whatever is nested in what.
    voice = array("b", bytes(len(text)))
    owner = array("i", [0]) * len(text)
    for span in hedged:
        _paint(voice, span, 3)
    for quote in quotes:
        if not quote.depth:
            _paint(voice, quote.inner, 4)
    marked = [q for q in quotes if not q.depth]
    for number, one in sorted(enumerate(statements, 1), key=lambda p: -size(p[1].content)):
        for span in one.content:
            _paint(voice, span, 3 if one.stance == "conditional" else 2)
            _paint(owner, span, number)
            for words in _within(marked, span):
                _paint(voice, words, 1)
    return tuple(_runs(voice, owner, statements))


def _paint(strip: array[int], span: Span, value: int) -> None:
    strip[span.start : span.end] = array(strip.typecode, [value]) * (span.end - span.start)


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


def _runs(voice: array[int], owner: array[int], statements: Sequence[Statement]) -> list[Voice]:
    out = []
    start = 0
    for at in range(1, len(voice) + 1):
        if at < len(voice) and voice[at] == voice[start] and owner[at] == owner[start]:
            continue
        number = owner[start]
        sid = statements[number - 1].id if number else None
        out.append(Voice(Span(start, at), NAMES[voice[start]], sid))
        start = at
    return out
