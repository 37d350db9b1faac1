"""A statement's sentence: its words with what stands before and after them, whole where it can be."""

from __future__ import annotations

from typing import Final

from selon import lang
from selon.reading import segment

_MAX_CHARS: Final = 260


def snippet(context: str, words: str, language: str | None = None) -> tuple[str, str, str]:
    """Before, the words, after: the sentences that the words stand in, from their paragraph.

    What is too long is cut between words, with an ellipsis. Where the words are not there in one
    piece, they stand alone.
    """
    at = context.find(words) if words else -1
    if at < 0:
        return "", words, ""
    place = (at, at + len(words))
    before, after = sentence_around(context, place, place, language)
    return before, words, after


def sentence_around(
    text: str, words: tuple[int, int], whole: tuple[int, int], language: str | None = None
) -> tuple[str, str]:
    """What stands before and after some words in their sentences.

    `words` and `whole` are places in the text; the sentences are those that `whole` reaches over:
    the words with the verb that says them.
    """
    code = (language or "").partition("-")[0].lower()
    marks = lang.load(code if code in lang.codes() else lang.DEFAULT).marks
    paragraphs = segment.paragraphs(text)
    quotes = segment.quotes(text, paragraphs)
    spans = [s.span for s in segment.sentences(text, paragraphs, quotes, marks)]
    start = max((s.start for s in spans if s.start <= whole[0]), default=0)
    stop = min((s.end for s in spans if s.end >= whole[1]), default=len(text))
    return _end_of(text[start : words[0]]), _right(text[words[1] : stop])


def _end_of(words: str) -> str:
    if len(words) <= _MAX_CHARS:
        return words.lstrip()
    return "… " + words[-_MAX_CHARS:].split(" ", 1)[-1]


def _right(words: str) -> str:
    if len(words) <= _MAX_CHARS:
        return words.rstrip()
    return words[:_MAX_CHARS].rsplit(" ", 1)[0] + " …"
