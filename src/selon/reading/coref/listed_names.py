"""Names that a list has: outlets, countries, organisations, with an outlet's regional edition."""

from __future__ import annotations

import re
from typing import Final

from selon.names import unaccented
from selon.reading.coref.document import DocumentToken, DocumentTokens
from selon.reading.coref.word_lists import PeopleWords

_SPACE: Final = re.compile(r"\s+")


def listed_name(page: DocumentTokens, at: int, words: PeopleWords) -> tuple[int, str]:
    """The end and kind of a listed name that begins here, or 0: « Le Monde », « Nations unies »."""
    high, kind = _match_list(page, at, words)
    if high and _plain(page, at, high) in words.lists["regional"]:
        return _edition(page, high, words), kind
    return high, kind


def _edition(page: DocumentTokens, high: int, words: PeopleWords) -> int:
    """Where the name of a network's regional station ends: « France 3 Bretagne », no « France 3 Anne »."""
    row = page.words
    for step in range(high, min(high + 3, len(row))):
        word = row[step]
        gap = page.text[row[step - 1].end : word.start]
        if not word.capital or word.initial or gap.strip() or word.low in words.first_names:
            return step
    return min(high + 3, len(row))


def _plain(page: DocumentTokens, at: int, high: int) -> str:
    name = _SPACE.sub(" ", page.text[page.words[at].start : page.words[high - 1].end])
    return name.replace("’", "'").lower()


def _match_list(page: DocumentTokens, at: int, words: PeopleWords) -> tuple[int, str]:
    row = page.words
    led = row[at - 1].low if at and row[at - 1].low in words.determiners else None
    for high in range(min(at + 5, len(row)), at, -1):
        name = _plain(page, at, high)
        if name in words.known:
            return high, "country" if name in words.countries else "organisation"
        led_name = f"{led}{'' if led[-1] == chr(39) else ' '}{name}" if led is not None else ""
        if led_name and (led_name in words.outlets or unaccented(led_name) in words.outlets):
            # « le Figaro », « l’Opinion », « la Voix du Nord »
            return high, "media"
        if name in words.outlets or (len(name) > 9 and unaccented(name) in words.outlets):
            if high > at + 1 and not row[high - 1].capital and _ordinary(row[high - 1], words):
                # « 20 minutes par semaine » is no « 20 Minutes », « le soir » no « Le Soir ».
                continue
            if _opens_sentence(row[at], row[at + 1 : high], words):
                # « Le temps presse », « La croix qu’il porte »: the papers have a second capital.
                continue
            if high == at + 1 and led and row[at].low in words.lists["fields"]:
                # « la Libération », of a country: the paper is « Libération ».
                continue
            common = row[at].initial and row[at].low in page.lowered
            return (0, "") if high == at + 1 and common else (high, "media")
    return 0, ""


def _opens_sentence(first: DocumentToken, rest: list[DocumentToken], words: PeopleWords) -> bool:
    """Whether an article has its capital from the sentence alone, and no noun behind it has one."""
    led = first.initial and first.low in words.determiners and bool(rest)
    return led and not any(w.capital or not w.text[:1].isalpha() for w in rest)


def _ordinary(word: DocumentToken, words: PeopleWords) -> bool:
    """Whether a word without a capital is a common noun: minutes, soir, monde."""
    return any(
        form in words.nouns or form in words.lists["calendar"] or form in words.lists["fields"]
        for form in (word.low, words.singular(word.low))
    )
