"""NewsML-G2, as agencies send it: a news item or message, its XHTML or NITF content.

Only what the content element says is text; remote content is not fetched.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any, BinaryIO

from selon.i18n import _
from selon.ingest import nitf
from selon.ingest.bylines import names_of_byline
from selon.ingest.edtf_dates import edtf
from selon.ingest.markup import page, prose, xml
from selon.ingest.options import ReadOptions
from selon.ingest.page_numbers import is_page_name, page_number
from selon.ingest.sources import FoundArticle, InputSource, Unreadable, empty, identity, within
from selon.records import Article, Failure


def read(
    source: InputSource, stream: BinaryIO, options: ReadOptions
) -> Iterator[FoundArticle | Failure]:
    """The news items of a document, in its order."""
    data = within(stream)
    items = _all(xml(data), "newsItem", itself=True)
    if not items:
        raise Unreadable(_("it contains no article"), _("save or export it again"))
    for n, item in enumerate(items, 1):
        where = f"{source.name}:{n}"
        article = _article(item, options)
        yield FoundArticle(where, article) if article else empty(where)


def _all(root: Any, name: str, *, itself: bool = False) -> list[Any]:
    axis = "descendant-or-self" if itself else "descendant"
    return list(root.xpath(f"{axis}::*[local-name() = $n]", n=name))


def _words(root: Any, *names: str) -> str | None:
    for name in names:
        for found in _all(root, name):
            words = " ".join("".join(found.itertext()).split())
            if words:
                return words
    return None


def _article(item: Any, options: ReadOptions) -> Article | None:
    content = next(iter(_all(item, "contentSet")), None)
    if content is None:
        return None
    bodies = _all(content, "body.content") or _all(content, "body") or _all(content, "inlineData")
    text = _prose(bodies[0]) if bodies else ""
    if not text:
        return None
    meta = next(iter(_all(item, "itemMeta")), item)
    about = next(iter(_all(item, "contentMeta")), item)
    guid = item.get("guid")
    language = next(
        (e.get("tag") for e in _all(about, "language") if e.get("tag")),
        content.xpath("string(descendant::*/@xml:lang)") or None,
    )
    sent = _words(about, "contentCreated", "contentModified") or _words(meta, "versionCreated")
    return Article(
        id=guid or identity(None, text),
        text=text,
        language=language,
        title=_words(about, "headline") or _words(meta, "title"),
        outlet=options.outlet or _provider(meta),
        published=options.date or _day(sent),
        authors=names_of_byline(_words(about, "by")),
        page=_page(item),
    )


def _page(item: Any) -> str | None:
    """What a provider's own property called so says (`<contentMetaExtProperty rel="x:page" value="8"/>`)."""
    for prop in item.xpath("descendant::*[contains(local-name(), 'ExtProperty')]"):
        if any(is_page_name(prop.get(k) or "") for k in ("rel", "type", "qcode")):
            said = prop.get("value") or prop.get("literal") or "".join(prop.itertext())
            if page := page_number(said):
                return page
    return None


def _prose(body: Any) -> str:
    """A body's words without its header and footer, which repeat the metadata; pictures aside."""
    body = deepcopy(body)
    for name in ("header", "footer", "figure", "media", "figcaption", "nav"):
        for aside in _all(body, name):
            nitf.drop(aside)
    if len(body) == 0 and "\n" in (body.text or "").strip():
        # Plain text: its lines are its paragraphs.
        return "\n\n".join(p for line in body.text.split("\n") if (p := line.strip()))
    words = prose(body)
    # Markup written as characters is markup all the same.
    root = page(words) if "</" in words else None
    return prose(root) if root is not None else words


def _provider(meta: Any) -> str | None:
    for provider in _all(meta, "provider"):
        name = _words(provider, "name") or provider.get("literal") or provider.get("qcode")
        if name:
            return str(name).rpartition(":")[2]
    return None


def _day(stamp: str | None) -> str | None:
    return edtf(stamp[:10]) if stamp else None
