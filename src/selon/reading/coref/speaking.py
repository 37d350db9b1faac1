"""What speaks for and against somebody as a statement's speaker: signs with names, weighed by a table.

A sign is a word that a reader understands: `none.last` (no words name the speaker, and this is who
spoke last), `nominal.share.3` (a description, and the learnt reader's chances for this name are
between .3 and .45). The weights are learnt (`selon.learn.speakers`) and stand in
`data/speakers.tsv`; the signs are of no language.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal, NamedTuple

from selon.reading.coref.document import DocumentTokens
from selon.reading.coref.mentions import ORGANISED, EntityCluster, MentionDraft
from selon.records import Span, Statement

# The corners of the bins that a share of the reader's chances falls into.
BINS: Final = (0.02, 0.05, 0.1, 0.2, 0.3, 0.45, 0.6, 0.8, 0.95)
# A mention as far from the statement as this many sentences is as good as any further one.
FAR: Final = 6
# Mentions looked at on either side of a statement.
LOOKED: Final = 40
FORMS: Final = ("none", "pronoun", "nominal", "name", "several", "words")

# `who`: somebody of the article; `own`: what the rules made of several joined speakers; `itself`:
# the description alone, and nobody the rules guessed; `fresh`: words no rule takes for a mention;
# `nobody`: no one is named.
Sort = Literal["who", "own", "itself", "fresh", "nobody"]


@dataclass(slots=True, eq=False)
class Option:
    """Somebody who may be a statement's speaker, with the reader's share for it: elsewhere in the
    article, and `itself` in the speaker's own words.
    """

    sort: Sort
    who: EntityCluster | None
    share: float = 0.0
    itself: float = 0.0
    place: Span | None = None
    signs: tuple[str, ...] = ()


@dataclass(slots=True, eq=False)
class Course:
    """What is known of the statements around while the article is read.

    `last` has by level who spoke last, `outer` by statement id who speaks there, `often` the
    share of all statements' chances that somebody has, `said` how often somebody spoke.
    """

    page: DocumentTokens
    last: dict[str | None, EntityCluster] = field(default_factory=dict)
    where: dict[str | None, int] = field(default_factory=dict)
    outer: dict[str, EntityCluster] = field(default_factory=dict)
    often: dict[EntityCluster, float] = field(default_factory=dict)
    said: dict[EntityCluster, int] = field(default_factory=dict)
    ahead: dict[str, EntityCluster] = field(default_factory=dict)
    across: dict[str, frozenset[EntityCluster]] = field(default_factory=dict)
    ordered: dict[EntityCluster, list[MentionDraft]] = field(default_factory=dict)

    def near(self, who: EntityCluster, at: int) -> list[MentionDraft]:
        """The mentions of somebody around a place, in text order, however many there are."""
        row = self.ordered.get(who)
        if row is None or len(row) != len(who.mentions):
            row = self.ordered[who] = sorted(who.mentions, key=lambda m: m.start)
        here = bisect_left(row, at, key=lambda m: m.start)
        return row[max(0, here - LOOKED) : here + LOOKED]

    def speaks(self, statement: Statement, who: EntityCluster) -> None:
        """Take note of who speaks in a statement."""
        self.last[statement.within] = self.outer[statement.id] = who
        self.where[statement.within] = _paragraph(self.page, statement.content[-1].start)
        self.said[who] = self.said.get(who, 0) + 1

    def replace(self, old: EntityCluster, new: EntityCluster) -> None:
        """Somebody is found to be another."""
        for level in [level for level, who in self.last.items() if who is old]:
            self.last[level] = new
        for by in (self.outer, self.ahead):
            for key in [key for key, who in by.items() if who is old]:
                by[key] = new
        if old in self.often:
            self.often[new] = self.often.get(new, 0.0) + self.often.pop(old)
        if old in self.said:
            self.said[new] = self.said.get(new, 0) + self.said.pop(old)


class Setting(NamedTuple):
    """A statement with the mentions in its speaker's own words, and what is known around it."""

    statement: Statement
    own: Sequence[MentionDraft]
    course: Course


def form_of(statement: Statement, own: Sequence[MentionDraft]) -> str:
    """How the speaker stands in the text: none, pronoun, nominal, name, several, words."""
    if not statement.speaker.spans:
        return "none"
    if not own:
        return "words"
    if len(own) > 1:
        return "several"
    return own[0].form


def signs(option: Option, setting: Setting, rank: int) -> Iterator[str]:
    """The signs of one option, each by its name: as such, and for how the speaker stands there."""
    statement, own, _ = setting
    form = form_of(statement, own)
    if option.sort == "who" and option.who is not None:
        for sign in _signs(option, option.who, setting, rank):
            yield sign
            yield f"{form}.{sign}"
        return
    yield f"{form}.{option.sort}"
    for step in range(_bin(option.share)):
        yield f"{form}.{option.sort}.share.{BINS[step]}"
    for step in range(_bin(option.itself)):
        yield f"{form}.{option.sort}.itself.{BINS[step]}"
    if option.sort == "nobody" and statement.cue:
        yield f"{form}.nobody.cue"


