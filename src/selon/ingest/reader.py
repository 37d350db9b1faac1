"""The one door: from a source to articles that are ready to read, or failures that say why not."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import replace

from selon import lang
from selon.i18n import _
from selon.ingest import formats, language
from selon.ingest.option_checks import check_options
from selon.ingest.options import ReadOptions
from selon.ingest.sources import (
    AnnouncedPage,
    FoundArticle,
    InputSource,
    Unreadable,
    empty,
    identity,
    open_failure,
)
from selon.records import Article, Failure, Heading

DEFAULTS = ReadOptions()


def articles(
    source: str | os.PathLike[str], options: ReadOptions = DEFAULTS
) -> Iterator[Article | Failure]:
    """Each article of a file (or of standard input, `-`), or the failure that stands in its place.

    Streams: JSON Lines are read line by line. The text is exactly what the file holds. An article
    has its language, and the date and outlet of its heading where nothing else tells them.
    Raises SelonError for a bad option, at once; for a bad file, never.
    """
    return _ready(InputSource.of(source), check_options(options))


def from_text(
    text: str, options: ReadOptions = DEFAULTS, title: str | None = None
) -> Article | Failure:
    """An article of a text at hand, as if it had come from a file."""
    options = check_options(options)
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return Failure(
            "text",
            "ingest",
            _("the text holds half a character (a lone surrogate)"),
            _("decode it again from its bytes"),
        )
    if not text.strip():
        return empty("text")
    article = Article(
        identity(None, text), text, title=title, outlet=options.outlet, published=options.date
    )
    return finish_article(FoundArticle("text", article), options)


def with_heading(article: Article, headings: Iterable[Heading]) -> Article:
    """The article with `published` and `outlet` from its headings where it has none; same text."""
    listed = list(headings)
    dates = [h.published for h in listed if h.published]
    outlets = [h.outlet.of(article.text) for h in listed if h.outlet]
    return replace(
        article,
        published=article.published or next(iter(dates), None),
        outlet=article.outlet or next(iter(outlets), None),
    )


def _ready(source: InputSource, options: ReadOptions) -> Iterator[Article | Failure]:
    seen: set[str] = set()
    for item in _read(source, options):
        if isinstance(item, FoundArticle):
            yield (
                _unread_failure(item) if item.article.id in seen else finish_article(item, options)
            )
            seen.add(item.article.id)
        else:
            yield item.failure() if isinstance(item, AnnouncedPage) else item


def _read(
    source: InputSource, options: ReadOptions
) -> Iterator[FoundArticle | Failure | AnnouncedPage]:
    try:
        with source.opened() as stream:
            yield from formats.items(source, stream, options)
    except Unreadable as fault:
        yield fault.at(source.name)
    except OSError as fault:
        yield open_failure(source, fault)


def finish_article(item: FoundArticle, options: ReadOptions) -> Article | Failure:
    """The article with its language and its heading's words; a failure where nothing reads it."""
    article = item.article
    code = language.primary(options.lang or article.language or "")
    if code == language.UNKNOWN:
        # Nothing is told, or nothing that names a language: the text tells.
        code = language.detect_language(article.text)
    if code == language.UNKNOWN:
        code = language.primary(options.default)
    if code in language.UNPACKED and code not in lang.codes():
        return replace(article, language=code)
    if code not in lang.codes():
        return Failure(
            item.where,
            "language",
            _("Selon does not read the language of this text ({code})").format(code=code),
            _("leave it out; if this is not its language, say which it is: --lang fr, --lang en"),
        )
    return with_heading(replace(article, language=code), lang.load(code).headings(article.text))


def _unread_failure(item: FoundArticle) -> Failure:
    article = item.article
    if article.id == identity(article.url, article.text):
        error, remedy = (
            _("this article is a duplicate"),
            _("remove the copy; the first one is kept"),
        )
    else:
        error = _("the id “{id}” is used twice").format(id=article.id)
        remedy = _("give each article its own id; the first one is kept")
    return Failure(item.where, "ingest", error, remedy)
