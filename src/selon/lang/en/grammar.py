"""What English proposes of a sentence: every rule's candidates, with their relays."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from selon.lang.content import spans_of, with_outer_relays
from selon.lang.en.according import according, hearsay, is_medium, relays
from selon.lang.en.cues import UNLISTED, Cue, cues
from selon.lang.en.parties import farthest, subject
from selon.lang.en.quoting import CUE_QUOTE_RULES, QUOTE_RULES
from selon.lang.en.rules import VERB_RULES
from selon.lang.en.surface import SURFACE_RULES
from selon.lang.en.words import Lexicon
from selon.reading.tree import ParsedSentence
from selon.records import Candidate, Via


def candidates(scene: ParsedSentence, words: Lexicon) -> tuple[Candidate, ...]:
    """Every candidate of a sentence, each with its rule's name and features."""
    found: list[Candidate] = []
    all_cues = cues(scene, words)
    for cue in (v for c in all_cues for v in _variants(scene, c, words)):
        others = tuple(c for c in all_cues if c.at != cue.at and c.act != UNLISTED)
        rules = (
            CUE_QUOTE_RULES
            if cue.act == UNLISTED
            else (*CUE_QUOTE_RULES, *VERB_RULES, *SURFACE_RULES)
        )
        for rule in rules:
            found.extend(rule(scene, cue, words, others))
    listed = tuple(c for c in all_cues if c.act != UNLISTED)
    for alone in (*QUOTE_RULES, according, hearsay):
        found.extend(alone(scene, words, listed))
    found = _distinct(found)
    vias = _vias(scene, words, all_cues)
    return tuple(with_outer_relays(c, vias) for c in found) if vias else tuple(found)


def _variants(scene: ParsedSentence, cue: Cue, words: Lexicon) -> Iterator[Cue]:
    """The cue as it is; where its speaker is another verb's subject, also with the farthest or none."""
    yield cue
    near = subject(scene, cue, words)
    if near.how not in ("shared", "governor", "issuer"):
        return
    if cue.kind == "noun":
        yield replace(cue, whose="none", memo={})
        return
    far = farthest(scene, cue)
    if far.head is not None and far.head != near.head:
        yield replace(cue, whose="far", memo={})


def _distinct(found: list[Candidate]) -> list[Candidate]:
    """The candidates without woven quotations that a rule of the tree proposes as well."""
    if not any(c.rule == "woven" for c in found):
        return found
    known = {(c.content, c.cue, c.speaker) for c in found if c.rule != "woven"}
    return [c for c in found if c.rule != "woven" or (c.content, c.cue, c.speaker) not in known]


def _vias(scene: ParsedSentence, words: Lexicon, found: tuple[Cue, ...]) -> tuple[Via, ...]:
    """Relays in the sentence: "according to Reuters", "the newspaper reported"."""
    out = list(relays(scene, words))
    for cue in found:
        if cue.act != "relay" or cue.kind != "verb":
            continue
        who = subject(scene, cue, words)
        if who.head is not None and who.spans and is_medium(scene, words, who.head, who.spans[0]):
            out.append(Via(who.spans, spans_of(scene, cue.words)))
    return tuple(out)
