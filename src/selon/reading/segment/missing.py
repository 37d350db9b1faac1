"""Quotations one of whose marks is lost: where they begin or end all the same."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from selon.records import Span

# A sentence's end within a paragraph; a word before it of three letters is no abbreviation's.
_END: Final = re.compile(
    r"(?<=[^\W\d_]{3})[.!?…]+(?=\s+[^\W\d_a-zß-ÿœ])|(?<=\s)[!?]+(?=\s+[^\W\d_a-zß-ÿœ])"
)
# What follows a closing mark that a report follows: « …  », a dit ».
_REPORTED: Final = re.compile(r"\s?,\s")
_WORDS: Final = re.compile(r"\w+")
MIN_WORDS: Final = 3


def opening_offset(text: str, paragraph: Span, floor: int, at: int, whole: bool) -> int | None:
    """Where a quotation began whose closing mark, at `at`, has no partner and a comma behind it.

    At the start of the sentence that it ends, or of the paragraph where `whole` (the paragraph
    before left its own open). Nothing begins before `floor`, where the last quotation ended.
    """
    if _REPORTED.match(text, at + 1, paragraph.end) is None:
        return None
    start = max(floor, paragraph.start)
    if not whole:
        for stop in _END.finditer(text, start, at - 1):
            start = stop.end()
    while start < at and text[start].isspace():
        start += 1
    opens = text[start].isupper() or text[start].isdigit()
    return start if opens and len(_WORDS.findall(text, start, at)) >= MIN_WORDS else None


def closing_offset(text: str, inner: Span, inserted: Callable[[str], bool]) -> int:
    """Where a quotation that is never closed ends: with the sentence that reports it, else its first.

    « Il pleut. On rentre, a dit X. Elle est partie. → with « a dit X »; `inserted` knows such words.
    """
    ends = [m.end() for m in _END.finditer(text, inner.start, inner.end)]
    reports = (e for e in (*ends, inner.end) if inserted(text[inner.start : e]))
    return next(reports, ends[0] if ends else inner.end)
