"""Who stands at each part of a statement: the one join of statements with people that all formats render from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from selon.records import Article, Entity, Reading, Spans, Statement
from selon.spans import text_of

Role = Literal["speaker", "addressee", "via"]


@dataclass(frozen=True, slots=True)
class StatementPart:
    """One place for somebody in a statement; `subject` is its address in judgements (`ID/via/1`)."""

    role: Role
    number: int
    subject: str
    spans: Spans
    cue: Spans = ()


@dataclass(frozen=True, slots=True)
class StatementParts:
    """All places for somebody in a statement; iterating goes through them in this order."""

    speaker: StatementPart
    addressees: tuple[StatementPart, ...]
    via: tuple[StatementPart, ...]

    def __iter__(self) -> Iterator[StatementPart]:
        return iter((self.speaker, *self.addressees, *self.via))


@dataclass(frozen=True, slots=True)
class PersonOfStatement:
    """Somebody at one place: the name (else the words there), the words, the entity where it is known."""

    name: str
    words: str
    spans: Spans
    cue: Spans = ()
    entity: Entity | None = None


@dataclass(frozen=True, slots=True)
class StatementWithPeople:
    """A statement with its people, its words and its voice; no speaker where nothing names one."""

    article: Article
    statement: Statement
    content: str
    cue: str
    speaker: PersonOfStatement | None
    addressees: tuple[PersonOfStatement, ...]
    via: tuple[PersonOfStatement, ...]
    voice: str | None


def parts_of(statement: Statement) -> StatementParts:
    """Return the places for somebody in a statement, whether or not anybody is known to stand there."""
    key = statement.id
    return StatementParts(
        StatementPart("speaker", 0, f"{key}/speaker", statement.speaker.spans),
        tuple(
            StatementPart("addressee", n, f"{key}/addressee/{n}", party.spans)
            for n, party in enumerate(statement.addressees)
        ),
        tuple(
            StatementPart("via", n, f"{key}/via/{n}", via.spans, via.cue)
            for n, via in enumerate(statement.via)
        ),
    )


def entity_ids(reading: Reading) -> dict[str, str]:
    """Return which entity each judged part is: `{"ID/speaker": "e1"}`; the last judgement holds."""
    return {
        j.subject: j.object
        for j in reading.judgements
        if j.relation == "is" and j.object is not None
    }


def identity_scores(reading: Reading) -> dict[str, float]:
    """Return how sure it is who each judged part is, 0 to 1, by its subject; the last judgement holds."""
    return {j.subject: j.score for j in reading.judgements if j.relation == "is"}


def statements_with_people(reading: Reading) -> Iterator[StatementWithPeople]:
    """Return an iterator over the statements of a reading with their people."""
    who = entity_ids(reading)
    known = {e.id: e for e in reading.entities}
    voices = {v.statement: v.voice for v in reading.voices if v.statement}
    text = reading.article.text

    def person(part: StatementPart) -> PersonOfStatement:
        entity = known.get(who.get(part.subject, ""))
        words = text_of(part.spans, text)
        return PersonOfStatement(
            entity.name if entity else words, words, part.spans, part.cue, entity
        )

    for s in reading.statements:
        parts = parts_of(s)
        speaker = person(parts.speaker)
        yield StatementWithPeople(
            reading.article,
            s,
            text_of(s.content, text),
            text_of(s.cue, text),
            speaker if speaker.name else None,
            tuple(person(a) for a in parts.addressees),
            tuple(person(v) for v in parts.via),
            voices.get(s.id),
        )
