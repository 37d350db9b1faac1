"""The edges of what was read, put where the text's own marks are."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from selon.reading.reader import lists
from selon.records import Draft, Form, Quote, Span, Spans

PAIRS: Final = {"«": "»", "“": "”", "„": "“", "‹": "›", "‘": "’", '"': '"'}
OPENERS: Final = frozenset(PAIRS)
CLOSERS: Final = frozenset('»”›"“')
BLANKS: Final = " \t\n\r\u00a0\u202f\u2009"
# Statements and quotations looked at around one: the work stays linear in the text.
NEAR: Final = 40
# A sentence ends, and another quotation begins: « … », a lancé Vaquier. « …
ANOTHER: Final = re.compile(r"[.!?…][\s\u00a0\u202f]*[«“„\"‹]")
# A sentence ends, and another begins; « M. Roux » and « J. Roux » end none.
STOP: Final = re.compile(r"(?<=[^\W\d_]{3})[.!?…]+[\s\u00a0\u202f]+[^\W\d_a-zß-ÿ]")


def content(text: str, spans: Spans, form: Form, anchor: int) -> Spans:
    """The spans of a content: of a direct one without its marks, of others with whole pairs.

    Of two quotations with a sentence's end between them the one nearer to `anchor` (a place in the
    text) is kept: the other is a statement of its own.
    """
    kept = _one_quotation(text, spans, anchor) if form == "direct" else spans
    tidy = (_direct(text, s) if form == "direct" else _whole(text, s) for s in kept)
    return tuple(s for s in tidy if s.start < s.end)


def bounded(text: str, drafts: Sequence[Draft], quotes: Sequence[Quote]) -> tuple[Draft, ...]:
    """The drafts with their contents and parties put where quotations and sentences end."""
    near = [_one_sentence(text, d) for d in lists.founded(text, drafts)]
    clipped = tuple(reopened(tuple(within_marks(near, quotes)), quotes))
    whole = tuple(whole_quotations(clipped, quotes))
    return tuple(lists.with_further_items(text, whole))


def _one_sentence(text: str, draft: Draft) -> Draft:
    """The draft with a speaker of one sentence: « Elle a dit P. Lui a dit Q. » are two people."""
    if len(draft.speaker) < 2:
        return draft
    groups: list[list[Span]] = []
    for span in draft.speaker:
        last = groups[-1][-1] if groups else None
        if last is not None and not STOP.search(text, last.end, span.start + 1):
            groups[-1].append(span)
        else:
            groups.append([span])
    at = (draft.cue or draft.content)[0].start
    apart = [_far(group, at) for group in groups]
    return replace(draft, speaker=tuple(groups[apart.index(min(apart))]))


def whole_quotations(drafts: Sequence[Draft], quotes: Sequence[Quote]) -> Iterator[Draft]:
    """The drafts; a direct one that lies in a quotation whose rest is nobody's has all of it.

    « Il pleut. Je rentre. », a dit X: whoever says « Je rentre. » says « Il pleut. » too.
    """
    starts = [q.outer.start for q in quotes]
    for n, draft in enumerate(drafts):
        quote = _holding(draft, quotes, starts)
        if quote is None:
            yield draft
            continue
        mine = draft.content[0]
        near = [d for d in drafts[max(0, n - NEAR) : n + NEAR] if d is not draft]
        said = [s for d in near for s in (*d.content, *d.cue, *d.speaker)]
        others = [s for s in (*said, *draft.cue, *draft.speaker) if s.meets(quote.inner)]
        free = all(mine.holds(s) for s in others)
        yield replace(draft, content=quote.pieces or (quote.inner,)) if free else draft


def within_marks(drafts: Sequence[Draft], quotes: Sequence[Quote]) -> Iterator[Draft]:
    """The drafts; one that ends at a mark whose partner is lost begins where the quotation does,
    and one of a quotation within another ends with it.

    Il pleut. Je rentre », a dit X: the first sentence is the article's.
    """
    lost = [q for q in quotes if not q.closed and q.outer.start == q.inner.start < q.inner.end]
    by_end = {q.inner.end: q for q in lost}
    inner = {q.inner: q for q in quotes if q.closed and q.depth}
    for draft in drafts:
        first, last = draft.content[0], draft.content[-1]
        if draft.form == "direct" and first in inner and not inner[first].outer.holds(last):
            # « X a crié : “Au feu !” et nous sommes sortis »: what follows is the outer voice's.
            yield replace(draft, content=tuple(s for s in draft.content if s in inner))
            continue
        quote = next((by_end[n] for n in range(last.end - 3, last.end + 3) if n in by_end), None)
        if quote is None or draft.content[0].start > quote.inner.start:
            yield draft
        else:
            yield replace(draft, content=(quote.inner,), form="direct")


def reopened(drafts: Sequence[Draft], quotes: Sequence[Quote]) -> Iterator[Draft]:
    """The drafts; of a quotation that each paragraph reopens the later paragraphs go with the first.

    « Il pleut, a dit X.⏎« Je rentre. »: one statement, unless somebody else speaks further down.
    """
    taken: set[int] = set()
    grown: dict[int, Draft] = {}
    starts = [d.content[0].start for d in drafts]
    for quote in (q for q in quotes if q.depth == 0 and len(q.pieces) > 1):
        low = bisect_left(starts, quote.inner.start)
        high = bisect_left(starts, quote.inner.end)
        held = [n for n in range(low, high) if quote.inner.holds(drafts[n].content[0])]
        first = next((n for n in held if quote.pieces[0].holds(drafts[n].content[-1])), None)
        if first is None or not drafts[first].cue:
            continue
        later = [n for n in held if drafts[n].content[0].start >= quote.pieces[1].start]
        if any(drafts[n].cue or drafts[n].speaker for n in later):
            continue
        taken.update(later)
        content = (*drafts[first].content, *quote.pieces[1:])
        grown[first] = replace(drafts[first], content=content, form="direct")
    return (grown.get(n, d) for n, d in enumerate(drafts) if n not in taken)


def _holding(draft: Draft, quotes: Sequence[Quote], starts: Sequence[int]) -> Quote | None:
    """The smallest whole quotation that has all of a direct content, and more."""
    if draft.form != "direct" or len(draft.content) != 1:
        return None
    (span,) = draft.content
    end = bisect_right(starts, span.start)
    around = [q for q in quotes[max(0, end - NEAR) : end] if q.closed and q.inner.holds(span)]
    quote = min(around, key=lambda q: q.inner.end - q.inner.start, default=None)
    return quote if quote is not None and quote.inner != span else None


def _one_quotation(text: str, spans: Spans, anchor: int) -> Spans:
    groups: list[list[Span]] = []
    for span in spans:
        if groups and not ANOTHER.search(text, groups[-1][-1].end, span.start + 1):
            groups[-1].append(span)
        else:
            groups.append([span])
    if not groups:
        return ()
    nearest = min(groups, key=lambda g: _far(g, anchor))
    return tuple(nearest)


def _far(spans: Sequence[Span], place: int) -> int:
    return min(max(s.start - place, place - s.end, 0) for s in spans)


def _direct(text: str, span: Span) -> Span:
    """Without a mark that opens at its start, or closes at its end, what lies outside it."""
    start, end = _trim(text, span.start, span.end)
    while start < end and text[start] in OPENERS and not _closed_inside(text, start, end - 1):
        start, end = _trim(text, start + 1, end)
    while start < end and text[end - 1] in CLOSERS and not _opened_inside(text, start, end - 1):
        start, end = _trim(text, start, end - 1)
    if end - start > 2 and text[start] in OPENERS and text[end - 1] == PAIRS[text[start]]:
        start, end = _trim(text, start + 1, end - 1)
    return Span(start, end)


def _whole(text: str, span: Span) -> Span:
    """With the partner of a mark that stands right outside, without a mark that has none."""
    start, end = _trim(text, span.start, span.end)
    while start < end and text[start] in OPENERS and not _closed_inside(text, start, end):
        after = _next(text, end)
        if after < len(text) and text[after] == PAIRS[text[start]]:
            return Span(start, after + 1)
        start, end = _trim(text, start + 1, end)
    opened = max((text.rfind(mark, start, end) for mark in "«“„‹"), default=-1)
    if opened > start and PAIRS[text[opened]] not in text[opened + 1 : end]:
        after = _next(text, end)
        if after < len(text) and text[after] == PAIRS[text[opened]]:
            end = after + 1
    while start < end and text[end - 1] in "»”›" and not _opened_inside(text, start, end - 1):
        start, end = _trim(text, start, end - 1)
    return Span(start, end)


def _closed_inside(text: str, start: int, end: int) -> bool:
    """Whether the mark at `start` has its partner before `end`."""
    return text.find(PAIRS[text[start]], start + 1, end) >= 0


def _opened_inside(text: str, start: int, at: int) -> bool:
    """Whether the mark at `at` closes one that opened after `start`."""
    mark = text[at]
    partners = [o for o, c in PAIRS.items() if c == mark]
    return any(text.find(o, start, at) >= 0 for o in partners)


def _next(text: str, at: int) -> int:
    while at < len(text) and text[at] in BLANKS:
        at += 1
    return at


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in BLANKS:
        start += 1
    while end > start and text[end - 1] in BLANKS:
        end -= 1
    return start, end
