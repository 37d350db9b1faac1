"""Names that reach further than their capitals: couples, bodies with their complements, names in names."""

from __future__ import annotations

import re
from typing import Final

from selon.reading.coref.document import DocumentTokens
from selon.reading.coref.mentions import ORGANISED, MentionDraft
from selon.reading.coref.name_spelling import comparable
from selon.reading.coref.word_lists import PeopleWords

_SPACE: Final = re.compile(r"\s+")


def couples(
    page: DocumentTokens, found: list[MentionDraft], words: PeopleWords
) -> list[MentionDraft]:
    """The names, with « Thierry et Véronique Roy » as one mention of two people."""
    joined: list[MentionDraft] = []
    for mention in found:
        last = joined[-1] if joined else None
        if last is not None and _couple(page, last, mention, words):
            name = _SPACE.sub(" ", page.text[last.start : mention.end])
            joined[-1] = MentionDraft(
                last.low, mention.high, last.start, mention.end, last.head, "name", "group",
                None, "p", tokens=(*last.tokens, *mention.tokens), name=name,
            )  # fmt: skip
            continue
        joined.append(mention)
    return joined


def _couple(
    page: DocumentTokens, last: MentionDraft, mention: MentionDraft, words: PeopleWords
) -> bool:
    row = page.words
    return (
        last.high - last.low == 1
        and row[last.low].low in words.first_names
        and mention.low == last.high + 1
        and row[last.high].low in words.lists["and"]
        and len(mention.tokens) == 2
        and mention.kind == "person"
        and row[mention.low].low in words.first_names
    )


def widen(
    page: DocumentTokens,
    found: list[MentionDraft],
    described: list[MentionDraft],
    words: PeopleWords,
) -> None:
    """Names of bodies with their adjectives and complements: Conseil constitutionnel français.

    Also sets a body's whole description up as its name where an acronym follows:
    « l'Inspection générale des finances (IGF) », « le parquet national financier (PNF) ».
    """
    named = {m.head: m for m in found}
    for role in described:
        name = named.get(role.head)
        if name is None or role.kind not in ORGANISED or role.high <= name.high:
            continue
        name.high, name.end = role.high, role.end
        start = page.words[name.head].start
        name.name = _SPACE.sub(" ", page.text[start : role.end])
        name.tokens = comparable(name.name, words)


def outermost(found: list[MentionDraft]) -> list[MentionDraft]:
    """The names that stand in no other name: not Malte of Ordre de Malte."""
    kept: list[MentionDraft] = []
    for mention in found:
        if not kept or mention.low >= kept[-1].high:
            kept.append(mention)
    return kept
