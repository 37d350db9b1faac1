"""Acronyms and the words that they stand for."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from selon.names import fold
from selon.reading.coref.document import DocumentToken, DocumentTokens
from selon.reading.coref.mentions import MentionDraft
from selon.reading.coref.name_spelling import comparable
from selon.reading.coref.names import is_acronym, name_at
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
                whole = name_at(page, at, high, words, "organisation")
                whole.acronym = short.lower()
                made.append(whole)
    taken = {n for m in made for n in range(m.low, m.high)}
    kept = [m for m in found if not taken & set(range(m.low, m.high))]
    return sorted([*kept, *made], key=lambda m: m.low)


def _small(word: DocumentToken, words: PeopleWords) -> bool:
    lists = words.lists
    listed = word.low in lists["particles"] or word.low in lists["and"]
    return listed or word.low in words.determiners


def _spells(page: DocumentTokens, at: int, short: str, words: PeopleWords) -> int:
    """The end of the words from `at` on whose initials make the acronym, or 0.

    One word between may have no letter: « Observatoire national des stations de montagne », OSM.
    """
    row = page.words
    n, high, skipped = 0, at, False
    while high < min(at + 3 * len(short), len(row)) and n < len(short):
        word = row[high]
        letters = _initials(word.low)
        if word.sentence != row[at].sentence:
            return 0
        if letters and short.startswith(letters, n):
            n += len(letters)
        elif n == 0 or not _small(word, words):
            if n == 0 or skipped or not letters or not row[at].capital:
                return 0
            skipped = True
        high += 1
    return high if n == len(short) else 0


@lru_cache(maxsize=16384)
def _initials(word: str) -> str:
    """The first letter of a word, of each part of a compound: « Saint-Germain », sg."""
    parts = word.split("-")
    if len(word) < 3 or not all(p.isalpha() for p in parts):
        return ""
    return "".join(fold(p)[:1] for p in parts)
