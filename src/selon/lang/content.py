"""What rules of any language do with words they have found: how much is quoted, where tokens are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from selon.reading.tree import ParsedSentence
from selon.records import Candidate, Quote, Span, Spans, Via

WORD: Final = re.compile(r"\w+")


def quoted_share(text: str, content: Spans, quotes: Sequence[Quote]) -> tuple[int, int, list[str]]:
    """How many words of the content are quoted, how many are not, and those that are not."""
    inside = 0
    outside: list[str] = []
    for span in content:
        near = [q.outer for q in quotes if q.outer.start < span.end and span.start < q.outer.end]
        if not near:
            outside += _lower(text[span.start : span.end])
            continue
        for match in WORD.finditer(text, span.start, span.end):
            at = match.start()
            for quote in near:
                if quote.start <= at < quote.end:
                    inside += 1
                    break
            else:
                outside.append(match.group().lower())
    return inside, len(outside), outside


def _lower(words: str) -> list[str]:
    low = words.lower()
    # A few letters are two in lower case, of which one is no letter: İ.
    return WORD.findall(low) if len(low) == len(words) else [w.lower() for w in WORD.findall(words)]


def spans_of(scene: ParsedSentence, indices: Sequence[int]) -> Spans:
    """The places of some tokens, neighbours joined."""
    out: list[Span] = []
    for i in sorted(indices):
        span = scene.tokens[i].span
        if out and not scene.text[out[-1].end : span.start].strip():
            out[-1] = Span(out[-1].start, span.end)
        else:
            out.append(span)
    return tuple(out)


def length_bucket(n: int) -> str:
    """A coarse measure of length that a weight can hang on."""
    return "1" if n <= 1 else "2" if n == 2 else "3-5" if n <= 5 else "6-12" if n <= 12 else "13+"


def with_outer_relays(candidate: Candidate, vias: tuple[Via, ...]) -> Candidate:
    """The candidate with the relays that stand outside its own words."""
    taken = (*candidate.content, *candidate.speaker, *candidate.cue)
    free = tuple(v for v in vias if not any(s.meets(t) for s in (*v.spans, *v.cue) for t in taken))
    if not free:
        return candidate
    return replace(candidate, via=free, features=(*candidate.features, "relay-near"))
