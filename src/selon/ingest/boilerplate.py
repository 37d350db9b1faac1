"""What stands between an article's paragraphs and is none of it: links, walls, questions of cookies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from selon.ingest.word_lists import fold_words, press

# A link, a wall, a question are short; prose that mentions a cookie is not.
_MAX_CHARS: Final = 400
_MIN_CHARS: Final = 60
_MAX_ASIDE_CHARS: Final = 160
_MAX_WALL_CHARS: Final = 160
_MAX_OFFER_CHARS: Final = 150
_MAX_LEAD_CHARS: Final = 250
_COLON_WITHIN: Final = 45
_MAX_SIGNS: Final = 8


@lru_cache(maxsize=64)
def _fold_part(beginning: str) -> str:
    # One paragraph is asked several questions.
    return fold_words(beginning)


def _fold_beginning(paragraph: str) -> str:
    # Cut before it is remembered: sixty paragraphs of megabytes would fill the memory.
    return _fold_part(paragraph[:_MAX_CHARS])


def is_link(paragraph: str) -> bool:
    """Whether a paragraph only leads to another article: « Lire aussi : … »."""
    words = _without_signs(_fold_beginning(paragraph))
    for lead in press()["furniture"]["lead"]:
        if words.startswith(lead):
            rest = words[len(lead) :].lstrip()
            # « Lire aussi » may run on into the link's words; « lire » alone is a verb.
            if not rest or rest[0] in ':>→|»-–—«"' or (" " in lead and rest[:1].isalpha() is False):
                return True
    # « Lire notre analyse : Le pont… »: a colon comes soon.
    leads = words.startswith(press()["furniture"]["lead_to_colon"])
    return leads and ":" in words[:_COLON_WITHIN] and len(paragraph) < _MAX_LEAD_CHARS


def leads_on(paragraph: str) -> bool:
    """Whether a paragraph that is a link begins as one that leads to another article."""
    words = _without_signs(_fold_beginning(paragraph))
    furniture = press()["furniture"]
    leads = (*furniture["lead"], *furniture["lead_to_colon"], *furniture["lead_linked"])
    return any(words.startswith(w) and not words[len(w) : len(w) + 1].isalnum() for w in leads)


def _without_signs(words: str) -> str:
    """The words behind arrows, bullets and pictures."""
    return words.lstrip(
        "".join({c for c in words[:_MAX_SIGNS] if not c.isalnum() and c not in '«“"'})
    )


def is_aside(paragraph: str) -> bool:
    """Whether a short paragraph asks to share or is an advertisement's."""
    if len(paragraph) > _MAX_ASIDE_CHARS:
        return False
    words = _without_signs(_fold_beginning(paragraph))
    if len(paragraph) < _MIN_CHARS and words.startswith(press()["furniture"]["aside"]):
        return True
    # « 3 commentaires »: how many is no matter.
    if words.lstrip("0123456789 ").rstrip(" .:!?()0123456789") in press()["furniture"]["button"]:
        return True
    if words.startswith(press()["furniture"]["stamp"]):
        # « Publié le 12 mars 2026 à 08h15 », and nothing else.
        return any(c.isdigit() for c in words) and not paragraph.rstrip().endswith(".")
    # What asks for an address to write to names the letter.
    asks = words.startswith(press()["furniture"]["ask"])
    return asks and "«" not in paragraph and any(w in words for w in press()["furniture"]["asked"])


def is_lost(title: str) -> bool:
    """Whether a title says that the page is not there."""
    return _fold_beginning(title).startswith(press()["furniture"]["lost"])


def is_gate(text: str) -> bool:
    """Whether a page's few words ask for a password or whether one is human."""
    words = fold_words(text[:1000])
    return any(w in words for w in press()["furniture"]["gate"])


def is_wall(paragraph: str) -> bool:
    """Whether a paragraph says that the rest is for subscribers."""
    words = _fold_beginning(paragraph)
    if len(paragraph) >= _MAX_CHARS:
        return False
    if any(w in words for w in press()["furniture"]["wall"]):
        return True
    short = len(paragraph) < _MAX_WALL_CHARS and not any(sign in paragraph for sign in '«“"')
    return short and (
        any(w in words for w in press()["furniture"]["subscriber"])
        and any(w in words for w in press()["furniture"]["subscribe"])
    )


def asks_consent(paragraph: str) -> bool:
    """Whether a paragraph asks whether cookies may be set."""
    words = _fold_beginning(paragraph)
    return len(paragraph) < _MAX_CHARS and any(w in words for w in press()["furniture"]["consent"])


def is_notice(paragraph: str) -> bool:
    """Whether a paragraph is what a newsletter says of itself: how it is left, where else it is shown."""
    words = _fold_beginning(paragraph)
    return len(paragraph) < _MAX_CHARS and any(w in words for w in press()["furniture"]["letter"])


def kept_paragraphs(paragraphs: Iterable[str]) -> Iterator[str]:
    """The paragraphs that are the article's."""
    listed = list(paragraphs)
    walls = [n for n, words in enumerate(listed) if is_wall(words)]
    # Below a wall an offer stands, in a few short lines; above an article a wall is but a label.
    below = listed[walls[0] + 1 :] if walls else []
    if any(len(words) > _MAX_OFFER_CHARS for words in below):
        below = []
    for words in listed[: len(listed) - len(below)]:
        if is_link(words) or is_wall(words) or asks_consent(words) or is_aside(words):
            continue
        if not any(w in _fold_beginning(words) for w in press()["furniture"]["trail"]):
            yield words
