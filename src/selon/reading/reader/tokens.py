"""Tokens of a text for the encoder, with their places in it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from selon.records import Quote, Span

if TYPE_CHECKING:
    from tokenizers import Tokenizer

Ints = npt.NDArray[np.int32]
# Where a source glues two words, or a mark to a word, a token would hold both: « décollageSelon »,
# `."Le`. A mark is always a token of its own.
SEAM: Final = re.compile(
    r"(?<=[^\W\d_A-ZÀ-Þ])(?=[A-ZÀ-Þ][a-zß-ÿ])|(?<=[.!?…,;:)»”\"])(?=[A-ZÀ-Þ])"
    r"|(?<=[«»“”„\"‹›–—\[\]])(?=\S)|(?<=\S)(?=[«»“”„\"‹›–—\[\]])"
)
# No token reaches over a line's end; a longer line is cut at a blank, so that work stays linear.
MAX_LINE_CHARS: Final = 2000
BLANK: Final = re.compile(r"\s+")
# Features of a token: how deep in quotation marks (0, 1, 2), first of a paragraph, in the headline.
DEPTHS: Final = 3
FEATURES: Final = 2 * 2 * DEPTHS


@dataclass(frozen=True, slots=True)
class Tokens:
    """Arrays of one length: piece id, start and end in code points, paragraph, features."""

    ids: Ints
    starts: Ints
    ends: Ints
    paragraphs: Ints
    features: Ints

    def __len__(self) -> int:
        return len(self.ids)


def tokenize(
    text: str, paragraphs: Sequence[Span], quotes: Sequence[Quote], tokenizer: Tokenizer
) -> Tokens:
    """The tokens of the paragraphs of a text, with the layout that the encoder is told of."""
    pieces, numbers = _pieces(text, paragraphs)
    spaced = [_join_with_blanks(text[p.start : p.end]) for p in pieces]
    found = tokenizer.encode_batch([s for s, _ in spaced], add_special_tokens=False)
    ids, starts, ends, number = [], [], [], []
    for piece, (_, seams), encoding, n in zip(pieces, spaced, found, numbers, strict=True):
        offsets = np.asarray(encoding.offsets, np.int32).reshape(-1, 2)
        shift = np.asarray(seams, np.int32)
        begin = offsets[:, 0] - np.searchsorted(shift, offsets[:, 0], "left")
        end = offsets[:, 1] - np.searchsorted(shift, offsets[:, 1], "left")
        ids.append(np.asarray(encoding.ids, np.int32))
        starts.append(begin.astype(np.int32) + piece.start)
        ends.append(end.astype(np.int32) + piece.start)
        number.append(np.full(len(begin), n, np.int32))
    if not ids:
        none = np.zeros(0, np.int32)
        return Tokens(none, none, none, none, none)
    at = [np.concatenate(x) for x in (ids, starts, ends, number)]
    kept = _trim(text, at[1], at[2])
    at = [x[kept] for x in at]
    return Tokens(at[0], at[1], at[2], at[3], _features(at[1], at[3], quotes))


def _pieces(text: str, paragraphs: Sequence[Span]) -> tuple[list[Span], list[int]]:
    """Stretches short enough for the tokenizer, and the paragraph that each is of."""
    pieces, numbers = [], []
    for number, paragraph in enumerate(paragraphs):
        start = paragraph.start
        while start < paragraph.end:
            end = min(start + MAX_LINE_CHARS, paragraph.end)
            if end < paragraph.end:
                blank = max(text.rfind(" ", start + 1, end), text.rfind("\n", start + 1, end))
                end = blank if blank > start else end
            pieces.append(Span(start, end))
            numbers.append(number)
            start = end
    return pieces, numbers


def _join_with_blanks(words: str) -> tuple[str, list[int]]:
    """The words with a blank at every seam, and where these blanks now stand."""
    cuts = [m.start() for m in SEAM.finditer(words)]
    parts = [words[a:b] for a, b in zip([0, *cuts], [*cuts, len(words)], strict=True)]
    return " ".join(parts), [cut + n for n, cut in enumerate(cuts)]


def _trim(text: str, starts: Ints, ends: Ints) -> npt.NDArray[np.intp]:
    """Blanks off the tokens' edges, in place; the numbers of those that hold anything then."""
    for n in range(len(starts)):
        a, b = int(starts[n]), int(ends[n])
        if a < b and (text[a].isspace() or text[b - 1].isspace()):
            while a < b and text[a].isspace():
                a += 1
            while b > a and text[b - 1].isspace():
                b -= 1
            starts[n], ends[n] = a, b
    return np.flatnonzero(ends > starts)


def _features(starts: Ints, paragraphs: Ints, quotes: Sequence[Quote]) -> Ints:
    depth = np.zeros(len(starts), np.int32)
    for quote in quotes:
        a = int(np.searchsorted(starts, quote.inner.start))
        b = int(np.searchsorted(starts, quote.inner.end))
        depth[a:b] += 1
    first = np.ones(len(starts), bool)
    first[1:] = paragraphs[1:] != paragraphs[:-1]
    headline = paragraphs == (paragraphs[0] if len(paragraphs) else 0)
    told: Ints = np.minimum(depth, DEPTHS - 1) + DEPTHS * first + 2 * DEPTHS * headline
    return told.astype(np.int32)


@dataclass(frozen=True, slots=True)
class Window:
    """Tokens [start, end) read at once; an anchor in [first, last) is this window's to tell."""

    start: int
    end: int
    first: int
    last: int


def windows(tokens: Tokens, size: int, overlap: int) -> tuple[Window, ...]:
    """Even windows of at most `size` tokens that share `overlap`; each token is told by one of them."""
    count = len(tokens)
    number = max(1, -(-(count - overlap) // (size - overlap))) if count else 0
    size = -(-(count + (number - 1) * overlap) // max(1, number))
    starts = [min(n * (size - overlap), count - size) for n in range(number)]
    out = []
    for n, start in enumerate(starts):
        first = start + (starts[n - 1] + size - start) // 2 if n else 0
        after = starts[n + 1] if n + 1 < len(starts) else count
        last = after + (start + size - after) // 2 if n + 1 < len(starts) else count
        out.append(Window(start, min(start + size, count), first, last))
    return tuple(out)


def at(tokens: Tokens, place: int) -> int:
    """The number of the token that holds or follows a place in the text."""
    return bisect_right(tokens.ends, place)
