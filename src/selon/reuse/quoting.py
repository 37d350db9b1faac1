"""The speaker's own words in a statement: of one that is half quoted, the quoted part.

« que le pont « va fermer dès mars » » has the newspaper's words round the speaker's. Two such are
compared by what stands between the marks, so that the same words in two frames are the same.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import Final

from selon.records import Span
from selon.reuse.lexicon import ReuseLexicon, lexicon
from selon.reuse.reused_quotes import QuoteWord, ReusedQuote, folded_words, words

# Fewer quoted words, or fewer with content, may be marked for any reason: the whole is compared.
MIN_WORDS: Final = 3
MIN_CONTENT_WORDS: Final = 2
# « … », “…”, „…“, "…": outer marks, what they hold.
_MARKED: Final = re.compile(r"«([^»]*)»|“([^”]*)”|„([^“”]*)[“”]|\"([^\"]*)\"")
# Between two quoted parts words of the newspaper's are left out.
_GAP: Final = " (…) "


def own_words(saying: ReusedQuote) -> str | None:
    """What stands between the marks of a mixed statement; None where that is not enough, or all."""
    return _quoted(saying.words, saying.language) if saying.form == "mixed" else None


@lru_cache(maxsize=4096)
def _quoted(text: str, language: str | None) -> str | None:
    found = _GAP.join(span.of(text).strip() for span in _parts(text, language))
    own = folded_words(found, language)
    content = sum(1 for w in own if w not in lexicon(language).function)
    enough = len(own) >= MIN_WORDS and content >= MIN_CONTENT_WORDS
    return found if enough and len(own) < len(folded_words(text, language)) else None


def _parts(text: str, language: str | None) -> list[Span]:
    """Where quoted words stand, those parts left out that are too short to be more than marked."""
    found = [Span(*m.span(m.lastindex)) for m in _MARKED.finditer(text) if m.lastindex]
    return [s for s in found if len(folded_words(s.of(text).strip(), language)) >= MIN_WORDS]


def as_direct_quote(saying: ReusedQuote) -> ReusedQuote | None:
    """A mixed statement as its speaker's own words, quoted directly; None for others."""
    own = own_words(saying)
    return None if own is None else replace(saying, words=own, form="direct")


def frame(
    saying: ReusedQuote,
) -> tuple[tuple[QuoteWord, ...], tuple[QuoteWord, ...], tuple[QuoteWord, ...]]:
    """The words of a mixed statement round its quoted parts: before, between and behind them."""
    parts = _parts(saying.words, saying.language)
    every = words(saying.words, saying.language)
    if not parts:
        return every, (), ()
    first, last = parts[0].start, parts[-1].end
    return (
        tuple(w for w in every if w.span.end <= first),
        tuple(
            w
            for w in every
            if first <= w.span.start < last
            and not any(s.start <= w.span.start < s.end for s in parts)
        ),
        tuple(w for w in every if w.span.start >= last),
    )


def is_one_frame(a: ReusedQuote, b: ReusedQuote, known: ReuseLexicon) -> bool:
    """Whether the newspaper's words round two quotations tell one thing: else they are not compared.

    They share half of the words with content that are no names and no numbers, or one has none.
    """
    one, two = (_frame_content(s, known) for s in (a, b))
    return not one or not two or 2 * len(one & two) >= min(len(one), len(two))


def _frame_content(saying: ReusedQuote, known: ReuseLexicon) -> frozenset[str]:
    """The words with content of a mixed statement's frame."""
    before, between, after = frame(saying)
    return frozenset(
        w.fold
        for w in (*before, *between, *after)
        if not (w.name or w.number or w.fold in known.function or w.fold in known.dates)
    )


def readings(saying: ReusedQuote) -> tuple[tuple[str, ...], ...]:
    """The folded words that a saying is matched by: all, and the quoted ones of a mixed one."""
    own = own_words(saying)
    every = folded_words(saying.words, saying.language)
    return (every,) if own is None else (every, folded_words(own, saying.language))
