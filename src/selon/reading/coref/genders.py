"""The gender of a person, with the sign that tells it; nothing where signs are few or disagree.

Signs, the surest first: a title (« Mme »), a first name that nine in ten bearers of one gender
bear, the form of a role (« la directrice »), pronouns that mean the person. Titles decide; of the
others each has a weight, and one side must outweigh the other clearly. A masculine role weighs
little: « le ministre Nouria Benghabrit ».
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from selon.names import fold
from selon.reading.coref.kinds import plain_words
from selon.reading.coref.word_lists import PeopleWords
from selon.records import Entity

GENDERS: Final = {"f": "female", "m": "male"}
# What each sign weighs, and the least by which one side must outweigh the other.
WEIGHTS: Final = {"first-name": 3.0, "role.f": 3.0, "role.m": 1.5, "pronoun": 1.0}
CLEARLY: Final = 1.0
PRONOUNS: Final = 3.0
_MENTIONS: Final = 60
_TITLE: Final = 16

Sign = tuple[str, str, float]


def gender_of(entity: Entity, text: str, words: PeopleWords) -> tuple[str | None, str | None]:
    """`female` or `male` and the surest sign that says so; two Nones where it stays unknown."""
    told = {
        g
        for m in entity.mentions[:_MENTIONS]
        if (g := _title(m.span.start, m.span.end, text, words))
    }
    if len(told) == 1:
        return GENDERS[told.pop()], "title"
    signs = [*_first_name(entity, words), *_roles(entity, text, words)]
    signs += _pronouns(entity, text, words)
    weights = {"f": 0.0, "m": 0.0}
    for gender, _, weight in signs:
        weights[gender] += weight
    if abs(weights["f"] - weights["m"]) < CLEARLY:
        return None, None
    won = "f" if weights["f"] > weights["m"] else "m"
    return GENDERS[won], next(by for gender, by, _ in signs if gender == won)


def _title(start: int, end: int, text: str, words: PeopleWords) -> str | None:
    """The gender of a title that stands before the mention or begins it, with a capital."""
    for piece in (text[max(0, start - _TITLE) : start].split()[-1:], text[start:end].split()[:1]):
        for word in piece:
            gender = words.titles.get(word.lower()) if word[:1].isupper() else None
            if gender is not None:
                return gender
    return None


def _first_name(entity: Entity, words: PeopleWords) -> Iterator[Sign]:
    """What the first word of the name tells; not of a body, nor of initials."""
    if entity.mentions and all(m.form != "name" for m in entity.mentions):
        return
    gender = first_name(entity.name, words)
    if gender is not None:
        yield gender, "first-name", WEIGHTS["first-name"]


def first_name(name: str, words: PeopleWords) -> str | None:
    """The gender of the bearers of a name's first word."""
    row = name.replace("’", "'").lower().split()
    if not row:
        return None
    for word in (row[0], fold(row[0]).replace(" ", ""), row[0].split("-")[0]):
        if word in words.first_names:
            return words.first_names[word]
        if word in words.rare_names:
            return words.rare_names[word]
    return None


def _roles(entity: Entity, text: str, words: PeopleWords) -> Iterator[Sign]:
    """« la ministre », « une policière », « le directeur »: of the noun or of its article.

    One vote a gender, however often the text repeats it.
    """
    seen: set[str] = set()
    for mention in entity.mentions[:_MENTIONS]:
        if mention.form == "nominal":
            gender = gender_of_description(mention.span.of(text), words)
            if gender is not None and gender not in seen:
                seen.add(gender)
                yield gender, "role", WEIGHTS[f"role.{gender}"]
    for role in entity.roles:
        gender = gender_of_description(role, words)
        if gender == "f" and gender not in seen:
            seen.add(gender)
            yield gender, "role", WEIGHTS["role.f"]


def gender_of_description(text: str, words: PeopleWords) -> str | None:
    """The gender that a description tells of the person: of its noun, else of its article."""
    shown = None
    if "·" in text or "‧" in text:
        # « un·e délégué·e »: of either.
        return None
    for word in plain_words(text):
        shape = words.determiners.get(word)
        if shape is not None:
            shown = shown or (shape.gender if shape.kind != "poss" else None)
            continue
        if word in words.pronouns:
            return words.pronouns[word].gender
        one = words.singular(word)
        if one in words.lists["sexless"]:
            return None
        noun = words.nouns.get(word) or words.nouns.get(one)
        if noun is None and "-" in word:
            head, _, rest = word.partition("-")
            noun = words.nouns.get(rest if head in words.lists["prefixes"] else head)
        if noun is not None and noun.kind == "person":
            return noun.gender or shown
        if noun is not None:
            return None
    return shown


def _pronouns(entity: Entity, text: str, words: PeopleWords) -> Iterator[Sign]:
    """« elle », « il »: each counts, to a bound."""
    count: Counter[str] = Counter()
    for mention in entity.mentions[:_MENTIONS]:
        if mention.form == "pronoun":
            word = next(plain_words(mention.span.of(text)), "")
            pronoun = words.pronouns.get(word)
            if pronoun is not None and pronoun.kind == "subject" and pronoun.number == "s":
                count[pronoun.gender or ""] += 1
    for gender in ("f", "m"):
        if count[gender]:
            yield gender, "pronoun", min(PRONOUNS, WEIGHTS["pronoun"] * count[gender])
