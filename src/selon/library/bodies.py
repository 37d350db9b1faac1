"""Bodies without a name of their own that are one in all articles: « le ministère de la Santé ».

Of one country or place only: « la police » without one is nobody's but the article's. Where the
words say no country, a national body is the home country's if the text names no other one as often.
"""

from __future__ import annotations

from itertools import pairwise

from selon import lang
from selon.kb.home import country_of_word, home_country
from selon.names import fold
from selon.reading.coref.kinds import outlet, plain_words
from selon.reading.coref.word_lists import PeopleWords
from selon.records import Article, Entity

KINDS = frozenset({"government", "court", "force", "assembly", "school", "union"})


def body_key(entity: Entity, article: Article) -> str | None:
    """What a described body is known by in all articles: `ministere sante FR`; nothing for others.

    The words of the description in the order of the alphabet, its country by its code.
    """
    code = (article.language or lang.DEFAULT).split("-")[0].lower()
    if entity.kind == "media" and code in lang.codes():
        # « franceinfo », « iTélé »: a name without a capital.
        return fold(entity.name) if outlet(entity.name, lang.load(code).people) else None
    if entity.kind != "organisation" or code not in lang.codes():
        return None
    words = lang.load(code).people
    row = list(plain_words(entity.name))
    kept = [w for w in row if w not in words.determiners and w not in words.lists["of"]]
    if not kept or len(kept) > 8:
        return None
    head = words.singular(kept[0])
    noun = words.nouns.get(kept[0]) or words.nouns.get(head)
    shape = words.determiners.get(row[0])
    if noun is None or noun.kind not in KINDS or (shape is not None and shape.kind != "the"):
        return None
    countries = {w: c for w in kept[1:] if (c := country_of_word(w, words))}
    national = head in words.lists["national"]
    # « le ministère de la Santé »: a field with a capital, no place.
    place = bool(countries) or (not national and any(w[:1].isupper() for w in _tail(entity.name)))
    kept[0] = words.synonyms.get(head, kept[0])
    plain = [fold(countries.get(w, w)) if w not in countries else countries[w] for w in kept]
    if place:
        return " ".join(sorted(filter(None, plain)))
    if not national:
        return None
    home = home_country(article.text, code)
    if home is not None and _foreign_bodies(article.text, words, home):
        return None
    return " ".join(sorted(filter(None, [*plain, home]))) if home else None


def _foreign_bodies(text: str, words: PeopleWords, home: str) -> bool:
    """Whether national bodies of another country are told of, and none of the home country."""
    row = list(plain_words(text))
    told = {
        country
        for word, after in pairwise(row)
        if words.singular(word) in words.lists["national"]
        and (country := country_of_word(after, words)) is not None
    }
    return bool(told) and home not in told


def _tail(name: str) -> list[str]:
    """The words after the first, elided articles cut off: Paris of « de Paris », « d’Alger »."""
    return [w.replace("’", "'").rpartition("'")[2] for w in name.split()[2:]]
