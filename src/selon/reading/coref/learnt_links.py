"""Who speaks, as a learnt reader sees it: the places of the article where it finds the name.

The reader gives each place of the article a chance that the speaker is named there. Whoever is
mentioned at such places, whom the rules have found, and who speaks before and after are weighed
against one another by their signs (`speaking`).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from selon.reading.coref.descriptions import description_at
from selon.reading.coref.mentions import ORGANISED, EntityCluster, MentionDraft, merge
from selon.reading.coref.parties import Parties
from selon.reading.coref.speaking import Course, Option, Setting, signs, weigh
from selon.reading.coref.word_lists import PeopleWords
from selon.records import Antecedent, Span, Spans, Statement

# Below this share of belief the speaker stays as the rules have it.
SURE: Final = 0.2
# … from which a description elsewhere in the article is the same person too.
JOINED: Final = 0.6
# Rules by which a description is somebody's of whom the text has spoken.
GUESSED: Final = ("who.role", "who.generic", "who.is", "who.ahead")
# A name of words that stand so near one another is one name.
GAP: Final = 2
# Mentions looked at before a place: none is longer than so many words.
NEAR: Final = 40
# Of somebody who has less of the reader's chances, and is nobody else's guess, nothing is weighed.
LEAST: Final = 0.02
OPTIONS: Final = 16
# The share of belief where grammar joins the names of several who speak.
TOGETHER: Final = 0.9
# Where nearly all of the chances disagree, the rest is not taken for all.
LEFT: Final = 0.3

# Which of the options a statement's speaker is, with its share of belief; None where nobody can say.
Choose = Callable[[Statement, Sequence[Option]], "tuple[int, float] | None"]


@dataclass(frozen=True, slots=True)
class _Places:
    """The mentions that name or describe, in text order."""

    mentions: list[MentionDraft]
    starts: list[int]

    def at(self, span: Span) -> MentionDraft | None:
        """The shortest mention that holds a place."""
        end = bisect_left(self.starts, span.start + 1)
        holding = [
            m
            for m in self.mentions[max(0, end - NEAR) : end]
            if m.end >= span.end and m.who is not None
        ]
        return min(holding, key=lambda m: m.end - m.start, default=None)


def by_signs(words: PeopleWords) -> Choose:
    """The chooser that weighs signs by the table of speakers."""

    def choose(statement: Statement, options: Sequence[Option]) -> tuple[int, float] | None:
        shares = weigh(options, words.speaker_weights)
        best = max(range(len(shares)), key=shares.__getitem__)
        return (best, shares[best]) if shares[best] >= SURE else None

    return choose


def choose_speakers(
    spoken: Parties,
    statements: Sequence[Statement],
    antecedents: Mapping[str, Sequence[Antecedent]],
    choose: Choose,
) -> None:
    """Set for each statement who most likely speaks; what is doubted is left as it is."""
    order = sorted(statements, key=lambda s: s.content[0].start)
    shown = _places(spoken)
    course = _course(spoken, order, antecedents, shown)
    for statement in order:
        found = antecedents.get(statement.id, ())
        if not statement.speaker.spans:
            # Nobody is named by what he says himself.
            found = [a for a in found if not any(c.holds(a.span) for c in statement.content)]
        own = spoken.parts.get(f"{statement.id}/speaker", ())
        options = list(_options(spoken, statement, (found, own, shown), course))
        setting = Setting(statement, own, course)
        ranked = sorted(options, key=lambda o: -o.share - o.itself)
        for option in options:
            option.signs = tuple(signs(option, setting, ranked.index(option)))
        answer = _joint_speakers(options, own) or (choose(statement, options) if options else None)
        known = len(spoken.found)
        who = own[0].who if len(own) == 1 else None
        if answer is not None:
            who = _take(spoken, statement, (options[answer[0]], answer[1]), course)
        if who is not None:
            course.speaks(statement, who)
        if len(spoken.found) != known:
            shown = _places(spoken)


def _joint_speakers(
    options: Sequence[Option], own: Sequence[MentionDraft]
) -> tuple[int, float] | None:
    """« Maud Kerivel, infirmière, et la mairie »: who is joined in grammar speaks together."""
    if len(own) < 2 or not any(m.form == "name" for m in own):
        return None
    at = next((n for n, option in enumerate(options) if option.sort == "own"), None)
    return None if at is None else (at, TOGETHER)


def _course(
    spoken: Parties,
    order: Sequence[Statement],
    antecedents: Mapping[str, Sequence[Antecedent]],
    shown: _Places,
) -> Course:
    course = Course(spoken.page)
    for found in antecedents.values():
        for one in found:
            mention = shown.at(one.span)
            if mention is not None and mention.who is not None:
                share = one.chance / len(antecedents)
                course.often[mention.who] = course.often.get(mention.who, 0.0) + share
    ahead: dict[str | None, EntityCluster] = {}
    for statement in reversed(order):
        if statement.within in ahead:
            course.ahead[statement.id] = ahead[statement.within]
        own = spoken.parts.get(f"{statement.id}/speaker", ())
        if len(own) == 1 and own[0].who is not None and own[0].form != "pronoun":
            ahead[statement.within] = own[0].who
        course.across[statement.id] = frozenset(
            m.who
            for n in range(len(statement.addressees))
            for m in spoken.parts.get(f"{statement.id}/addressee/{n}", ())
            if m.who is not None
        )
    return course


def _options(
    spoken: Parties,
    statement: Statement,
    seen: tuple[Sequence[Antecedent], Sequence[MentionDraft], _Places],
    course: Course,
) -> Iterator[Option]:
    """Everybody who may speak: at the reader's places, found by the rules, before and after."""
    found, own, shown = seen
    shares, inner, itself = _shares(shown, found, own, statement.speaker.spans)
    if len(own) == 1 and own[0].form != "name":
        shares = _shares_that_agree(shares, own[0])
    mine = own[0].who if own and len(own) < 2 else None
    also = [mine, course.last.get(statement.within), course.ahead.get(statement.id)]
    if statement.within is not None:
        also.append(course.outer.get(statement.within))
    likely = sorted((w for w in shares if shares[w] >= LEAST), key=lambda w: -shares[w])
    people = [*likely[:OPTIONS], *inner, *(w for w in also if w is not None)]
    assert spoken.course is not None
    words = spoken.course.words
    for who in dict.fromkeys(people):
        noun = spoken.page.words[own[0].head].low if own else ""
        if who is not mine and len(own) == 1 and _against(own[0], who, words, noun):
            continue
        if len(own) == 1 and own[0].number == "p" and who.kind == "person" and who.number == "s":
            # « ils » are more than one.
            continue
        within = inner.get(who, 0.0) + (itself if who is mine else 0.0)
        yield Option("who", who, shares.get(who, 0.0), within)
    if len(own) > 1:
        yield Option("own", None, 0.0, itself + sum(inner.values()))
    if mine is not None and _guessed(own[0], mine):
        yield Option("itself", None, 0.0, itself)
    fresh = _unheard_of(found, shown)
    if fresh is not None:
        yield Option("fresh", None, fresh[1], 0.0, fresh[0])
    if not own:
        yield Option("nobody", None, max(0.0, 1 - sum(one.chance for one in found)))


