"""Whose turn it is: speakers of quotations that nothing signs, by what stands around them.

Turns of a dialogue between dashes alternate, answers of an interview are of one person; a quotation
in a quotation belongs to who begins the clause before its colon; after a gesture (« X hoche la
tête. « … » ») its subject speaks; a participle behind a comma is the main clause's subject's; a
letter that « a été envoyée à X : » is nobody's.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from selon.reading.coref.document import DocumentToken
from selon.reading.coref.mentions import EntityCluster, MentionDraft
from selon.reading.coref.parties import Parties
from selon.reading.coref.word_lists import PeopleWords
from selon.records import Span, Statement

# A line that a dash opens is a turn.
DASH: Final = re.compile(r"^[^\S\n]*[—–][^\S\n]*(?=\S)", re.MULTILINE)
# Where the clause before a colon begins at the latest.
STOPS: Final = re.compile(r"[.!?…«“\"‘„;]")
# No more words than these are looked at before a colon.
CLAUSE: Final = 12
# Statements that may stand in the sentence before: so near.
NEAR: Final = 8
# Mentions before a turn among which somebody of the same role is sought.
CALLED: Final = 200
SURE: Final = 0.9
# What shows that a statement is an answer of an interview.
ANSWER: Final = "layout:answer"


class _Turn(NamedTuple):
    """A line of a dialogue and its statement."""

    start: int
    end: int
    statement: Statement


class _Mentions(NamedTuple):
    """All mentions in text order, with the numbers of their first words."""

    found: Sequence[MentionDraft]
    lows: Sequence[int]

    def within(self, low: int, high: int) -> list[MentionDraft]:
        """Those that begin and end in the words low … high, high not included."""
        a, b = bisect_left(self.lows, low), bisect_left(self.lows, high)
        return [m for m in self.found[a:b] if m.high <= high]


def take_turns(spoken: Parties, statements: Sequence[Statement], words: PeopleWords) -> None:
    """Set the speakers (`spoken.turns`) of statements whose own words name nobody."""
    by_id = {s.id: s for s in statements}
    mentions = _Mentions(spoken.found, [m.low for m in spoken.found])
    ordered = sorted(statements, key=lambda s: s.content[0].start)
    for n, statement in enumerate(ordered):
        if statement.speaker.spans:
            continue
        found = None
        if statement.within and not statement.cue:
            found = _inner(spoken, mentions, statement, by_id.get(statement.within))
        if found is None and statement.cue:
            found = _participle(spoken, mentions, statement)
        elif found is None and statement.form == "direct":
            near = ordered[max(0, n - NEAR) : n + NEAR]
            found = _unsent(spoken, statement) or _gesture(spoken, mentions, statement, near)
        if found is not None:
            spoken.turns[f"{statement.id}/speaker"] = found
    _interview(spoken, [s for s in ordered if ANSWER in s.why], words)
    for run in _dialogues(spoken.page.text, ordered):
        _alternate(spoken, run)


# ------------------------------------------------------------------ interviews


def _interview(spoken: Parties, answers: Sequence[Statement], words: PeopleWords) -> None:
    """Answers that nothing signs are of whom the labels name, or of the one person named above.

    Where several are named there, or nobody is, they stay without a speaker.
    """
    if not answers:
        return
    signed = [w for a in answers if (w := _speaker_of(spoken, a)) is not None]
    start = answers[0].content[0].start
    row, by = spoken.page.words, words.lists["by"]
    above = [
        m.who
        for m in spoken.found
        if m.end <= start
        and m.form == "name"
        and m.who is not None
        and m.who.kind == "person"
        and len(m.tokens) > 1
        and not (m.low and row[m.low - 1].low in by)
    ]
    known = list(dict.fromkeys(signed or above))
    verdict = (known[0], "who.interview", SURE) if len(known) == 1 else (None, "who.interview", 0.0)
    for answer in answers:
        if not answer.speaker.spans:
            spoken.turns[f"{answer.id}/speaker"] = verdict


# ------------------------------------------------------------------ dialogues


def _dialogues(text: str, ordered: Sequence[Statement]) -> Iterator[list[_Turn]]:
    """Lines on end that a dash opens and that hold statements; two at least."""
    starts = [s.content[0].start for s in ordered]
    run: list[_Turn] = []
    for match in DASH.finditer(text):
        end = text.find("\n", match.end())
        end = len(text) if end < 0 else end
        n = bisect_left(starts, match.end())
        near = n < len(starts) and starts[n] <= match.end() + 1
        if run and (not near or text[run[-1].end : match.start()].strip()):
            if len(run) > 1:
                yield run
            run = []
        if near:
            run.append(_Turn(match.start(), end, ordered[n]))
    if len(run) > 1:
        yield run


def _alternate(spoken: Parties, run: Sequence[_Turn]) -> None:
    """Turns that nothing signs are by turns of the two whom the others name."""
    for before, turn in pairwise(run):
        _part(spoken, _speaker_of(spoken, before.statement), turn.statement)
    known = [_speaker_of(spoken, t.statement) for t in run]
    both = list(dict.fromkeys(w for w in known if w is not None))
    if len(both) != 2:
        return
    first = next(n for n, who in enumerate(known) if who is not None)
    even = known[first] if first % 2 == 0 else both[0] if known[first] is both[1] else both[1]
    odd = both[1] if even is both[0] else both[0]
    if any(who not in (None, (even, odd)[n % 2]) for n, who in enumerate(known)):
        return
    for n, turn in enumerate(run):
        if not turn.statement.speaker.spans:
            spoken.turns[f"{turn.statement.id}/speaker"] = ((even, odd)[n % 2], "who.turn", SURE)


def _speaker_of(spoken: Parties, statement: Statement) -> EntityCluster | None:
    return spoken.speaker(statement) if statement.speaker.spans else None


def _part(spoken: Parties, last: EntityCluster | None, statement: Statement) -> None:
    """Nobody answers himself: « le président » after Salagnon's turn is not Salagnon."""
    subject = f"{statement.id}/speaker"
    own = spoken.parts.get(subject, ())
    if last is None or len(own) != 1 or own[0].form != "nominal" or not statement.speaker.spans:
        return
    if spoken.speaker(statement) is not last:
        return
    spoken.chosen.pop(subject, None)
    mention = own[0]
    if mention.who is not last:
        return
    last.mentions.remove(mention)
    at = bisect_left(spoken.found, mention.start, key=lambda m: m.start)
    like = [
        m.who
        for m in spoken.found[max(0, at - CALLED) : at]
        if m.core == mention.core and m.form == "nominal" and m.who not in (None, last)
    ]
    who = like[0] if like and like[0] is not None else EntityCluster(kind=mention.kind)
    if not like:
        spoken.people.append(who)
    who.add(mention, "who.turn", 0.8)


