"""Which mention each party of a statement is."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from selon.reading.coref.descriptions import description_at
from selon.reading.coref.document import DocumentTokens
from selon.reading.coref.mentions import EntityCluster, MentionDraft
from selon.reading.coref.names import name_at
from selon.reading.coref.pronouns import pointer_at
from selon.reading.coref.resolver import Resolver
from selon.reading.coref.word_lists import PeopleWords
from selon.records import Span, Spans, Statement
from selon.statement_people import parts_of

LONGEST: Final = 400


@dataclass(slots=True, eq=False)
class Parties:
    """The mentions of an article and which of them are parties.

    `parts` has for each judged part (`ID/speaker`) its mentions; several where they are joined.
    `chosen` has by part whom a learnt reader sees behind it, or nobody, with the share of belief,
    `turns` whose turn it is where nothing else tells, by which rule;
    `facing` has for each mention those across from it in a statement: nobody tells himself.
    """

    page: DocumentTokens
    found: list[MentionDraft]
    parts: dict[str, list[MentionDraft]] = field(default_factory=dict)
    speakers: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    facing: dict[int, list[MentionDraft]] = field(default_factory=lambda: defaultdict(list))
    people: list[EntityCluster] = field(default_factory=list)
    course: Resolver | None = None
    chosen: dict[str, tuple[EntityCluster | None, float]] = field(default_factory=dict)
    turns: dict[str, tuple[EntityCluster | None, str, float]] = field(default_factory=dict)

    def finish(self, people: list[EntityCluster], course: Resolver) -> None:
        """Keep whom the walk has found."""
        self.people, self.course = people, course

    def speaker(self, statement: Statement) -> EntityCluster | None:
        """Who speaks a statement, as far as is known."""
        subject = f"{statement.id}/speaker"
        if subject in self.turns:
            return self.turns[subject][0]
        if subject in self.chosen:
            return self.chosen[subject][0]
        own = self.parts.get(subject, ())
        return own[0].who if len(own) == 1 else None


def parties(
    page: DocumentTokens,
    found: list[MentionDraft],
    statements: Sequence[Statement],
    words: PeopleWords,
) -> Parties:
    """Each party's main mention; where the words of a party hold none, they become one."""
    spoken = Parties(page, found)
    starts = [m.start for m in found]
    made: dict[tuple[int, int], MentionDraft] = {}
    for n, statement in enumerate(statements):
        for subject, spans in subjects(statement):
            if _nobody(page, spans, words):
                continue
            mentions = _main(page, found, starts, spans, words)
            if not mentions and spans:
                span = spans[0]
                if _is_article(page, span, words):
                    continue
                fresh = made.get((span.start, span.end))
                if fresh is None:
                    fresh = (
                        pointer_at(page, span, words)
                        or _name_at(page, span, found, words)
                        or description_at(page, span, words)
                    )
                    if fresh is None:
                        continue
                    made[span.start, span.end] = fresh
                mentions = [fresh]
            if not mentions:
                continue
            spoken.parts[subject] = mentions
            if subject.endswith("/speaker"):
                spoken.speakers[id(mentions[0])].append(n)
        _set_apart(spoken, statement)
    if made:
        spoken.found = sorted(
            [*found, *made.values()], key=lambda m: (m.start, -m.end, m.form == "nominal")
        )
    return spoken


def _name_at(
    page: DocumentTokens, span: Span, found: list[MentionDraft], words: PeopleWords
) -> MentionDraft | None:
    """A party's words that are a full name, though a longer run of capitals holds them."""
    row = page.words
    low = bisect_left(row, span.start, key=lambda w: w.start)
    high = bisect_left(row, span.end, key=lambda w: w.start)
    if high - low < 2 or not all(w.capital for w in row[low:high]):
        return None
    if row[low].low in words.determiners:
        return None
    name = name_at(page, low, high, words, "")
    same = next((m.who for m in found if m.form == "name" and m.tokens == name.tokens), None)
    if same is not None:
        name.who, name.rule, name.score = same, "who.name", 0.95
    return name


