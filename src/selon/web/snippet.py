"""A statement's sentence: its words with what stands before and after them, whole where it can be."""

from __future__ import annotations

import re
from typing import Final

# The end of a sentence: its sign, what closes it, a blank, and something that begins another.
_END: Final = re.compile(r"[.!?…]+[\"»”’)\]]*\s+(?=[«“\"(–—-]*\s*[A-ZÀ-ÖØ-Þ0-9])|\n+")
_LONGEST: Final = 260


def snippet(context: str, words: str, cue: str = "") -> tuple[str, str, str]:
    """Before, the words, after: the sentences that the words stand in, from their paragraph.

    What is too long is cut between words, with an ellipsis. Where the words are not there in one
    piece, they stand alone. `cue` is the verb: the sentence next to the words is taken in where it
    has it.
    """
    at = context.find(words) if words else -1
    if at < 0:
        return "", words, ""
    before, after = context[:at], context[at + len(words) :]
    ends = [m.end() for m in _END.finditer(before)]
    start = ends[-1] if ends else 0
    stop = found.start() + 1 if (found := _END.search(after)) else len(after)
    near = before[start:] + after[:stop]
    if cue and cue not in near:
        # The sentence before, then the one after.
        if len(ends) > 1 and cue in before[ends[-2] :]:
            start = ends[-2]
        elif len(ends) == 1 and cue in before:
            start = 0
        elif found and cue in after:
            second = _END.search(after, found.end())
            stop = second.start() + 1 if second else len(after)
    return _left(before[start:]), words, _right(after[:stop])


def _left(words: str) -> str:
    if len(words) <= _LONGEST:
        return words.lstrip()
    return "… " + words[-_LONGEST:].split(" ", 1)[-1]


def _right(words: str) -> str:
    if len(words) <= _LONGEST:
        return words.rstrip()
    return words[:_LONGEST].rsplit(" ", 1)[0] + " …"
