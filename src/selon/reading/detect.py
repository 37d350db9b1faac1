"""Candidates: what a language's grammar proposes for each sentence of an article."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

from selon.reading.tree import ParsedSentence
from selon.records import Candidate, Quote, Sentence, Span

Grammar = Callable[[ParsedSentence], tuple[Candidate, ...]]
# A quotation of fewer words is woven into its clause even where commas stand around it.
MIN_WORDS: Final = 3
WORD = re.compile(r"\w+")


def standalone_quotes(
    text: str,
    sentences: Sequence[Sentence],
    quotes: Sequence[Quote],
    opens: Callable[[str], bool],
    inserted: Callable[[str], bool] = lambda words: False,
) -> tuple[Quote, ...]:
    """The quotations that stand by themselves, so that the parser may read one word for each.

    Those after a colon, a stop, a comma or a dash, or at a sentence's start; or right after a verb
    of report (`opens` knows it) and beginning with a capital. Others are woven into their clause, as
    are those with a clause of report put in between their marks (`inserted` knows).
    """
    found = []
    at = 0
    for quote in quotes:
        if quote.depth:
            continue
        while at < len(sentences) and sentences[at].span.end <= quote.outer.start:
            at += 1
        if at >= len(sentences) or not sentences[at].span.holds(quote.outer):
            continue
        if _stands(text, sentences[at].span, quote, opens) and not inserted(quote.inner.of(text)):
            found.append(quote)
    return tuple(found)


def _stands(text: str, sentence: Span, quote: Quote, opens: Callable[[str], bool]) -> bool:
    before = text[sentence.start : quote.outer.start].rstrip()
    inner = quote.inner.of(text)
    count = len(WORD.findall(inner))
    if before.endswith(":"):
        return count > 0
    if count < MIN_WORDS:
        return False
    if not before or before[-1] in ',;.!?—–»”"':
        return True
    last = WORD.findall(before[-30:])
    lead = bool(last) and opens(last[-1].lower()) and before.endswith(last[-1])
    return lead and inner[:1].isupper()


def parsed_sentences(
    text: str,
    sentences: Sequence[Sentence],
    quotes: Sequence[Quote],
    headlines: int,
) -> tuple[ParsedSentence, ...]:
    """Each sentence with its quotations; those that start before `headlines` are headlines."""
    out: list[ParsedSentence] = []
    at = 0
    paragraph = -1
    for number, sentence in enumerate(sentences):
        while at < len(quotes) and quotes[at].outer.end <= sentence.span.start:
            at += 1
        near = []
        for quote in quotes[at : at + 400]:
            if quote.outer.start >= sentence.span.end:
                break
            if quote.outer.meets(sentence.span):
                near.append(quote)
        before = out[-1] if out else None
        leads = before is not None and text[before.sentence.span.end - 1] == ":"
        out.append(
            ParsedSentence(
                text=text,
                sentence=sentence,
                quotes=tuple(near),
                number=number,
                first_of_paragraph=sentence.paragraph != paragraph,
                headline=sentence.span.start < headlines,
                lead=before if leads else None,
            )
        )
        paragraph = sentence.paragraph
    return tuple(out)


def candidates(
    scenes: Sequence[ParsedSentence], grammar: Grammar
) -> tuple[tuple[Candidate, ...], ...]:
    """The candidates of each sentence; one that was not parsed has none."""
    return tuple(grammar(scene) if scene.tokens else () for scene in scenes)
