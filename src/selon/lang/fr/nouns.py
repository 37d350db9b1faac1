"""French nouns that introduce what is said: « la conviction que P », « ce message : « Q » »."""

from __future__ import annotations

from collections.abc import Iterator

from selon.lang.content import spans_of
from selon.lang.fr.candidate_builder import CandidateBuilder
from selon.lang.fr.cues import Cue
from selon.lang.fr.parties import NOBODY, Subject
from selon.lang.fr.phrases import NOMINAL, noun_phrase
from selon.lang.fr.words import Lexicon
from selon.reading.tree import ParsedSentence
from selon.records import Candidate, Span


def noun_cue(scene: ParsedSentence, words: Lexicon, others: tuple[Cue, ...]) -> Iterator[Candidate]:
    """la conviction que P · ce message : « Q » · la promesse de P · l'annonce de N par X."""
    for i, low in enumerate(scene.lower):
        act = words.nouns.get(low)
        if act is None or scene.tokens[i].pos not in ("NOUN", "PROPN"):
            continue
        yield from _noun_contents(scene, words, i, act)


def _noun_contents(scene: ParsedSentence, words: Lexicon, i: int, act: str) -> Iterator[Candidate]:
    tokens = scene.tokens
    last = len(tokens) - 1
    link = scene.find(
        i + 1, i + 8, lambda j: scene.lower[j] in ("que", "qu'", "qu’") and tokens[j].pos == "SCONJ"
    )
    mask = scene.find(i + 1, i + 10, lambda j: tokens[j].masked)
    infinitive = scene.find(
        i + 1,
        i + 4,
        lambda j: "VerbForm=Inf" in tokens[j].morph and scene.lower[j - 1] in ("de", "d'"),
    )
    contents: list[tuple[str, list[Span]]] = []
    if link is not None:
        verb = tokens[link].head
        end = scene.extents[verb][1] if verb > link else last
        contents.append(("que", [scene.words(link, max(end, min(link + 1, last)))]))
    if mask is not None and ":" in scene.lower[i:mask]:
        contents.append(("quote", [tokens[mask].span]))
    if infinitive is not None:
        contents.append(
            ("inf", [scene.words(infinitive - 1, max(infinitive, scene.extents[infinitive][1]))])
        )
    for kind, content in contents:
        draft = CandidateBuilder(scene, words, "noun", "indirect").said_by(_owner(scene, i))
        draft.cue_spans = spans_of(scene, [i])
        draft.features += [
            f"noun={scene.lower[i]}",
            f"noun-act={act}",
            f"noun-kind={kind}",
            f"noun-kind+act={kind}/{act}",
        ]
        candidate = draft.done(content)
        if candidate is not None:
            yield candidate


def _owner(scene: ParsedSentence, i: int) -> Subject:
    """Whose words a noun means: « de X », else the subject of the verb that governs it."""
    for k in scene.children(i, "nmod"):
        case = scene.child(k, "case")
        if (
            k > i
            and scene.tokens[k].pos in NOMINAL
            and case is not None
            and scene.lower[case] in ("de", "d'", "du", "des")
        ):
            return Subject((noun_phrase(scene, k, floor=case + 1),), k, "owner")
    at = i
    for _ in range(4):
        head = scene.tokens[at].head
        own = scene.child(head, "nsubj")
        if own is not None and own != at and not scene.tokens[own].masked and own != i:
            return Subject((noun_phrase(scene, own),), own, "shared")
        at = head
    return NOBODY
