"""Descriptions that a knowledge base gives to somebody whom the article names.

« Édouard Philippe … Le Premier ministre a dit »: of those whom the article names before, one alone
held that office on its day. What only the office tells, of somebody unnamed, stays as it is.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import replace
from typing import Final

from selon import lang
from selon.kb.days import Window, window
from selon.kb.records import Tenure
from selon.kb.roles import OfficeRole, alike, parse
from selon.kb.store import Kb
from selon.records import Entity, Judgement, Reading

BY: Final = "rule:kb.office-of-named"
SCORE: Final = 0.85
# No more people of an article than these are looked up.
MAX_PEOPLE: Final = 40


def join_office_holders(reading: Reading, kb: Kb) -> Reading:
    """The reading in which an office that stood by itself is one with its holder, where named."""
    asked = window(reading.article.published)
    described = [e for e in reading.entities if _office(e)]
    if asked is None or not described:
        return reading
    named = [(e, held) for e in _entities_with_name(reading.entities) if (held := _tenures(e, kb))]
    into: dict[str, Entity] = {}
    for entity in described:
        role = parse(entity.name)
        fit = [
            e
            for e, held in named
            if e.mentions[0].span.start < entity.mentions[0].span.start
            and not (e.gender and entity.gender == "female" and e.gender != entity.gender)
            and any(_holds(role, t, asked, kb) for t in held)
        ]
        if len(fit) == 1:
            into[entity.id] = fit[0]
    return _merge_entities(reading, into) if into else reading


def _office(entity: Entity) -> bool:
    """Whether somebody is only called by one office, definitely: no « un ministre », no deputy."""
    if entity.type != "person" or entity.kind != "someone" or not entity.mentions:
        return False
    if any(m.form == "name" for m in entity.mentions):
        return False
    role = parse(entity.name)
    return (
        role.head is not None
        and not role.proper
        and not role.marks - {"former"}
        and (len(role.countries) < 2)
    )


def _entities_with_name(entities: Sequence[Entity]) -> list[Entity]:
    found = [
        e
        for e in entities
        if e.kind == "person" and " " in e.name and any(m.form == "name" for m in e.mentions)
    ]
    return found[:MAX_PEOPLE]


def _tenures(entity: Entity, kb: Kb) -> tuple[Tenure, ...]:
    """The offices of the only one who bears this very name."""
    if entity.kb:
        return kb.tenures_of(entity.kb)
    same = [c for c in kb.named(entity.name) if c.exact and c.thing.type == "person"]
    return kb.tenures_of(same[0].thing.id) if len(same) == 1 else ()


def _holds(role: OfficeRole, tenure: Tenure, asked: Window, kb: Kb) -> bool:
    """Whether this tenure is of the role, and of that day; a former one's over by then."""
    if role.countries and tenure.country not in role.countries:
        return False
    head, _, matter = tenure.key.partition(":")
    wide = not role.matter and role.head == head and head in ("minister", "state-secretary")
    keys = alike(role, tenure.country)
    part = role.matter and role.head == head and role.matter <= set(matter.split())
    if not (wide or part or tenure.key in keys):
        return False
    begun, ended = window(tenure.start), window(tenure.end)
    if "former" in role.marks:
        return ended is not None and ended[0] <= asked[1]
    if begun is None or begun[0] > asked[1]:
        return False
    if tenure.end is None:
        answer = kb.holders(role, tenure.country, asked) if not wide else None
        return answer is None or not answer.holders or tenure.holder in answer.holders
    return ended is not None and ended[1] >= asked[0]


def _merge_entities(reading: Reading, into: dict[str, Entity]) -> Reading:
    taken: dict[str, list[Entity]] = {}
    for entity in reading.entities:
        if entity.id in into:
            taken.setdefault(into[entity.id].id, []).append(entity)
    code = (reading.article.language or lang.DEFAULT).split("-")[0].lower()
    first = lang.load(code).people.determiners if code in lang.codes() else {}
    entities = tuple(
        _with(e, taken.get(e.id, ()), first) for e in reading.entities if e.id not in into
    )
    judgements: list[Judgement] = []
    for j in reading.judgements:
        if j.subject in into:
            continue
        if j.relation == "is" and j.object in into:
            score = round(min(j.score, SCORE), 3)
            j = replace(j, object=into[j.object].id, by=BY, score=score)
        judgements.append(j)
    return replace(reading, entities=entities, judgements=tuple(judgements))


def _with(entity: Entity, others: Sequence[Entity], first: Container[str]) -> Entity:
    """The entity with the mentions and the roles of those that are it."""
    if not others:
        return entity
    mentions = {(m.span.start, m.span.end): m for e in (*others, entity) for m in e.mentions}
    roles = dict.fromkeys(entity.roles)
    for other in others:
        word, _, rest = other.name.partition(" ")
        roles[rest if word.lower() in first and rest else other.name] = None
    return replace(
        entity, mentions=tuple(mentions[k] for k in sorted(mentions)), roles=tuple(roles)
    )
