"""The field of activity that a role tells: politics, justice, health, science, citizens and so on.

What an article calls somebody (« préfète de la Creuse », "a nurse") is cut into words; the first
phrase that stands in `fields.tsv` tells, the longest one where several begin together.
"""

from __future__ import annotations

from functools import lru_cache
from importlib import resources
from typing import Final

from selon import tsv
from selon.kb.roles import words

_NONE: Final = "-"
# Plurals: « les habitants », « les élus locaux ».
_PLURAL: Final = ("s", "x")


@lru_cache(maxsize=1)
def _book() -> tuple[dict[tuple[str, ...], str], int]:
    """Each phrase with its field, and how many words the longest has."""
    text = (resources.files("selon.numbers") / "fields.tsv").read_text("utf-8")
    book: dict[tuple[str, ...], str] = {}
    for field, phrases in tsv.rows(text):
        for phrase in phrases.split("|"):
            book.setdefault(tuple(words(phrase)), field)
    return book, max(map(len, book))


@lru_cache(maxsize=65_536)
def field(role: str) -> str | None:
    """The field of a role's first word that tells one; nothing where no word does."""
    book, longest = _book()
    told = words(role)
    for at in range(len(told)):
        for size in range(min(longest, len(told) - at), 0, -1):
            piece = tuple(told[at : at + size])
            if found := book.get(piece) or book.get(_singular(piece)):
                return None if found == _NONE else found
    return None


def _singular(piece: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(w[:-1] if len(w) > 3 and w.endswith(_PLURAL) else w for w in piece)