def _signs(option: Option, who: EntityCluster, setting: Setting, rank: int) -> Iterator[str]:
    statement, own, course = setting
    yield "who"
    # Each corner that is passed counts by itself: what is learnt of little holds of more.
    for step in range(_bin(option.share)):
        yield f"share.{BINS[step]}"
    for step in range(_bin(option.itself)):
        yield f"itself.{BINS[step]}"
    yield f"rank.{min(rank, 3)}"
    yield f"kind.{_kind(who)}"
    if who.named:
        yield "named"
    yield from _rule_features(who, own)
    yield from _neighbour_features(who, statement, course)
    yield from _standing(who, statement, own, course)


def _bin(share: float) -> int:
    return bisect_right(BINS, share)


def _kind(who: EntityCluster) -> str:
    if who.kind == "person":
        return "people" if who.number == "p" else "person"
    return "body" if who.kind in ORGANISED else who.kind


def _rule_features(who: EntityCluster, own: Sequence[MentionDraft]) -> Iterator[str]:
    """What the rules made of the speaker's own words, and whether those agree."""
    if len(own) != 1:
        return
    words = own[0]
    if words.who is who:
        yield "found"
        yield f"found.{words.rule}"
        if words.form == "nominal":
            inside = any(
                m.form == "name" and words.start <= m.start <= words.end + 40 for m in who.mentions
            )
            yield f"found.{'named-here' if inside else 'named' if who.named else 'bare'}"
            if len(who.mentions) == 1:
                yield "found.alone"
        if words.form == "pronoun":
            for step in range(_bin(words.score)):
                yield f"found.{BINS[step]}"
        return
    if words.number and who.number and (words.number != who.number):
        yield "number.clash"
    if words.gender and who.gender:
        same = words.gender == who.gender
        yield f"gender.{'same' if same else 'clash'}"
        if who.firm:
            yield f"gender.{'same' if same else 'clash'}.sure"
    if words.form == "name" and words.tokens and any(words.tokens[-1] in n for n in who.names):
        yield "name.shared"
    if words.form == "nominal":
        if words.kind != who.kind:
            yield "other.kind"
        cores = {core for core, _ in who.roles}
        if words.core and words.core in cores:
            yield "same.core"
        elif cores:
            yield "other.core"
        if words.traits & {t for _, traits in who.roles for t in traits}:
            yield "same.traits"
        yield f"det.{words.det}"


def _neighbour_features(who: EntityCluster, statement: Statement, course: Course) -> Iterator[str]:
    """Who speaks before, after, around."""
    here = _paragraph(course.page, statement.content[0].start)
    level = statement.within
    if course.last.get(level) is who:
        away = here - course.where.get(level, here)
        yield "last"
        if away < 2:
            yield "last.near"
        if away < 1:
            yield "last.here"
        if not statement.cue:
            yield "last.no-cue"
    elif who in course.said:
        yield "spoke"
    if course.ahead.get(statement.id) is who:
        yield "ahead"
        if not statement.cue:
            yield "ahead.no-cue"
    if level is not None and course.outer.get(level) is who:
        yield "outer"
    if who in course.across.get(statement.id, ()):
        yield "across"
    for step in range(_bin(course.often.get(who, 0.0))):
        yield f"often.{BINS[step]}"


def _standing(
    who: EntityCluster, statement: Statement, own: Sequence[MentionDraft], course: Course
) -> Iterator[str]:
    """Where somebody is mentioned: how near, before or after, within what is said."""
    page = course.page
    anchor = statement.speaker.spans or statement.cue or statement.content
    at = anchor[0].start
    here = _sentence(page, at)
    mentions = [m for m in course.near(who, at) if m not in own]
    inside = [m for m in mentions if any(c.start <= m.start < c.end for c in statement.content)]
    if any(m.form == "name" for m in inside):
        yield "in.content"
    outside = [m for m in mentions if m not in inside]
    before = [m for m in outside if m.start < at]
    if before:
        near = max(before, key=lambda m: m.start)
        word = page.words[near.head]
        for step in range(min(FAR, here - word.sentence)):
            yield f"before.{step}"
        if word.dep.startswith("nsubj"):
            yield "before.subject"
        if near.inner:
            yield "before.inner"
        if word.quote >= 0:
            yield "before.quoted"
        if near.form == "pronoun":
            yield "before.pronoun"
    elif outside:
        yield "after"
        near = min(outside, key=lambda m: m.start)
        if page.words[near.head].sentence - here <= 1:
            yield "after.near"
        if page.words[near.head].dep.startswith("nsubj"):
            yield "after.subject"
    else:
        yield "nowhere"
    for count in range(1, min(5, len(outside))):
        yield f"mentions.{count}"


def _word(page: DocumentTokens, at: int) -> int:
    return min(len(page.words) - 1, bisect_left(page.words, at, key=lambda w: w.start))


def _sentence(page: DocumentTokens, at: int) -> int:
    return page.words[_word(page, at)].sentence if page.words else 0


def _paragraph(page: DocumentTokens, at: int) -> int:
    return page.words[_word(page, at)].paragraph if page.words else 0


def weigh(options: Sequence[Option], weights: Mapping[str, float]) -> list[float]:
    """The share of belief of each option; the shares add up to one."""
    sums = [sum(weights.get(sign, 0.0) for sign in option.signs) for option in options]
    top = max(sums, default=0.0)
    powers = [math.exp(s - top) for s in sums]
    whole = sum(powers)
    return [p / whole for p in powers]
