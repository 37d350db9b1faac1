"""The tense of the verb that governs a stretch of a parsed sentence."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from typing import Final

from selon.reading.times.grammar import Tense
from selon.records import Sentence, Span, Token

# Steps up the tree, and words back to a participle that goes with a stretch: « prévu dès le ».
CLIMB: Final = 12
BEFORE: Final = 4
_VERBS: Final = ("VERB", "AUX")
_SMALL: Final = ("ADP", "DET", "ADV")


def tense_finder(
    sentences: Sequence[Sentence], planned: frozenset[str] = frozenset()
) -> Callable[[Span], Tense | None]:
    """A function from a stretch to the tense of its verb; None where the parse does not tell.

    `planned` are participles that look ahead though they are past ones: « est prévu lundi »,
    « le vote prévu lundi », "is expected Monday".
    """
    starts = [s.span.start for s in sentences]

    def tense(span: Span) -> Tense | None:
        n = bisect_right(starts, span.start) - 1
        if n < 0 or not sentences[n].span.meets(span):
            return None
        tokens = sentences[n].tokens
        at = next((i for i, t in enumerate(tokens) if t.span.meets(span) and not t.masked), None)
        if at is None:
            return None
        beside = _planned_participle(tokens, at, planned)
        verb = _verb(tokens, at, span) if beside is None else beside
        if verb is None:
            return None
        if beside is not None and not _auxiliaries(tokens, verb):
            # « le vote prévu lundi » is ahead, but « prévu en avril » may be over in May.
            return "present"
        return _tense(tokens, verb, planned)

    return tense


def _planned_participle(tokens: Sequence[Token], at: int, planned: frozenset[str]) -> int | None:
    """A planned participle right before the stretch, whatever the tree says."""
    for n in range(at - 1, max(-1, at - 1 - BEFORE), -1):
        if tokens[n].text.lower() in planned:
            return n
        if tokens[n].pos not in _SMALL:
            return None
    return None


def _verb(tokens: Sequence[Token], at: int, span: Span) -> int | None:
    """The nearest verb, or noun or adjective with a copula, above a stretch."""
    for _ in range(CLIMB):
        token = tokens[at]
        inside = token.span.meets(span)
        copula = any(t.head == at and t.dep == "cop" for t in tokens)
        if not inside and (token.pos in _VERBS or copula):
            return at
        if token.head == at:
            return None
        at = token.head
    return None


def _auxiliaries(tokens: Sequence[Token], at: int) -> list[Token]:
    return [
        t
        for n, t in enumerate(tokens)
        if n != at and t.head == at and t.dep.startswith(("aux", "cop"))
    ]


def _tense(tokens: Sequence[Token], at: int, planned: frozenset[str]) -> Tense | None:
    verb, helpers = tokens[at], _auxiliaries(tokens, at)
    group = (*helpers, verb)
    if any("Tense=Fut" in t.morph for t in group):
        return "future"
    told = any(_past(t) for t in helpers)
    perfect = any(t.dep == "aux:tense" for t in helpers)
    if verb.text.lower() in planned and not told and not perfect:
        return "future"
    if not perfect and _infinitive(group):
        return _after(tokens, verb.head) if verb.head != at else None
    if any(t.dep == "aux" and _finite(t) and "Tense" not in t.morph for t in helpers):
        # "will meet": a helper without a tense of its own.
        return "future"
    if perfect or told or _past(verb):
        return "past"
    if verb.pos not in _VERBS:
        # « c'est moins que lundi », « est obligatoire lundi »: a state has no side.
        return None
    return "present" if any("Tense=Pres" in t.morph for t in group) else None


def _after(tokens: Sequence[Token], head: int) -> Tense | None:
    """« doit être examiné jeudi » looks ahead; after a past verb (« devait ») nobody can tell."""
    group = (tokens[head], *_auxiliaries(tokens, head))
    ahead = any(_finite(t) for t in group) and not any(_past(t) for t in group)
    return "future" if ahead and tokens[head].pos in _VERBS else None


def _past(token: Token) -> bool:
    return "Tense=Past" in token.morph or "Tense=Imp" in token.morph


def _finite(token: Token) -> bool:
    return "VerbForm=Fin" in token.morph


def _infinitive(group: Sequence[Token]) -> bool:
    verbs = [t for t in group if t.pos in _VERBS]
    bare = any("VerbForm=Inf" in t.morph for t in verbs)
    return bare and not any(_finite(t) for t in verbs)
