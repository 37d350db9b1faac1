"""Lines of a document and the articles that a layout finds in them, on their way to the door."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from selon.i18n import _
from selon.ingest.options import ReadOptions
from selon.ingest.sources import FoundArticle, InputSource, Unreadable, empty, identity
from selon.records import Article, Failure


@dataclass(frozen=True, slots=True)
class TextLine:
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
    page: str | None = None
    cut: bool = False


def number_articles(
    items: Sequence[Piece], source: InputSource, options: ReadOptions
) -> Iterator[FoundArticle | Failure]:
    """Each article with its place; one without text or with its end missing is a failure."""
    for n, piece in enumerate(items, 1):
        where = f"{source.name}:{n}"
        if piece.cut:
            yield cut(where)
        elif not piece.text.strip():
            yield empty(where)
        else:
            yield FoundArticle(where, article(piece, options))


def article(piece: Piece, options: ReadOptions) -> Article:
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
        page=piece.page,
    )


def cut(where: str) -> Failure:
    """The failure of an article whose end is missing."""
    return Unreadable(
        _("the article is incomplete: the file is truncated"), _("export or copy it again")
    ).at(where)
