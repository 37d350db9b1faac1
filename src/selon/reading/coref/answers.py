"""From resolved mentions to entities and judgements."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from selon.names import fold
from selon.reading.coref.document import DocumentTokens
from selon.reading.coref.genders import gender_of
from selon.reading.coref.kinds import joint, kind_of
from selon.reading.coref.mentions import ORGANISED, EntityCluster, MentionDraft
from selon.reading.coref.name_spelling import on_one_line
from selon.reading.coref.not_entities import means_nobody, only_a_thing
from selon.reading.coref.parties import Parties, subjects
from selon.reading.coref.word_lists import PeopleWords
from selon.records import Entity, EntityType, Judgement, Mention, Span, Statement

_SPACE: Final = re.compile(r"\s+")
_LOOSE: Final = re.compile(r"(?<=['’(]) | (?=[,.)])")
LONGEST: Final = 160
# A speaker nearer than this is certain enough to be carried to the next quotation.
CARRIED: Final = 0.75


def answers(
    spoken: Parties, statements: Sequence[Statement], words: PeopleWords
) -> tuple[tuple[Entity, ...], tuple[Judgement, ...]]:
    """The entities in the order of their first mention, and a judgement for each party."""
    who = _parts(spoken)
    verdicts = {
        subject: _of_thing(verdict, spoken.page, words)
        for subject, verdict in _verdicts(spoken, who, statements, words).items()
    }
    parties = {w for w, _, _ in verdicts.values() if w is not None}
    everybody = [*spoken.people, *(w for w in parties if w.parts)]
    kept = [w for w in everybody if w in parties or _worth(w, spoken.page, words)]
    kept.sort(key=lambda w: min((m.start for m in w.mentions), default=0))
    ids = {w: f"e{n}" for n, w in enumerate(kept, 1)}
    naming = Naming(spoken, words, ids)
    entities = tuple(naming.entity(w) for w in kept)
    judgements = tuple(
        Judgement(subject, "is", ids[w], f"rule:{rule}", round(score, 3))
        if w is not None
        else Judgement(subject, "unknown", None, f"rule:{rule}", round(score, 3))
        for subject, (w, rule, score) in verdicts.items()
    )
    return entities, judgements


def _parts(spoken: Parties) -> dict[str, tuple[EntityCluster | None, str, float]]:
    """Who each part is that has words of its own."""
    found: dict[str, tuple[EntityCluster | None, str, float]] = {}
    joined: dict[tuple[EntityCluster, ...], EntityCluster] = {}
    for subject, mentions in spoken.parts.items():
        first = mentions[0]
        members = tuple(dict.fromkeys(m.who for m in mentions if m.who is not None))
        if not members:
            found[subject] = (None, "who.pronoun.open", 0.0)
        elif len(members) == 1:
            found[subject] = (members[0], first.rule, first.score)
        else:
            both = joined.get(members)
            if both is None:
                both = EntityCluster(parts=members, number="p", kind="group")
                low, high = mentions[0], mentions[-1]
                both.mentions = [
                    MentionDraft(
                        low.low, high.high, low.start, high.end, low.head, "nominal", "group"
                    )
                ]
                joined[members] = both
            found[subject] = (both, "who.joined", 0.9)
    return found


Verdict = tuple["EntityCluster | None", str, float]
NOBODY: Final[Verdict] = (None, "who.no-speaker", 0.0)


def _of_thing(verdict: Verdict, page: DocumentTokens, words: PeopleWords) -> Verdict:
    """Nobody where the words that speak are an event's or a state's, which is no entity."""
    who = verdict[0]
    if who is None or not only_a_thing(who, page, words):
        return verdict
    return (None, "who.thing", 0.0)


def _verdicts(
    spoken: Parties,
    parts: dict[str, Verdict],
    statements: Sequence[Statement],
    words: PeopleWords,
) -> dict[str, Verdict]:
    """A verdict for each part; the speaker that is only understood is the last one."""
    page = spoken.page
    order = sorted(statements, key=_place)
    verdicts: dict[str, Verdict] = {}
    last: dict[str | None, Verdict] = {}
    by_id = {s.id: s for s in statements}
    for statement in order:
        for subject, spans in subjects(statement):
            speaker = subject.endswith("/speaker")
            verdict = parts.get(subject)
            chosen = spoken.chosen.get(subject)
            if subject in spoken.turns:
                verdict = spoken.turns[subject]
            elif chosen is not None:
                known = chosen[0] is not None
                verdict = (chosen[0], "who.learnt", chosen[1]) if known else NOBODY
            elif speaker and spans and _first_person(page, spans[0], words):
                verdict = _enclosing_speaker(statement, by_id, verdicts)
            elif verdict is None and speaker and not spans:
                verdict = _understood(page, statement, last.get(statement.within))
            if verdict is None:
                verdict = (None, "who.no-mention", 0.0)
            verdicts[subject] = verdict
            if speaker and verdict[0] is not None:
                last[statement.within] = verdict
    return {s: verdicts[s] for st in statements for s, _ in subjects(st)}


def _place(statement: Statement) -> int:
    spans = (*statement.content, *statement.cue)
    return min((s.start for s in spans), default=0)


def _first_person(page: DocumentTokens, span: Span, words: PeopleWords) -> bool:
    return span.of(page.text).lower().replace("’", "'") in words.lists["first_person"]


def _enclosing_speaker(
    statement: Statement, by_id: dict[str, Statement], verdicts: dict[str, Verdict]
) -> Verdict:
    """« nous » in a quotation is whoever speaks it."""
    outer = by_id.get(statement.within or "")
    verdict = verdicts.get(f"{outer.id}/speaker") if outer is not None else None
    if verdict is None or verdict[0] is None:
        return (None, "who.first-person", 0.0)
    return (verdict[0], "who.first-person", 0.8)


def _understood(page: DocumentTokens, statement: Statement, last: Verdict | None) -> Verdict:
    """« Et de poursuivre : », a quotation that goes on: the last speaker; a passive has none."""
    if statement.cue and _agentless(page, statement.cue[0]):
        return (None, "who.passive", 0.0)
    if last is None or last[0] is None:
        return NOBODY
    return (last[0], "who.continuity", min(CARRIED, last[2]))


def _agentless(page: DocumentTokens, cue: Span) -> bool:
    """Whether the cue is a passive, a participle by itself or a noun."""
    at = bisect_right(page.words, cue.start, key=lambda w: w.end)
    if at == len(page.words):
        return False
    word = page.words[at]
    if word.pos == "NOUN" or word.dep.startswith("acl"):
        return True
    around = page.words[max(0, at - 6) : at]
    return any(w.head == at and w.dep in ("aux:pass", "nsubj:pass") for w in around)


def _worth(who: EntityCluster, page: DocumentTokens, words: PeopleWords) -> bool:
    """Whether anybody would look for it: named, a person, a body, or pointed at by a pronoun."""
    if not who.mentions or means_nobody(who, page, words):
        return False
    if who.named:
        return True
    if any(m.form == "pronoun" for m in who.mentions):
        return True
    # What is only described, and once, is nobody that a reader would look for, but a person or
    # body that the text takes for known: « le maire », no « des élus », no « un projet ».
    known = any(m.det in ("the", "poss", "this") for m in who.mentions)
    if who.kind in ("thing", "country", "work"):
        return False
    return len(who.mentions) > 1 or (known and who.kind != "group" and who.number != "p")


class Naming:
    """Names, types and roles of entities."""

    def __init__(self, spoken: Parties, words: PeopleWords, ids: dict[EntityCluster, str]) -> None:
        self.page, self.words, self.ids = spoken.page, words, ids
        self.parties = {id(m) for ms in spoken.parts.values() for m in ms}

    def entity(self, who: EntityCluster) -> Entity:
        """The record of somebody."""
        bare = Entity(
            id=self.ids.get(who, ""),
            type=_type(who),
            name=self.name(who),
            mentions=self._mentions(who),
            roles=self._roles(who),
        )
        if who.parts:
            kinds = [self.entity(part).kind or "other" for part in who.parts]
            return replace(bare, kind=joint(kinds))
        return known(bare, self.page.text, self.words)

    def name(self, who: EntityCluster) -> str:
        """The fullest name; without one, the fullest description; of several, all their names."""
        if who.parts:
            *most, last = (self.name(p) for p in who.parts)
            return f"{', '.join(most)} {self._joint(who)} {last}"
        named = [m for m in who.mentions if m.form == "name"]
        if named:
            best = max(named, key=_fullness)
            return best.name
        described = [m for m in who.mentions if m.form == "nominal"]
        if not described:
            return self._text(who.mentions[0])
        spoken = [m for m in described if id(m) in self.parties]
        best = max(spoken or described, key=lambda m: m.end - m.start)
        if best.owner is not None and best.owner.named and best.low < best.head:
            thing = self._text(best, best.low + 1)
            owner = self.name(best.owner)
            vowel = fold(owner)[:1] in self.words.lists["vowels"]
            return self.words.owner[vowel].format(thing=thing, owner=owner)
        return self._text(best)

    def _joint(self, who: EntityCluster) -> str:
        """The words that join the last two: « et », « ainsi que »."""
        row, joins = self.page.words, self.words.lists["joins"]
        both = who.mentions[0]
        runs = [w.low for w in row[both.low : both.high] if w.low in joins]
        plain = next(iter(sorted(self.words.lists["and"])), "&")
        return " ".join(runs) if len(runs) == 2 and " ".join(runs) in self.page.text else plain

    def _text(self, mention: MentionDraft, low: int = -1) -> str:
        start = mention.start if low < 0 else self.page.words[low].start
        text = on_one_line(self.page.text[start : mention.end])
        return _LOOSE.sub("", text).strip(" ,;:")[:LONGEST]

    def _mentions(self, who: EntityCluster) -> tuple[Mention, ...]:
        seen: dict[tuple[int, int], Mention] = {}
        for m in sorted(who.mentions, key=lambda m: (m.start, m.end, m.form != "name")):
            if (m.start, m.end) not in seen:
                seen[m.start, m.end] = Mention(Span(m.start, m.end), m.form)
        return tuple(seen.values())

    def _roles(self, who: EntityCluster) -> tuple[str, ...]:
        roles: dict[str, None] = {}
        for mention in who.mentions:
            if mention.form != "nominal" or mention.kind not in ("person",) or not who.named:
                continue
            low = mention.low
            while low < mention.head and self.page.words[low].low in self.words.determiners:
                low += 1
            start = self.page.words[low].start
            roles.setdefault(_SPACE.sub(" ", self.page.text[start : mention.end]))
        return tuple(roles)


def known(entity: Entity, text: str, words: PeopleWords) -> Entity:
    """The entity with its kind and, of one human being, its gender."""
    kind = kind_of(entity, text, words)
    if kind not in ("person", "someone"):
        return replace(entity, kind=kind)
    gender, by = gender_of(entity, text, words)
    return replace(entity, kind=kind, gender=gender, gender_by=by)


def _fullness(name: MentionDraft) -> tuple[bool, bool, bool, int, int]:
    """Names of several words first, of these the capitalised, those in capitals alone last.

    Not « réseaux de transport », nor « ANNE ROUX DÉNONCE ».
    """
    several = len(name.tokens) > 1
    mixed = several and not name.name.isupper()
    return several, mixed, several and name.name[:1].isupper(), len(name.tokens), len(name.name)


def _type(who: EntityCluster) -> EntityType:
    if who.kind == "group" or (who.kind == "person" and who.number == "p"):
        return "group"
    if who.kind == "person":
        return "person"
    if who.kind in ORGANISED:
        return "organisation"
    if who.kind == "country":
        return "place"
    return "work" if who.kind == "work" else "unknown"
