"""A parsed sentence as rules see it: neighbours, children, subtrees, and the way back to the text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from selon.records import Quote, Sentence, Span, Spans, Token


@dataclass(frozen=True)
class ParsedSentence:
    """One parsed sentence with the quotations in it, and the article's text under it."""

    text: str
    sentence: Sentence
    quotes: tuple[Quote, ...]
    number: int = 0
    first_of_paragraph: bool = False
    headline: bool = False
    lead: ParsedSentence | None = None

    # Asked for a thousand times a sentence: kept beside the fields, where nothing is called.
    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """The sentence's tokens."""
        return self.sentence.tokens

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """Where each token begins in the text."""
        return tuple([t.span.start for t in self.tokens])

    @cached_property
    def lower(self) -> tuple[str, ...]:
        """The tokens' words in small letters."""
        return tuple([t.text.lower() for t in self.tokens])

    @cached_property
    def relations(self) -> tuple[tuple[str, str], ...]:
        """Each token's relation, whole and without its subtype."""
        return tuple([(t.dep, t.dep.split(":")[0]) for t in self.tokens])

    @cached_property
    def kids(self) -> tuple[tuple[int, ...], ...]:
        """The indices of each token's children, in text order."""
        out: list[tuple[int, ...]] = [()] * len(self.tokens)
        for i, t in enumerate(self.tokens):
            if t.head != i:
                out[t.head] += (i,)
        return tuple(out)

    @cached_property
    def extents(self) -> tuple[tuple[int, int], ...]:
        """The leftmost and rightmost token of each token's subtree."""
        heads = [t.head for t in self.tokens]
        low = list(range(len(heads)))
        high = list(range(len(heads)))
        for i, at in enumerate(heads):
            below = i
            for _ in heads:
                if at == below:
                    break
                if low[at] > i:
                    low[at] = i
                if high[at] < i:
                    high[at] = i
                below, at = at, heads[at]
        return tuple(zip(low, high, strict=True))

    def child(self, i: int, *deps: str) -> int | None:
        """The first child of a token with one of these relations (subtypes count)."""
        for k in self.kids[i]:
            whole, plain = self.relations[k]
            if whole in deps or plain in deps:
                return k
        return None

    def children(self, i: int, *deps: str) -> Iterator[int]:
        """All children of a token with one of these relations (subtypes count)."""
        for k in self.kids[i]:
            whole, plain = self.relations[k]
            if whole in deps or plain in deps:
                yield k

    def words(self, low: int, high: int) -> Span:
        """The text from one token to another, both included."""
        return Span(self.tokens[low].span.start, self.tokens[high].span.end)

    def between(self, i: int) -> str:
        """The text between a token and the one before it (marks that the parser did not read)."""
        start = self.tokens[i - 1].span.end if i > 0 else self.sentence.span.start
        return self.text[start : self.tokens[i].span.start]

    def after(self, i: int) -> str:
        """The text between a token and the next."""
        last = i + 1 >= len(self.tokens)
        end = self.sentence.span.end if last else self.tokens[i + 1].span.start
        return self.text[self.tokens[i].span.end : end]

    def is_word(self, i: int) -> bool:
        """Whether a token is a word (or a quotation that stands for one)."""
        return 0 <= i < len(self.tokens) and self.tokens[i].pos not in ("PUNCT", "SPACE", "SYM")

    def quote_at(self, at: int) -> Quote | None:
        """The outermost quotation around a place of the text."""
        for quote in self.quotes:
            if quote.outer.start <= at < quote.outer.end:
                return quote
        return None

    def find(self, low: int, high: int, test: Callable[[int], bool]) -> int | None:
        """The first token of a stretch that passes a test."""
        for i in range(max(low, 0), min(high, len(self.tokens))):
            if test(i):
                return i
        return None


def trim(text: str, span: Span, drop: str = " \t\n\r\u00a0\u202f,;:–—-") -> Span:
    """The span without white space and light punctuation at its ends."""
    start, end = span.start, span.end
    while start < end and (text[start] in drop or text[start].isspace()):
        start += 1
    while end > start and (text[end - 1] in drop or text[end - 1].isspace()):
        end -= 1
    return Span(start, end)


def without(span: Span, holes: Iterable[Span]) -> Spans:
    """The span with stretches cut out."""
    out = []
    start = span.start
    for hole in sorted(holes):
        if hole.end <= start or hole.start >= span.end:
            continue
        if hole.start > start:
            out.append(Span(start, hole.start))
        start = max(start, hole.end)
    if start < span.end:
        out.append(Span(start, span.end))
    return tuple(out)


def tidy(text: str, spans: Sequence[Span], quotes: Sequence[Quote]) -> Spans:
    """Content as it is reported: trimmed, and whole where it is wholly within marks.

    A span that is one quotation loses the marks; one that touches a mark of a quotation which it
    otherwise holds takes the other too.
    """
    out = []
    for span in spans:
        s = trim(text, span)
        for q in quotes:
            if s.start >= q.outer.start and s.end <= q.outer.end and s.end > s.start:
                s = Span(max(s.start, q.inner.start), min(s.end, q.inner.end))
            elif q.inner.start < s.end < q.outer.end and s.start < q.outer.start:
                if s.end >= q.inner.end:
                    s = Span(s.start, q.outer.end)
            elif q.outer.start < s.start <= q.inner.start and s.end > q.outer.end:
                s = Span(q.outer.start, s.end)
        s = _without_stop(text, s)
        if s.end > s.start:
            out.append(s)
    return tuple(out)


def _without_stop(text: str, span: Span) -> Span:
    """The sentence's own full stop is no part of what was said outside marks."""
    end = span.end
    if end > span.start and text[end - 1] == "." and text[max(span.start, end - 3) : end] != "...":
        end -= 1
    s = trim(text, Span(span.start, end))
    return s
