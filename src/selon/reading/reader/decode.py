"""From the network's scores to statements with all their parts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final, Protocol

import numpy as np
import numpy.typing as npt

from selon.reading.reader import edges
from selon.reading.reader.spans import best_spans
from selon.reading.reader.tokens import Tokens, Window, windows
from selon.records import FORMS, STANCES, Antecedent, Draft, Span, Spans, Via

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
ROLES: Final = ("content", "cue", "speaker", "addressee", "relay", "relay_cue")
SIZE: Final = 510
OVERLAP: Final = 170
# An anchor less likely than this is not looked at.
MIN_CHANCE: Final = 0.2
# Windows that are looked at together: a name is looked for in them, and in as many before. Articles
# have fewer; memory stays level in what is longer.
STRETCH: Final = 16
# A place less likely than this is none where the speaker is named.
LIKELY: Final = 0.01
# Two statements that share this much of their contents are one.
SAME: Final = 0.5
# … but for one that is so likely within the other.
NESTED: Final = 0.8
NOTHING: Final = np.zeros(0, np.float32)
TRIMMED: Final = " \t\n\r\u00a0\u202f\u2009"


class Scorer(Protocol):
    """The network at work; places are numbers of tokens in a window.

    `nests` says whether its guidelines mark what is said within what is said.
    """

    nests: bool

    def hidden(self, tokens: Tokens, found: Sequence[Window]) -> list[Floats]:
        """The hidden states of each window, [time, width]."""

    def anchors(self, hidden: Floats) -> Floats:
        """Chances [time, 3]: no anchor, a cue's first token, a content's without a cue."""

    def pairs(self, hidden: Floats, at: Ints, paragraphs: Ints) -> Floats:
        """Log odds [anchors, time, roles, 3]: inside, starts here, ends here."""

    def kinds(self, hidden: Floats, at: Ints, content: Floats) -> tuple[Floats, Floats]:
        """Chances of the forms and of the stances of each anchor."""

    def names(self, query: Floats, speakers: Floats, keys: Floats) -> Floats:
        """Chances [anchors, 1 + time]: nobody is named, or the name's words stand there."""


def drafts(
    text: str, tokens: Tokens, scorer: Scorer, min_chance: float = MIN_CHANCE
) -> tuple[Draft, ...]:
    """Every statement in the text, in its order; of two that are one the likelier."""
    parts = windows(tokens, SIZE, OVERLAP)
    found: list[_Detection] = []
    before: list[_States] = []
    for n in range(0, len(parts), STRETCH):
        some = parts[n : n + STRETCH]
        states = [_States(w, h) for w, h in zip(some, scorer.hidden(tokens, some), strict=True)]
        fresh = [f for s in states for f in _of_window(text, tokens, s, scorer, min_chance)]
        found.extend(_with_speaker_mentions(tokens, (*before, *states), fresh, scorer))
        before = states
    return tuple(f.draft for f in _without_overlaps(found, scorer.nests))


@dataclass(frozen=True, slots=True)
class _States:
    """A window, and its hidden states [time, width]."""

    window: Window
    hidden: Floats


@dataclass(slots=True)
class _Detection:
    draft: Draft
    query: Floats
    speaker: Floats
    tokens: frozenset[int]


def _of_window(
    text: str, tokens: Tokens, states: _States, scorer: Scorer, min_chance: float
) -> Iterable[_Detection]:
    window, h = states.window, states.hidden
    chances = scorer.anchors(h)
    told = np.zeros(len(h), bool)
    told[window.first - window.start : window.last - window.start] = True
    at = np.flatnonzero(told & (chances[:, 0] < 1 - min_chance))
    if not len(at):
        return
    paragraphs = tokens.paragraphs[window.start : window.end].astype(np.int64)
    pairs = scorer.pairs(h, at, paragraphs)
    flat = pairs.transpose(0, 2, 1, 3).reshape(-1, *pairs.shape[1:2], 3)
    spans = best_spans(flat)
    rows = [spans[n * len(ROLES) : (n + 1) * len(ROLES)] for n in range(len(at))]
    kept = [n for n, row in enumerate(rows) if row[0]]
    if not kept:
        return
    content = np.zeros((len(kept), len(h)), np.float32)
    for n, k in enumerate(kept):
        for a, b in rows[k][0]:
            content[n, a:b] = 1
    content /= content.sum(1, keepdims=True)
    forms, stances = scorer.kinds(h, at[kept], content)
    for n, k in enumerate(kept):
        places = [_places(text, tokens, window, row) for row in rows[k]]
        anchor = int(at[k])
        form = FORMS[int(forms[n].argmax())]
        content_spans = edges.content(
            text, places[0], form, int(tokens.starts[window.start + anchor])
        )
        if not content_spans:
            continue
        cued = bool(chances[anchor, 1] >= chances[anchor, 2])
        cue = places[1] if cued else ()
        yield _Detection(
            Draft(
                form=form,
                content=content_spans,
                cue=cue,
                speaker=places[2],
                addressees=tuple((s,) for s in places[3]),
                relays=_relays(places[4], places[5]),
                stance=STANCES[int(stances[n].argmax())],
                score=float(1 - chances[anchor, 0]),
                cued=cued,
                margin=_margin(pairs[k], rows[k][2]),
            ),
            h[anchor].copy(),
            _mean(h, rows[k][ROLES.index("speaker")]),
            frozenset(t + window.start for a, b in rows[k][0] for t in range(a, b)),
        )


