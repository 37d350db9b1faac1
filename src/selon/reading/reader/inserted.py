"""A clause of report between a quotation's marks that the network has not seen: « P, tonne X, Q »."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from selon.records import Draft, Quote, ReportClause, Span, Spans
from selon.spans import Taken

EVIDENCE: Final = "layout:inserted"
# The chance of a statement that only the clause shows.
SCORE: Final = 0.7
# A longer quotation is not searched.
MAX_CHARS: Final = 1_200
CLOSING: Final = " \t\n\u00a0\u202f,;"


def with_inserted_clauses(
    text: str,
    drafts: Sequence[Draft],
    quotes: Sequence[Quote],
    clause: Callable[[str], ReportClause | None],
) -> tuple[Draft, ...]:
    """The drafts; a quotation in which nobody says anything, and a clause says who does, is theirs."""
    said = [d for d in drafts if d.cue or d.speaker]
    taken = Taken(s for d in said for s in (*d.content, *d.cue, *d.speaker))
    bare = sorted(
        (d.content[0].start, n)
        for n, d in enumerate(drafts)
        if d.form == "direct" and not d.cue and not d.speaker
    )
    made = list(drafts)
    for quote in quotes:
        inner = quote.inner
        short = quote.depth == 0 and quote.closed and inner.end - inner.start <= MAX_CHARS
        found = clause(inner.of(text)) if short and not taken.meets(inner) else None
        if found is None:
            continue
        low, high = (bisect_left(bare, (at, -1)) for at in (inner.start, inner.end))
        own = next((n for _, n in bare[low:high] if _is_quote(drafts[n], inner)), None)
        like = Draft("direct", (inner,), score=SCORE) if own is None else drafts[own]
        new = _told_by(text, like, inner, _shifted(found, inner.start))
        if own is None:
            made.append(new)
        else:
            made[own] = new
    return tuple(made)


def _told_by(text: str, draft: Draft, inner: Span, clause: ReportClause) -> Draft:
    """The draft with the clause's verb and speaker, and the words around it for content."""
    return replace(
        draft,
        content=tuple(_rest_of(text, inner, clause.whole)),
        cue=(clause.cue,),
        speaker=(clause.speaker,),
        antecedents=(),
        evidence=EVIDENCE,
    )


def _shifted(clause: ReportClause, by: int) -> ReportClause:
    def moved(span: Span) -> Span:
        return Span(span.start + by, span.end + by)

    return ReportClause(moved(clause.whole), moved(clause.cue), moved(clause.speaker))


def _rest_of(text: str, inner: Span, hole: Span) -> Iterator[Span]:
    """What stands before the clause and behind it."""
    for start, end in ((inner.start, hole.start), (hole.end, inner.end)):
        words = text[start:end]
        left = len(words) - len(words.lstrip(CLOSING))
        right = len(words.rstrip(CLOSING))
        if left < right:
            yield Span(start + left, start + right)


def _is_quote(draft: Draft, inner: Span) -> bool:
    """Whether a draft is most of a quotation."""
    held: Spans = tuple(s for s in draft.content if s.meets(inner))
    shared = sum(min(s.end, inner.end) - max(s.start, inner.start) for s in held)
    return 2 * shared > inner.end - inner.start
