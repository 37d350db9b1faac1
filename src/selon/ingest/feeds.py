"""RSS, Atom and sitemaps: entries with their whole text are articles, others are announced.

Nothing is fetched here: `follow` fetches what was announced, for who gives an address.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO, Final

from lxml import etree

from selon.ingest import dates
from selon.ingest.boilerplate import kept_paragraphs
from selon.ingest.edtf_dates import edtf
from selon.ingest.markup import page, prose, xml
from selon.ingest.options import ReadOptions
from selon.ingest.sources import AnnouncedPage, FoundArticle, InputSource, empty, identity, within
from selon.ingest.tables import missing_extra
from selon.records import Article, Failure

# Shorter than this, what stands as the content is a teaser.
_MIN_WORDS: Final = 60


def read(
    source: InputSource, stream: BinaryIO, options: ReadOptions
) -> Iterator[FoundArticle | Failure | AnnouncedPage]:
    """The entries of a feed, or the pages that a sitemap lists, in their order."""
    data = within(stream)
    root = xml(data)
    if etree.QName(root).localname in ("urlset", "sitemapindex"):
        yield from _sitemap_pages(root, source)
        return
    try:
        import feedparser
    except ImportError as error:
        raise missing_extra("feeds") from error
    feed: Any = feedparser.parse(data)
    if not feed.entries:
        yield empty(source.name)
    outlet = feed.feed.get("title")
    for n, entry in enumerate(feed.entries, 1):
        yield _entry(entry, f"{source.name}:{n}", outlet, options)


def _sitemap_pages(root: Any, source: InputSource) -> Iterator[AnnouncedPage]:
    """The pages and further sitemaps of a sitemap; pictures have a `loc` too, which is no page."""
    listings = etree.QName(root).localname == "sitemapindex"
    for n, place in enumerate(root.iterchildren(etree.Element), 1):
        url = _text_of(place, "./*[local-name() = 'loc']")
        if not url:
            continue
        news = "./*[local-name() = 'news']"
        yield AnnouncedPage(
            f"{source.name}:{n}",
            url,
            stamp=_text_of(place, "./*[local-name() = 'lastmod']"),
            title=_text_of(place, f"{news}/*[local-name() = 'title']"),
            outlet=_text_of(place, f"{news}/*/*[local-name() = 'name']"),
            published=_day(_text_of(place, f"{news}/*[local-name() = 'publication_date']")),
            listing=listings,
        )


def _text_of(element: Any, path: str) -> str | None:
    found = element.xpath(f"string({path})").strip()
    return found or None


def _day(stamp: str | None) -> str | None:
    return edtf(stamp[:10]) if stamp else None


def _of_entry(entry: Any) -> str | None:
    """The day of an entry, also where its feed writes it in French words."""
    # Asked for a date that is not there, the parser answers with the other one and warns.
    day = next((entry[k] for k in ("published_parsed", "updated_parsed") if k in entry), None)
    if day:
        return edtf(f"{day.tm_year:04d}-{day.tm_mon:02d}-{day.tm_mday:02d}")
    for key in ("published", "updated", "created"):
        try:
            found = dates.parse_date(str((key in entry and entry[key]) or "-"))
        except dates.Ambiguous:
            continue
        if found:
            return found[:10]
    return None


def _entry(
    entry: Any, where: str, outlet: str | None, options: ReadOptions
) -> FoundArticle | Failure | AnnouncedPage:
    whole = max((c.get("value") or "" for c in entry.get("content") or ()), key=len, default="")
    root = page(whole or entry.get("summary") or " ")
    found = prose(root).split("\n\n") if root is not None else []
    text = "\n\n".join(kept_paragraphs(found))
    url = entry.get("link")
    date = _of_entry(entry)
    if not whole and len(text.split()) < _MIN_WORDS:
        stamp = entry.get("updated" if "updated" in entry else "published")
        return AnnouncedPage(where, url or "", stamp, entry.get("title") or None, outlet, date)
    if not text:
        return empty(where)
    return FoundArticle(
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
