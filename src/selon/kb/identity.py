"""Whether entities of two articles are one: a judgement with its evidence, which can be undone."""

from __future__ import annotations

from typing import Final

from selon.kb.roles import OfficeRole, parse
from selon.names import skeleton, tokens
from selon.records import Article, Entity, Judgement

BY_ID: Final = "rule:identity.kb"
BY_NAME_AND_ROLE: Final = "rule:identity.name-and-role"
BY_NAME_AND_COUNTRY: Final = "rule:identity.name-and-country"
BY_NAME: Final = "rule:identity.name"
_SURE: Final = frozenset({"title", "kb"})


def same(
    entity_a: Entity, article_a: Article, entity_b: Entity, article_b: Article
) -> Judgement | None:
    """That two entities are one, or None; never by a surname alone, never against two ids.

    Evidence: one knowledge base id; else a full name that sounds the same, with an office or a
    country that both state. Subject and object are `ARTICLE/ENTITY`; nothing is merged.
    """
    by = _evidence(entity_a, entity_b)
    if by is None:
        return None
    rule, score = by
    subject, other = f"{article_a.id}/{entity_a.id}", f"{article_b.id}/{entity_b.id}"
    return Judgement(subject, "same as", other, rule, score)


def agree(a: Entity, b: Entity) -> bool:
    """Whether nothing tells two entities of one name apart.

    Two ids do, a person and a body, genders that titles or a knowledge base tell, offices of
    different countries.
    """
    if a.kb and b.kb:
        return a.kb == b.kb
    if not _kinds_agree(a, b):
        return False
    if a.gender and b.gender and a.gender != b.gender and {a.gender_by, b.gender_by} <= _SURE:
        return False
    places_a, places_b = _countries(_offices(a)), _countries(_offices(b))
    return not (places_a and places_b and not places_a & places_b)


def alike(a: Entity, b: Entity) -> tuple[str, float]:
    """The rule by which two entities that agree are one, and how sure it is."""
    if a.kb and a.kb == b.kb:
        return BY_ID, 0.98
    roles_a, roles_b = _offices(a), _offices(b)
    if {r.key for r in roles_a} & {r.key for r in roles_b}:
        return BY_NAME_AND_ROLE, 0.93
    if len(_countries(roles_a) & _countries(roles_b)) == 1:
        return BY_NAME_AND_COUNTRY, 0.85
    return BY_NAME, 0.8


def _kinds_agree(a: Entity, b: Entity) -> bool:
    if a.kind and b.kind:
        one, other = (e.kind in ("person", "someone") for e in (a, b))
        return one == other
    return a.type == b.type or "unknown" in (a.type, b.type)


def _evidence(a: Entity, b: Entity) -> tuple[str, float] | None:
    if a.kb and b.kb:
        return (BY_ID, 0.98) if a.kb == b.kb else None
    if not _full_names_agree(a.name, b.name) or not agree(a, b):
        return None
    rule = alike(a, b)
    return None if rule[0] == BY_NAME else rule


def _full_names_agree(a: str, b: str) -> bool:
    left, right = tokens(a), tokens(b)
    if min(len(left), len(right)) < 2:
        return False
    return sorted(map(skeleton, left)) == sorted(map(skeleton, right))


def _offices(entity: Entity) -> list[OfficeRole]:
    return [r for r in map(parse, entity.roles) if r.head]


def _countries(roles: list[OfficeRole]) -> frozenset[str]:
    return frozenset(c for r in roles if len(r.countries) == 1 for c in r.countries)