def _take(
    spoken: Parties,
    statement: Statement,
    answer: tuple[Option, float],
    course: Course,
) -> EntityCluster | None:
    """Set the option as the statement's speaker; who that is."""
    option, share = answer
    subject = f"{statement.id}/speaker"
    own: Sequence[MentionDraft] = spoken.parts.get(subject, ())
    who = option.who
    if option.sort == "itself":
        return _part(spoken, own[0])
    if option.sort == "fresh" and option.place is not None:
        who = _new(spoken, option.place, share)
    if option.sort == "nobody":
        spoken.chosen[subject] = (None, share)
    if who is None or (len(own) == 1 and own[0].who is who):
        return who
    spoken.chosen[subject] = (who, share)
    if len(own) == 1:
        _join(spoken, own[0], who, share, course)
    return who


def _places(spoken: Parties) -> _Places:
    mentions = sorted(
        (m for m in spoken.found if m.form != "pronoun"), key=lambda m: (m.start, -m.end)
    )
    return _Places(mentions, [m.start for m in mentions])


def _shares(
    shown: _Places, found: Iterable[Antecedent], own: Sequence[MentionDraft], words: Spans
) -> tuple[dict[EntityCluster, float], dict[EntityCluster, float], float]:
    """Of each person the chances of all the places where it is named, together; of those named in
    the speaker's own words; and of these words themselves.
    """
    shares: dict[EntityCluster, float] = {}
    inner: dict[EntityCluster, float] = {}
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
    return shares, inner, itself


def _complement(mention: MentionDraft, own: Sequence[MentionDraft]) -> bool:
    """Whether a name only narrows the speaker's description: « le président du Karzan »."""
    if not own:
        return False
    words = own[0]
    narrows = words.low < mention.low and mention.high <= words.high and mention.low > words.head
    owns = words.low <= mention.low and mention.high <= words.head
    return words.form == "nominal" and mention.who is not words.who and (narrows or owns)


def _shares_that_agree(
    shares: dict[EntityCluster, float], words: MentionDraft
) -> dict[EntityCluster, float]:
    """The shares of those who agree with the speaker's words in gender and number have what the
    others lose.
    """
    lost = sum(share for who, share in shares.items() if not _agrees(words, who))
    scale = 1 / max(LEFT, 1 - lost)
    return {w: share * scale if _agrees(words, w) else share for w, share in shares.items()}


