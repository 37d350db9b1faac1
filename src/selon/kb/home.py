"""The country that a text means where it says none: its language's own, unless it names another more."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache

from selon import lang
from selon.reading.coref.kinds import plain_words
from selon.reading.coref.word_lists import PeopleWords


def country_of_word(word: str, words: PeopleWords) -> str | None:
    """The country that a word or its masculine names, if it is one alone."""
    found = words.countries.get(word) or words.countries.get(words.masculine(word))
    return found if found is not None and "|" not in found else None


@lru_cache(maxsize=64)
def home_country(text: str, code: str) -> str | None:
    """The home country of a language, unless the text names another one more often."""
    if code not in lang.codes():
        return None
    words = lang.load(code).people
    homes = words.lists["home"]
    if len(homes) != 1:
        return None
    home = next(iter(homes))
    count = Counter(found for word in plain_words(text) if (found := country_of_word(word, words)))
    most = max((n for c, n in count.items() if c not in (home, "EU")), default=0)
    return home if count[home] >= most else None
