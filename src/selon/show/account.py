"""What a reader wants to know of each statement: who, says, to whom, when, through whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from selon.records import VOICES, Article, Reading, Span, Spans, Statement, VoiceName
from selon.spans import GAP
from selon.statement_people import StatementPart, entity_ids, parts_of

MAX_DEPTH: Final = 12
"""Statements around a statement that its chain goes through."""
MAX_SPAN_CHARS: Final = 2000
"""Characters of a span that an account may hold."""
NAMES: Final[dict[VoiceName, str]] = {
    "outlet": "the outlet",
    "quoted": "quoted",
    "reported": "reported",
    "hedged": "hearsay",
    "scare": "scare quotes",
}
"""What each voice is called (message ids of the catalogue)."""

FORMS: Final = {
    "direct": "direct speech",
    "indirect": "indirect speech",
    "mixed": "indirect speech with words quoted",
    "narrated": "told in summary",
}
STANCES: Final = {"conditional": "in the conditional", "negated": "not said (negated)"}
"""What each form, and each stance that is no plain assertion, is called."""
EXCERPT_CHARS: Final = 420
"""Characters of a content that a card shows at once."""


@dataclass(frozen=True, slots=True)
class PersonShown:
    """A party as shown: the name it is known by, and the words that stand for it at this place."""

    name: str = ""
    words: str = ""

    @property
    def label(self) -> str:
        """The name, else the words, else nothing."""
        return self.name or self.words


@dataclass(frozen=True, slots=True)
class AccountEntry:
    """One statement as shown; `chain` goes from the speaker through each relay, without the outlet.

    `number` counts from 1 in the order of the text; `voice` is the one that its form and stance
    make it speak with.
    """

    number: int
    statement: Statement
    who: PersonShown
    to: tuple[PersonShown, ...]
    via: tuple[PersonShown, ...]
    chain: tuple[PersonShown, ...]
    cue: str
    content: str
    voice: VoiceName


def entries(reading: Reading) -> tuple[AccountEntry, ...]:
    """The statements of a reading in the order of the text, the longer first where two begin."""
    text = reading.article.text
    parties = _Parties(reading)
    ordered = sorted(reading.statements, key=lambda s: _place(s, len(text)))
    return tuple(
        AccountEntry(
            number=number,
            statement=s,
            who=parties.speaker(s),
            to=parties.addressees(s),
            via=parties.relays(s),
            chain=parties.chain(s),
            cue=words(text, s.cue),
            content=words(text, s.content),
            voice=_voice(s),
        )
        for number, s in enumerate(ordered, 1)
    )


def words(text: str, spans: Iterable[Span]) -> str:
    """The words of some spans, on one line, with `[…]` for what lies between them.

    Of a very long span only the beginning is taken: it is to be shown, not to be kept.
    """
    starts = (text[s.start : min(s.end, s.start + MAX_SPAN_CHARS)] for s in within(text, spans))
    return GAP.join(line for start in starts if (line := " ".join(start.split())))


def within(text: str, spans: Iterable[Span]) -> Spans:
    """The spans that are a stretch of the text; a foreign record may hold others."""
    return tuple(s for s in spans if 0 <= s.start < s.end <= len(text))


def shares(reading: Reading) -> dict[VoiceName, float]:
    """The share of the text's characters that each voice has, 0 to 1; empty without a map."""
    text = reading.article.text
    if not text or not reading.voices:
        return {}
    counts: dict[VoiceName, int] = dict.fromkeys(VOICES, 0)
    for voice in reading.voices:
        for span in within(text, (voice.span,)):
            counts[voice.voice] += span.end - span.start
    counts["outlet"] += max(0, len(text) - sum(counts.values()))
    whole = sum(counts.values())
    return {voice: count / whole for voice, count in counts.items() if count}


def percentages(parts: Mapping[VoiceName, float]) -> dict[VoiceName, int]:
    """Whole percentages that add up to 100 (largest remainder)."""
    floors = {voice: int(part * 100) for voice, part in parts.items()}
    short = 100 - sum(floors.values()) if parts else 0
    for voice in sorted(parts, key=lambda v: floors[v] - parts[v] * 100)[:short]:
        floors[voice] += 1
    return floors


def _place(statement: Statement, end: int) -> tuple[int, int]:
    spans = statement.content or statement.cue or statement.speaker.spans
    if not spans:
        return end, 0
    return min(s.start for s in spans), -max(s.end for s in spans)


def _voice(statement: Statement) -> VoiceName:
    if statement.stance == "conditional":
        return "hedged"
    return "quoted" if statement.form == "direct" else "reported"


class _Parties:
    """Who stands at each part of the statements of one reading."""

    def __init__(self, reading: Reading) -> None:
        self.text = reading.article.text
        self.known = entity_ids(reading)
        self.names = {e.id: e.name for e in reading.entities}
        self.statements = {s.id: s for s in reading.statements}

    def _who(self, part: StatementPart) -> PersonShown:
        name = self.names.get(self.known.get(part.subject, ""), "")
        return PersonShown(" ".join(name.split()), words(self.text, part.spans))

    def speaker(self, s: Statement) -> PersonShown:
        return self._who(parts_of(s).speaker)

    def addressees(self, s: Statement) -> tuple[PersonShown, ...]:
        return tuple(self._who(part) for part in parts_of(s).addressees)

    def relays(self, s: Statement) -> tuple[PersonShown, ...]:
        return tuple(self._who(part) for part in parts_of(s).via)

    def chain(self, s: Statement) -> tuple[PersonShown, ...]:
        """The speaker, its relays, then the speakers and relays of the statements around it."""
        links: list[PersonShown] = []
        seen: set[str] = set()
        around: Statement | None = s
        while around is not None and around.id not in seen and len(seen) < MAX_DEPTH:
            seen.add(around.id)
            links += [self.speaker(around), *self.relays(around)]
            around = self.statements.get(around.within or "")
        told: list[PersonShown] = []
        for link in links:
            # One who relays his own words is named once.
            if not told or not link.label or link.label != told[-1].label:
                told.append(link)
        return tuple(told)


def title(article: Article) -> str:
    """What an article is called: its title, else its first words, else its id."""
    said = " ".join((article.title or article.text.lstrip()[:200].split("\n")[0]).split())
    return said or article.id


def excerpt(entry: AccountEntry) -> str:
    """The beginning of a content, cut between words; all of it where it is short."""
    content = entry.content
    return content[:EXCERPT_CHARS].rsplit(" ", 1)[0] if len(content) > EXCERPT_CHARS else content
