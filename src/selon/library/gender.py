"""What a title says of a person's gender; nothing where titles are absent or disagree."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from selon import lang

GENDERS: Final = {"f": "female", "m": "male"}


def titled(words: Iterable[str], language: str | None) -> str | None:
    """The gender that the titles among the words agree on: `female`, `male`, or nothing.

    Titles are those of the language's pack, written with a capital, as before a name.
    """
    code = (language or lang.DEFAULT).split("-")[0].lower()
    if code not in lang.codes():
        return None
    titles = lang.load(code).people.titles
    found = {titles.get(word.lower()) for word in words if word[:1].isupper()} - {None}
    return GENDERS[found.pop() or ""] if len(found) == 1 else None
