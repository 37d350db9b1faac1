"""English rules that do not lean on the tree: what follows a cue as it stands, and what a noun is said to be."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from selon.lang.en.candidate_builder import CandidateBuilder
from selon.lang.en.content_span import content_ends, until
from selon.lang.en.cues import Cue, after_quote
from selon.lang.en.words import Lexicon
from selon.reading.tree import ParsedSentence
from selon.records import Candidate

GOVERNED: Final = ("ccomp", "xcomp", "obj", "oprd", "attr", "acomp")
OPENS: Final = ("DET", "NOUN", "PROPN", "PRON", "ADJ", "NUM", "ADV", "SCONJ", "VERB", "AUX")
LINKS: Final = ("that", "whether", "how", "why", "if", "what")
NEAR: Final = 9
# How many words a subject after « as » may take, and how few what it reports.
FAR: Final = 12
MIN_WORDS: Final = 3


def surface(
    scene: ParsedSentence, cue: Cue, words: Lexicon, others: tuple[Cue, ...]
) -> Iterator[Candidate]:
    """X noted on Monday that P · polls show X ahead · X supports N: where the parser hangs P elsewhere."""
    for low, link in _starts(scene, cue):
        at = low
        while scene.tokens[at].head != at and scene.extents[scene.tokens[at].head][0] >= low:
            at = scene.tokens[at].head
        for high, reach in content_ends(scene, cue, low, scene.extents[at][1]):
            draft = CandidateBuilder(scene, words, "surface").said_with(cue)
            candidate = draft.done(
                [scene.words(low, high)],
                f"link={link}",
                f"link+cue={link}/{cue.lemma}",
                f"reach={reach}",
                f"gap={min(low - cue.high - 1, 4)}",
            )
            if candidate is not None:
                yield candidate


def _starts(scene: ParsedSentence, cue: Cue) -> Iterator[tuple[int, str]]:
    low = cue.high + 1
    kids = [k for k in scene.kids[cue.at] if k > cue.high]
    known = {scene.extents[k][0] for k in kids}
    link = scene.find(low, low + NEAR, lambda j: scene.lower[j] in LINKS)
    between = range(low, link if link is not None else low)
    clear = not any(scene.tokens[j].masked or scene.tokens[j].pos == "VERB" for j in between)
    if link is not None and link not in known and clear and cue.kind != "adjective":
        yield link, scene.lower[link]
    if cue.kind != "verb" or link == low or low >= len(scene.tokens) - 1:
        return
    if (
        any(scene.tokens[k].dep in GOVERNED for k in kids)
        or after_quote(scene, cue.low) is not None
    ):
        return
    if scene.tokens[low].pos in OPENS and not scene.tokens[low].masked:
        yield low, scene.tokens[low].pos


def copular(
    scene: ParsedSentence, cue: Cue, words: Lexicon, others: tuple[Cue, ...]
) -> Iterator[Candidate]:
    """X's claim is that P · the joke was that P · X's goal is to P."""
    head = scene.tokens[cue.at].head
    if cue.kind != "noun" or not scene.tokens[cue.at].dep.startswith("nsubj") or head <= cue.at:
        return
    for k in scene.kids[head]:
        if k <= head or scene.tokens[k].dep not in GOVERNED or scene.tokens[k].masked:
            continue
        low = max(scene.extents[k][0], head + 1)
        high = until(scene, low, scene.extents[k][1])
        draft = CandidateBuilder(scene, words, "copular").said_with(cue)
        notes = [f"verb={scene.lower[head]}", f"what={scene.tokens[k].dep}"]
        candidate = draft.done([scene.words(low, high)], *notes)
        if candidate is not None:
            yield candidate


def as_reported(
    scene: ParsedSentence, cue: Cue, words: Lexicon, others: tuple[Cue, ...]
) -> Iterator[Candidate]:
    """As X noted, P · As X put it last week, P: the report first, the words after its comma."""
    if cue.kind != "verb" or cue.mood != "finite":
        return
    link = next((j for j in range(cue.low - 1, -1, -1) if scene.lower[j] == "as"), None)
    if link is None or cue.low - link > FAR:
        return
    comma = scene.find(cue.high + 1, cue.high + NEAR, lambda j: scene.lower[j] == ",")
    if comma is None or not any(scene.is_word(j) for j in range(comma + 1, len(scene.tokens))):
        return
    opens = not any(scene.is_word(j) and scene.tokens[j].pos != "CCONJ" for j in range(link))
    last = len(scene.tokens) - 1
    for high, reach in content_ends(scene, cue, comma + 1, last):
        if high - comma < MIN_WORDS:
            continue
        draft = CandidateBuilder(scene, words, "as-reported").said_with(cue)
        notes = [f"opens={opens}", f"reach={reach}", f"gap={min(comma - cue.high, 4)}"]
        candidate = draft.done([scene.words(comma + 1, high)], *notes)
        if candidate is not None:
            yield candidate


SURFACE_RULES = (surface, copular, as_reported)
