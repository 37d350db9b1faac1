"""Acronyms and the words that they stand for."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from selon.names import fold
from selon.reading.coref.document import DocumentToken, DocumentTokens
from selon.reading.coref.mentions import MentionDraft
from selon.reading.coref.names import comparable, is_acronym, name_at
from selon.reading.coref.word_lists import PeopleWords

# No more acronyms than these are sought a full form for.
MOST: Final = 40
_SPACE: Final = re.compile(r"\s+")


def spelled_out(
    page: DocumentTokens, short: MentionDraft, whole: MentionDraft, words: PeopleWords
) -> None:
    """Make the description that an acronym stands for a name, without its article."""
    start = page.words[whole.head].start
    whole.form, whole.name = "name", _SPACE.sub(" ", page.text[start : whole.end])
    whole.tokens = comparable(whole.name, words) or short.tokens


def expansions(
    page: DocumentTokens, found: list[MentionDraft], words: PeopleWords
) -> list[MentionDraft]:
    """The names, with the stretches whose initials make an acronym of the text.

    IGF and « Inspection générale des finances », PNF and « parquet national financier ».
    """
    shorts = {m.name: None for m in found if is_acronym(m.name) and 2 < len(m.name) < 8}
    shorts = dict(list(shorts.items())[:MOST])
    if not shorts:
        return found
    firsts = {s[0].lower() for s in shorts}
    made: list[MentionDraft] = []
    for at, word in enumerate(page.words):
        if word.low[0] not in firsts or len(word.low) < 3 or len(made) > 40:
            continue
        for short in shorts:
            high = _spells(page, at, short.lower(), words)
            if high and (not made or made[-1].high <= at):
                made.append(name_at(page, at, high, words, "organisation"))
    taken = {n for m in made for n in range(m.low, m.high)}
    kept = [m for m in found if not taken & set(range(m.low, m.high))]
    return sorted([*kept, *made], key=lambda m: m.low)


def _small(word: DocumentToken, words: PeopleWords) -> bool:
    lists = words.lists
    listed = word.low in lists["particles"] or word.low in lists["and"]
    return listed or word.low in words.determiners


def _spells(page: DocumentTokens, at: int, short: str, words: PeopleWords) -> int:
    """The end of the words from `at` on whose initials make the acronym, or 0."""
    row = page.words
    n, high = 0, at
    while high < min(at + 3 * len(short), len(row)) and n < len(short):
        word = row[high]
        if len(word.low) > 2 and word.low.isalpha() and _initial(word.low) == short[n]:
            n += 1
        elif n == 0 or not _small(word, words):
            return 0
        if word.sentence != row[at].sentence:
            return 0
        high += 1
    return high if n == len(short) else 0


@lru_cache(maxsize=16384)
def _initial(word: str) -> str:
    return fold(word)[:1]