def _set_apart(spoken: Parties, statement: Statement) -> None:
    """Set a statement's speaker and addressees across from one another."""
    speakers = spoken.parts.get(f"{statement.id}/speaker", ())
    for n in range(len(statement.addressees)):
        for one in spoken.parts.get(f"{statement.id}/addressee/{n}", ()):
            for other in speakers:
                if one is not other:
                    spoken.facing[id(one)].append(other)
                    spoken.facing[id(other)].append(one)


def _nobody(page: DocumentTokens, spans: Spans, words: PeopleWords) -> bool:
    """« dit-on »: a party of one word that means nobody in particular; nor is « 16.000 » anybody."""
    if not any(c.isalpha() for s in spans for c in s.of(page.text)):
        return bool(spans)
    return len(spans) == 1 and spans[0].of(page.text).lower() in words.lists["nobody"]


def _is_article(page: DocumentTokens, span: Span, words: PeopleWords) -> bool:
    """« qui l'a interrogé »: an article's form that no noun follows is a pronoun, left open."""
    return span.of(page.text).lower().replace("’", "'") in words.determiners


def subjects(statement: Statement) -> Iterator[tuple[str, Spans]]:
    """The judged parts of a statement and their spans."""
    return ((part.subject, part.spans) for part in parts_of(statement))


def _main(
    page: DocumentTokens,
    found: list[MentionDraft],
    starts: list[int],
    spans: Spans,
    words: PeopleWords,
) -> list[MentionDraft]:
    """The first whole mention inside the spans, and what is joined to it by « et »."""
    for span in spans:
        inside = list(_inside(page, found, starts, span))
        if not inside:
            continue
        if _of_several(page, inside[0], span) or _complement(page, inside[0], span, words):
            return []
        inside = _said_by(page, inside, words)
        first = inside[0]
        _late_name(page, first, inside, span)
        joined: list[MentionDraft] = [first]
        waiting: list[MentionDraft] = []
        last = first
        for mention in inside[1:]:
            if mention.low < last.high or mention.form == "pronoun":
                continue
            if _joins(page, last, mention, words):
                joined.extend([*waiting, mention])
                waiting = []
            elif _is_enumerated(page, last, mention, words):
                waiting.append(mention)
            elif mention.who is None or mention.who is not joined[-1].who:
                continue
            last = mention
        listed = _names_of_list(page, first, inside, words)
        if listed:
            return listed
        several = len(joined) > 1 and (first.number != "p" or first.form == "name")
        return joined if several else [first]
    return []


def _of_several(page: DocumentTokens, first: MentionDraft, span: Span) -> bool:
    """« l'un d'eux », « certains d'entre elles »: not those that the pronoun means."""
    before = page.text[span.start : first.start]
    return first.form == "pronoun" and any(c.isalnum() for c in before)


def _complement(page: DocumentTokens, first: MentionDraft, span: Span, words: PeopleWords) -> bool:
    """« le locataire de la Maison-Blanche », « ceux de Brione »: the mention only narrows a noun
    that no rule has taken for one.
    """
    if not any(c.isalnum() for c in page.text[span.start : first.start]):
        return False
    at = first.low
    while at and page.words[at - 1].low in words.determiners:
        at -= 1
        if page.words[at].low in words.lists["contracted"]:
            return page.words[at].start > span.start
    before = page.words[at - 1] if at else None
    return before is not None and before.start > span.start and before.low in words.lists["of"]


def _said_by(
    page: DocumentTokens, inside: list[MentionDraft], words: PeopleWords
) -> list[MentionDraft]:
    """« les informations du journal », « … confiées par une source »: what comes after the words."""
    first = inside[0]
    if (
        first.form != "nominal"
        or words.singular(page.words[first.head].low) not in words.lists["sayings"]
    ):
        return inside
    after = [m for m in inside if m.low > first.head and m.kind not in ("thing", "work", "country")]
    # « un communiqué de presse d’Amaq »
    named = [m for m in after if page.words[m.head].low not in words.lists["collective"]]
    return named or inside


