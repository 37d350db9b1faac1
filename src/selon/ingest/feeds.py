"""RSS and Atom from a file, and sitemaps: entries with their whole text are articles.

An entry that only announces an article, and every page of a sitemap, is a failure whose remedy
is to fetch the page: nothing is fetched here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, BinaryIO, Final

from selon.ingest.markup import page, prose, xml
from selon.ingest.options import Options
from selon.ingest.published import edtf
from selon.ingest.sources import Found, Source, Unreadable, empty, identity, within
from selon.ingest.tables import lacking
from selon.records import Article, Failure
from selon.tongue import speaking

_SITEMAP: Final = re.compile(rb"<(?:\w+:)?(?:urlset|sitemapindex)\b")
# Shorter than this, what stands as the content is a teaser.
_FEWEST_WORDS: Final = 60


def read(source: Source, stream: BinaryIO, options: Options) -> Iterator[Found | Failure]:
    """The entries of a feed, or the pages that a sitemap lists, in their order."""
    _ = speaking("ingest").gettext
    data = within(stream)
    root = xml(data)
    if _SITEMAP.search(data[:4096]):
        for n, place in enumerate(root.xpath("//*[local-name() = 'loc']"), 1):
            yield _announced(f"{source.name}:{n}", (place.text or "").strip())
        return
    try:
        import feedparser
    except ImportError as error:
        raise lacking("feeds") from error
    feed: Any = feedparser.parse(data)
    if not feed.entries:
        yield empty(source.name)
    outlet = feed.feed.get("title")
    for n, entry in enumerate(feed.entries, 1):
        yield _entry(entry, f"{source.name}:{n}", outlet, options)


def _announced(where: str, url: str) -> Failure:
    _ = speaking("ingest").gettext
    return Unreadable(
        _("the entry gives no text of the article"),
        _("fetch the page it links to: {url}").format(url=url),
    ).at(where)


def _entry(entry: Any, where: str, outlet: str | None, options: Options) -> Found | Failure:
    whole = max((c.get("value") or "" for c in entry.get("content") or ()), key=len, default="")
    root = page(whole or entry.get("summary") or " ")
    text = prose(root) if root is not None else ""
    url = entry.get("link")
    if not whole and len(text.split()) < _FEWEST_WORDS:
        return _announced(where, url or "")
    if not text:
        return empty(where)
    day = entry.get("published_parsed") or entry.get("updated_parsed")
    date = edtf(f"{day.tm_year:04d}-{day.tm_mon:02d}-{day.tm_mday:02d}") if day else None
    return Found(
        where,
        Article(
            id=identity(url, text),
            text=text,
            title=entry.get("title") or None,
            outlet=options.outlet or outlet or None,
            published=options.date or date,
            url=url or None,
            authors=tuple(a for a in [entry.get("author")] if a),
        ),
    )
