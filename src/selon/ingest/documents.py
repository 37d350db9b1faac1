"""Documents made of paragraphs: what DOCX, ODT, RTF, PDF and saved texts have in common.

A press archive's export looks the same in each: its layout is looked for in the lines, whatever
the file's format. A document without one is an article.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from selon.ingest.options import Options
from selon.ingest.sources import Found, Source, Unreadable, empty, identity
from selon.records import Article, Failure
from selon.tongue import speaking


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph or a line; `level` is 1 and more for headings, 0 for prose."""

    text: str
    level: int = 0


@dataclass(frozen=True, slots=True)
class Piece:
    """An article as a layout gives it; `cut`: its end is missing."""

    text: str
    title: str | None = None
    outlet: str | None = None
    published: str | None = None
    authors: tuple[str, ...] = ()
    number: str | None = None
    language: str | None = None
    url: str | None = None
    cut: bool = False


def pieces(lines: Sequence[Line], *, wrapped: bool = False) -> list[Piece]:
    """The articles of an archive's export by its layout; none where the lines have no such.

    `wrapped`: the lines of a text may have been cut by a margin; else each is a paragraph.
    """
    from selon.ingest import europresse_print, factiva, lexis

    if not wrapped:
        lines = [part for line in lines for part in (line, Line(""))]
    for layout in (lexis, factiva, europresse_print):
        if layout.marked(lines):
            return list(layout.pieces(lines))
    return []


def read(
    lines: Sequence[Line], source: Source, options: Options, known: Piece | None = None
) -> Iterator[Found | Failure]:
    """The articles of a document; `known` says what its metadata tell of the only one."""
    items = pieces(lines)
    if items:
        yield from numbered(items, source, options)
        return
    piece = _only(lines, known or Piece(""))
    if not piece.text:
        yield empty(source.name)
        return
    yield Found(source.name, article(piece, options))


def numbered(items: Sequence[Piece], source: Source, options: Options) -> Iterator[Found | Failure]:
    """Each article with its place; one without text or with its end missing is a failure."""
    for n, piece in enumerate(items, 1):
        where = f"{source.name}:{n}"
        if piece.cut:
            yield cut(where)
        elif not piece.text.strip():
            yield empty(where)
        else:
            yield Found(where, article(piece, options))


def article(piece: Piece, options: Options) -> Article:
    """The article of a piece; what the options say holds where it says nothing."""
    outlet, published = piece.outlet or options.outlet, piece.published or options.date
    beside = piece.url or (f"{outlet} {published}" if outlet and piece.title else None)
    return Article(
        id=piece.number or identity(beside, piece.text),
        text=piece.text,
        language=piece.language,
        title=piece.title,
        outlet=outlet,
        published=published,
        url=piece.url,
        authors=piece.authors,
    )


def cut(where: str) -> Failure:
    """The failure of an article whose end is missing."""
    _ = speaking("ingest").gettext
    return Unreadable(
        _("the article breaks off: the file was cut short"), _("export or copy it again")
    ).at(where)


def text_lines(text: str) -> list[Line]:
    """The lines of a text, blank ones among them."""
    return [Line(line.strip()) for line in text.split("\n")]


def _only(lines: Sequence[Line], known: Piece) -> Piece:
    words = [line for line in lines if line.text.strip()]
    title = known.title
    first = words[0] if words else None
    # A heading above the text is its title, and no sentence of it.
    if first and len(words) > 1 and (first.level == 1 or first.text.strip() == title):
        title, words = first.text.strip(), words[1:]
    return replace(known, title=title, text="\n\n".join(line.text.strip() for line in words))
