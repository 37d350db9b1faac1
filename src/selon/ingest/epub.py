"""EPUB, as dailies give their whole issue: each part of the reading order with prose is an article."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from posixpath import dirname, join, normpath
from typing import Any, Final
from urllib.parse import unquote

from selon.ingest import days
from selon.ingest.charset import decoded
from selon.ingest.documents import Piece, article
from selon.ingest.markup import page, prose, xml
from selon.ingest.options import Options
from selon.ingest.packages import part
from selon.ingest.sources import Found, Source, Unreadable
from selon.records import Failure
from selon.tongue import speaking

# Covers, lists of contents and rights have fewer words, or none that end a sentence.
_FEWEST_WORDS: Final = 15


def read_package(
    archive: zipfile.ZipFile, source: Source, options: Options
) -> Iterator[Found | Failure]:
    """The articles in reading order; a part that is named and missing is a failure."""
    _ = speaking("ingest").gettext
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
    known = Piece("", outlet=_said(root, "title"), published=_date(root))
    some = False
    for href in _spine(root):
        name = normpath(join(dirname(path), unquote(href)))
        where = f"{source.name}!{name}"
        try:
            content = part(archive, name)
            if content is None:
                raise Unreadable(_("a part of it is missing"), _("save or export it again"))
            piece = _chapter(content, known)
        except Unreadable as fault:
            some = True
            yield fault.at(where)
            continue
        if piece:
            some = True
            yield Found(where, article(piece, options))
    if not some:
        raise Unreadable(_("it contains no article"), _("save or export it again"))


def _said(root: Any, name: str) -> str | None:
    words = root.xpath("string(//*[local-name() = 'metadata']/*[local-name() = $n][1])", n=name)
    return " ".join(str(words).split()) or None


def _date(root: Any) -> str | None:
    try:
        return days.written((_said(root, "date") or "-")[:10])
    except days.Ambiguous:
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


def _chapter(content: bytes, known: Piece) -> Piece | None:
    root = page(decoded(content))
    if root is None:
        return None
    for nav in root.xpath("//nav"):
        nav.drop_tree()
    headings = root.xpath("//h1 | //h2")
    title = " ".join("".join(headings[0].itertext()).split()) if headings else None
    if headings:
        headings[0].drop_tree()
    text = prose(root)
    if len(text.split()) < _FEWEST_WORDS or not any(sign in text for sign in ".!?…»"):
        return None
    return Piece(text, title or None, known.outlet, known.published)
