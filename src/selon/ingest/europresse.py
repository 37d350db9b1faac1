"""Europresse's HTML, in its three layouts: one `<article>` an item.

Layouts: the newest has classes `rdp__…`; the middle one `titreArticle` and `DocText`; the oldest
`docOcurrContainer`. The document's number (`news·20240105·LM·…`) is the surest date and a good id.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, BinaryIO, Final

from selon.ingest.charset import declared, decoded
from selon.ingest.markup import of_class, page, prose
from selon.ingest.options import Options
from selon.ingest.sources import Found, Source, Unreadable, empty, identity
from selon.records import Article, Failure
from selon.tongue import speaking

_NUMBER: Final = re.compile(r"news\s*·\s*(?P<date>\d{8})\s*·\s*[\w·-]+")
_FRENCH: Final = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
]
_ENGLISH: Final = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_MONTHS: Final = {
    name.lower(): n for names in (_FRENCH, _ENGLISH) for n, name in enumerate(names, 1)
}
_DAY_FIRST: Final = re.compile(r"\b(\d{1,2})(?:er)?\s+([a-zéû]+)\s+(\d{4})\b", re.IGNORECASE)
_MONTH_FIRST: Final = re.compile(r"\b([A-Z][a-z]+)\s+(\d{1,2}),\s+(\d{4})\b")
_MARKS: Final = re.compile(rb"publiC-lblNodoc|DocPublicationName|docOcurrContainer")
# What follows a paper's name in its heading: number, site, regional edition.
_AFTER: Final = re.compile(
    r"(?:,\s*no\.?\s.*|\s*\((?:site web|web site|réf\. site web)[^)]*\)|\s+-\s+[ÉE]dition.*)$"
)
_UPDATED: Final = re.compile(r"^(?:Mis à jour le|Updated on)\b")
_BYLINE: Final = re.compile(r"^(?:Par|By|De)\s+", re.IGNORECASE)
_MAIL: Final = re.compile(r"^\S+@\S+\.\w+$")


def read(source: Source, stream: BinaryIO, options: Options) -> Iterator[Found | Failure]:
    """The items of an export; one without text is a failure that counts it."""
    root = page(_characters(stream.read()))
    items = [] if root is None else root.xpath("//article")
    if not items:
        _ = speaking("ingest").gettext
        raise Unreadable(_("there is no article in it"), _("save or export it again"))
    for n, item in enumerate(items, 1):
        where = f"{source.name}:{n}"
        article = _article(item, options)
        yield Found(where, article) if article else empty(where)


def marked(data: bytes) -> bool:
    """Whether a page is one of Europresse's."""
    return _MARKS.search(data) is not None


def _characters(data: bytes) -> str:
    # These pages declare UTF-8 whether they are or not.
    return declared(data, "utf-8") or decoded(data)


def _article(item: Any, options: Options) -> Article | None:
    body = _first(item, "DocText", "docOcurrContainer")
    if body is None:
        return None
    paragraphs = [p for p in prose(body).split("\n\n") if not _furniture(p)]
    text = "\n\n".join(paragraphs)
    if not text:
        return None
    number = _number(item)
    header = " ".join(_words(h) or "" for h in of_class(item, "DocHeader"))
    outlet, published = _outlet(item), _date(number, header)
    return Article(
        # Editions print one text: outlet and day tell them apart.
        id=number or identity(f"{outlet} {published}", text),
        text=text,
        title=_words(_first(item, "rdp__articletitle", "titreArticleVisu", "titreArticle")),
        outlet=outlet or options.outlet,
        published=published or options.date,
        authors=_authors(item),
    )


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
    return bool(_UPDATED.match(paragraph) or _MAIL.match(paragraph))


def _number(item: Any) -> str | None:
    found = _NUMBER.search(_words(_first(item, "publiC-lblNodoc")) or "")
    return re.sub(r"\s", "", found[0]) if found else None


def _outlet(item: Any) -> str | None:
    name = _words(_first(item, "DocPublicationName", "rdp__DocPublicationName"))
    return _AFTER.sub("", name).strip(" ,") or None if name else None


def _date(number: str | None, header: str) -> str | None:
    if number:
        digits = number.split("·")[1]
        if "01" <= digits[4:6] <= "12" and "01" <= digits[6:8] <= "31":
            return f"{digits[:4]}-{digits[4:6]}-{digits[6:8]}"
    for pattern, order in ((_DAY_FIRST, (3, 2, 1)), (_MONTH_FIRST, (3, 1, 2))):
        for found in pattern.finditer(header):
            year, month, day = (found[i] for i in order)
            if month.lower() in _MONTHS:
                return f"{year}-{_MONTHS[month.lower()]:02d}-{int(day):02d}"
    return None


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
