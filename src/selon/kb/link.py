"""Links an article's entities to knowledge bases: sure, or not at all, and saying why.

Two rules: `kb.name` (a full name that is one person's alone, with an office or country that agrees)
and `kb.role-at-date` (who held that office on the article's day: an inference; the words stay as
written). A lone surname never links by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from selon.kb.days import Window, window
from selon.kb.home import home_country
from selon.kb.of_the_day import means_the_holder
from selon.kb.records import KbAnswer, KbCandidate
from selon.kb.roles import OfficeRole, alike, countries_named, parse, words
from selon.kb.store import Kb
from selon.names import ALIKE, likeness, skeleton, tokens
from selon.records import Article, Entity, Judgement

BY_NAME: Final = "rule:kb.name"
BY_ROLE: Final = "rule:kb.role-at-date"
# Judgements of these rules say who held an office, not who the text names.
INFERRED: Final = frozenset({BY_ROLE})

REASONS: Final[dict[str, str]] = {
    "another-time": "the words may mean another day's holder, or the office itself",
    "after": "the date is later than the knowledge base's data",
    "country": "the role's country may be one of several",
    "date": "the article has no date",
    "deputy": "the role is a deputy's",
    "former": "the role is a past one",
    "future": "the role is a future one",
    "homonyms": "several people of the knowledge base bear this name",
    "interim": "no interim holder is in the knowledge base",
    "local": "the office is a local one",
    "lone-name": "one word is not enough of a name",
    "many": "several people hold this office at once",
    "no-country": "no country is stated for the role",
    "no-evidence": "the name alone is not enough, without a matching office or country",
    "no-name": "no such name in the knowledge base",
    "no-office": "no such office in the knowledge base",
    "none": "nobody holds the office on that day in the knowledge base",
    "part": "the holder was in office for a part of these days, or on days known too vaguely",
    "role": "the words describe no office",
    "role-differs": "those who bear the name held another office",
    "several": "the office changed hands around these days, or several people claim it",
    "shadow": "the office is a shadow one",
}
GENDERS: Final = {"f": "female", "m": "male", "female": "female", "male": "male"}
_YEARS_AROUND: Final = 5
# Offices that only a state has.
_OF_A_STATE: Final = frozenset({"minister", "prime-minister", "state-secretary", "head-of-state"})
# No more countries of a text than these are asked for an office.
_COUNTRIES: Final = 12
_PERSONS: Final = ("person", "unknown")
_BODIES: Final = ("organisation", "place", "unknown")


@dataclass(frozen=True, slots=True)
class _Verdict:
    """Who an entity is (`ids` of one), may be (of several), or why it stays unknown."""

    ids: tuple[str, ...]
    by: str
    score: float = 0.0
    why: str = ""


def entities(
    entities: Sequence[Entity], article: Article, kb: Kb
) -> tuple[tuple[Entity, ...], tuple[Judgement, ...]]:
    """The entities with `kb` set where that is sure, and a judgement on each that was looked up.

    Relations: `is` an id; `may be` several ids, space between; `unknown` with a key of `REASONS`.
    """
    found: list[Entity] = []
    judgements: list[Judgement] = []
    for entity in entities:
        verdict = None if entity.kb else _verdict(entity, article, kb)
        if verdict is not None:
            judgements.append(_judgement(entity, verdict))
            if len(verdict.ids) == 1:
                entity = _with_id(entity, verdict.ids[0], kb)
        found.append(entity)
    return tuple(found), tuple(judgements)


def _with_id(entity: Entity, ident: str, kb: Kb) -> Entity:
    """The entity with its id, and the gender that the knowledge base tells of a person."""
    thing = kb.get(ident) if entity.kind in ("person", "someone") else None
    if thing is None or thing.gender not in GENDERS:
        return replace(entity, kb=ident)
    return replace(entity, kb=ident, gender=GENDERS[thing.gender], gender_by="kb")


def _judgement(entity: Entity, verdict: _Verdict) -> Judgement:
    if not verdict.ids:
        return Judgement(entity.id, "unknown", verdict.why, verdict.by, 1.0)
    relation = "is" if len(verdict.ids) == 1 else "may be"
    return Judgement(entity.id, relation, " ".join(verdict.ids), verdict.by, verdict.score)


def _verdict(entity: Entity, article: Article, kb: Kb) -> _Verdict | None:
    if entity.type in ("group", "work") or not entity.name:
        return None
    nominal = _is_nominal(entity)
    verdict = None
    if entity.type in _BODIES and not nominal:
        verdict = _body(entity, kb)
        if verdict.ids or entity.type != "unknown":
            return verdict
    if entity.type in _PERSONS:
        return _nominal(entity, article, kb) if nominal else _verdict_by_name(entity, article, kb)
    return verdict


def _is_nominal(entity: Entity) -> bool:
    """Whether the entity has no name of its own: it is only called by what it is."""
    if entity.mentions:
        return all(m.form != "name" for m in entity.mentions)
    return parse(entity.name).head is not None


def _body(entity: Entity, kb: Kb) -> _Verdict:
    """AFP, Reuters, Iran: a body or place whose exact name or alias is its alone."""
    kinds = ("organisation", "place") if entity.type == "unknown" else (entity.type,)
    same = [c for c in kb.named(entity.name) if c.exact and c.thing.type in kinds]
    if len(same) == 1:
        return _Verdict((same[0].thing.id,), BY_NAME, 0.97)
    return _Verdict((), BY_NAME, why="homonyms" if same else "no-name")


def _nominal(entity: Entity, article: Article, kb: Kb) -> _Verdict:
    """« le secrétaire du Conseil suprême de la sécurité nationale d'Iran » on the article's day."""
    if not means_the_holder(entity, article):
        return _Verdict((), BY_ROLE, why="another-time")
    answers = _answers(_at_home(_roles(entity, nominal=True), entity, article), article, kb)
    people = tuple(dict.fromkeys(h for why, a in answers if why == "found" for h in a.holders))
    if len(people) == 1 and all(why != "several" or people[0] in a.holders for why, a in answers):
        return _Verdict(people, BY_ROLE, 0.75 if any(a.wider for _, a in answers) else 0.9)
    several = tuple(
        dict.fromkeys(h for why, a in answers if why in ("found", "several") for h in a.holders)
    )
    if len(several) > 1:
        return _Verdict(several, BY_ROLE, round(1 / len(several), 2))
    return _Verdict((), BY_ROLE, why=answers[0][0] if answers else "role")


def _at_home(roles: list[OfficeRole], entity: Entity, article: Article) -> list[OfficeRole]:
    """« la ministre du Travail » of no country is the text's own, « le président » a republic's."""
    if any(r.countries for r in roles):
        return roles
    code = (article.language or "").split("-")[0].lower()
    home = home_country(article.text, code) if code else None
    republic = any("republique" in words(t) for t in (*entity.roles, entity.name))
    national = _OF_A_STATE | ({"president"} if republic else set())
    if home is None:
        return roles
    lent = frozenset((home,))
    return [
        replace(r, countries=lent) if r.head in national and not r.proper | r.marks else r
        for r in roles
    ]


def _verdict_by_name(entity: Entity, article: Article, kb: Kb) -> _Verdict:
    """A person called by name: the name and its office, or the name in the country's news."""
    roles = _roles(entity, nominal=False)
    if len(tokens(entity.name)) < 2:
        return _surname(entity, roles, article, kb)
    near = [
        c
        for c in kb.named(entity.name)
        if c.thing.type in _PERSONS and (c.exact or c.likeness >= ALIKE)
    ]
    if not near:
        return _Verdict((), BY_NAME, why="no-name")
    same = [c for c in near if c.exact] or [c for c in near if _sounds(entity.name, c.name)]
    if entity.roles:
        agreeing = [c for c in same if _has_held(c, roles, article, kb)]
        if len(agreeing) == 1:
            return _Verdict((agreeing[0].thing.id,), BY_NAME, 0.98)
        if agreeing:
            return _Verdict((), BY_NAME, why="homonyms")
        return _verdict_by_spelling(near, roles, article, kb)
    if len(same) > 1:
        return _Verdict((), BY_NAME, why="homonyms")
    if same and _in_the_news(same[0], article, kb):
        return _Verdict((same[0].thing.id,), BY_NAME, 0.85)
    return _Verdict((), BY_NAME, why="no-evidence")


