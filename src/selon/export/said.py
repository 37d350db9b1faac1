"""A statement with its people, as exporters need it: who, in whose words, in whose voice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from selon.contract import entity_ids
from selon.names import fold
from selon.records import Article, Entity, Reading, Spans, Statement

GAP: Final = " […] "
# What XML 1.0 cannot hold, not even escaped; one sign for each, so that places stay.
_NO_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NO_NAME: Final = re.compile(r"[^A-Za-z0-9.-]+")


@dataclass(frozen=True, slots=True)
class PersonOfStatement:
    """Somebody at one place: the name, the words there, the entity where it is known."""

    name: str
    words: str
    spans: Spans
    cue: Spans = ()
    entity: Entity | None = None


@dataclass(frozen=True, slots=True)
class StatementWithPeople:
    """A statement with its people, its words and its voice."""

    article: Article
    statement: Statement
    content: str
    cue: str
    speaker: PersonOfStatement | None
    addressees: tuple[PersonOfStatement, ...]
    via: tuple[PersonOfStatement, ...]
    voice: str | None


def words(spans: Spans, text: str) -> str:
    """What the spans say."""
    return GAP.join(s.of(text) for s in spans)


def statements_with_people(reading: Reading) -> Iterator[StatementWithPeople]:
    """The statements of a reading with their people."""
    who = entity_ids(reading)
    known = {e.id: e for e in reading.entities}
    voices = {v.statement: v.voice for v in reading.voices if v.statement}
    text = reading.article.text

    def somebody(subject: str, spans: Spans, cue: Spans = ()) -> PersonOfStatement:
        entity = known.get(who.get(subject, ""))
        shown = words(spans, text)
        return PersonOfStatement(entity.name if entity else shown, shown, spans, cue, entity)

    for s in reading.statements:
        speaker = somebody(f"{s.id}/speaker", s.speaker.spans)
        yield StatementWithPeople(
            reading.article,
            s,
            words(s.content, text),
            words(s.cue, text),
            speaker if speaker.name else None,
            tuple(somebody(f"{s.id}/addressee/{n}", a.spans) for n, a in enumerate(s.addressees)),
            tuple(somebody(f"{s.id}/via/{n}", v.spans, v.cue) for n, v in enumerate(s.via)),
            voices.get(s.id),
        )


def identifier(article: Article, entity: Entity) -> str:
    """One id for one person or body: the library's; outside of one, the article's own."""
    return entity.key or entity.kb or f"{article.id}#{entity.id}"


def role(entity: Entity) -> str | None:
    """What the article says that somebody is, as it says it there first; of no name, what it is called."""
    if entity.roles:
        return entity.roles[0]
    return entity.name if entity.kind == "someone" else None


def for_xml(text: str) -> str:
    """The text with U+FFFD for each character that XML cannot hold: same length."""
    return _NO_XML.sub("\ufffd", text)


def for_name(words: str | None) -> str:
    """Words as a name of ASCII letters, digits, `-` and `.`; never empty."""
    return _NO_NAME.sub("_", words or "").strip("_.-")[:60] or "x"


def plain_name(words: str | None) -> str:
    """A name without blanks or accents, its words joined: `ZelieCoeurdeloup`; maybe empty."""
    return "".join(w.capitalize() for w in fold(words or "").split())
