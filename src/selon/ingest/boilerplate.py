"""What stands between an article's paragraphs and is none of it: links, walls, questions of cookies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from selon.ingest.word_lists import fold_words, press

# A link, a wall, a question are short; prose that mentions a cookie is not.
_LONGEST: Final = 400
_SHORTEST: Final = 60


@lru_cache(maxsize=64)
def _fold_beginning(paragraph: str) -> str:
    # One paragraph is asked several questions.
    return fold_words(paragraph[:_LONGEST])


def is_link(paragraph: str) -> bool:
    """Whether a paragraph only leads to another article: « Lire aussi : … »."""
    words = _fold_beginning(paragraph).lstrip("-–—>→►▶+•*[( ")
    for lead in press()["furniture"]["lead"]:
        if words.startswith(lead):
            rest = words[len(lead) :].lstrip()
            # « Lire aussi » may run on into the link's words; « lire » alone is a verb.
            if not rest or rest[0] in ':>→|»-–—«"' or (" " in lead and rest[:1].isalpha() is False):
                return True
    return False


def is_aside(paragraph: str) -> bool:
    """Whether a short paragraph asks to share or is an advertisement's."""
    words = fold_words(paragraph[:_SHORTEST])
    return len(paragraph) < _SHORTEST and words.startswith(press()["furniture"]["aside"])


def is_lost(title: str) -> bool:
    """Whether a title says that the page is not there."""
    return _fold_beginning(title).startswith(press()["furniture"]["lost"])


def is_wall(paragraph: str) -> bool:
    """Whether a paragraph says that the rest is for subscribers."""
    words = _fold_beginning(paragraph)
    return len(paragraph) < _LONGEST and any(w in words for w in press()["furniture"]["wall"])


def asks_consent(paragraph: str) -> bool:
    """Whether a paragraph asks whether cookies may be set."""
    words = _fold_beginning(paragraph)
    return len(paragraph) < _LONGEST and any(w in words for w in press()["furniture"]["consent"])


def is_notice(paragraph: str) -> bool:
    """Whether a paragraph is what a newsletter says of itself: how it is left, where else it is shown."""
    words = _fold_beginning(paragraph)
    return len(paragraph) < _LONGEST and any(w in words for w in press()["furniture"]["letter"])


def kept_paragraphs(paragraphs: Iterable[str]) -> Iterator[str]:
    """The paragraphs that are the article's."""
    for words in paragraphs:
        if not (is_link(words) or is_wall(words) or asks_consent(words) or is_aside(words)):
            yield words
