"""A statement's sentence: its words with what stands before and after them, whole where it can be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

# The end of a sentence: its sign, what closes it, a blank, and something that begins another; or
# that other glued to it (« importée."En 2019 »). A new line ends one, too.
_END: Final = re.compile(
    r"(?P<sign>[.!?…]+)(?P<close>(?:[\"”’)\]]|\s?»)*)"
    r"(?:(?P<blank>\s+)(?=[«“\"(–—-]*\s*[A-ZÀ-ÖØ-Þ0-9])|(?=[«“\"]?[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ'’]))|\n+"
)
_WORD_BEFORE: Final = re.compile(r"[^\W\d_]+\Z")
# Words whose full stop ends nothing; so does a single letter's: « E. Macron ».
_ABBREVIATIONS: Final = frozenset(
    "mm mme mmes mlle dr pr me mgr st ste cf art etc av bd no vs mr mrs ms prof gen sen rep jr".split()
)
_LONGEST: Final = 260


def snippet(context: str, words: str) -> tuple[str, str, str]:
    """Before, the words, after: the sentences that the words stand in, from their paragraph.

    What is too long is cut between words, with an ellipsis. Where the words are not there in one
    piece, they stand alone.
    """
    at = context.find(words) if words else -1
    if at < 0:
        return "", words, ""
    before, after = sentence_around(context, (at, at + len(words)), (at, at + len(words)))
    return before, words, after


def sentence_around(text: str, words: tuple[int, int], whole: tuple[int, int]) -> tuple[str, str]:
    """What stands before and after some words in their sentences.

    `words` and `whole` are places in the text; the sentences are those that `whole` reaches over:
    the words with the verb that says them. They end with their paragraph, too.
    """
    start, stop = 0, len(text)
    for end, begin in _ends(text):
        if begin <= whole[0]:
            start = begin
        elif end >= whole[1]:
            stop = end
            break
    return _left(text[start : words[0]]), _right(text[words[1] : stop])


def _ends(text: str) -> Iterator[tuple[int, int]]:
    """Where each sentence ends, and where the next one begins."""
    for found in _END.finditer(text):
        if found["sign"] is None:
            yield found.span()
            continue
        before = _WORD_BEFORE.search(text[max(found.start() - 12, 0) : found.start()])
        word = before[0] if before else ""
        if found["sign"] == "." and (
            word.lower() in _ABBREVIATIONS or (len(word) == 1 and word.isupper())
        ):
            continue
        end = found.end("close")
        # A straight mark behind one that has closed opens the next: « abominable"."Nous … ».
        if not found["blank"] and found["close"] == '"' and text[found.start() - 1] == '"':
            end -= 1
        yield end, max(end, found.end("blank"))


def _left(words: str) -> str:
    if len(words) <= _LONGEST:
        return words.lstrip()
    return "… " + words[-_LONGEST:].split(" ", 1)[-1]


def _right(words: str) -> str:
    if len(words) <= _LONGEST:
        return words.rstrip()
    return words[:_LONGEST].rsplit(" ", 1)[0] + " …"
