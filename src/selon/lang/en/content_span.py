"""Where the words that an English cue governs may end: the tree is often wrong about the last phrase."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from selon.lang.en.cues import Cue
from selon.reading.tree import ParsedSentence

# How many ends of one kind are proposed: the last phrases and the first commas matter most.
MAX_ENDS: Final = 3
PAUSES: Final = (",", "—", "–", "--", "-")
# What a phrase begins with that the parser may hang on a wrong word.
LOOSE: Final = ("ADP", "SCONJ", "ADV")


def until(scene: ParsedSentence, low: int, high: int) -> int:
    """The last word of a stretch: before a quotation that stands by itself, « ; » or a dash."""
    for j in range(low + 1, high + 1):
        if scene.tokens[j].masked or scene.lower[j] == ";":
            high = j - 1
            break
    while high > low and not scene.is_word(high) and not scene.tokens[high].masked:
        high -= 1
    return high


def content_ends(scene: ParsedSentence, cue: Cue, low: int, high: int) -> Iterator[tuple[int, str]]:
    """Where what begins at `low` may end, each end once.

    With its tree (up to `high`), with the sentence, before a phrase that ends the tree (« P on
    Monday », « N during a rally »), at a comma.
    """
    tree = until(scene, low, high)
    found = {tree: "tree"}
    last = until(scene, low, len(scene.tokens) - 1)
    if last > tree and scene.tokens[cue.at].dep in ("root", "conj", "ccomp", "parataxis"):
        found.setdefault(last, "sentence")
    for end in _before_last_phrases(scene, low, tree):
        found.setdefault(end, "phrase")
    for end in _before_next_verbs(scene, low, max(found)):
        found.setdefault(end, "conjunction")
    for end in _at_commas(scene, low, max(found)):
        found.setdefault(end, "comma" if end < tree else "comma-after")
    yield from found.items()


def _before_last_phrases(scene: ParsedSentence, low: int, tree: int) -> list[int]:
    """The ends before each phrase or clause that the stretch ends with, the widest phrase first."""
    out = []
    for j in range(low + 1, tree + 1):
        token = scene.tokens[j]
        first, end = scene.extents[j]
        if end < tree or first <= low:
            continue
        if scene.tokens[first].pos in LOOSE or token.dep in ("obl:npmod", "advcl", "acl"):
            out.append(until(scene, low, first - 1))
    return list(dict.fromkeys(out))[:MAX_ENDS]


def _before_next_verbs(scene: ParsedSentence, low: int, last: int) -> list[int]:
    """The ends before « and said », « but left »: a verb that may be joined to the cue."""
    out = []
    for j in range(low + 1, last):
        token = scene.tokens[j]
        if token.pos != "CCONJ" or not scene.is_word(j + 1):
            continue
        verb = scene.find(j + 1, j + 4, lambda k: scene.tokens[k].pos in ("VERB", "AUX"))
        if verb is not None:
            out.append(until(scene, low, j - 1))
    return list(dict.fromkeys(out))[:2]


def _at_commas(scene: ParsedSentence, low: int, last: int) -> list[int]:
    """The ends before commas and dashes that stand by themselves."""
    commas = (j for j in range(low + 1, last) if scene.lower[j] in PAUSES and scene.is_word(j + 1))
    ends = (until(scene, low, j - 1) for j in commas if j > low)
    return list(dict.fromkeys(ends))[:MAX_ENDS]
