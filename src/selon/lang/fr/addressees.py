"""To whom it is said: the parties that a French cue is addressed to."""

from __future__ import annotations

from bisect import bisect_left

from selon.lang.fr import people
from selon.lang.fr.cues import Cue
from selon.lang.fr.phrases import NOMINAL, holds, names_person, noun_phrase
from selon.lang.fr.words import Lexicon
from selon.reading.tree import ParsedSentence, trim
from selon.records import Span, Spans

ASKING = ("menacer", "prévenir", "informer", "avertir", "aviser", "charger", "rassurer", "alerter")


def addressees(scene: ParsedSentence, cue: Cue, words: Lexicon, taken: Spans) -> tuple[Spans, ...]:
    """To whom: « à l'AFP », « auprès du Parisien », « lui », « invite Y à »; no occasion, no place.

    `taken` are the content and the speaker, which no addressee overlaps.
    """
    found: list[Span] = []
    for j in range(max(0, cue.low - 1), cue.at):
        token = scene.tokens[j]
        if token.pos == "PRON" and token.head == cue.at and _clitic(scene, j):
            found.append(token.span)
    base = max(cue.high, cue.inverted or 0)
    if taken:
        base = _last_of(scene, base, taken[-1])
    asked = _object_asked(scene, cue, taken)
    if asked is not None:
        found.append(asked)
    for j in range(cue.high + 1, min(max(base, cue.high) + 12, len(scene.tokens))):
        low = scene.lower[j]
        if low in (".", ";", ":") or scene.tokens[j].masked:
            break
        leads = low in words.closed["to"] or low == "pour"
        if not leads or any(s.start <= scene.starts[j] < s.end for s in taken):
            continue
        span = _addressee_of(scene, cue, words, j, base, taken)
        if span is not None:
            found.append(span)
            break
    kept = [s for s in found if s.end > s.start and not any(s.meets(t) for t in taken)]
    return tuple((s,) for s in kept[:2])


def _clitic(scene: ParsedSentence, j: int) -> bool:
    """« lui a dit », « le lui dire »; not « a, lui, dit », « lui aussi », « quant à lui », « a lui dit ».

    An unstressed pronoun stands right before its verb, its auxiliary or « en », « y », and never
    behind an auxiliary.
    """
    if scene.lower[j] not in ("lui", "leur") or j + 1 >= len(scene.tokens):
        return False
    after = scene.tokens[j + 1]
    if after.pos not in ("VERB", "AUX") and scene.lower[j + 1] not in ("en", "y"):
        return False
    if j == 0:
        return True
    apart = scene.tokens[j - 1].pos == "AUX" or scene.lower[max(0, j - 2) : j] == ("quant", "à")
    return not apart


def _last_of(scene: ParsedSentence, base: int, span: Span) -> int:
    """The last token of a stretch that begins not far behind a token; else that token."""
    starts = scene.starts
    first = bisect_left(starts, span.start, base + 1)
    if first < min(base + 25, len(starts)) and starts[first] < span.end:
        return bisect_left(starts, span.end) - 1
    return base


def _object_asked(scene: ParsedSentence, cue: Cue, taken: Spans) -> Span | None:
    """« invite les passagers à », « prévient les électeurs de », « alerte l'opinion sur »: the object."""
    if cue.passive or not (cue.verb.act in ("ask", "warn") or cue.lemma in ASKING):
        return None
    for k in scene.children(cue.at, "obj", "iobj"):
        token = scene.tokens[k]
        if k <= cue.high or token.masked or token.pos not in NOMINAL or scene.child(k, "case"):
            continue
        start = min((t.start for t in taken if t.start > token.span.start), default=None)
        if start is None:
            continue
        ceiling = (
            max(i for i, t in enumerate(scene.tokens) if t.span.start < start) if start else None
        )
        return trim(scene.text, noun_phrase(scene, k, floor=cue.high + 1, ceiling=ceiling))
    return None


def _addressee_of(
    scene: ParsedSentence, cue: Cue, words: Lexicon, j: int, base: int, taken: Spans
) -> Span | None:
    floor = j + 1
    for_medium = scene.lower[j] == "pour" and any(
        t.text in words.media_names for t in scene.tokens[floor : floor + 3]
    )
    if scene.lower[j] not in words.closed["to"] and not for_medium:
        return None
    if scene.lower[j] == "auprès" and floor < len(scene.tokens):
        floor += scene.lower[floor] in ("de", "du", "des", "d'")
    head = scene.find(floor, floor + 5, lambda k: scene.tokens[k].pos in (*NOMINAL, "ADJ"))
    if head is None or scene.tokens[head].pos == "ADJ":
        head = scene.find(floor, floor + 6, lambda k: scene.tokens[k].pos in NOMINAL)
    if head is None or scene.lower[head] in words.never_addressee or scene.tokens[head].masked:
        return None
    after = scene.lower[head + 1] if head + 1 < len(scene.tokens) else "."
    if holds(scene, j) and scene.tokens[head].text not in words.media_names:
        return None
    near = j - base <= 2 or j - cue.high <= 2 or scene.tokens[head].head == cue.at
    if not near or not _somebody(scene, words, head, after):
        return None
    stop = min((t.start for t in taken if t.start > scene.tokens[head].span.start), default=None)
    ceiling = None
    if stop is not None:
        ceiling = max(i for i, t in enumerate(scene.tokens) if t.span.start < stop)
    if scene.tokens[head].text.isupper() and len(scene.tokens[head].text) > 2:
        ceiling = head
    return trim(scene.text, noun_phrase(scene, head, floor=floor, ceiling=ceiling))


def _somebody(scene: ParsedSentence, words: Lexicon, head: int, after: str) -> bool:
    """A person, a body or a medium; a bare name after « à » is as often a town: « à Paris »."""
    token = scene.tokens[head]
    low = scene.lower[head]
    if low in words.media_nouns or token.text in words.media_names:
        return True
    if token.pos == "PRON":
        return low in ("lui", "eux", "elle", "elles", "nous", "ceux", "celui-ci", "celle-ci")
    if names_person(scene, head) or (head and names_person(scene, head - 1)):
        return True
    named = token.pos == "PROPN" or (token.text[:1].isupper() and head > 0)
    before = scene.lower[head - 1]
    if named:
        if before in ("l'", "l’", "le", "la", "les", "au", "aux", "du", "m.", "mme"):
            return True
        return token.text.lower() not in words.places and after in (
            "que",
            "qu'",
            ":",
            "de",
            "d'",
            ",",
            "avoir",
            ".",
        )
    noun = people.words().nouns.get(people.singular(low))
    return noun is not None
