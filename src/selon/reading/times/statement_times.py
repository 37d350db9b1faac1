"""When a thing was said: the time expression that goes with its cue, or the meeting before it."""

from __future__ import annotations

import datetime
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from selon.edtf import bounds, intervals, intervals_of
from selon.records import Sentence, Span, Spans, Statement, Time, Token

# Characters between a cue and its time where no parse joins them, and where one does.
BESIDE: Final = 2
UNPARSED: Final = 40
PARSED: Final = 160
# Characters between a meeting and its time.
MEETING: Final = 60
_VERBS: Final = ("VERB", "AUX")


@dataclass(frozen=True, slots=True)
class _TimeIndex:
    """What the article offers, by sentence: its times with a value, its contents, its meetings."""

    sentences: tuple[Sentence, ...]
    starts: tuple[int, ...]
    times: dict[int, list[Time]]
    contents: dict[int, list[Span]]
    meetings: dict[int, list[Span]]

    def voice(self, span: Span) -> tuple[Span, ...]:
        """The contents that hold a stretch: two stretches with the same are told by one voice."""
        at = _index(self.starts, self.sentences, span.start)
        return tuple(c for c in self.contents.get(-1 if at is None else at, ()) if c.meets(span))

    def sentence(self, at: int) -> int | None:
        """Which sentence a place lies in."""
        return _index(self.starts, self.sentences, at)


def _time_index(
    statements: Sequence[Statement],
    times: Sequence[Time],
    sentences: Sequence[Sentence],
    meetings: Spans,
) -> _TimeIndex:
    ordered = tuple(sorted(sentences, key=lambda s: s.span))
    page = _TimeIndex(ordered, tuple(s.span.start for s in ordered), {}, {}, {})
    for time in times:
        n = page.sentence(time.span.start)
        if n is not None and time.edtf is not None:
            page.times.setdefault(n, []).append(time)
    for meeting in meetings:
        n = page.sentence(meeting.start)
        if n is not None:
            page.meetings.setdefault(n, []).append(meeting)
    for content in sorted({c for s in statements for c in s.content}):
        n = max(0, bisect_right(page.starts, content.start) - 1)
        while n < len(ordered) and ordered[n].span.start < content.end:
            page.contents.setdefault(n, []).append(content)
            n += 1
    return page


def _index(starts: Sequence[int], sentences: Sequence[Sentence], at: int) -> int | None:
    n = bisect_right(starts, at) - 1
    return n if n >= 0 and at < sentences[n].span.end else None


def date_statements(
    statements: Sequence[Statement],
    times: Sequence[Time],
    sentences: Sequence[Sentence],
    published: str | None,
    meetings: Spans = (),
) -> tuple[Statement, ...]:
    """The statements with their `date_statements`: EDTF where the text tells when, else None.

    The time stands in the cue's own sentence, outside all content, and depends on the cue (where
    the sentence is parsed) or is close to it; else it is that of a meeting (`meetings`, from
    `anchor.meetings`) which the sentence before, or the same, has told. What comes out after
    `published` is dropped, unless the cue is in the future.
    """
    page = _time_index(statements, times, sentences, meetings)
    return tuple(_date_statement(statement, page, published) for statement in statements)


def _date_statement(statement: Statement, page: _TimeIndex, published: str | None) -> Statement:
    if statement.said is not None or not statement.cue:
        return statement
    at = page.sentence(statement.cue[0].start)
    if at is None:
        return statement
    found, rule = _beside_cue(statement, page, at), "cue_time"
    if found is None:
        found, rule = _of_meeting(statement, page, at), "meeting_time"
    if found is None:
        return statement
    ahead = any("Tense=Fut" in t.morph for t in _tokens(page.sentences[at], statement.cue))
    edtf = found.edtf if ahead else _by(found.edtf, published)
    if edtf is None:
        return statement
    return replace(statement, said=edtf, why=(*statement.why, f"said:{rule}", f"time:{found.why}"))


def _beside_cue(statement: Statement, page: _TimeIndex, at: int) -> Time | None:
    """The nearest time of the cue's sentence that goes with the cue."""
    sentence = page.sentences[at]
    voice = page.voice(statement.cue[0])
    apart = {
        t: min(_distance(t.span, c) for c in statement.cue)
        for t in page.times.get(at, ())
        if page.voice(t.span) == voice and not any(s.meets(t.span) for s in statement.speaker.spans)
    }
    for time in sorted(apart, key=lambda t: (apart[t], t.span)):
        if apart[time] <= BESIDE:
            return time
        if sentence.tokens:
            if apart[time] <= PARSED and _depends(time.span, statement, sentence):
                return time
        elif apart[time] <= UNPARSED and not _content_between(time.span, statement):
            return time
    return None


