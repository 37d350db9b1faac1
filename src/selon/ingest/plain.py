"""Plain text: one file, one article, not a character changed; or an archive's export of many."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO, Final

from selon.ingest import corpora, documents, tables
from selon.ingest.charset import decode
from selon.ingest.options import ReadOptions
from selon.ingest.sources import FoundArticle, InputSource, empty, identity, in_one
from selon.records import Article, Failure

# What exports of LexisNexis, Nexis Uni, Factiva and Europresse have on lines of their own.
_MARKS: Final = re.compile(
    r"^[ \t]*(?:(?:do[ck]umento? )?\d+ \w{2,3} \d+(?: (?:documents?|dokumenten?|documentos?|documenti))?"
    r"|end of document|fin d[eu] document|ende des dokuments?|fin del documento|body|corps"
    r"|fine del documento|fim do documento|einde (?:van (?:het )?)?document"
    r"|AN[ \t].*|[^\W\d]{2,12} [A-Z0-9]{6,12}(?:19|20)\d{6}\w+|news[ \t]*·.*)[ \t]*\r?$",
    re.IGNORECASE | re.MULTILINE,
)


def read(
    source: InputSource, stream: BinaryIO, options: ReadOptions
) -> Iterator[FoundArticle | Failure]:
    """The file as an article; newlines stay as they are, a byte order mark is dropped."""
    data = in_one(stream)
    text = decode(data)
    if not text.strip():
        yield empty(source.name)
        return
    if tables.looks_like_table(text):
        # A spreadsheet saves one as « Texte Unicode (*.txt) ».
        yield from tables.read(source, io.BytesIO(data), options)
        return
    items = _archive_pieces(text)
    if items:
        yield from documents.number_articles(items, source, options)
        return
    known = source.beside if isinstance(source.beside, documents.Piece) else None
    if known is None and source.path:
        known = corpora.metadata_beside(source.path)
    if known is not None:
        yield FoundArticle(source.name, documents.article(replace(known, text=text), options))
        return
    yield FoundArticle(
        source.name,
        Article(identity(None, text), text, outlet=options.outlet, published=options.date),
    )


def _archive_pieces(text: str) -> list[documents.Piece]:
    """The articles of an archive's export saved as text; none for any other text."""
    # A look at the words before all lines are: most texts are articles.
    if not _MARKS.search(text):
        return []
    return documents.pieces(documents.text_lines(text), wrapped=True)
