"""From an address to articles: a page, or a feed or sitemap with the pages that it announces."""

from __future__ import annotations

import io
import zlib
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Final, Protocol
from urllib.parse import urldefrag, urlsplit

from selon.i18n import _
from selon.ingest import formats
from selon.ingest.charset import decode_as_declared
from selon.ingest.fetcher import Fetcher, HttpResponse
from selon.ingest.option_checks import check_options
from selon.ingest.options import ReadOptions
from selon.ingest.reader import finish_article
from selon.ingest.sources import (
    AnnouncedPage,
    FoundArticle,
    InputSource,
    Unreadable,
    identity,
    too_large,
)
from selon.records import Article, Failure

# A sitemap may list sitemaps that list pages; deeper is a maze.
_MAX_DEPTH: Final = 2
_PAGES: Final = ("text/html", "application/xhtml+xml")
_TEXTS: Final = ("text/plain", "text/csv", "application/octet-stream", "application/gzip", "")
_MARKED: Final = ("xml", "json", "x-gzip")


@dataclass(frozen=True, slots=True)
class CachedPage:
    """What is remembered of an address: its validators, and the stamp that announced it.

    `articles` are what it gave this time.
    """

    url: str
    etag: str | None = None
    modified: str | None = None
    stamp: str | None = None
    articles: tuple[Article, ...] = ()


class VisitStore(Protocol):
    """Who remembers visits between two runs."""

    def last(self, url: str) -> CachedPage | None:
        """The last visit to an address."""

    def visited(self, visit: CachedPage) -> None:
        """A page gave its articles, or is as it was."""

    def listed(self, visit: CachedPage) -> None:
        """All that a feed or sitemap announces was seen, and nothing of it failed."""


@dataclass
class Crawl:
    """One walk over addresses: who asks, who remembers, how far; what was asked, what was as before.

    `max_pages` bounds the pages fetched for one address given; `found` is told how many more a list
    announces, `done` that one of them is done with.
    """

    web: Fetcher
    memory: VisitStore
    max_pages: int = 500
    found: Callable[[int], None] = lambda _n: None
    done: Callable[[], None] = lambda: None
    asked: set[str] = field(default_factory=set)
    unchanged: int = 0


def articles(
    url: str, walk: Crawl, options: ReadOptions | None = None
) -> Iterator[Article | Failure]:
    """The articles of an address: its own, or those of the pages that it announces.

    What is as it was at the last visit gives nothing. A page that fails is a failure with its
    address, and the next is fetched; pages never seen before come first.
    """
    options = check_options(options or ReadOptions())
    todo = deque([(AnnouncedPage(url, urldefrag(url.strip()).url, listing=True), 0)])
    lists: list[CachedPage] = []
    whole, left = True, walk.max_pages
    while todo:
        place, depth = todo.popleft()
        if depth:
            walk.done()
        if place.url in walk.asked or _as_announced(place, walk):
            continue
        if not place.listing:
            if left <= 0:
                yield _left(url, len(todo) + 1)
                return
            left -= 1
        walk.asked.add(place.url)
        announced: list[AnnouncedPage] = []
        for item in _visit(place, walk, options, lists):
            if isinstance(item, AnnouncedPage):
                # Feeds mark their links with fragments, of which no host is told.
                announced.append(replace(item, url=urldefrag(item.url).url))
                continue
            whole = whole and not isinstance(item, Failure)
            yield item
        if announced and depth >= _MAX_DEPTH:
            whole = False
            yield _maze(place.url)
        elif announced:
            # What is new first: where there is too much, the next walk goes on from there.
            announced.sort(key=lambda a: walk.memory.last(a.url) is not None)
            todo.extendleft((a, depth + 1) for a in reversed(announced))
            walk.found(len(announced))
    if whole:
        for visit in lists:
            walk.memory.listed(visit)


def _as_announced(place: AnnouncedPage, walk: Crawl) -> bool:
    """Whether the list that announces a page says that it is as it was at the last visit."""
    before = walk.memory.last(place.url) if place.stamp else None
    same = before is not None and before.stamp == place.stamp
    walk.unchanged += same
    return same


