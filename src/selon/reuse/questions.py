"""Whether words are asked or said: a question made of a statement, a statement made of a question.

A sentence that is a question by its form (« viendra-t-il », « pourquoi … ») is one without its mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from selon.records import Span
from selon.reuse.alignment import Words
from selon.reuse.lexicon import ReuseLexicon, found_in, lexicon
from selon.reuse.reused_quotes import GAP

# So many words of a sentence must be kept: fewer may be of another one.
_MIN_WORDS: Final = 2


def turned_questions(
    kept: tuple[Words, Words],
    texts: tuple[str, str],
    every: tuple[Words, Words],
    known: ReuseLexicon,
) -> tuple[Words, Words]:
    """Of the words kept on both sides, those asked in the one and said in the other.

    First those asked in the old and said in the new, as they stand in the old; then those that the
    new one asks, as they stand there. `every` are all words of the two `texts`.
    """
    if "?" not in texts[0] and "?" not in texts[1]:
        return (), ()
    old, new = (
        _words_asked(some, text, {w.span for w in same}, known)
        for some, text, same in zip(every, texts, kept, strict=True)
    )
    pairs = [
        (a, b, old.get(a.span.start), new.get(b.span.start)) for a, b in zip(*kept, strict=True)
    ]
    gone = tuple(a for a, _, was, now in pairs if was and now is False)
    come = tuple(b for _, b, was, now in pairs if now and was is False)
    return gone if len(gone) >= _MIN_WORDS else (), come if len(come) >= _MIN_WORDS else ()


def _words_asked(some: Words, text: str, kept: set[Span], known: ReuseLexicon) -> dict[int, bool]:
    """Whether each word, by its place, stands in a question.

    Left out are the words of one that is a question by its form too, if that is kept.
    """
    found: dict[int, bool] = {}
    for sentence, end in _sentences(some, text):
        left = tuple(w for w in sentence if w.span in kept)
        if not (left and _asks_by_form(left, text, known)):
            asked = "?" in text[sentence[-1].span.end : end] and not _ends_in_tag(sentence, known)
            found.update((w.span.start, asked) for w in sentence)
    return found


def _sentences(some: Words, text: str) -> Iterator[tuple[Words, int]]:
    """The sentences of some words, and where the next one begins; a mark of a cut ends none."""
    starts = [n for n, w in enumerate(some) if not n or (w.opens and _is_parted(some, n, text))]
    for start, stop in zip(starts, [*starts[1:], len(some)], strict=True):
        yield some[start:stop], some[stop].span.start if stop < len(some) else len(text)


def _is_parted(some: Words, n: int, text: str) -> bool:
    """Whether a sentence ends before a word, where a mark of a cut may stand too."""
    between = text[some[n - 1].span.end : some[n].span.start]
    return not some[n].gap or any(mark in GAP.sub("", between) for mark in ".!?…:;")


def _asks_by_form(sentence: Words, text: str, known: ReuseLexicon) -> bool:
    """Whether a sentence is a question without its mark: « viendra-t-il », « pourquoi … »."""
    folds = [w.fold for w in sentence]
    # « Mais pourquoi … », `When will …`
    leading = known.linking - known.opens
    if any(leading.issuperset(folds[:n]) for n, *_ in found_in(folds, known.language, "asking")):
        return True
    behind = _inverted(known.language)
    return bool(behind and behind.search(text, sentence[0].span.start, sentence[-1].span.end))


def _ends_in_tag(sentence: Words, known: ReuseLexicon) -> bool:
    """Whether only a tag behind a statement is asked: « …, n'est-ce pas ? »."""
    last = max((n for n, w in enumerate(sentence) if w.pause), default=0)
    return last > 0 and tuple(w.fold for w in sentence[last:]) in known.tags


@lru_cache(maxsize=16)
def _inverted(language: str) -> re.Pattern[str] | None:
    """What a verb with its pronoun behind it looks like."""
    pronouns = "|".join(sorted(lexicon(language).inverted))
    return re.compile(rf"\w[-\u2010\u2011](?:{pronouns})\b", re.IGNORECASE) if pronouns else None
