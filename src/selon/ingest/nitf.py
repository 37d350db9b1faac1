"""NITF, as agencies and their archives send it: head and body in one document."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any, Final

from selon.ingest import dates
from selon.ingest.bylines import names_of_byline
from selon.ingest.documents import Piece, number_articles
from selon.ingest.markup import prose
from selon.ingest.options import ReadOptions
from selon.ingest.page_numbers import is_page_name, page_number
from selon.ingest.sources import FoundArticle, InputSource
from selon.records import Failure

# Pictures and their captions, and what stands beside the text.
_ASIDE: Final = ("media", "table", "nitf-table", "body.end", "media-caption")


def read(root: Any, source: InputSource, options: ReadOptions) -> Iterator[FoundArticle | Failure]:
    """The articles of a document, in its order."""
    items = all_(root, "nitf", itself=True)
    found = list(number_articles([piece(item) for item in items], source, options))
    yield from found


def piece(item: Any) -> Piece:
    """One article: title, provider, day, byline and text."""
    bodies = all_(item, "body.content") or all_(item, "body")
    # « Par <person>…</person>, à Fontbrune »: the person where it is marked.
    lines = all_(item, "byline")
    byline = (first_text(lines[0], "person") or first_text(item, "byline")) if lines else None
    outlet = first_text(item, "distributor", "doc.copyright") or _of(item, "pubdata", "name")
    outlet = outlet or _of(item, "doc.copyright", "holder") or _of(item, "doc-id", "regsrc")
    language = item.xpath("string(@xml:lang)") or _of(item, "body", "lang")
    return Piece(
        body_text(bodies[0]) if bodies else "",
        first_text(item, "hl1", "hedline") or first_text(item, "title"),
        outlet,
        _day(item),
        names_of_byline(byline),
        _of(item, "doc-id", "id-string"),
        str(language) if language else None,
        page=_page(item),
    )


def body_text(body: Any) -> str:
    """The prose of a body without pictures, tables and what ends it."""
    body = deepcopy(body)
    if body.xpath("descendant::*[local-name() = 'block'][@class = 'full_text']"):
        # An archive that has the whole text repeats its beginning before it.
        for lead in body.xpath("descendant::*[local-name() = 'block'][@class = 'lead_paragraph']"):
            drop(lead)
    for name in _ASIDE:
        for aside in all_(body, name):
            drop(aside)
    return prose(body)


def all_(root: Any, name: str, *, itself: bool = False) -> list[Any]:
    """The elements of a name, whatever their namespace."""
    axis = "descendant-or-self" if itself else "descendant"
    return list(root.xpath(f"{axis}::*[local-name() = $n]", n=name))


def first_text(root: Any, *names: str) -> str | None:
    """The words of the first element of these names that has any."""
    for name in names:
        for found in all_(root, name):
            words = " ".join("".join(found.itertext()).split())
            if words:
                return words
    return None


def _of(root: Any, name: str, attribute: str) -> str | None:
    return next((e.get(attribute) for e in all_(root, name) if e.get(attribute)), None)


def _day(item: Any) -> str | None:
    stamps = (
        _of(item, "date.issue", "norm"),
        _of(item, "date.release", "norm"),
        _of(item, "pubdata", "date.publication"),
        _of(item, "story.date", "norm"),
        first_text(item, "story.date"),
    )
    for stamp in stamps:
        day = day_of(stamp)
        if day:
            return day
    return None


def _page(item: Any) -> str | None:
    """The page as archives of papers write it: a `meta` called so, else the place in the paper."""
    named = (e.get("content") for e in all_(item, "meta") if is_page_name(e.get("name") or ""))
    return next((p for v in named if (p := page_number(v))), None) or page_number(
        _of(item, "pubdata", "position.sequence")
    )


def day_of(stamp: str | None) -> str | None:
    """The day of a stamp such as `20260312T130037Z`; None for one that is none."""
    if not stamp:
        return None
    try:
        found = dates.parse_date(stamp)
    except dates.Ambiguous:
        return None
    return found[:10] if found else None


def drop(element: Any) -> None:
    """Take an element out of its document; the words behind it stay."""
    parent, before, tail = element.getparent(), element.getprevious(), element.tail or ""
    if parent is None:
        return
    if before is not None:
        before.tail = (before.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
    parent.remove(element)
