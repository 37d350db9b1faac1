"""Interviews: what the layout shows to be an answer is a statement, whole and no more."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from selon.records import Answer, Draft, Span, Spans

EVIDENCE = "layout:answer"
# The chance of an answer that the network did not see.
SCORE = 0.8


def with_answers(drafts: Sequence[Draft], answers: Sequence[Answer]) -> Iterator[Draft]:
    """The drafts, none of them longer than the answer it begins in, and the answers none tells."""
    starts = [a.content[0].start for a in answers]
    told: set[int] = set()
    for draft in drafts:
        n = bisect_right(starts, draft.content[0].end - 1) - 1
        kept = _within_answer(draft, answers[n]) if n >= 0 else draft
        if n >= 0 and _tells(kept, answers[n]):
            told.add(n)
        yield kept
    for n, answer in enumerate(answers):
        if n not in told:
            speaker = (answer.speaker,) if answer.speaker is not None else ()
            yield Draft("direct", answer.content, (), speaker, score=SCORE, evidence=EVIDENCE)


def _within_answer(draft: Draft, answer: Answer) -> Draft:
    begins = any(s.meets(draft.content[0]) for s in answer.content)
    if not begins or draft.form != "direct" or draft.cue:
        return draft
    clipped = tuple(_common(draft.content, answer.content))
    return replace(draft, content=clipped, evidence=EVIDENCE) if clipped else draft


def _common(some: Spans, others: Spans) -> Iterator[Span]:
    for one in some:
        for other in others:
            if one.meets(other):
                yield Span(max(one.start, other.start), min(one.end, other.end))


def _tells(draft: Draft, answer: Answer) -> bool:
    """Whether a draft is this answer: a direct one with half of its characters."""
    if draft.form != "direct" or draft.cue:
        return False
    shared = sum(s.end - s.start for s in _common(draft.content, answer.content))
    return 2 * shared >= sum(s.end - s.start for s in answer.content)
