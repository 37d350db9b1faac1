"""XML by its root: news formats, archives, corpora; what is not known is refused by its name."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import BinaryIO, Final

from lxml import etree

from selon.i18n import _
from selon.ingest.markup import xml
from selon.ingest.options import ReadOptions
from selon.ingest.sources import AnnouncedPage, FoundArticle, InputSource, Unreadable, within
from selon.records import Failure

_FEEDS: Final = ("rss", "feed", "RDF", "urlset", "sitemapindex")
_ITEMS: Final = (
    "newsItem",
    "newsMessage",
    "packageItem",
    "conceptItem",
    "knowledgeItem",
    "planningItem",
)
_FACTIVA: Final = ("PPSResponse", "ppsArticleResponse", "ppsarticle", "ppsarticleResultSet")


def read(
    source: InputSource, stream: BinaryIO, options: ReadOptions
) -> Iterator[FoundArticle | Failure | AnnouncedPage]:
    """The articles of a document whose root says what it is."""
    data = within(stream)
    root = xml(data)
    name = etree.QName(root).localname
    if name in _FEEDS:
        from selon.ingest import feeds

        yield from feeds.read(source, io.BytesIO(data), options)
    elif name in _ITEMS:
        from selon.ingest import newsml

        yield from newsml.read(source, io.BytesIO(data), options)
    elif name == "html":
        from selon.ingest import webpage

        yield from webpage.read(source, io.BytesIO(data), options)
    elif name == "document" and "opendocument" in (etree.QName(root).namespace or ""):
        from selon.ingest import odt

        yield from odt.read(source, io.BytesIO(data), options)
    else:
        yield from _within(root, name, source, options)


def _within(
    root: object, name: str, source: InputSource, options: ReadOptions
) -> Iterator[FoundArticle | Failure]:
    """What a document of any root has in it: NewsML 1, NITF, Factiva's articles, TXM's texts."""
    from selon.ingest import corpora, factiva, newsml1, nitf

    def has(*names: str) -> bool:
        return any(
            root.xpath("boolean(descendant-or-self::*[local-name() = $n])", n=n)  # type: ignore[attr-defined]
            for n in names
        )

    if has("NewsML", "NewsItem"):
        yield from newsml1.read(root, source, options)
    elif has("nitf"):
        yield from nitf.read(root, source, options)
    elif has(*_FACTIVA) or (has("accessionNo") and has("leadParagraph", "tailParagraphs")):
        yield from factiva.read_xml(root, source, options)
    elif name in ("TEI", "teiCorpus", "TEI.2"):
        yield from corpora.tei(root, source, options)
    elif name in ("corpus", "text", "txm"):
        yield from corpora.texts(root, source, options)
    else:
        raise unknown(name)


def unknown(name: str) -> Unreadable:
    """What is said of XML whose root no reader knows."""
    return Unreadable(
        _("this kind of XML is not known (<{name}>)").format(name=name[:60]),
        _("export it as NewsML, NITF, TEI, RSS, HTML, CSV or text"),
    )