def _verdict_by_spelling(
    near: list[KbCandidate], roles: list[OfficeRole], article: Article, kb: Kb
) -> _Verdict:
    """A spelling that only comes near, of the one who holds that very office on that day."""
    answers = _answers(roles, article, kb)
    holders = {a.holders[0] for why, a in answers if why == "found"}
    people = {c.thing.id for c in near} & holders
    if len(people) == 1:
        return _Verdict((people.pop(),), BY_NAME, 0.93)
    whys = [why for why, _ in answers if why != "found"]
    return _Verdict((), BY_NAME, why=whys[0] if whys else "role-differs")


def _surname(entity: Entity, roles: list[OfficeRole], article: Article, kb: Kb) -> _Verdict:
    """« le président Macron »: the holder of the office on that day, who is called so."""
    word = skeleton(tokens(entity.name)[0]) if tokens(entity.name) else ""
    for why, answer in _answers(roles, article, kb):
        holder = kb.get(answer.holders[0]) if why == "found" else None
        if holder and any(word == skeleton(tokens(n)[-1]) for n in holder.names if tokens(n)):
            return _Verdict((holder.id,), BY_NAME, 0.95)
    named = _holders_named(word, roles, article, kb)
    if len(named) == 1:
        return _Verdict((named.pop(),), BY_NAME, 0.9)
    return _Verdict((), BY_NAME, why="lone-name")


