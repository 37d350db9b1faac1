"""French word-forms: the singular of nouns, the masculine of adjectives."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from selon.lang.people import read
from selon.reading.coref.word_lists import PeopleWords

INVARIABLE: Final = frozenset(
    [
        "pays",
        "gens",
        "procès",
        "secours",
        "palais",
        "congrès",
        "avis",
        "tués",
        "corps",
        "bras",
        "fils",
        "héros",
        "temps",
        "progrès",
        "services",
    ]
)
# Feminine ending → masculine: iranienne, parisienne, britannique (none), turque, grecque.
FEMININES: Final = (
    ("enne", "en"),
    ("onne", "on"),
    ("aine", "ain"),
    ("oise", "ois"),
    ("aise", "ais"),
    ("ière", "ier"),
    ("ère", "er"),
    ("trice", "teur"),
    ("euse", "eur"),
    ("ive", "if"),
    ("ale", "al"),
    ("elle", "el"),
    ("ole", "ol"),
    ("ine", "in"),
    ("ane", "an"),
    ("ée", "é"),
    ("ande", "and"),
    ("tote", "tot"),
    ("ote", "ot"),
    ("ienne", "ien"),
    ("cque", "c"),
    ("rque", "rc"),
)


@lru_cache(maxsize=1)
def words() -> PeopleWords:
    """The French words about people, read once."""
    return read("fr", singular, masculine)


@lru_cache(maxsize=16384)
def singular(word: str) -> str:
    """The singular of a noun or adjective: responsables, journaux, Français stays as it is.

    `responsables` → `responsable`, `journaux` → `journal`, `procureurs-adjoints` → the like.
    """
    if word in INVARIABLE or len(word) < 4:
        return word
    if "-" in word:
        return "-".join(singular(part) for part in word.split("-"))
    if word.endswith("aux"):
        return word[:-3] + ("au" if word.endswith("eaux") else "al")
    if word.endswith("eux"):
        return word
    if word.endswith(("s", "x")) and not word.endswith(("ss", "ais", "ois")):
        return word[:-1]
    return word


@lru_cache(maxsize=16384)
def masculine(word: str) -> str:
    """An adjective in the masculine singular, roughly: enough to compare two by.

    `iraniennes` → `iranien`, `française` → `français`, `turque` → `turc`.
    """
    one = singular(word)
    for feminine, form in FEMININES:
        if one.endswith(feminine):
            return one[: -len(feminine)] + form
    return one
