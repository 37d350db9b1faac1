"""English word-forms: the singular of nouns; adjectives have no gender."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from selon.lang.people import read
from selon.reading.coref.word_lists import PeopleWords

IRREGULAR: Final = {
    "people": "people",
    "men": "man",
    "women": "woman",
    "children": "child",
    "wives": "wife",
    "media": "media",
    "police": "police",
    "news": "news",
    "congress": "congress",
    "press": "press",
    "business": "business",
    "boss": "boss",
    "witness": "witness",
    "actress": "actress",
    "heiress": "heiress",
    "politics": "politics",
}


@lru_cache(maxsize=1)
def words() -> PeopleWords:
    """The English words about people, read once."""
    return read("en", singular, neutral)


@lru_cache(maxsize=16384)
def singular(word: str) -> str:
    """The singular of a noun: `spokesmen` → `spokesman`, `agencies` → `agency`, `bosses` → `boss`."""
    if word in IRREGULAR:
        return IRREGULAR[word]
    if "-" in word:
        head, _, rest = word.partition("-")
        return f"{singular(head)}-{singular(rest)}" if head and rest else word
    if word.endswith("men") and len(word) > 4:
        return word[:-3] + "man"
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "ches", "shes", "xes", "zes")):
        return word[:-2]
    return word[:-1]


def neutral(word: str) -> str:
    """An adjective as adjectives are compared: as it stands."""
    return word