def _mean(h: Floats, spans: Sequence[tuple[int, int]]) -> Floats:
    """The mean state of the words in some spans; nought where there are none."""
    if not spans:
        return np.zeros(h.shape[1], np.float32)
    out: Floats = np.concatenate([h[a:b] for a, b in spans]).mean(0)
    return out


def _margin(pairs: Floats, speaker: Sequence[tuple[int, int]]) -> float:
    """How sure the speaker's words are: the mean log odds inside, or against any."""
    inside = pairs[:, ROLES.index("speaker"), 0]
    if not speaker:
        return float(-inside.max())
    return float(np.concatenate([inside[a:b] for a, b in speaker]).mean())


def _places(
    text: str, tokens: Tokens, window: Window, spans: Sequence[tuple[int, int]]
) -> tuple[Span, ...]:
    out = []
    for a, b in spans:
        start = int(tokens.starts[window.start + a])
        end = int(tokens.ends[window.start + b - 1])
        while start < end and text[start] in TRIMMED:
            start += 1
        if start < end:
            out.append(Span(start, end))
    return tuple(out)


def _relays(relays: Spans, cues: Spans) -> tuple[Via, ...]:
    """Each relay with the cue nearest to it."""
    out = []
    for relay in relays:
        near = sorted(cues, key=lambda c: max(c.start - relay.end, relay.start - c.end, 0))
        out.append(Via((relay,), tuple(near[:1])))
    return tuple(out)


def _without_overlaps(found: list[_Detection], nests: bool) -> list[_Detection]:
    """Without those that say again what a likelier one says; in text order."""
    kept: list[_Detection] = []
    holding: dict[int, list[_Detection]] = {}
    for one in sorted(found, key=lambda f: -f.draft.score):
        shared = Counter(id(k) for t in one.tokens for k in holding.get(t, ()))
        near = {id(k): k for t in one.tokens for k in holding.get(t, ())}
        if any(
            n / len(one.tokens | near[k].tokens) >= SAME and not (nests and _nested(one, near[k]))
            for k, n in shared.items()
        ):
            continue
        kept.append(one)
        for t in one.tokens:
            holding.setdefault(t, []).append(one)
    return sorted(kept, key=lambda f: (f.draft.content[0].start, -f.draft.content[-1].end))


def _nested(one: _Detection, other: _Detection) -> bool:
    """Whether one is said within what the other says: « X dit que Y a promis de venir »."""
    if one.draft.score < NESTED:
        return False
    return _cued_inside(one.draft, other.draft) or _cued_inside(other.draft, one.draft)


def _cued_inside(inner: Draft, outer: Draft) -> bool:
    return bool(inner.cue) and all(any(c.holds(s) for c in outer.content) for s in inner.cue)


def _with_speaker_mentions(
    tokens: Tokens, states: Sequence[_States], found: Sequence[_Detection], scorer: Scorer
) -> Iterable[_Detection]:
    """The same with the places, in the text of some windows, where their speaker is named."""
    if not found:
        return
    own = [
        s.hidden[s.window.first - s.window.start : s.window.last - s.window.start] for s in states
    ]
    keys, first = np.concatenate(own), states[0].window.first
    query, speakers = (
        np.stack(x) for x in zip(*((f.query, f.speaker) for f in found), strict=True)
    )
    chances = scorer.names(query, speakers, keys)
    for one, row in zip(found, chances, strict=True):
        likely = np.flatnonzero(row[1:] > LIKELY)
        places = tuple(
            Antecedent(
                Span(int(tokens.starts[first + t]), int(tokens.ends[first + t])), float(row[t + 1])
            )
            for t in likely
        )
        draft = replace(one.draft, antecedents=places)
        # What was asked for the name is not held any longer.
        yield replace(one, draft=draft, query=NOTHING, speaker=NOTHING)