def _depends(span: Span, statement: Statement, sentence: Sentence) -> bool:
    """Whether the cue governs the time: no other verb, no object, no « du » between the two."""
    tokens = sentence.tokens
    inside = [n for n, t in enumerate(tokens) if span.meets(t.span)]
    top = next((n for n in inside if tokens[n].head not in inside or tokens[n].head == n), None)
    if top is None:
        return False
    if tokens[top].dep.startswith("nmod") and any(
        t.head == top and t.dep == "case" for t in tokens
    ):
        return False
    cues = [n for n, t in enumerate(tokens) if any(c.meets(t.span) for c in statement.cue)]
    seen: set[int] = set()
    here = tokens[top].head
    while here not in seen:
        token = tokens[here]
        if here in cues:
            return True
        if token.pos in _VERBS or token.dep.startswith("obj"):
            return False
        # « selon le journal, lundi »: the cue hangs on the noun that the time hangs on.
        if any(tokens[c].head == here for c in cues):
            return True
        seen.add(here)
        here = token.head
    return False


def _of_meeting(statement: Statement, page: _TimeIndex, at: int) -> Time | None:
    """The time of the meeting told in this sentence or the one right before."""
    voice = page.voice(statement.cue[0])
    for n in (at, at - 1):
        met = [m for m in page.meetings.get(n, ()) if page.voice(m) == voice]
        # A meeting has a day: « lors de la conférence de 1945 » names it, and dates nothing.
        told = [
            t
            for t in page.times.get(n, ())
            if page.voice(t.span) == voice and len(t.edtf or "") >= len("2020-03-02")
        ]
        if not met:
            if told:
                return None
            continue
        if n != at and not _attended(statement, page.sentences[at], page.sentences[n]):
            return None
        # A lead tells the meeting, and the very next sentence, its own paragraph, what was said.
        if page.sentences[at].paragraph - page.sentences[n].paragraph > 1 or len(told) != 1:
            return None
        return told[0] if any(_distance(told[0].span, m) <= MEETING for m in met) else None
    return None


def _attended(statement: Statement, sentence: Sentence, before: Sentence) -> bool:
    """Whether the speaker was at the meeting that the sentence before tells: a pronoun, or named there.

    « Dans une lettre lue mardi, la rectrice … « Non », a réagi le délégué »: he wrote no letter.
    """
    own = [t for t in _tokens(sentence, statement.speaker.spans) if not t.masked]
    if not own or not before.tokens:
        return True
    places = {t.span for t in own}
    # A name's words, and the noun at the head of a description.
    telling = {
        t.text.casefold()
        for t in own
        if t.pos == "PROPN" or (t.pos == "NOUN" and sentence.tokens[t.head].span not in places)
    }
    return not telling or any(t.text.casefold() in telling for t in before.tokens)


def _content_between(span: Span, statement: Statement) -> bool:
    """Whether content stands between a time and every cue of the statement."""

    def parted(cue: Span) -> bool:
        gap = Span(min(span.end, cue.end), max(span.start, cue.start))
        return any(c.meets(gap) for c in statement.content)

    return all(parted(c) for c in statement.cue)


def _distance(one: Span, other: Span) -> int:
    return max(one.start - other.end, other.start - one.end, 0)


def _tokens(sentence: Sentence, spans: Spans) -> list[Token]:
    return [t for t in sentence.tokens if any(s.meets(t.span) for s in spans)]


def _by(edtf: str | None, published: str | None) -> str | None:
    """A date as far as it lies no later than the publication; None where all of it is later."""
    known, own = bounds(published), bounds(edtf)
    if edtf is None or known is None or own is None or own[1] <= known[1]:
        return edtf
    if own[0] > known[1]:
        return None
    if edtf[0] != "[":
        return edtf
    choices = [
        intervals.day(c.first + datetime.timedelta(n))
        for c in intervals_of(edtf)
        for n in range((min(c.last, known[1]) - c.first).days + 1)
    ]
    return intervals.one_of(choices)
