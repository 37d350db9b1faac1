"""Words that folding makes equal and that are two: « accuse » and « accusé », `us` and `US`."""

from __future__ import annotations

import unicodedata
from typing import Final

from selon.reuse.alignment import Words
from selon.reuse.lexicon import ReuseLexicon
from selon.reuse.reused_quotes import QuoteWord

# What parts a genitive from its ending.
_MARKS: Final = ("'", "’")
Pairs = tuple[tuple[QuoteWord, QuoteWord], ...]


def other_forms(kept: tuple[Words, Words], texts: tuple[str, str]) -> Pairs:
    """Pairs of words kept of which one ends in « é » and the other in « e ».

    Only where both sides write accents: a text without them lacks this one too.
    """
    if not all(map(_has_accents, texts)):
        return ()
    return tuple(
        (a, b)
        for a, b in zip(*kept, strict=True)
        if _is_participle(a.span.of(texts[0])) != _is_participle(b.span.of(texts[1]))
        and a.span.of(texts[0])[:1].islower()
        and b.span.of(texts[1])[:1].islower()
    )


def other_things(kept: tuple[Words, Words], texts: tuple[str, str], known: ReuseLexicon) -> Pairs:
    """Pairs of words kept of which one is a small word and the other an acronym: `us`, `US`."""
    if texts[0].isupper() or texts[1].isupper():
        return ()
    return tuple(
        (a, b)
        for a, b in zip(*kept, strict=True)
        if a.fold in known.acronyms
        and a.span.of(texts[0]).isupper() != b.span.of(texts[1]).isupper()
    )


def other_owners(kept: tuple[Words, Words], texts: tuple[str, str]) -> Pairs:
    """Pairs of words kept of which one is a singular's genitive and the other a plural's.

    « my brother's friends », « my brothers' friends »; without any mark it may be either.
    """
    return tuple(
        (a, b)
        for a, b in zip(*kept, strict=True)
        if {_genitive(w, text) for w, text in zip((a, b), texts, strict=True)} == {"one", "many"}
    )


def _genitive(word: QuoteWord, text: str) -> str | None:
    here = word.span.of(text)
    if here[-2:-1] in _MARKS and here.endswith("s"):
        return "one"
    return (
        "many" if here.endswith("s") and text[word.span.end : word.span.end + 1] in _MARKS else None
    )


def _has_accents(text: str) -> bool:
    return any(c.isalpha() and not c.isascii() for c in text)


def _is_participle(word: str) -> bool:
    """Whether a word ends in « é » or « és »."""
    return unicodedata.normalize("NFC", word).removesuffix("s").endswith("é")