def _agrees(words: MentionDraft, who: EntityCluster) -> bool:
    if words.number and who.number and words.number != who.number:
        return False
    one = who.kind in ("person", "name") and words.kind == "person"
    return not (one and words.gender and who.gender and words.gender != who.gender)


def _against(own: MentionDraft, who: EntityCluster, words: PeopleWords, noun: str) -> bool:
    """Whether a description cannot mean somebody: of another kind, sex or place."""
    if own.form != "nominal":
        return False
    return (
        _elsewhere(own, who)
        or _of_another_kind(own, who, words)
        or _of_another_sex(own, who, words, noun)
    )


def _of_another_kind(own: MentionDraft, who: EntityCluster, words: PeopleWords) -> bool:
    """« le tribunal » is nobody who has a title or a trade, « l’élue » no town and no firm."""
    if own.number == "p":
        return False
    if own.kind in ORGANISED:
        human = who.firm or any(m.form == "nominal" and m.kind == "person" for m in who.mentions)
        return who.kind == "person" and who.number != "p" and human
    given = any(name[0] in words.first_names or name[0] in words.rare_names for name in who.names)
    body = who.kind in ORGANISED or who.kind in ("country", "group")
    return own.kind == "person" and body and not given


def _of_another_sex(own: MentionDraft, who: EntityCluster, words: PeopleWords, noun: str) -> bool:
    """« la présidente » is no man; « la victime » may be one, « le ministre » a woman."""
    if own.kind != "person" or (own.gender, who.gender, who.kind) != ("f", "m", "person"):
        return False
    return not {noun, words.singular(noun)} & words.lists["sexless"]


def _elsewhere(own: MentionDraft, who: EntityCluster) -> bool:
    """Whether a description has somebody's office of another place: « le président du Karzan » is not
    Vladimir Karpov, « le président russe ».
    """
    if own.form != "nominal" or not own.traits:
        return False
    same = [traits for core, traits in who.roles if core == own.core and traits]
    return bool(same) and not any(own.traits & traits for traits in same)


def _guessed(own: MentionDraft, who: EntityCluster) -> bool:
    """Whether a description is only by guess somebody's whom the text names elsewhere."""
    named = any(m.form == "name" and not _within(m, own) for m in who.mentions)
    return named and own.form == "nominal" and own.rule in GUESSED and len(who.mentions) > 1


def _within(name: MentionDraft, words: MentionDraft) -> bool:
    return words.start <= name.start <= words.end + NEAR


def _part(spoken: Parties, own: MentionDraft) -> EntityCluster:
    """A description that is taken for somebody new is nobody's whom the rules guessed."""
    if own.who is not None:
        own.who.mentions.remove(own)
    fresh = EntityCluster(kind=own.kind)
    fresh.add(own, "who.description", own.score)
    spoken.people.append(fresh)
    return fresh


def _unheard_of(found: Sequence[Antecedent], shown: _Places) -> tuple[Span, float] | None:
    """The likeliest words that no rule has taken for a mention, with their chances."""
    free = [one for one in found if shown.at(one.span) is None]
    runs: list[tuple[Span, float]] = []
    for one in sorted(free, key=lambda a: a.span):
        if runs and one.span.start - runs[-1][0].end <= GAP:
            runs[-1] = (Span(runs[-1][0].start, one.span.end), runs[-1][1] + one.chance)
        else:
            runs.append((one.span, one.chance))
    best = max(runs, key=lambda run: run[1], default=None)
    return best if best is not None and best[1] >= 0.1 else None


def _new(spoken: Parties, place: Span, share: float) -> EntityCluster | None:
    assert spoken.course is not None
    mention = description_at(spoken.page, place, spoken.course.words)
    if mention is None:
        return None
    who = EntityCluster(kind=mention.kind)
    who.add(mention, "who.learnt", share)
    spoken.found.append(mention)
    spoken.people.append(who)
    return who


def _join(
    spoken: Parties, mention: MentionDraft, best: EntityCluster, share: float, course: Course
) -> None:
    """The speaker's own words mean whoever it is; an unnamed description with all its others."""
    old = mention.who
    if mention.form == "pronoun":
        if old is not None and mention in old.mentions:
            old.mentions.remove(mention)
        best.add(mention, "who.learnt", share)
    elif mention.form == "nominal" and old is not None and _guessed(mention, old):
        old.mentions.remove(mention)
        best.add(mention, "who.learnt", share)
    elif mention.form == "nominal" and old is not None and not old.named and share >= JOINED:
        merge(best, old)
        course.replace(old, best)
        spoken.people = [w for w in spoken.people if w.mentions]
        for part, (who, chance) in spoken.chosen.items():
            if who is old:
                spoken.chosen[part] = (best, chance)
