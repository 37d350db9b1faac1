"""Interviews: questions on lines of their own that nobody signs, and the answers below them.

An article that explains is laid out alike (« Qu'est-ce que la TVA ? »): in an interview the
questions say « vous », and the answers « je » or « nous ».
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from selon.records import Answer, Span

WORD: Final = re.compile(r"[^\W\d_]+")
# « Lise Aubrac : », « L. A. – »: who answers, at the head of an answer.
LABEL: Final = re.compile(
    r"(?P<name>[^\W\d_a-zß-ÿ][^\n:?!«“\"]{1,40}?)\s?(?::|[.]?\s[–—-])\s+(?=\S)"
)
# A heading or a signature ends without one of these.
ENDS: Final = '.!?…»”"'
OPENERS: Final = '«“„"—–-•*'
MIN_TURNS: Final = 2
MAX_QUESTION_CHARS: Final = 400


def answers(
    text: str,
    paragraphs: Sequence[Span],
    asked: frozenset[str],
    answering: frozenset[str],
) -> tuple[Answer, ...]:
    """The answers of an interview, in text order; none where the text is no interview.

    `asked` are the words by which a question speaks to somebody (vous), `answering` those by which
    somebody speaks of themselves (je).
    """
    questions = [n for n, p in enumerate(paragraphs) if _is_question(p.of(text))]
    spoken = [n for n in questions if asked & _words(paragraphs[n].of(text))]
    if len(spoken) < MIN_TURNS or 2 * len(spoken) < len(questions):
        return ()
    found = []
    for n, after in pairwise([*questions, len(paragraphs)]):
        body = _body(text, paragraphs[n + 1 : after], answering, last=after == len(paragraphs))
        if body:
            found.append(_answer(text, body))
    own = [a for a in found if any(answering & _words(s.of(text)) for s in a.content)]
    return tuple(found) if len(own) >= MIN_TURNS and 2 * len(own) >= len(found) else ()


def _is_question(words: str) -> bool:
    """Whether a paragraph is a question alone, between no marks and of no dialogue."""
    plain = words.strip()
    short = 0 < len(plain) <= MAX_QUESTION_CHARS
    return short and plain.endswith("?") and plain[0] not in OPENERS


def _words(words: str) -> set[str]:
    return {w.casefold() for w in WORD.findall(words)}


def _body(
    text: str, paragraphs: Sequence[Span], answering: frozenset[str], *, last: bool
) -> list[Span]:
    """The paragraphs of an answer; what follows the last one and is nobody's is the article's."""
    body: list[Span] = []
    for paragraph in paragraphs:
        words = paragraph.of(text).rstrip()
        if not words or words[-1] not in ENDS:
            continue
        if last and body and not answering & _words(words):
            break
        body.append(Span(paragraph.start, paragraph.start + len(words)))
    return body


def _answer(text: str, body: Sequence[Span]) -> Answer:
    first = body[0]
    label = LABEL.match(text, first.start, first.end)
    if label is None:
        return Answer(tuple(body))
    name = Span(*label.span("name"))
    return Answer((Span(label.end(), first.end), *body[1:]), name)
