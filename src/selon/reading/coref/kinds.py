"""What an entity is as a speaker: a person, someone without a name, a group, a body, a medium…

Told by the entity's own words, so that a reading made elsewhere is told the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from selon.names import fold
from selon.reading.coref.word_lists import Noun, PeopleWords
from selon.records import Entity, Kind

_WORD: Final = re.compile(r"\w+(?:[-’']\w+)*(?:[·‧]\w+)*|%")
# A site's name: LCI.fr, lemonde.fr.
_SITE: Final = re.compile(r"\w\.(?:fr|com|net|org|info|eu|be|ch|ca|tv)$", re.IGNORECASE)
# No more mentions than these are looked at for what an entity is called.
_MENTIONS: Final = 40
# An outlet's name with one of its words has fewer than so many.
_MEDIA_WORDS: Final = 6


def kind_of(entity: Entity, text: str, words: PeopleWords) -> Kind:
    """The kind of one entity by its type, its name and what the text calls it."""
    named = any(m.form == "name" for m in entity.mentions) or not entity.mentions
    noun = None if named else head(entity.name, words)
    if entity.type in ("organisation", "place", "unknown", "person") and medial(
        entity, text, words
    ):
        return "media"
    if entity.type == "work":
        return "document"
    if entity.type in ("organisation", "place"):
        return "organisation"
    if entity.type == "group":
        return _of_group(entity, words)
    if entity.type == "person":
        return _of_person(entity, words, named=named)
    return _of_name(entity, text, words) if named else _of_unknown(entity, noun, words)


def joint(kinds: Sequence[Kind]) -> Kind:
    """The kind of several that speak together: two papers are media, two people a group."""
    one = set(kinds)
    return (
        kinds[0] if len(one) == 1 and kinds[0] in ("organisation", "media", "document") else "group"
    )


def _of_person(entity: Entity, words: PeopleWords, *, named: bool) -> Kind:
    """« beaucoup de chercheurs » are several; « Météo-France » is no person of the name of France."""
    row = list(plain_words(entity.name))
    if not named:
        many = bool(row) and (row[0] in words.lists["several"] or _quantity(row[0], words))
        return "group" if many or any(_quantity(w, words) for w in row[1:4]) else "someone"
    parts = [part for word in row for part in word.split("-")]
    given = parts[0] in words.first_names or parts[0] in words.rare_names if parts else True
    if entity.name.lower().replace("’", "'") in words.known:
        return "organisation"
    return "organisation" if not given and _is_nation(parts[-1], words) else "person"


def _is_nation(word: str, words: PeopleWords) -> bool:
    """« France » and no « Français »."""
    return word in words.countries and not {word, f"{word}s"} & words.peoples


def _of_group(entity: Entity, words: PeopleWords) -> Kind:
    """« une source proche du dossier » is someone; « des sources » are several."""
    first = next(plain_words(entity.name), "")
    shape = words.determiners.get(first)
    for word in plain_words(entity.name):
        if words.singular(word) in words.lists["sources"]:
            plural = words.singular(word) != word or (shape is not None and shape.number == "p")
            return "group" if plural else "someone"
        if word not in words.determiners and _noun(word, words) is not None:
            break
    return "group"


def _of_name(entity: Entity, text: str, words: PeopleWords) -> Kind:
    """A name of no known type: a first name that no article leads is a person's, else a body's."""
    first = next(plain_words(entity.name), "")
    led = any(_has_article(text, m.span.start, words) for m in entity.mentions[:_MENTIONS])
    given = first in words.first_names or first.split("-")[0] in words.first_names
    human = given or (first in words.rare_names and first not in words.cities)
    if human and not led and first not in words.countries:
        return "person"
    called = any(m.form == "pronoun" for m in entity.mentions) and not led
    if called and not entity.name.isupper() and first not in words.countries:
        return "person"
    return "organisation"


def _of_unknown(entity: Entity, noun: Noun | None, words: PeopleWords) -> Kind:
    """What has no name and no noun of the lexicon: « certains », « quelqu’un », « la banderole »."""
    row = list(plain_words(entity.name))
    small = {*words.determiners, *words.lists["of"]}
    kept = [w for w in row if w not in small or len(row) == 1]
    first = kept[0] if kept else (row[0] if row else "")
    if row and row[0] in words.lists["several"]:
        return "group"
    if any(_quantity(w, words) for w in row[:4]):
        return "group"
    shape = words.determiners.get(row[0]) if row else None
    if first in words.lists["several"] and (shape is None or shape.number != "s"):
        return "group"
    if first in words.lists["somebody"]:
        return "someone"
    if noun is not None and noun.kind == "person":
        return "group" if shape is not None and shape.number == "p" else "someone"
    return "other"


def _quantity(word: str, words: PeopleWords) -> bool:
    return word in words.lists["quantities"] or words.singular(word) in words.lists["quantities"]


def is_medium(name: str, words: PeopleWords) -> bool:
    """Whether words are a paper's, a station's, an agency's: « Le Figaro », « l'agence Nova »."""
    noun = head(name, words)
    if _has_outlet_name(name, words) or (noun is not None and noun.kind in ("media", "agency")):
        return True
    return _has_media_word(name, words) and len(list(plain_words(name))) < _MEDIA_WORDS


def _has_outlet_name(name: str, words: PeopleWords) -> bool:
    """A site's, a listed outlet's, a regional station's name."""
    if _SITE.search(name) or outlet(name, words):
        return True
    tokens = list(plain_words(name))
    return any(" ".join(tokens[:n]) in words.lists["regional"] for n in (1, 2))


