"""Whether words for an office mean who holds it on the day that the article was published."""

from __future__ import annotations

import re
from typing import Final

from selon import lang
from selon.names import fold
from selon.reading.coref.kinds import plain_words
from selon.records import Article, Entity

_YEAR: Final = re.compile(r"\b(?:1[89]|20)\d\d\b")
_SENTENCE: Final = re.compile(r"[.!?…\n]")
# How far behind an office « de l’époque », « d’alors » may stand.
_BEHIND: Final = 60
_BEFORE: Final = 8
# No more mentions of an office than these are looked at.
_MENTIONS: Final = 5
THEN: Final = frozenset({"epoque", "lepoque", "alors", "dalors"})


def means_the_holder(entity: Entity, article: Article) -> bool:
    """Not « il était ministre », « le chef de l’État de l’époque », nor one of a sentence on 2008.

    Some mention must be led by a definite article, with nothing beside it that tells of another time.
    """
    code = (article.language or "").split("-")[0].lower()
    if code not in lang.codes() or not entity.mentions:
        return True
    definite = {w for w, d in lang.load(code).people.determiners.items() if d.kind == "the"}
    return any(
        _is_led(article.text, m.span.start, m.span.end, definite)
        and not _of_another_time(article, m.span.start, m.span.end)
        for m in entity.mentions[:_MENTIONS]
        if m.form == "nominal"
    )


def _is_led(text: str, start: int, end: int, definite: set[str]) -> bool:
    first = next(plain_words(text[start:end]), "")
    before = [*plain_words(text[max(0, start - _BEFORE) : start])][-1:]
    return first in definite or bool(before and before[0] in definite)


def _of_another_time(article: Article, start: int, end: int) -> bool:
    text = article.text
    if THEN & set(fold(text[start : end + _BEHIND]).split()):
        return True
    low = max((m.end() for m in _SENTENCE.finditer(text, max(0, start - 400), start)), default=0)
    high = _SENTENCE.search(text, end)
    sentence = text[low : high.start() if high else len(text)]
    year = (article.published or "")[:4]
    return bool(year) and any(found < year for found in _YEAR.findall(sentence))
