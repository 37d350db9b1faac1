"""Whether a description fits the roles that the text has given somebody."""

from __future__ import annotations

from collections.abc import Sequence, Set
from itertools import pairwise

from selon.reading.coref.descriptions import trait
from selon.reading.coref.document import DocumentToken
from selon.reading.coref.mentions import EntityCluster, MentionDraft
from selon.reading.coref.word_lists import PeopleWords


def agreement(mention: MentionDraft, traits: frozenset[str]) -> float:
    """How well the words that narrow a description agree with those of a role of the same noun."""
    mine = mention.traits
    if mine == traits:
        return 3.0 if mine else 2.2
    if not mine:
        return 2.0
    if mine < traits:
        return 2.6
    if not traits:
        return 1.2 if mention.kind == "person" or mention.det == "this" else 0.0
    if traits < mine:
        return 1.6
    return 1.0 if len(mine & traits) > 1 else 0.0


def of_elsewhere(
    mention: MentionDraft, who: EntityCluster, row: Sequence[DocumentToken], words: PeopleWords
) -> bool:
    """« la présidente de Sudmark » is not she whom the text calls « la présidente danoise »."""
    known = {t for core, traits in who.roles if core == mention.core for t in traits}
    places = _countries(mention.traits)
    if places:
        known = _countries(known)
    else:
        after = words.lists["of"]
        own = row[mention.head : mention.high]
        places = {trait(w.low) for of, w in pairwise(own) if w.capital and of.low in after}
        places &= mention.traits
    return bool(places and known) and not places & known


def _countries(traits: Set[str]) -> set[str]:
    return {t for t in traits if len(t) == 2 and t.isupper()}
