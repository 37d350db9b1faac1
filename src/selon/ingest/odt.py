"""OpenDocument texts (ODT, and FODT unpacked): paragraphs and headings; no notes, no deletions."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from typing import Any, BinaryIO, Final

from selon.i18n import _
from selon.ingest import documents
from selon.ingest.archives import part
from selon.ingest.documents import Piece, TextLine
from selon.ingest.markup import xml
from selon.ingest.options import ReadOptions
from selon.ingest.sources import FoundArticle, InputSource, Unreadable, within
from selon.records import Failure

_TEXT: Final = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_OFFICE: Final = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_DC: Final = "{http://purl.org/dc/elements/1.1/}"
_SILENT: Final = frozenset(
    (f"{_TEXT}note", f"{_OFFICE}annotation", f"{_TEXT}tracked-changes", f"{_TEXT}table-of-content")
)
_STYLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_TITLES: Final = ("Title", "Titre", "Titel")
_BLANKS: Final = " \t\r\n"


def read_package(
    archive: zipfile.ZipFile, source: InputSource, options: ReadOptions
) -> Iterator[FoundArticle | Failure]:
    """The articles of a document."""
    data, meta = part(archive, "content.xml"), part(archive, "meta.xml")
    if data is None:
        locked = _("the file is not valid {kind}").format(kind="ODT")
        raise Unreadable(locked, _("save or export it again"))
    manifest = part(archive, "META-INF/manifest.xml") or b""
    if b"encryption-data" in manifest:
        raise Unreadable(_("the file is locked by a password"), _("save it without the password"))
    yield from _read(xml(data), xml(meta) if meta else None, source, options)


def read(
    source: InputSource, stream: BinaryIO, options: ReadOptions
) -> Iterator[FoundArticle | Failure]:
    """The articles of a flat document (FODT)."""
    root = xml(within(stream))
    yield from _read(root, root, source, options)


def _read(
    root: Any, meta: Any, source: InputSource, options: ReadOptions
) -> Iterator[FoundArticle | Failure]:
    body = next(iter(root.iter(f"{_OFFICE}text")), None)
    if body is None:
        raise Unreadable(
            _("the file is not valid {kind}").format(kind="ODT"), _("save or export it again")
        )
    titles = _title_styles(root)
    lines = [line for p in _paragraphs(body) for line in _lines(p, titles)]
    heading = next((line.text for line in lines if line.level == 1 and line.text), None)
    said = meta.findtext(f".//{_DC}title") if meta is not None else None
    yield from documents.read(
        lines, source, options, Piece("", heading or (said or "").strip() or None)
    )


def _paragraphs(element: Any) -> Iterator[Any]:
    for child in element:
        if child.tag in _SILENT:
            continue
        if child.tag in (f"{_TEXT}p", f"{_TEXT}h"):
            yield child
        else:
            yield from _paragraphs(child)


def _title_styles(root: Any) -> frozenset[str]:
    """The names of the styles of a document's title: LibreOffice's own, and those made of it."""
    made = {
        style.get(f"{_STYLE}name") or ""
        for style in root.iter(f"{_STYLE}style")
        if style.get(f"{_STYLE}parent-style-name") in _TITLES
    }
    return frozenset((*_TITLES, *made))


def _lines(paragraph: Any, titles: frozenset[str]) -> Iterator[TextLine]:
    level = int(paragraph.get(f"{_TEXT}style-name") in titles)
    if paragraph.tag == f"{_TEXT}h":
        said = paragraph.get(f"{_TEXT}outline-level") or "1"
        level = int(said) if said.isdecimal() and len(said) < 3 else 1
    for words in "".join(_words(paragraph)).split("\n"):
        yield TextLine(words.strip(), level)


def _words(element: Any) -> Iterator[str]:
    yield _inline(element.text)
    for child in element:
        if child.tag == f"{_TEXT}s":
            count = child.get(f"{_TEXT}c") or "1"
            yield " " * (min(int(count), 200) if count.isdecimal() and len(count) < 6 else 1)
        elif child.tag == f"{_TEXT}tab":
            yield "\t"
        elif child.tag == f"{_TEXT}line-break":
            yield "\n"
        elif child.tag not in _SILENT and isinstance(child.tag, str):
            yield from _words(child)
        yield _inline(child.tail)


def _inline(words: str | None) -> str:
    # Blanks of the source are one blank; those that count have an element of their own.
    if not words:
        return ""
    kept = " ".join(w for w in words.replace("\n", " ").replace("\t", " ").split(" ") if w)
    before = " " if words[0] in _BLANKS else ""
    after = " " if kept and words[-1] in _BLANKS else ""
    return before + kept + after