def _holders_named(word: str, roles: list[OfficeRole], article: Article, kb: Kb) -> set[str]:
    """Who of that surname held an office of no stated country, in a country that the text names."""
    asked = window(article.published)
    bare = [r for r in roles if not (r.countries or r.proper or r.marks)]
    if asked is None or not word or not bare:
        return set()
    found: set[str] = set()
    for country in sorted(countries_named(article.text))[:_COUNTRIES]:
        for role in bare:
            answer = kb.holders(role, country, asked)
            holder = kb.get(answer.holders[0]) if answer.why == "found" else None
            if holder and any(word == skeleton(tokens(n)[-1]) for n in holder.names if tokens(n)):
                found.add(holder.id)
    return found


def _roles(entity: Entity, *, nominal: bool) -> list[OfficeRole]:
    """The offices of an entity; a country that one role states serves those that state none."""
    texts = (*entity.roles, entity.name) if nominal else entity.roles
    roles = [parse(t) for t in dict.fromkeys(texts)]
    stated = {r.countries for r in roles if len(r.countries) == 1}
    if len(stated) == 1:
        lent = stated.pop()
        roles = [r if r.countries else replace(r, countries=lent) for r in roles]
    return [r for r in roles if r.head]


def _answers(roles: list[OfficeRole], article: Article, kb: Kb) -> list[tuple[str, KbAnswer]]:
    asked = window(article.published)
    found = []
    for role in roles:
        marks = sorted(role.marks - {"interim"})
        if marks:
            found.append(("many" if marks[0] == "several" else marks[0], KbAnswer("none")))
        elif len(role.countries) > 1:
            found.append(("country", KbAnswer("none")))
        elif asked is None:
            found.append(("date", KbAnswer("none")))
        else:
            answer = kb.holders(role, next(iter(role.countries), None), asked)
            found.append((answer.why, answer))
    return found


def _sounds(a: str, b: str) -> bool:
    left, right = tokens(a), tokens(b)
    return sorted(map(skeleton, left)) == sorted(map(skeleton, right)) or likeness(a, b) == 1.0


def _has_held(candidate: KbCandidate, roles: list[OfficeRole], article: Article, kb: Kb) -> bool:
    """Whether the candidate had held, by then, one of the offices that the text gives."""
    asked = window(article.published)
    for tenure in kb.tenures_of(candidate.thing.id):
        begun = window(tenure.start)
        if asked and begun and begun[0] > asked[1]:
            continue
        for role in roles:
            agree = not role.countries or tenure.country in role.countries
            if agree and _same_office(role, tenure.key, tenure.country):
                return True
    return False


def _same_office(role: OfficeRole, key: str, country: str | None) -> bool:
    head, _, matter = key.partition(":")
    for other in alike(role, country):
        first, _, rest = other.partition(":")
        if key == other or (first == head and rest and set(rest.split()) < set(matter.split())):
            return True
    return False


def _in_the_news(candidate: KbCandidate, article: Article, kb: Kb) -> bool:
    """Whether the text names the candidate's country, and they were in office in those years."""
    asked = window(article.published)
    if asked is None:
        return False
    around: Window = (
        f"{int(asked[0][:4]) - _YEARS_AROUND:04}{asked[0][4:]}",
        f"{int(asked[1][:4]) + _YEARS_AROUND:04}{asked[1][4:]}",
    )
    named = countries_named(article.text)
    for tenure in kb.tenures_of(candidate.thing.id):
        begun, ended = window(tenure.start), window(tenure.end)
        early = begun is not None and begun[0] <= around[1]
        late = tenure.end is None or (ended is not None and ended[1] >= around[0])
        if tenure.country in named and early and late:
            return True
    return False
