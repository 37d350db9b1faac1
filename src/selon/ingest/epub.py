"""EPUB, as dailies give their whole issue: each part of the reading order with prose is an article."""

from __future__ import annotations

import itertools
import zipfile
from collections.abc import Iterator
from posixpath import dirname, join, normpath
from typing import Any, Final
from urllib.parse import unquote

from selon.i18n import _
from selon.ingest import dates
from selon.ingest.archives import part
from selon.ingest.charset import decode
from selon.ingest.documents import Piece, article
from selon.ingest.markup import page, prose, xml
from selon.ingest.options import ReadOptions
from selon.ingest.sources import FoundArticle, InputSource, Unreadable
from selon.records import Failure

# Covers, lists of contents and rights have fewer words, or none that end a sentence.
_MIN_WORDS: Final = 15


def read_package(
    archive: zipfile.ZipFile, source: InputSource, options: ReadOptions
) -> Iterator[FoundArticle | Failure]:
    """The articles in reading order; a part that is named and missing is a failure."""
    container = part(archive, "META-INF/container.xml")
    path = None
    if container:
        found = xml(container).xpath("string(//*[local-name() = 'rootfile']/@full-path)")
        path = str(found) or None
    data = part(archive, path) if path else None
    if not path or not data:
        raise Unreadable(
            _("the file is not valid {kind}").format(kind="EPUB"), _("save or export it again")
        )
    root = xml(data)
    known = Piece("", outlet=_metadata(root, "title"), published=_date(root))
    some = False
    for href in _spine(root):
        name = normpath(join(dirname(path), unquote(href)))
        where = f"{source.name}!{name}"
        try:
            content = part(archive, name)
            if content is None:
                raise Unreadable(_("a part of it is missing"), _("save or export it again"))
            pieces = _chapter(content, known)
        except Unreadable as fault:
            some = True
            yield fault.at(where)
            continue
        for n, piece in enumerate(pieces, 1):
            some = True
            place = f"{where}#{n}" if len(pieces) > 1 else where
            yield FoundArticle(place, article(piece, options))
    if not some:
        raise Unreadable(_("it contains no article"), _("save or export it again"))


def _metadata(root: Any, name: str) -> str | None:
    words = root.xpath("string(//*[local-name() = 'metadata']/*[local-name() = $n][1])", n=name)
    return " ".join(str(words).split()) or None


def _date(root: Any) -> str | None:
    try:
        return dates.parse_date((_metadata(root, "date") or "-")[:10])
    except dates.Ambiguous:
        return None


def _spine(root: Any) -> list[str]:
    """The parts' paths in reading order, without the list of contents and what stands aside."""
    items = {
        e.get("id"): e
        for e in root.xpath("//*[local-name() = 'manifest']/*[local-name() = 'item']")
    }
    places = root.xpath("//*[local-name() = 'spine']/*[local-name() = 'itemref']")
    found = (items.get(e.get("idref")) for e in places if e.get("linear") != "no")
    return [
        e.get("href")
        for e in found
        if e is not None and e.get("href") and "nav" not in (e.get("properties") or "").split()
    ]


def _chapter(content: bytes, known: Piece) -> list[Piece]:
    """The article of a part, or each of those that stand in it side by side."""
    root = page(decode(content))
    if root is None:
        return []
    for nav in root.xpath("//nav"):
        nav.drop_tree()
    apart = root.xpath("//body//section[h1 or h2] | //body//article[.//h1 or .//h2]")
    apart = [s for s in apart if not any(above in apart for above in s.iterancestors())]
    within = sum(len(s.xpath(".//h1 | .//h2")) for s in apart)
    # A heading above them all is their title: they are the parts of one article.
    if len(apart) > 1 and within == len(root.xpath("//h1 | //h2")):
        found = [piece for s in apart if (piece := _article(s, known))]
        if len(found) == len(apart):
            return found
    flat = _flat_articles(root, known)
    if flat:
        return flat
    piece = _article(root, known)
    return [piece] if piece else []


def _flat_articles(root: Any, known: Piece) -> list[Piece]:
    """The articles of a part whose headings of the first level stand side by side, each with its text below."""
    headings = root.xpath("//h1")
    if len(headings) < 2 or len({h.getparent() for h in headings}) > 1:
        return []
    found = []
    for heading in headings:
        below = list(itertools.takewhile(lambda e: e.tag != "h1", heading.itersiblings()))
        text = "\n\n".join(words for e in below if (words := prose(e)))
        title = " ".join("".join(heading.itertext()).split())
        if len(text.split()) < _MIN_WORDS or not title:
            return []
        found.append(Piece(text, title, known.outlet, known.published))
    return found


def _article(root: Any, known: Piece) -> Piece | None:
    headings = root.xpath(".//h1 | .//h2")
    title = " ".join("".join(headings[0].itertext()).split()) if headings else None
    if headings:
        headings[0].drop_tree()
    text = prose(root)
    if len(text.split()) < _MIN_WORDS or not any(sign in text for sign in ".!?…»"):
        return None
    return Piece(text, title or None, known.outlet, known.published)
