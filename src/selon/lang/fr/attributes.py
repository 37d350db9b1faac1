"""French rules over what somebody is called: « juge illégale N », « qualifie Y de Z », « jugé trop cher »."""

from __future__ import annotations

from collections.abc import Iterator

from selon.lang.fr.adverbials import past_adverbials
from selon.lang.fr.content_span import cut_at_cue
from selon.lang.fr.cues import Cue
from selon.lang.fr.drafts import draft_of_rule, finish_draft
from selon.lang.fr.phrases import NOMINAL, noun_phrase
from selon.lang.fr.words import Lexicon
from selon.reading.tree import ParsedSentence
from selon.records import Candidate, Span


def attribute(
    scene: ParsedSentence, cue: Cue, words: Lexicon, others: tuple[Cue, ...]
) -> Iterator[Candidate]:
    """X se dit fier de N · X juge illégale N · X qualifie Y de Z · X décrit Y comme Z · Y est décrit comme Z."""
    if "c" not in cue.verb.frames and not cue.reflexive:
        return
    tokens = scene.tokens
    low = cue.high + 1
    if low >= len(tokens):
        return
    if (
        cue.reflexive
        and cue.verb.act in ("say", "react", "think")
        and tokens[low].pos in ("ADJ", "VERB", "ADV", "ADP")
    ):
        k = scene.find(low, low + 4, lambda j: tokens[j].pos in ("ADJ", "VERB", "NOUN"))
        if k is None or "VerbForm=Inf" in tokens[k].morph:
            return
        high = min(
            max(scene.extents[k][1], k), cut_at_cue(scene, cue, low, scene.extents[k][1], others)
        )
        if high >= low:
            draft = draft_of_rule(scene, words, "attribute-self", "indirect", (cue, others))
            yield from finish_draft(
                draft, [scene.words(low, high)], f"attribute-pos={tokens[k].pos}"
            )
        return
    yield from _attribute_of(scene, cue, words, others)


def _attribute_of(
    scene: ParsedSentence, cue: Cue, words: Lexicon, others: tuple[Cue, ...]
) -> Iterator[Candidate]:
    tokens = scene.tokens
    low, last = cue.high + 1, len(tokens) - 1
    passive = cue.passive or cue.mood == "part"
    wanted = ("comme", "de", "d'") if cue.verb.act == "call" else ("comme",)
    link = scene.find(
        low,
        low + 22,
        lambda j: (
            scene.lower[j] in wanted
            and (
                scene.lower[j] == "comme"
                or scene.quote_at(tokens[min(j + 1, last)].span.start) is not None
                or (
                    tokens[min(j + 1, last)].pos in ("ADJ", "NOUN")
                    and scene.lower[j] != "comme"
                    and cue.lemma in ("qualifier", "traiter", "taxer")
                )
            )
        ),
    )
    if link is None:
        adjective = scene.find(low, low + 3, lambda j: tokens[j].pos == "ADJ")
        if passive:
            yield from _attribute_of_passive(scene, cue, words, others)
            return
        if adjective is None:
            return
        end = max(scene.extents[k][1] for k in (adjective, *scene.children(cue.at, "obj", "xcomp")))
        draft = draft_of_rule(scene, words, "attribute-adjective", "indirect", (cue, others))
        yield from finish_draft(draft, [scene.words(low, min(max(end, adjective), last))])
        return
    end = _phrase_end(scene, link)
    after = scene.child(cue.at, "obj")
    adverbs = all(tokens[j].pos == "ADV" for j in range(low, link))
    if adverbs and after is not None and after > end:
        # « désigne comme « Y » les forces de N »: the object may follow.
        end = scene.extents[after][1]
    draft = draft_of_rule(scene, words, "attribute", "indirect", (cue, others))
    if draft.who.how == "agent":
        # « qualifié de « Y » par X »: the agent is no part of what is said.
        by = next(
            (j for j in range(link + 1, end + 1) if scene.lower[j] in words.closed["by"]), None
        )
        end = by - 1 if by is not None else end
    content = [scene.words(link, end)]
    if passive:
        own = scene.child(cue.at, "nsubj")
        governor = tokens[cue.at].head if cue.mood == "part" and not cue.passive else own
        if governor is not None and governor < cue.low and tokens[governor].pos in NOMINAL:
            content.insert(0, noun_phrase(scene, governor, ceiling=cue.low - 1))
    else:
        clitic = _object_clitic(scene, cue)
        if clitic is not None:
            content.insert(0, tokens[clitic].span)
        elif not adverbs:
            # « décrit pour sa part N comme »: an aside is no part of N.
            first = past_adverbials(scene, low, words)
            content.insert(0, scene.words(first if first < link else low, link - 1))
    if len(content) == 2 and not scene.text[content[0].end : content[1].start].strip():
        content = [Span(content[0].start, content[1].end)]
    yield from finish_draft(
        draft, content, f"link={scene.lower[link]}", *(["passive-attribute"] if passive else [])
    )


