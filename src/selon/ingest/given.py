"""An article as a Python program gives it: a text, a dict with the keys of JSON Lines, an Article."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from hashlib import sha256
from typing import Any

from selon.errors import SelonError
from selon.ingest import dates, fields
from selon.ingest.options import ReadOptions
from selon.records import Article, Failure

Given = str | Mapping[str, Any] | Article


def article_of(
    given: object, where: str, told: Mapping[str, Any] | None = None
) -> Article | Failure:
    """Return the article that was given, with what is told of it besides (fields of `Article`).

    `published` may be a `datetime.date`, or written as people write dates; the article has it as
    EDTF. What is no article is a Failure at `where`, which says what it should have been.
    """
    found = _article(given, where)
    if isinstance(found, Failure):
        return found
    return _with_date(replace(found, **told) if told else found, where)


def _article(given: object, where: str) -> Article | Failure:
    if isinstance(given, str):
        return Article(sha256(given.encode("utf-8", "surrogatepass")).hexdigest()[:16], given)
    if isinstance(given, Article) and isinstance(given.text, str):
        return given
    if isinstance(given, Mapping):
        known = {k: _iso(v) if k == "published" else v for k, v in given.items()}
        found = fields.article_of_fields(known, where, ReadOptions())
        return found if isinstance(found, Failure) else found.article
    kind = _kind(given)
    if isinstance(given, Article):
        kind = f"an Article whose text is {_kind(given.text)}"
    return Failure(
        where,
        "read",
        f"{where}: a text, a dict or a selon.Article is expected, not {kind}",
        "files come in by selon.ingest.articles(path)",
    )


def _kind(value: object) -> str:
    return "None" if value is None else type(value).__name__


def _iso(value: object) -> object:
    """The ISO day of a `datetime.date` or `datetime`; anything else as it is."""
    return value.isoformat()[:10] if isinstance(value, date) else value


def _with_date(article: Article, where: str) -> Article | Failure:
    """The article with its date of publication in EDTF, however it was written."""
    if article.published is None:
        return article
    try:
        order = dates.usual_order(article.language)
        day = dates.parse_date_option(str(_iso(article.published)), "published", order)
    except SelonError as error:
        return Failure(article.id or where, "read", str(error), "or leave the date out")
    return article if day == article.published else replace(article, published=day)