# ------------------------------------------------------------------ quotations


Verdict = tuple["EntityCluster | None", str, float]


def _inner(
    spoken: Parties, mentions: _Mentions, statement: Statement, outer: Statement | None
) -> Verdict | None:
    """« Le ministre m’a dit : “ … ” » within a quotation: whoever begins the clause."""
    text, start = spoken.page.text, statement.content[0].start
    floor = outer.content[0].start if outer is not None else 0
    colon = text.rfind(":", floor, start)
    if colon < 0 or any(c.isalnum() for c in text[colon:start]):
        return None
    begin = max((m.end() for m in STOPS.finditer(text, floor, colon)), default=floor)
    row = spoken.page.words
    low = bisect_left(row, begin, key=lambda w: w.start)
    high = bisect_left(row, colon, key=lambda w: w.start)
    if not 1 < high - low <= CLAUSE:
        return None
    held = [m for m in mentions.within(low, high) if m.who is not None]
    heads = [m for m in held if m.low == low and m.high < high and m.form != "pronoun"]
    best = max(heads, key=lambda m: m.high, default=None)
    if best is None or any(m.form == "name" and m.low > best.high for m in held if _human(m)):
        return None
    return best.who, "who.inner", 0.8


def _gesture(
    spoken: Parties, mentions: _Mentions, statement: Statement, near: Sequence[Statement]
) -> Verdict | None:
    """« X hoche la tête. « … » »: the subject of the sentence right before, where it tells of
    nobody else, or begins with a pronoun (« Il pense à Y. »)."""
    row = spoken.page.words
    at = bisect_left(row, statement.content[0].start, key=lambda w: w.start)
    if statement.cue or not 0 < at < len(row):
        return None
    here = row[at].sentence
    before = [n for n in range(max(0, at - 60), at) if row[n].sentence == here - 1]
    if not before or row[before[0]].paragraph != row[at].paragraph:
        return None
    span = Span(row[before[0]].start, row[before[-1]].end)
    if any(s.meets(span) for one in near for s in (*one.content, *one.cue)):
        return None
    subject = _subject(spoken, mentions, before)
    if subject is None or subject.who is None or subject.who.number == "p":
        return None
    others = {m.who for m in mentions.within(before[0], before[-1] + 1) if _human(m)}
    if subject.form != "pronoun" and others - {subject.who}:
        return None
    return subject.who, "who.gesture", 0.8


