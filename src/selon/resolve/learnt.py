"""Who speaks, as a learnt reader sees it: the places of the article where it finds the name."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from selon.records import Antecedent, Span, Spans, Statement
from selon.resolve.describing import description_at
from selon.resolve.mentions import Found, Who, merge
from selon.resolve.parties import Parties
from selon.resolve.words import PeopleWords

# Of all chances, the share from which somebody is believed to be the speaker.
BELIEVED: Final = 0.3
# What whoever spoke last has before where no words name the speaker.
CARRIED: Final = 0.3
POINTED: Final = 0.2
# Of the chances in the speaker's own words, what a name in them has if it is the speaker's.
NEARLY: Final = 0.67
# What the rules' own finding adds.
FOUND: Final = 0.25
# … from which a description means somebody else than the rules say, and a name.
DESCRIBED: Final = 0.4
NAMED: Final = 0.95
# … from which a description elsewhere in the article is the same person too.
JOINED: Final = 0.6
# Rules by which a description is somebody's of whom the text has spoken.
GUESSED: Final = ("who.role", "who.generic", "who.is")
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
        """The shortest mention that holds a place."""
        end = bisect_left(self.starts, span.start + 1)
        holding = [
            m
            for m in self.mentions[max(0, end - NEAR) : end]
            if m.end >= span.end and m.who is not None
        ]
        return min(holding, key=lambda m: m.end - m.start, default=None)


def choose_speakers(
    spoken: Parties,
    statements: Sequence[Statement],
    antecedents: Mapping[str, Sequence[Antecedent]],
    words: PeopleWords,
) -> None:
    """Set for each statement whom the reader sees as its speaker; what it doubts is left as it is."""
    last: dict[str | None, Who] = {}
    shown = _places(spoken)
    for statement in sorted(statements, key=lambda s: s.content[0].start):
        found = antecedents.get(statement.id, ())
        if not statement.speaker.spans:
            # Nobody is named by what he says himself.
            found = [a for a in found if not any(c.holds(a.span) for c in statement.content)]
        subject = f"{statement.id}/speaker"
        own = spoken.parts.get(subject, ())
        known = len(spoken.found)
        best, share = _chosen(spoken, statement, (found, own, shown), words, last)
        if best is not None:
            spoken.chosen[subject] = (best, min(1.0, share))
            _join(spoken, own, best, share)
        who = best or (own[0].who if own else None)
        if who is not None:
            last[statement.within] = who
        if len(spoken.found) > known:
            shown = _places(spoken)


def _chosen(
    spoken: Parties,
    statement: Statement,
    seen: tuple[Sequence[Antecedent], Sequence[Found], _Places],
    words: PeopleWords,
    last: Mapping[str | None, Who],
) -> tuple[Who | None, float]:
    """Whom the reader sees as a statement's speaker, with the share; nobody where it doubts."""
    found, own, shown = seen
    if not found:
        return None, 0.0
    shares, itself = _agreeing(*_shares(shown, found, own, statement.speaker.spans), own)
    before = last.get(statement.within)
    points = len(own) == 1 and own[0].form == "pronoun"
    if before in shares and (not own or (points and _agrees(own[0], before))):
        shares[before] += CARRIED if not own else POINTED
    best = max(shares, key=lambda who: shares[who], default=None)
    share = shares[best] if best is not None else 0.0
    if itself >= max(share, BELIEVED):
        if len(own) == 1:
            _part(spoken, own[0])
        return None, 0.0
    if best is None or share < BELIEVED:
        best, share = _unheard_of(spoken, found, shown, words)
    inside = best is not None and _inside(best, statement.speaker.spans)
    if best is None or (share < _needed(own, best) and not inside):
        return None, 0.0
    return best, share


def _needed(own: Sequence[Found], best: Who) -> float:
    """The share from which the reader is believed rather than the speaker's own words."""
    if not own:
        return BELIEVED
    if len(own) > 1 or any(m.form == "name" for m in own):
        return NAMED
    who = own[0].who
    if own[0].form == "pronoun" or who is None:
        return BELIEVED
    other = best.roles and own[0].core and own[0].traits
    if other and own[0].core not in {core for core, _ in best.roles}:
        # « le secrétaire du Conseil » is hardly « le chef du renseignement », whatever the reader says.
        return NAMED
    # « la maire, Solange Arbois »: a name stands in the words themselves.
    inside = [m for m in who.mentions if m.form == "name" and _within(m, own[0])]
    return NAMED if inside else DESCRIBED