def _visit(
    place: AnnouncedPage, walk: Crawl, options: ReadOptions, lists: list[CachedPage]
) -> Iterator[Article | Failure | AnnouncedPage]:
    """What an address holds; the visit is told to the memory, or to `lists` where it lists pages."""
    before = walk.memory.last(place.url) or CachedPage(place.url)
    kept: list[Article] = []
    failed = listing = False
    try:
        page = walk.web.get(place.url, before.etag, before.modified)
        if page is None:
            walk.unchanged += 1
            walk.memory.visited(replace(before, stamp=place.stamp, articles=()))
            return
        for item in _items_of_page(page, walk.web.settings.largest, options):
            ready = (
                finish_article(_with_address(item, page, place), options)
                if isinstance(item, FoundArticle)
                else item
            )
            if isinstance(ready, Article):
                kept.append(ready)
            failed = failed or isinstance(ready, Failure)
            listing = listing or isinstance(ready, AnnouncedPage)
            yield ready
    except Unreadable as fault:
        yield fault.at(place.url)
        return
    visit = CachedPage(place.url, page.etag, page.modified, place.stamp, tuple(kept))
    if listing:
        lists.append(visit)
    elif not failed:
        walk.memory.visited(visit)


def _items_of_page(
    page: HttpResponse, largest: int, options: ReadOptions
) -> Iterator[FoundArticle | Failure | AnnouncedPage]:
    if page.kind not in (*_PAGES, *_TEXTS) and not page.kind.endswith(_MARKED):
        raise Unreadable(
            _("this is not a text ({kind})").format(kind=page.kind[:60]),
            _("give the address of a page, a feed or a sitemap"),
        )
    data = _characters(page, _decompress(page.data, largest))
    wanted = options.format or ("html" if page.kind in _PAGES else None)
    # The path's suffix may tell the format, what follows the `?` may not.
    chosen = formats.of(urlsplit(page.url).path, data[: formats.HEAD], wanted)
    stream = io.BufferedReader(io.BytesIO(data))
    yield from formats.reader(chosen).read(InputSource(page.url, page.url), stream, options)


def _decompress(data: bytes, largest: int) -> bytes:
    # Sitemaps come as `sitemap.xml.gz`.
    if not data.startswith(b"\x1f\x8b"):
        return data
    try:
        whole = zlib.decompressobj(31).decompress(data, largest + 1)
    except zlib.error:
        raise Unreadable(
            _("the file is not valid {kind}").format(kind="GZIP"), _("add it again later")
        ) from None
    if len(whole) > largest:
        raise too_large(largest)
    return whole


def _characters(page: HttpResponse, data: bytes) -> bytes:
    """The bytes as UTF-8 where only the host tells their encoding; XML tells its own."""
    if (
        page.charset is None
        or page.kind.endswith("/xml")
        or decode_as_declared(data, "utf-8") is not None
    ):
        return data
    text = decode_as_declared(data, "cp1252" if page.charset == "iso-8859-1" else page.charset)
    return data if text is None else text.encode("utf-8", "replace")


def _with_address(item: FoundArticle, page: HttpResponse, place: AnnouncedPage) -> FoundArticle:
    """The article with its address, and what its announcement tells where the page does not.

    A page speaks for its own host only: it cannot pass for another's article.
    """
    article = item.article
    if page.kind in _PAGES:
        same = article.url and _host(article.url) == _host(page.url)
        url = article.url if same else page.url
        article = replace(article, url=url, id=identity(url, article.text))
    return replace(
        item,
        article=replace(
            article,
            title=article.title or place.title,
            outlet=article.outlet or place.outlet,
            published=article.published or place.published,
        ),
    )


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _left(url: str, count: int) -> Failure:
    return Unreadable(
        _("{n} of the pages that it lists were left for the next run").format(n=count),
        _("add it again to continue, or give --max-pages a larger number"),
    ).at(url)


def _maze(url: str) -> Failure:
    return Unreadable(
        _("the list leads to other lists, nested too deeply"), _("give the address of one of them")
    ).at(url)
