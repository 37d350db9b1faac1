"""A clause of report between a quotation's marks that the network has not seen: « P, tonne X, Q »."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from selon.records import Draft, Quote, ReportClause, Span, Spans
from selon.spans import Taken

EVIDENCE: Final = "layout:inserted"
# The chance of a statement that only the clause shows.
SCORE: Final = 0.7
# A quotation is searched so far; a statement is looked for among so many around it.
MAX_CHARS: Final = 1_200
CLOSING: Final = " \t\n\u00a0\u202f,;"


def with_inserted_clauses(
    text: str,
    drafts: Sequence[Draft],
    quotes: Sequence[Quote],
    clause: Callable[[str], ReportClause | None],
) -> tuple[Draft, ...]:
    """The drafts; a quotation in which nobody says anything, and a clause says who does, is theirs."""
    made = list(drafts)
    said = [s for d in drafts if d.cue or d.speaker for s in (*d.content, *d.cue, *d.speaker)]
    taken = Taken(said)
    for quote in quotes:
        inner = quote.inner
        short = quote.depth == 0 and quote.closed and inner.end - inner.start <= MAX_CHARS
        if not short or taken.meets(inner):
            continue
        found = clause(inner.of(text))
        if found is None:
            continue
        own = _shifted(found, inner.start)
        content = tuple(_rest_of(text, inner, own.whole))
        at = next((n for n, d in enumerate(made) if _is_quote(d, inner)), None)
        like = Draft("direct", content, score=SCORE) if at is None else made[at]
        new = replace(
            like, form="direct", content=content, cue=(own.cue,), speaker=(own.speaker,),
            antecedents=(), evidence=EVIDENCE,
        )  # fmt: skip
        made[len(made) if at is None else at :] = [new, *([] if at is None else made[at + 1 :])]
    return tuple(made)


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
    """Whether a draft without a cue is most of a quotation."""
    held: Spans = tuple(s for s in draft.content if s.meets(inner))
    shared = sum(min(s.end, inner.end) - max(s.start, inner.start) for s in held)
    return draft.form == "direct" and not draft.cue and 2 * shared > inner.end - inner.start
