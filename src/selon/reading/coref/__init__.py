"""Who is meant, within one article: one entity for each person, body, group and document.

`resolve_people` is the door. It names nobody that the text does not name, merges nobody on a surname
alone, and leaves a party open (a judgement `unknown`) rather than guess.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from selon.reading.coref.acronyms import expansions, spelled_out
from selon.reading.coref.answers import answers
from selon.reading.coref.appositions import acronyms, pairs
from selon.reading.coref.descriptions import descriptions
from selon.reading.coref.document import DocumentTokens, document_tokens
from selon.reading.coref.learnt_links import by_signs, choose_speakers
from selon.reading.coref.mentions import ORGANISED, EntityCluster, MentionDraft, merge
from selon.reading.coref.name_clusters import cluster_names, settle
from selon.reading.coref.names import names
from selon.reading.coref.parties import Parties, parties
from selon.reading.coref.pronoun_choice import Choose, by_weight
from selon.reading.coref.pronouns import pronouns
from selon.reading.coref.repeated import take_repeated
from selon.reading.coref.resolver import Resolver
from selon.reading.coref.turns import take_turns
from selon.reading.coref.wider_names import couples, outermost, widen
from selon.reading.coref.without_pack import entities_of_names
from selon.reading.coref.word_lists import PeopleWords
from selon.records import Antecedent, Article, Entity, Judgement, Quote, Sentence, Statement

__all__ = ["entities_of_names", "resolve_mentions", "resolve_people"]


def resolve_people(
    article: Article,
    sentences: tuple[Sentence, ...],
    quotes: tuple[Quote, ...],
    statements: tuple[Statement, ...],
    words: PeopleWords,
    *,
    antecedents: Mapping[str, Sequence[Antecedent]] | None = None,
) -> tuple[tuple[Entity, ...], tuple[Judgement, ...]]:
    """Everybody the article speaks of, and who the parties of its statements are.

    Entities come in the order of their first mention, `e1`, `e2`…; each judgement says that a
    party `is` an entity, or that it is `unknown` (no object), by the rule that decided.
    `antecedents` has by a statement's id the places where a learnt reader sees its speaker named.
    """
    read = resolve_mentions(article.text, (sentences, quotes), statements, words, by_weight(words))
    if antecedents:
        choose_speakers(read, statements, antecedents, by_signs(words))
        take_turns(read, statements, words)
        take_repeated(read, statements)
    return answers(read, statements, words)


def resolve_mentions(
    text: str,
    parsed: tuple[Sequence[Sentence], Sequence[Quote]],
    statements: Sequence[Statement],
    words: PeopleWords,
    choose: Choose,
) -> Parties:
    """The article with all its mentions resolved, pronouns by `choose`."""
    view = document_tokens(text, *parsed, words)
    called = couples(view, expansions(view, names(view, words), words), words)
    described = descriptions(view, called, words)
    widen(view, called, described, words)
    called = outermost(called)
    everybody = cluster_names(called, words)
    _appose(view, called, described, everybody, words)
    found = _in_order([*called, *described, *pronouns(view, words)])
    spoken = parties(view, found, statements, words)
    course = Resolver(view, words, spoken.speakers, spoken.facing, _title(view), choose)
    for who in everybody:
        settle(who, words)
        who.mentions = []
        for core, _ in who.roles:
            course.by_core[core].append(who)
    course.read(spoken.found)
    course.look_ahead()
    spoken.finish([w for w in (*everybody, *course.people) if w.mentions], course)
    return spoken


def _in_order(found: list[MentionDraft]) -> list[MentionDraft]:
    """Mentions in text order, a name and the noun that it begins with only once."""
    return sorted(found, key=lambda m: (m.start, -m.end, m.form == "nominal"))


def _title(view: DocumentTokens) -> int:
    """The first word after the headline: the first paragraph, where there are more."""
    if not view.words:
        return 0
    first = view.words[0].paragraph
    for n, word in enumerate(view.words):
        if word.paragraph != first:
            return n
    return 0


def _appose(
    view: DocumentTokens,
    named: list[MentionDraft],
    described: list[MentionDraft],
    everybody: list[EntityCluster],
    words: PeopleWords,
) -> None:
    for short, whole in acronyms(view, named, described):
        who = short.who
        if who is None or whole.who is who:
            continue
        if whole.who is None:
            spelled_out(view, short, whole, words)
            who.add(whole, "who.acronym", 0.95)
        else:
            merge(who, whole.who)
    for pair in pairs(view, named, described, words):
        who, other = pair.name.who, pair.role.who
        if who is None or other is who:
            continue
        borrowed = len(pair.name.tokens) < 2 and (
            who.kind not in ORGANISED and any(len(n) > 1 for n in who.names)
        )
        if pair.role.kind in ORGANISED and (who.kind == "person" or borrowed):
            # « le gouvernement Assad » is not Bachar el-Assad.
            continue
        if other is None:
            if pair.role.number == "p" and who.number != "p":
                continue
            who.add(pair.role, pair.rule, pair.score)
        elif not (other.named and who.named):
            merge(who, other)
    everybody[:] = [w for w in everybody if w.mentions]
