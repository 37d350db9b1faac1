"""Small values as the library's columns hold them: spans, lists and judgements as JSON text."""

from __future__ import annotations

import hashlib
from typing import Any, Final

import orjson

from selon.names import fold
from selon.records import Article, Judgement, Span, Spans

_AROUND: Final = 160


def pack(value: Any) -> str:
    """A plain value as compact JSON."""
    return orjson.dumps(value).decode()


def unpack(text: str) -> Any:
    """The value that `pack` wrote."""
    return orjson.loads(text)


def pairs(spans: Spans) -> str:
    """Spans as `[[start,end],…]`."""
    return pack([[s.start, s.end] for s in spans])


def spans(text: str) -> Spans:
    """The spans that `pairs` wrote."""
    return tuple(Span(a, b) for a, b in unpack(text))


def context(parts: Spans, text: str) -> str:
    """The paragraph around a passage, cut to 160 characters before and after it."""
    if not parts:
        return ""
    start, end = min(s.start for s in parts), max(s.end for s in parts)
    first = max(text.rfind("\n", 0, start) + 1, start - _AROUND)
    stop = text.find("\n", end)
    last = min(len(text) if stop < 0 else stop, end + _AROUND)
    return text[first:last]


def same_words(content: str) -> int:
    """A hash that wire copies of a passage share: of its letters and digits, folded."""
    folded = "".join(c for c in content.casefold() if c.isalnum())
    return int.from_bytes(hashlib.blake2b(folded.encode("utf-8"), digest_size=8).digest()) >> 1


def digest(article: Article) -> str:
    """A hash of an article's text and of what is known of it; tells its versions apart."""
    known = [
        article.text,
        article.title,
        article.outlet,
        article.published,
        article.language,
        list(article.authors),
    ]
    return hashlib.sha256(orjson.dumps(known)).hexdigest()[:32]


def article_key(article: Article) -> str:
    """What all versions of an article share: its URL, or its id where it has none."""
    return article.url or article.id


def entity_key(type_: str, name: str, kb: str | None, within: str | None = None) -> str:
    """The key that an entity has across articles: its KB id, or its type and folded name.

    `within` keeps somebody who is only described (“a spokesman”) to one article.
    """
    if kb:
        return f"kb:{kb}"
    plain = f"{type_}:{fold(name) or name}"
    return f"{plain}@{within}" if within else plain


def judgement_row(j: Judgement) -> list[Any]:
    """A judgement as a JSON list."""
    return [j.subject, j.relation, j.object, j.by, j.score, j.at]


def judgement_of(row: list[Any]) -> Judgement:
    """The judgement that `judgement_row` wrote."""
    return Judgement(*row)
