"""Word's DOCX, read as XML: paragraphs, headings, tracked insertions; no notes, no deletions.

`python-docx` leaves out what is tracked as inserted, and opens a package without bounds; what is
wanted of the format is its paragraphs.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from typing import Any, Final

from selon.i18n import _
from selon.ingest import documents
from selon.ingest.archives import part
from selon.ingest.documents import Piece, TextLine
from selon.ingest.markup import xml
from selon.ingest.options import ReadOptions
from selon.ingest.sources import FoundArticle, InputSource, Unreadable
from selon.records import Failure

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# Strict documents have another name for the same.
_STRICT: Final = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_TITLES: Final = {"title": 1, "titre": 1, "titel": 1, "ttulo": 1}
_HEADINGS: Final = ("heading", "titre", "berschrift", "ttulo")
_SILENT: Final = frozenset(
    f"{_W}{name}"
    for name in ("del", "moveFrom", "instrText", "delText", "footnoteReference", "pict")
)
_FALLBACK: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


def read_package(
    archive: zipfile.ZipFile, source: InputSource, options: ReadOptions
) -> Iterator[FoundArticle | Failure]:
    """The articles of a document."""
    data = part(archive, "word/document.xml") or b""
    body = next(iter(xml(data.replace(_STRICT, _W[1:-1].encode())).iter(f"{_W}body")), None)
    if body is None:
        raise Unreadable(
            _("the file is not valid {kind}").format(kind="DOCX"), _("save or export it again")
        )
    lines = [line for p in body.iter(f"{_W}p") for line in _lines(p)]
    yield from documents.read(lines, source, options, Piece("", _title(lines)))


def _title(lines: list[TextLine]) -> str | None:
    return next(
        (line.text.strip() for line in lines if line.level == 1 and line.text.strip()), None
    )


def _lines(paragraph: Any) -> Iterator[TextLine]:
    level = _level(paragraph)
    for words in "".join(_words(paragraph)).split("\n"):
        yield TextLine(words.strip(), level)


def _level(paragraph: Any) -> int:
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    name = (style.get(f"{_W}val") or "").lower() if style is not None else ""
    digits = name.lstrip("abcdefghijklmnopqrstuvwxyzäöüé _-")
    if name in _TITLES:
        return 1
    return (
        int(digits) if name.startswith(_HEADINGS) and digits.isdecimal() and len(digits) < 3 else 0
    )


def _words(element: Any) -> Iterator[str]:
    for child in element:
        name = child.tag
        if name in _SILENT or name == _FALLBACK:
            continue
        if name == f"{_W}t":
            yield child.text or ""
        elif name in (f"{_W}br", f"{_W}cr"):
            yield "\n"
        elif name == f"{_W}tab":
            yield "\t"
        elif name == f"{_W}noBreakHyphen":
            yield "\u2011"
        elif name != f"{_W}p":
            # A text box stands in a paragraph: its own paragraphs are met by themselves.
            yield from _words(child)
