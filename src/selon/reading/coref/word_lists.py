"""What resolve asks of a language: all that it knows of one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple


class Determiner(NamedTuple):
    """How a determiner presents its noun: `kind` is the, a, this, poss or some."""

    kind: str
    gender: str | None
    number: str | None


class Pronoun(NamedTuple):
    """What a third-person pronoun shows: `kind` is subject, tonic or this."""

    gender: str | None
    number: str
    kind: str


class Noun(NamedTuple):
    """What a noun can stand for: `kind` is person, media, company, court, work, group…"""

    kind: str
    gender: str | None


@dataclass(frozen=True, slots=True)
class PeopleWords:
    """The words and word-forms by which one language speaks of people and bodies.

    All words are in lower case with straight apostrophes. `singular` takes a word to the form in
    which `nouns` knows it, `masculine` to the form by which adjectives are compared. `latter` are
    the adjectives of « ce dernier », `listed` the first words of the outlets and names `known`;
    `rare_names` tell a gender, but are too seldom to tell that a word is a name.
    """

    language: str
    lists: Mapping[str, frozenset[str]]
    determiners: Mapping[str, Determiner]
    titles: Mapping[str, str | None]
    pronouns: Mapping[str, Pronoun]
    latter: Mapping[str, Pronoun]
    nouns: Mapping[str, Noun]
    synonyms: Mapping[str, str]
    same: Mapping[tuple[str, ...], str]
    owner: tuple[str, str]
    known: frozenset[str]
    outlets: frozenset[str]
    listed: frozenset[str]
    countries: Mapping[str, str]
    cities: frozenset[str]
    peoples: frozenset[str]
    first_names: Mapping[str, str | None]
    rare_names: Mapping[str, str | None]
    weights: Mapping[str, float]
    speaker_weights: Mapping[str, float]
    compounds: frozenset[str]
    singular: Callable[[str], str]
    masculine: Callable[[str], str]