def _is_enumerated(
    page: DocumentTokens, last: MentionDraft, mention: MentionDraft, words: PeopleWords
) -> bool:
    """« l'Union européenne, les Nations unies et Amnesty »: names in a row, if « et » ends it.

    Only an article may stand after the comma: « Paul Roux, du lycée Pasteur et … » is no row.
    """
    if last.form != "name" or mention.form != "name" or mention.who is last.who:
        return False
    between = page.words[last.high : mention.low]
    comma = bool(between) and between[0].text == ","
    return comma and all(w.low in words.determiners for w in between[1:])


def _names_of_list(
    page: DocumentTokens, first: MentionDraft, inside: list[MentionDraft], words: PeopleWords
) -> list[MentionDraft]:
    """« les physiciens Robert Brout, François Englert et Peter Higgs »: the names alone.

    « Les porte-parole du front, Anne Roux et Jean Morel » too, where « et » is all between them.
    """
    if first.number != "p" or first.form != "nominal" or first.kind != "person":
        return []
    names = [m for m in inside if m.form == "name" and m.kind in ("person", "name")]
    if len(names) < 2:
        return []
    between = page.words[first.high : names[0].low]
    if len(between) == 1 and between[0].text == ",":
        rows = (page.words[a.high : b.low] for a, b in pairwise(names))
        listed = [[w.low for w in row] for row in rows]
        joins = words.lists["and"]
        if all(len(r) == 1 and (r[0] == "," or r[0] in joins) for r in listed[:-1]) and (
            len(listed[-1]) == 1 and listed[-1][0] in joins
        ):
            return names
    return names if names[0].low == first.high else []


def _inside(
    page: DocumentTokens, found: list[MentionDraft], starts: list[int], span: Span
) -> Iterator[MentionDraft]:
    """The mentions that begin in the span (or a title before it), those first that begin first."""
    at = bisect_left(starts, span.start - LONGEST)
    head_end = min(span.end, span.start + LONGEST)
    while at < len(found) and found[at].start < head_end:
        mention = found[at]
        head = page.words[mention.head]
        # « -Joulani »: a party may begin within a hyphened name.
        if head.end > span.start and mention.end <= span.end + 2:
            yield mention
        at += 1


def _late_name(
    page: DocumentTokens, first: MentionDraft, inside: list[MentionDraft], span: Span
) -> None:
    """« une des passagères ayant filmé la scène, Anne Roux »: the party's last words name it."""
    last = inside[-1]
    who = last.who
    if first.who is not None or who is None or last.form != "name" or first.form == "pronoun":
        return
    personal = first.kind == "person" and first.number != "p" and who.kind in ("person", "name")
    # « La responsable du secours en montagne, l’adjudante Anne Roux »: over the rank.
    ranks = [m.low for m in inside if m.form == "nominal" and m.high == last.low and m.who is who]
    comma = any(n > 0 and page.words[n - 1].text == "," for n in (last.low, *ranks))
    if personal and comma and last.end >= span.end - 1:
        who.add(first, "who.role-name", 0.85)


def _joins(
    page: DocumentTokens, last: MentionDraft, mention: MentionDraft, words: PeopleWords
) -> bool:
    if mention.who is not None and mention.who is last.who:
        return False
    bare = mention.form == "nominal" and mention.det is None and mention.number != "p"
    if bare and mention.kind == "person":
        # « Anne Roux, présidente et cofondatrice de l’agence »: a second role of hers.
        return False
    between = page.words[last.high : mention.low]
    lows = [w.low for w in between]
    return 0 < len(lows) <= 3 and any(x in words.lists["joins"] for x in lows)