def _human(mention: MentionDraft) -> bool:
    return mention.who is not None and mention.who.kind in ("person", "name", "group")


def _subject(spoken: Parties, mentions: _Mentions, sentence: Sequence[int]) -> MentionDraft | None:
    """The person who is the active subject of a sentence's main verb."""
    row = spoken.page.words
    for n in sentence:
        word = row[n]
        if word.dep != "nsubj" or not _root(row, word.head):
            continue
        inside = mentions.within(sentence[0], sentence[-1] + 1)
        held = [m for m in inside if m.head == n or (m.low <= n < m.high and m.form == "name")]
        people = [m for m in held if m.who is not None and m.who.kind in ("person", "name")]
        return max(people, key=lambda m: (m.form == "name", m.high - m.low), default=None)
    return None


def _root(row: Sequence[DocumentToken], at: int) -> bool:
    return 0 <= at < len(row) and row[at].dep.lower() == "root"


def _participle(spoken: Parties, mentions: _Mentions, statement: Statement) -> Verdict | None:
    """« La Cour a libéré X, jugeant que … »: behind a comma the main clause's subject speaks."""
    row = spoken.page.words
    at = bisect_left(row, statement.cue[0].start, key=lambda w: w.start)
    if not 0 < at < len(row) or row[at].dep.split(":")[0] not in ("advcl", "acl"):
        return None
    if row[at - 1].text != "," or row[at].pos != "VERB":
        return None
    here = [n for n in range(max(0, at - 60), at) if row[n].sentence == row[at].sentence]
    for n in here:
        if row[n].dep.startswith("nsubj") and _root(row, row[n].head):
            held = [m for m in mentions.within(here[0], at) if m.head == n and m.who is not None]
            if held:
                best = max(held, key=lambda m: m.high - m.low)
                return best.who, "who.participle", 0.85
    return None


def _unsent(spoken: Parties, statement: Statement) -> Verdict | None:
    """« Une lettre a été envoyée à X : » and the quotation below it: nobody says who wrote it."""
    text, row = spoken.page.text, spoken.page.words
    start = statement.content[0].start
    colon = text.rfind(":", 0, start)
    gap = text[colon + 1 : start]
    if colon < 0 or "\n" not in gap or any(c.isalnum() for c in gap):
        return None
    at = bisect_left(row, colon, key=lambda w: w.start)
    line = [w for w in row[max(0, at - 40) : at] if w.sentence == row[at - 1].sentence]
    passive = any(w.dep in ("nsubj:pass", "nsubjpass") and _root(row, w.head) for w in line)
    # « … a été publié par la préfecture : »
    passive = passive and not any(w.dep in ("obl:agent", "agent") for w in line)
    return (None, "who.passive", 0.0) if passive else None