def _inside(who: Who, words: Spans) -> bool:
    """Whether somebody is named in the speaker's own words."""
    return any(
        m.form == "name" and w.start <= m.start and m.end <= w.end
        for m in who.mentions
        for w in words
    )


def _within(name: Found, words: Found) -> bool:
    return words.start <= name.start <= words.end + NEAR


def _places(spoken: Parties) -> _Places:
    mentions = sorted(
        (m for m in spoken.found if m.form != "pronoun"), key=lambda m: (m.start, -m.end)
    )
    return _Places(mentions, [m.start for m in mentions])


def _shares(
    shown: _Places, found: Iterable[Antecedent], own: Sequence[Found], words: Spans
) -> tuple[dict[Who, float], float]:
    """Of each person the chances of all the places where it is named, together; and of the
    speaker's own words.

    « Le président du Karzan » is not the Karzan that stands in it, but « le porte-parole, le colonel
    Idrissa Tiendré » is who is named there: the name alone has nearly all of the chances.
    """
    shares: dict[Who, float] = {}
    inner: dict[Who, float] = {}
    itself = 0.0
    for one in found:
        inside = bool(own) and any(w.holds(one.span) for w in words)
        mention = shown.at(one.span)
        who = mention.who if mention is not None else None
        named = mention is not None and mention.form == "name" and not _complement(mention, own)
        if inside and who is not None and named:
            inner[who] = inner.get(who, 0.0) + one.chance
        elif inside:
            itself += one.chance
        elif who is not None:
            shares[who] = shares.get(who, 0.0) + one.chance
    best = max(inner, key=lambda who: inner[who], default=None)
    if best is not None and inner[best] >= NEARLY * (itself + sum(inner.values())):
        shares[best] = shares.get(best, 0.0) + itself + sum(inner.values())
        return shares, 0.0
    return shares, itself + sum(inner.values())


def _complement(mention: Found, own: Sequence[Found]) -> bool:
    """Whether a name only narrows the speaker's description: « le président du Karzan »."""
    if not own:
        return False
    words = own[0]
    narrows = words.low < mention.low and mention.high <= words.high and mention.low > words.head
    owns = words.low <= mention.low and mention.high <= words.head
    return words.form == "nominal" and mention.who is not words.who and (narrows or owns)


def _agreeing(
    shares: dict[Who, float], itself: float, own: Sequence[Found]
) -> tuple[dict[Who, float], float]:
    """The shares of those who agree with the speaker's words in gender and number, scaled to what
    is left; whom the rules have found for these words has a little more."""
    if len(own) != 1:
        return shares, itself
    words = own[0]
    kept = {who: share for who, share in shares.items() if _agrees(words, who)}
    left = 1.0 - sum(shares.values()) + sum(kept.values())
    scaled = {who: share / left for who, share in kept.items()} if left > 0 else {}
    if words.who is not None and words.form != "name":
        scaled[words.who] = scaled.get(words.who, 0.0) + FOUND
    return scaled, itself / left if left > 0 else itself


def _agrees(words: Found, who: Who) -> bool:
    if words.number and who.number and words.number != who.number:
        return False
    one = who.kind in ("person", "name") and words.kind == "person"
    return not (one and words.gender and who.gender and words.gender != who.gender)


def _part(spoken: Parties, own: Found) -> None:
    """A description that the reader takes for somebody new is nobody's whom the rules guessed."""
    who = own.who
    named = who is not None and any(m.form == "name" and not _within(m, own) for m in who.mentions)
    if who is None or not named or own.rule not in GUESSED or len(who.mentions) < 2:
        return
    who.mentions.remove(own)
    fresh = Who(kind=own.kind)
    fresh.add(own, "who.description", own.score)
    spoken.people.append(fresh)


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


def _join(spoken: Parties, own: Sequence[Found], best: Who, share: float) -> None:
    """The speaker's own words mean whoever it is; an unnamed description with all its others."""
    if len(own) != 1:
        return
    mention = own[0]
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
