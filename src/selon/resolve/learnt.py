"""Who speaks, as a learnt reader sees it: the places of the article where it finds the name."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from selon.records import Antecedent, Span, Statement
from selon.resolve.describing import description_at
from selon.resolve.mentions import Found, Who, merge
from selon.resolve.parties import Parties
from selon.resolve.words import PeopleWords

# Of all chances, the share from which somebody is believed to be the speaker.
BELIEVED: Final = 0.3
# … from which a description means somebody else than the rules say, and a name.
DESCRIBED: Final = 0.4
NAMED: Final = 0.95
# … from which a description elsewhere in the article is the same person too.
JOINED: Final = 0.6
# A name of words that stand so near one another is one name.
GAP: Final = 2
# Mentions looked at before a place: none is longer than so many words.
NEAR: Final = 40


@dataclass(frozen=True, slots=True)
class _Places:
    """The mentions that name or describe, in text order."""

    mentions: list[Found]
    starts: list[int]

    def at(self, span: Span) -> Found | None:
        """The shortest mention of somebody that holds a place."""
        end = bisect_left(self.starts, span.start + 1)
        holding = [
            m
            for m in self.mentions[max(0, end - NEAR) : end]
            if m.end >= span.end and m.who is not None
        ]
        named = [m for m in holding if m.form == "name"] or holding
        return min(named, key=lambda m: m.end - m.start, default=None)


def choose_speakers(
    spoken: Parties,
    statements: Sequence[Statement],
    antecedents: Mapping[str, Sequence[Antecedent]],
    words: PeopleWords,
) -> None:
    """Set for each statement whom the reader sees as its speaker; what it doubts is left as it is."""
    for statement in statements:
        found = antecedents.get(statement.id, ())
        if not found:
            continue
        shown = _places(spoken)
        shares = _shares(shown, found)
        best = max(shares, key=lambda who: shares[who], default=None)
        subject = f"{statement.id}/speaker"
        if best is None or shares[best] < BELIEVED:
            best, share = _unheard_of(spoken, found, shown, words)
        else:
            share = shares[best]
        if best is None or share < _needed(spoken, subject):
            continue
        spoken.chosen[subject] = (best, min(1.0, share))
        _join(spoken, subject, best, share)


def _needed(spoken: Parties, subject: str) -> float:
    """The share from which the reader is believed rather than the speaker's own words."""
    mentions = spoken.parts.get(subject, ())
    if not mentions:
        return BELIEVED
    if len(mentions) > 1 or any(m.form == "name" for m in mentions):
        return NAMED
    who = mentions[0].who
    if mentions[0].form == "pronoun" or who is None:
        return BELIEVED
    # « la maire, Solange Arbois »: a name stands in the words themselves.
    inside = [m for m in who.mentions if m.form == "name" and _within(m, mentions[0])]
    return NAMED if inside else DESCRIBED


def _within(name: Found, words: Found) -> bool:
    return words.start <= name.start <= words.end + NEAR


def _places(spoken: Parties) -> _Places:
    mentions = sorted(
        (m for m in spoken.found if m.form != "pronoun"), key=lambda m: (m.start, -m.end)
    )
    return _Places(mentions, [m.start for m in mentions])


def _shares(shown: _Places, found: Iterable[Antecedent]) -> dict[Who, float]:
    """Of each person the chances of all the places where it is named, together."""
    shares: dict[Who, float] = {}
    for one in found:
        mention = shown.at(one.span)
        if mention is not None and mention.who is not None:
            shares[mention.who] = shares.get(mention.who, 0.0) + one.chance
    return shares


def _unheard_of(
    spoken: Parties, found: Sequence[Antecedent], shown: _Places, words: PeopleWords
) -> tuple[Who | None, float]:
    """Somebody whom no rule has taken for a mention: the words of the likeliest place."""
    free = [one for one in found if shown.at(one.span) is None]
    runs: list[tuple[Span, float]] = []
    for one in sorted(free, key=lambda a: a.span):
        if runs and one.span.start - runs[-1][0].end <= GAP:
            runs[-1] = (Span(runs[-1][0].start, one.span.end), runs[-1][1] + one.chance)
        else:
            runs.append((one.span, one.chance))
    if not runs or sum(chance for _, chance in runs) < BELIEVED:
        return None, 0.0
    span, share = max(runs, key=lambda run: run[1])
    mention = description_at(spoken.page, span, words)
    if mention is None:
        return None, 0.0
    who = Who(kind=mention.kind)
    who.add(mention, "who.learnt", share)
    spoken.found.append(mention)
    spoken.people.append(who)
    return who, share


def _join(spoken: Parties, subject: str, best: Who, share: float) -> None:
    """The speaker's own words mean whoever it is; an unnamed description with all its others."""
    mentions = spoken.parts.get(subject, ())
    if len(mentions) != 1:
        return
    mention = mentions[0]
    old = mention.who
    if old is best:
        return
    if mention.form == "pronoun":
        if old is not None and mention in old.mentions:
            old.mentions.remove(mention)
        best.add(mention, "who.learnt", share)
    elif mention.form == "nominal" and old is not None and not old.named and share >= JOINED:
        merge(best, old)
        spoken.people = [w for w in spoken.people if w.mentions]
        for part, (who, chance) in spoken.chosen.items():
            if who is old:
                spoken.chosen[part] = (best, chance)

