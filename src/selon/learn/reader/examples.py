"""Gold articles as windows of tokens with the labels that the network learns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt

from selon.reading import segment
from selon.reading.reader.decode import ROLES, SIZE
from selon.reading.reader.tokens import Tokens, Window, tokenize, windows
from selon.records import FORMS, STANCES, Quote, Span

if TYPE_CHECKING:
    from tokenizers import Tokenizer

OWN, POLNEAR = 0, 1
# What PolNeAR does not mark is no evidence against it.
UNMARKED: Final = {POLNEAR: ("addressee", "relay", "relay_cue")}
STYLES: Final = ("«»", '""', "“”", "„“")


@dataclass(frozen=True, slots=True)
class Target:
    """One gold statement in numbers of tokens: anchor, spans by role, form, stance, name's tokens.

    `names` is None where the gold does not say; empty where it says that nobody is named.
    """

    anchor: int
    cued: bool
    spans: tuple[tuple[tuple[int, int], ...], ...]
    form: int
    stance: int | None
    names: tuple[int, ...] | None


@dataclass(frozen=True, slots=True)
class Example:
    """An article's tokens and targets."""

    id: str
    tokens: Tokens
    targets: tuple[Target, ...]
    guideline: int


def example(article: dict[str, Any], tokenizer: Tokenizer, guideline: int) -> Example:
    """The article's tokens, and its statements by their numbers."""
    text = article["text"]
    tokens = layout(text, tokenizer)[0]
    taken: set[int] = set()
    targets = []
    for one in article["statements"]:
        target = _target(text, tokens, one, guideline)
        if target is None:
            continue
        if target.anchor in taken:
            target = replace(target, anchor=target.spans[0][0][0], cued=False)
        if target.anchor not in taken:
            taken.add(target.anchor)
            targets.append(target)
    return Example(article["id"], tokens, tuple(targets), guideline)


def layout(text: str, tokenizer: Tokenizer) -> tuple[Tokens, tuple[Span, ...], tuple[Quote, ...]]:
    """Tokens, paragraphs and quotations of a text."""
    paragraphs = segment.paragraphs(text)
    quotes = segment.quotes(text, paragraphs)
    return tokenize(text, paragraphs, quotes, tokenizer), paragraphs, quotes


def _target(text: str, tokens: Tokens, one: dict[str, Any], guideline: int) -> Target | None:
    relays = one.get("via") or []
    parts = {
        "content": [one["content"]],
        "cue": [one["cue"]],
        "speaker": [one["speaker"]["spans"]],
        "addressee": [a["spans"] for a in one.get("addressees") or []],
        "relay": [v["spans"] for v in relays],
        "relay_cue": [v.get("cue") or [] for v in relays],
    }
    spans = tuple(
        tuple(r for spans in parts[role] for s in spans if (r := _range(tokens, s)))
        for role in ROLES
    )
    if not spans[0]:
        return None
    cued = bool(spans[1])
    stance = one.get("stance")
    return Target(
        spans[1][0][0] if cued else spans[0][0][0],
        cued,
        spans,
        FORMS.index(one["form"]),
        None if stance is None or guideline == POLNEAR else STANCES.index(stance),
        None if guideline == POLNEAR else _names(text, tokens, one["speaker"]),
    )


def _range(tokens: Tokens, span: Sequence[int]) -> tuple[int, int] | None:
    start = int(np.searchsorted(tokens.ends, span[0], "right"))
    end = int(np.searchsorted(tokens.starts, span[1], "left"))
    return (start, end) if start < end else None


def _names(text: str, tokens: Tokens, speaker: dict[str, Any]) -> tuple[int, ...] | None:
    """The tokens of every place that has the speaker's fullest name, or its own words for it.

    None where the name as gold writes it stands nowhere: « X et Y » of two who speak together.
    """
    name = speaker.get("name")
    if not name:
        return ()
    found: set[int] = set()
    for m in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text):
        if r := _range(tokens, m.span()):
            found.update(range(*r))
    last = name.split()[-1]
    for span in speaker["spans"]:
        if last in text[span[0] : span[1]] and (r := _range(tokens, span)):
            found.update(range(*r))
    return tuple(sorted(found)) or None


def in_other_marks(article: dict[str, Any], style: str) -> dict[str, Any]:
    """The same article with other quotation marks of the same width."""
    open_, close = style[0], style[1]
    text, quotes = article["text"], []
    letters = list(text)
    for quote in segment.quotes(text, segment.paragraphs(text)):
        a, b = quote.outer.start, quote.outer.end - 1
        if letters[a] in '«“"„' and quote.closed and letters[b] in '»”"“':
            letters[a], letters[b] = open_, close
            quotes.append(quote)
    return {**article, "text": "".join(letters)}


@dataclass(frozen=True, slots=True)
class TrainingPiece:
    """One window of an example, with the targets whose anchors it tells."""

    example: Example
    window: Window
    targets: tuple[Target, ...]


# Windows share fewer tokens than when one reads: these would only be learnt from twice.
LEARNT_TWICE: Final = 96


def pieces(examples: Iterable[Example], shift: int = 0) -> list[TrainingPiece]:
    """The windows of the examples; `shift` shortens them, so that they fall elsewhere each time."""
    out = []
    for one in examples:
        for w in windows(one.tokens, SIZE - shift, LEARNT_TWICE):
            inside = tuple(t for t in one.targets if w.start <= t.anchor < w.end)
            out.append(TrainingPiece(one, w, inside))
    return out


def cut(spans: Sequence[tuple[int, int]], window: Window) -> list[tuple[int, int, bool, bool]]:
    """Spans in the window's own numbers; whether each really starts, really ends there."""
    out = []
    for a, b in spans:
        if a < window.end and b > window.start:
            out.append(
                (
                    max(a, window.start) - window.start,
                    min(b, window.end) - window.start,
                    a >= window.start,
                    b <= window.end,
                )
            )
    return out


def labels(piece: TrainingPiece, length: int) -> npt.NDArray[np.float32]:
    """[targets, length, roles, 3]: inside, starts here, ends here. Tokens count from one (<s>)."""
    out = np.zeros((len(piece.targets), length, len(ROLES), 3), np.float32)
    for n, target in enumerate(piece.targets):
        for r, spans in enumerate(target.spans):
            for a, b, starts, ends in cut(spans, piece.window):
                out[n, a + 1 : b + 1, r, 0] = 1
                if starts:
                    out[n, a + 1, r, 1] = 1
                if ends:
                    out[n, b, r, 2] = 1
    return out
