"""Europresse's HTML, in its three layouts: one `<article>` an item.

Layouts: the newest has classes `rdp__…`; the middle one `titreArticle` and `DocText`; the oldest
`docOcurrContainer`. The document's number (`news·20240105·LM·…`) is the surest date and a good id.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, BinaryIO, Final

from selon.i18n import _
from selon.ingest import dates
from selon.ingest.charset import decode, decode_as_declared
from selon.ingest.markup import of_class, page, prose
from selon.ingest.options import ReadOptions
from selon.ingest.page_numbers import find_page
from selon.ingest.sources import FoundArticle, InputSource, Unreadable, empty, identity, in_one
from selon.ingest.word_lists import fold_words, press
from selon.records import Article, Failure

_NUMBER: Final = re.compile(r"news\s*·\s*(?P<date>\d{8})\s*·\s*[\w·-]+")
_MARKS: Final = (b"public-lblnodoc", b"docpublicationname", b"dococurrcontainer")
# « RESSAC Damien », as the layout of 2012 prints a byline.
_NAME: Final = re.compile(r"(?:[A-ZÀ-Ý][A-ZÀ-Ý'’-]+ ){1,3}[A-ZÀ-Ý][\w’'-]+(?: [A-ZÀ-Ý][\w’'-]+)?")
# What follows a paper's name in its heading: number, site, regional edition.
_AFTER: Final = re.compile(
    r"(?:,\s*no\.?\s.*|\s*\((?:site web|web site|réf\. site web)[^)]*\)|\s+-\s+[ÉE]dition.*)$"
)
_UPDATED: Final = re.compile(r"^(?:Mis à jour le|Updated on)\b")
_BYLINE: Final = re.compile(r"^(?:Par|By|De)\s+", re.IGNORECASE)
_RIGHTS: Final = re.compile(r"^(?:©|\(c\)|Copyright)\s*(?:19|20)\d\d\b", re.IGNORECASE)
_TITLES: Final = (
    "rdp__articletitle", "titreArticleVisu", "TitreArticleVisu", "titreArticle", "TitreArticle"
)  # fmt: skip
# « Illustration(s) : » is a label; a paragraph is longer.
_MAX_LABEL_CHARS: Final = 120
_MAIL: Final = re.compile(r"^\S+@\S+\.\w+$")


def read(
    source: InputSource, stream: BinaryIO, options: ReadOptions
) -> Iterator[FoundArticle | Failure]:
    """The items of an export; one without text is a failure that counts it."""
    root = page(_characters(in_one(stream)))
    items = [] if root is None else root.xpath("//article") or _tables(root)
    if not items:
        raise Unreadable(
            _("this Europresse export has an unknown layout"),
            _("export it again as HTML, or report the layout"),
        )
    for n, item in enumerate(items, 1):
        where = f"{source.name}:{n}"
        article = _article(item, options)
        yield FoundArticle(where, article) if article else empty(where)


def is_export(data: bytes) -> bool:
    """Whether a page is one of Europresse's."""
    low = data.lower()
    return any(mark in low for mark in _MARKS)


def _characters(data: bytes) -> str:
    # These pages declare UTF-8 whether they are or not.
    return decode_as_declared(data, "utf-8") or decode(data)


def _tables(root: Any) -> list[Any]:
    """The items of the layout of 2012, which has no `<article>`: what holds one outlet's name each."""
    names = of_class(root, "DocPublicationName")
    found = []
    for name in names:
        item = name
        for above in name.iterancestors():
            if len(of_class(above, "DocPublicationName")) > 1 or above.tag == "html":
                break
            item = above
        found.append(item)
    return found


def _article(item: Any, options: ReadOptions) -> Article | None:
    body = _first(item, "DocText", "docOcurrContainer")
    byline: tuple[str, ...] = ()
    if body is None or _first(body, *_TITLES) is not None:
        # Nothing holds the text alone: it is what follows the title.
        paragraphs, byline = _bare(item)
    else:
        paragraphs = prose(body).split("\n\n")
    text = "\n\n".join(p for p in _without_tail(paragraphs) if p and not _furniture(p))
    if not text:
        return None
    number = _number(item)
    header = " ".join(_words(h) or "" for h in of_class(item, "DocHeader"))
    outlet, published = _outlet(item), _date(number, header)
    return Article(
        # Editions print one text: outlet and day tell them apart.
        id=number or identity(f"{outlet} {published}", text),
        text=text,
        title=_words(_first(item, *_TITLES)),
        outlet=outlet or options.outlet,
        published=published or options.date,
        authors=byline or _authors(item),
        page=find_page(header) or find_page(_name(item) or ""),
    )


def _without_tail(paragraphs: list[str]) -> list[str]:
    """The paragraphs above what the archive lists below a text: illustrations, notes, other editions."""
    for n, words in enumerate(paragraphs):
        if len(words) < _MAX_LABEL_CHARS and fold_words(words).startswith(
            press()["europresse"]["below"]
        ):
            return paragraphs[:n]
    return paragraphs


def _bare(item: Any) -> tuple[list[str], tuple[str, ...]]:
    """The paragraphs behind the title where no element holds the text, and the byline above them."""
    title = _first(item, *_TITLES)
    words = prose(item).split("\n\n")
    said = _words(title)
    if said is None or said not in words:
        return [], ()
    rest = words[words.index(said) + 1 :]
    if rest and (_BYLINE.match(rest[0]) or _NAME.fullmatch(rest[0])):
        return rest[1:], (_BYLINE.sub("", rest[0]),)
    return rest, ()


def _first(item: Any, *classes: str) -> Any:
    for name in classes:
        found = of_class(item, name)
        if found:
            return found[0]
    return None


def _words(element: Any) -> str | None:
    if element is None:
        return None
    return " ".join("".join(element.itertext()).split()) or None


def _furniture(paragraph: str) -> bool:
    # “Propos recueillis par …” stays: it tells that this is an interview.
    return bool(
        _UPDATED.match(paragraph)
        or _MAIL.match(paragraph)
        or _RIGHTS.match(paragraph)
        or _NUMBER.fullmatch(paragraph)
    )


def _number(item: Any) -> str | None:
    found = _NUMBER.search(_words(_first(item, "publiC-lblNodoc")) or "")
    return re.sub(r"\s", "", found[0]) if found else None


def _name(item: Any) -> str | None:
    return _words(_first(item, "DocPublicationName", "rdp__DocPublicationName"))


def _outlet(item: Any) -> str | None:
    name = _name(item)
    return _AFTER.sub("", name).strip(" ,") or None if name else None


def _date(number: str | None, header: str) -> str | None:
    if number:
        digits = number.split("·")[1]
        if "01" <= digits[4:6] <= "12" and "01" <= digits[6:8] <= "31":
            return f"{digits[:4]}-{digits[4:6]}-{digits[6:8]}"
    return dates.find_date(header)


def _authors(item: Any) -> tuple[str, ...]:
    listed = _words(_first(item, "docAuthors"))
    if listed is None:
        title = _first(item, "titreArticle", "titreArticleVisu")
        beside = title.getnext() if title is not None else None
        # Older layouts print the byline bare, behind the title.
        if beside is None or beside.get("class") or beside.tag not in ("p", "div", "span"):
            return ()
        listed = _words(beside)
        if listed is None or not _BYLINE.match(listed):
            return ()
    names = re.split(r"\s*[;,]\s*|\s+(?:et|and)\s+", _BYLINE.sub("", listed))
    return tuple(n for n in names if n and not _MAIL.match(n))
