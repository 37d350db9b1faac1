"""What French proposes of a sentence: every rule's candidates, with their relays."""

from __future__ import annotations

from dataclasses import replace

from selon.lang.content import spans_of, with_outer_relays
from selon.lang.fr.according import Source, according, is_medium, relays, sources
from selon.lang.fr.cues import Cue, cues
from selon.lang.fr.parties import subject
from selon.lang.fr.quoting import CUE_QUOTE_RULES, QUOTE_RULES
from selon.lang.fr.rules import VERB_RULES
from selon.lang.fr.words import Lexicon
from selon.reading.tree import ParsedSentence
from selon.records import Candidate, Span, Via


def candidates(scene: ParsedSentence, words: Lexicon) -> tuple[Candidate, ...]:
    """Every candidate of a sentence, each with its rule's name and features."""
    found: list[Candidate] = []
    verbs = cues(scene, words)
    for cue in verbs:
        others = tuple(c for c in verbs if c is not cue)
        for rule in (*CUE_QUOTE_RULES, *VERB_RULES):
            found.extend(rule(scene, cue, words, others))
    for alone in QUOTE_RULES:
        found.extend(alone(scene, words, verbs))
    named = sources(scene, words)
    found.extend(according(scene, words, verbs, named))
    vias = _vias(scene, words, verbs, named)
    asked = _askers(scene, words, verbs)
    return tuple(_with_asker(with_outer_relays(c, vias), asked) for c in found)


def _askers(scene: ParsedSentence, words: Lexicon, verbs: tuple[Cue, ...]) -> tuple[Span, ...]:
    """« X, interrogé par Sky News », « joint par l'AFP »: whom X then tells it."""
    out = []
    for cue in verbs:
        if cue.lemma in ("interroger", "joindre", "contacter", "interviewer", "questionner"):
            who = subject(scene, cue, words, verbs)
            if who.how == "agent" and who.head is not None and who.spans:
                out.append(who.spans[0])
    return tuple(out)


def _with_asker(candidate: Candidate, asked: tuple[Span, ...]) -> Candidate:
    if not asked or candidate.addressees or not candidate.speaker:
        return candidate
    taken = (*candidate.content, *candidate.speaker, *candidate.cue)
    free = tuple((s,) for s in asked if not any(s.meets(t) for t in taken))
    return replace(candidate, addressees=free[:1]) if free else candidate


def _vias(
    scene: ParsedSentence, words: Lexicon, verbs: tuple[Cue, ...], named: tuple[Source, ...]
) -> tuple[Via, ...]:
    """Relays in the sentence: prepositions, « rapporte X », « cité par X »."""
    out = list(relays(scene, named))
    for cue in verbs:
        if cue.verb.act not in ("relay", "evoke") and cue.lemma not in (
            "indiquer",
            "annoncer",
            "préciser",
        ):
            continue
        who = subject(scene, cue, words, verbs)
        if who.head is None or not who.spans or who.how not in ("after", "agent"):
            continue
        if is_medium(scene, words, who.head, who.spans[0]):
            out.append(Via(who.spans, spans_of(scene, cue.words)))
    return tuple(out)
