""" "According to X, P": prepositions and adverbs that attribute, and who relays whom."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from selon.lang.content import spans_of
from selon.lang.en.candidate_builder import CandidateBuilder
from selon.lang.en.cues import Cue
from selon.lang.en.parties import NOMINAL, Subject, bounds
from selon.lang.en.words import Lexicon
from selon.reading.tree import ParsedSentence
from selon.records import Candidate, Span, Via


@dataclass(frozen=True, slots=True)
class Source:
    """A preposition with the party it names: tokens `low`..`high`, and the words of the cue."""

    low: int
    high: int
    cue: tuple[int, ...]
    who: Subject
    medium: bool


def sources(scene: ParsedSentence, words: Lexicon) -> Iterator[Source]:
    """Every « according to X », « per X » of the sentence."""
    opening = {phrase[0] for phrase in words.prepositions}
    opening |= words.closed["held_in"] | words.closed["held_by"]
    for i in range(len(scene.tokens)):
        if scene.lower[i] not in opening:
            continue
        for phrase in words.prepositions:
            n = len(phrase)
            if scene.lower[i : i + n] != phrase or i + n >= len(scene.tokens):
                continue
            if phrase == ("per",) and i and scene.lower[i - 1] != ",":
                continue
            source = _source(scene, words, i, n)
            if source is not None:
                yield source
            break
        else:
            source = _source(scene, words, i, 1) if _may_name(scene, words, i) else None
            if source is not None and _names(scene, words, source):
                yield replace(source, medium=False)


def _may_name(scene: ParsedSentence, words: Lexicon, i: int) -> bool:
    low = scene.lower[i]
    if low in words.closed["held_in"]:
        return True
    opens = i == 0 or scene.lower[i - 1] in (",", "and", "but", "while")
    return low in words.closed["held_by"] and opens


def _names(scene: ParsedSentence, words: Lexicon, source: Source) -> bool:
    """« In a new poll, P », « for Hale, P »: a document that tells, or whoever holds P true."""
    head = source.who.head
    if head is None:
        return False
    if scene.lower[source.low] in words.closed["held_in"]:
        return scene.lower[head] in words.closed["documents"]
    return source.low == 0 or scene.lower[source.high + 1 : source.high + 2] == (",",)


def _source(scene: ParsedSentence, words: Lexicon, i: int, n: int) -> Source | None:
    j = i + n
    head = next((k for k in scene.kids[j - 1] if scene.tokens[k].dep == "pobj"), None)
    if head is None:
        head = scene.find(j, j + 8, lambda k: scene.tokens[k].pos in NOMINAL)
    if head is None or scene.tokens[head].masked:
        return None
    low, high = bounds(scene, head, floor=j)
    comma = next((k for k in range(low, high) if scene.lower[k] == ","), None)
    if comma is not None and i == 0 and "," not in scene.lower[high : high + 2]:
        high = comma - 1
    who = Subject((scene.words(low, high),), head, "according")
    return Source(i, high, tuple(range(i, j)), who, is_medium(scene, words, head, who.spans[0]))


def is_medium(scene: ParsedSentence, words: Lexicon, head: int, span: Span) -> bool:
    """Whether a phrase names a medium: by its noun ("the newspaper") or by its name."""
    return scene.lower[head] in words.media_nouns or span.of(scene.text) in words.media_names


def according(scene: ParsedSentence, words: Lexicon, found: tuple[Cue, ...]) -> Iterator[Candidate]:
    """According to X, P · P, according to X · P, according to X, Q · P, per X."""
    last = len(scene.tokens) - 1
    for source in sources(scene, words):
        opening = not any(
            scene.is_word(k) and scene.tokens[k].pos != "CCONJ" for k in range(source.low)
        )
        for content, kind in _contents(scene, source, opening, last):
            draft = CandidateBuilder(scene, words, "according").said_by(source.who)
            draft.cue_spans = spans_of(scene, source.cue)
            where = "opening" if opening else "closing" if source.high >= last - 1 else "middle"
            comma = source.low > 0 and scene.lower[source.low - 1] == ","
            draft.features += [
                f"preposition={scene.lower[source.low]}",
                f"where={where}/{kind}",
                f"comma={comma}/{kind}",
                f"preposition+where={scene.lower[source.low]}/{where}/{kind}",
                f"reports={min(len(found), 2)}/{scene.lower[source.low]}",
                *(["medium"] if source.medium else []),
            ]
            candidate = draft.done(content)
            if candidate is not None:
                yield candidate


def _contents(
    scene: ParsedSentence, source: Source, opening: bool, last: int
) -> Iterator[tuple[list[Span], str]]:
    after = [scene.words(source.high + 1, last)] if source.high < last - 1 else []
    if opening:
        if after:
            yield after, "after"
        return
    before = [scene.words(0, source.low - 1)]
    yield before, "before"
    if after:
        yield [*before, *after], "both"
    verb = scene.tokens[source.low].head
    low = scene.extents[verb][0]
    if 0 < low < source.low - 1:
        yield [scene.words(low, source.low - 1)], "clause"


def hearsay(scene: ParsedSentence, words: Lexicon, found: tuple[Cue, ...]) -> Iterator[Candidate]:
    """X reportedly did P · P, allegedly: what is said, by nobody in particular."""
    for i, low in enumerate(scene.lower):
        if low not in words.closed["adverbs"] or scene.tokens[i].masked:
            continue
        verb = scene.tokens[i].head
        first, high = scene.extents[verb]
        content = []
        if first < i:
            content.append(scene.words(first, i - 1))
        if high > i:
            content.append(scene.words(i + 1, high))
        draft = CandidateBuilder(scene, words, "hearsay")
        draft.cue_spans = (scene.tokens[i].span,)
        draft.features += [
            f"adverb={low}",
            f"dep={scene.tokens[verb].dep}",
            f"pos={scene.tokens[verb].pos}",
        ]
        candidate = draft.done(content) if content else None
        if candidate is not None:
            yield candidate


def relays(scene: ParsedSentence, words: Lexicon) -> tuple[Via, ...]:
    """Media that may relay another's words: "according to Reuters", "the paper reported"."""
    return tuple(
        Via(s.who.spans, spans_of(scene, s.cue)) for s in sources(scene, words) if s.medium
    )