def _object_clitic(scene: ParsedSentence, cue: Cue) -> int | None:
    """« le décrit comme »: the pronoun right before the verb group, whatever the parser calls it."""
    first = max(cue.low - 1, 0)
    return scene.find(first, cue.at, lambda j: scene.lower[j] in ("le", "la", "l'", "l’", "les"))


def _attribute_of_passive(
    scene: ParsedSentence, cue: Cue, words: Lexicon, others: tuple[Cue, ...]
) -> Iterator[Candidate]:
    """Le programme est jugé trop coûteux par X · N, jugée excessive · N est estimé à 3 milliards par X."""
    tokens, low = scene.tokens, cue.high + 1
    first = scene.find(low, low + 3, lambda j: tokens[j].pos not in ("ADV", "PUNCT"))
    if first is None or "," in scene.lower[low:first]:
        return
    measured = cue.verb.act in ("think", "judge", "say", "announce") and (
        scene.lower[first] in ("à", "entre")
        and tokens[min(first + 1, len(tokens) - 1)].pos == "NUM"
    )
    if tokens[first].pos != "ADJ" and not measured:
        return
    draft = draft_of_rule(scene, words, "attribute-passive", "indirect", (cue, others))
    end = first
    phrasal = ("ADJ", "ADV", "NOUN", "NUM", "ADP", "DET", "CCONJ", "PROPN")
    while end + 1 < len(tokens) and tokens[end + 1].pos in phrasal:
        if scene.lower[end + 1] in (*words.closed["by"], "après", "avant", "pour", "depuis", "en"):
            break
        end += 1
    own = scene.child(cue.at, "nsubj")
    governor = own if own is not None else tokens[cue.at].head
    if governor >= cue.low or tokens[governor].pos not in NOMINAL or tokens[governor].masked:
        return
    if scene.lower[governor] == "qui":
        governor = tokens[cue.at].head if tokens[cue.at].head < governor else governor
    content = [noun_phrase(scene, governor, ceiling=cue.low - 1), scene.words(low, end)]
    yield from finish_draft(
        draft,
        content,
        f"agent={bool(draft.who.spans)}",
        f"first={tokens[first].pos}",
        f"held={'participle' if cue.mood == 'part' and not cue.passive else 'full'}",
    )


def _phrase_end(scene: ParsedSentence, link: int) -> int:
    """The end of what « comme » or « de » governs: its head's subtree, or the quotation's end."""
    last = len(scene.tokens) - 1
    if link >= last:
        return last
    quote = scene.quote_at(scene.tokens[link + 1].span.start)
    if quote is not None:
        end = link + 1
        while end < last and scene.tokens[end + 1].span.start < quote.outer.end:
            end += 1
        return end
    head = scene.tokens[link].head
    return scene.extents[head][1] if head > link else min(link + 4, last)
