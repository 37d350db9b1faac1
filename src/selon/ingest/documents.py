"""Documents made of paragraphs: what DOCX, ODT, RTF, PDF and saved texts have in common.

A press archive's export looks the same in each: its layout is looked for in the lines, whatever
the file's format. A document without one is an article.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from selon.i18n import _
from selon.ingest import dates
from selon.ingest.options import ReadOptions
from selon.ingest.pieces import Piece, TextLine, article, cut, number_articles
from selon.ingest.sources import FoundArticle, InputSource, Unreadable, empty
from selon.records import Failure

# Shorter lines below a heading are no text of an article.
_PROSE: Final = 80

__all__ = ["Piece", "TextLine", "article", "cut", "number_articles", "pieces", "read", "text_lines"]


def pieces(lines: Sequence[TextLine], *, wrapped: bool = False) -> list[Piece]:
    """The articles of an archive's export by its layout; none where the lines have no such.

    `wrapped`: the lines of a text may have been cut by a margin; else each is a paragraph.
    """
    from selon.ingest import europresse_print, factiva, lexis

    if not wrapped:
        lines = [part for line in lines for part in (line, TextLine(""))]
    for layout in (lexis, factiva, europresse_print):
        if layout.is_export(lines):
            return list(layout.pieces(lines))
    return []


def is_export(lines: Sequence[TextLine]) -> bool:
    """Whether the lines are an archive's export whose metadata stand a line each."""
    from selon.ingest import factiva, lexis

    return lexis.is_export(lines) or factiva.is_export(lines)


def is_metadata(line: TextLine) -> bool:
    """Whether a line of an export says something of an article, and is none of its text."""
    from selon.ingest import factiva, lexis

    return lexis.is_metadata(line) or factiva.is_metadata(line) or dates.is_line(line.text)


def read(
    lines: Sequence[TextLine], source: InputSource, options: ReadOptions, known: Piece | None = None
) -> Iterator[FoundArticle | Failure]:
    """The articles of a document; `known` says what its metadata tell of the only one."""
    items = pieces(lines)
    if items:
        yield from number_articles(items, source, options)
        return
    piece = _only(lines, known or Piece(""))
    if not piece.text:
        yield empty(source.name)
        return
    yield FoundArticle(source.name, article(piece, options))
    count = _top_headings(lines)
    if count > 1:
        yield Unreadable(
            _(
                "the document has {n} headings of the first level: it was read as one article"
            ).format(n=count),
            _("if it holds several articles, save each one by itself"),
        ).at(f"{source.name}#headings")


def _top_headings(lines: Sequence[TextLine]) -> int:
    """How many headings of the first level have prose of their own below them."""
    count = 0
    open_ = False
    for line in lines:
        if line.level == 1 and line.text.strip():
            open_ = True
        elif open_ and len(line.text) > _PROSE:
            count, open_ = count + 1, False
    return count


def text_lines(text: str) -> list[TextLine]:
    """The lines of a text, blank ones among them."""
    return [TextLine(line.strip()) for line in text.split("\n")]


def _only(lines: Sequence[TextLine], known: Piece) -> Piece:
    words = [line for line in lines if line.text.strip()]
    title = known.title
    first = words[0] if words else None
    # A heading above the text is its title, and no sentence of it.
    if first and len(words) > 1 and (first.level == 1 or first.text.strip() == title):
        title, words = first.text.strip(), words[1:]
    return replace(known, title=title, text="\n\n".join(line.text.strip() for line in words))