def _has_media_word(name: str, words: PeopleWords) -> bool:
    """« Radio Cap », « Daily Lamp »: a word of outlets' names, and no first name."""
    tokens = list(plain_words(name))
    person = bool(tokens) and tokens[0] in words.first_names
    return not person and bool(
        {p for t in tokens for p in t.split("-")} & words.lists["media_names"]
    )


def medial(entity: Entity, text: str, words: PeopleWords) -> bool:
    """Whether this is a paper, a station, a site: by its name, or by what the text calls it."""
    if _has_outlet_name(entity.name, words):
        return True
    named = any(m.form == "name" for m in entity.mentions) or not entity.mentions
    if not named:
        noun = head(entity.name, words)
        return entity.type != "person" and noun is not None and noun.kind == "media"
    if _has_media_word(entity.name, words):
        return len(list(plain_words(entity.name))) < _MEDIA_WORDS
    if entity.type == "person":
        return False
    for mention in entity.mentions[:_MENTIONS]:
        if mention.form != "pronoun":
            called = head(mention.span.of(text), words) or before(text, mention.span.start, words)
            if called is not None and called.kind == "media":
                return True
    return False


def outlet(name: str, words: PeopleWords) -> bool:
    """Whether the language's list has this name, with its article or without.

    « L’Équipe » is one, « l’équipe » is not.
    """
    first = tuple(words.determiners)
    bare = list(plain_words(name))[-1:]
    if bare and bare[0] in words.nouns and name[-len(bare[0]) :][:1].islower():
        return False
    return _bare(name, first) in _outlets(words.outlets, first)


@lru_cache(maxsize=8)
def _outlets(names: frozenset[str], first: tuple[str, ...]) -> frozenset[str]:
    return frozenset(_bare(n, first) for n in names)


@lru_cache(maxsize=16384)
def _bare(name: str, first: tuple[str, ...]) -> str:
    """A name's letters without an article before it: Le Monde, monde."""
    row = list(plain_words(name))
    kept = row[1:] if len(row) > 1 and row[0] in first else row
    return fold(" ".join(kept)).replace(" ", "")


def head(name: str, words: PeopleWords) -> Noun | None:
    """The first noun of some words that can stand for somebody or something."""
    shape = None
    for word in plain_words(name):
        if word in words.determiners or word in words.lists["former"]:
            shape = words.determiners.get(word)
            continue
        feminine = shape is not None and shape.gender == "f"
        if feminine and word in words.lists["feminine_things"]:
            continue
        noun = _noun(word, words)
        if noun is not None:
            return noun
    return None


def before(text: str, start: int, words: PeopleWords) -> Noun | None:
    """The noun right before a name: « le quotidien Le Levant »."""
    row = list(plain_words(text[max(0, start - 40) : start]))[-2:]
    for word in reversed(row):
        if word not in words.determiners:
            return _noun(word, words)
    return None


def _noun(word: str, words: PeopleWords) -> Noun | None:
    found = words.nouns.get(word) or words.nouns.get(words.singular(word))
    if found is None and "-" in word:
        first, _, rest = word.partition("-")
        found = words.nouns.get(rest if first in words.lists["prefixes"] else first)
    return found


def _has_article(text: str, start: int, words: PeopleWords) -> bool:
    """Whether an article stands right before."""
    piece = text[max(0, start - 6) : start].replace("’", "'").lower()
    if piece.endswith("'"):
        return piece.split()[-1] in words.determiners if piece.split() else False
    row = piece.split()
    return bool(row) and piece[-1:].isspace() and row[-1] in words.determiners


def plain_words(text: str) -> Iterator[str]:
    """The words in lower case with straight apostrophes, elided articles apart."""
    for found in _WORD.finditer(text.replace("’", "'").lower()):
        word = found.group()
        cut = word.find("'")
        if 0 < cut < 3:
            yield word[: cut + 1]
            word = word[cut + 1 :]
        # « délégué·e »
        yield word.partition("·")[0].partition("‧")[0]
