"""NewsML 1.2, as agencies sent it before G2: news items of components with plain, NITF or HTML text."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from typing import Any

from selon.i18n import _
from selon.ingest import nitf
from selon.ingest.bylines import names_of_byline
from selon.ingest.documents import Piece, article
from selon.ingest.markup import page, prose
from selon.ingest.nitf import all_, day_of, first_text
from selon.ingest.options import ReadOptions
from selon.ingest.page_numbers import is_page_name, page_number
from selon.ingest.sources import FoundArticle, InputSource, Unreadable, empty
from selon.records import Failure


def read(root: Any, source: InputSource, options: ReadOptions) -> Iterator[FoundArticle | Failure]:
    """The articles of each news item; one without text is a failure."""
    items = all_(root, "NewsItem", itself=True)
    if not items:
        raise Unreadable(_("it contains no article"), _("save or export it again"))
    n = 0
    for item in items:
        found = list(_pieces(item))
        for piece in found or [Piece("")]:
            n += 1
            where = f"{source.name}:{n}"
            yield FoundArticle(where, article(piece, options)) if piece.text else empty(where)


def _pieces(item: Any) -> Iterator[Piece]:
    """The texts of an item by the headline that stands over them; a picture's caption is none."""
    groups: dict[Any, list[str]] = {}
    for content in all_(item, "ContentItem"):
        words = _text(content)
        if words:
            groups.setdefault(_heading_of(content, item), []).append(words)
    for n, (component, texts) in enumerate(groups.items()):
        number = first_text(item, "PublicIdentifier")
        yield Piece(
            "\n\n".join(texts),
            first_text(component, "HeadLine") or first_text(item, "HeadLine", "Title"),
            _provider(item),
            _day(item),
            names_of_byline(first_text(component, "ByLine")),
            f"{number}#{n}" if number and n else number,
            _attribute(item, "Language", "FormalName"),
            page=_page(item),
        )


def _heading_of(content: Any, item: Any) -> Any:
    for above in content.iterancestors():
        if above is item:
            break
        lines = above.xpath("*[local-name() = 'NewsLines']/*[local-name() = 'HeadLine']")
        if lines and "".join(lines[0].itertext()).strip():
            return above
    return item


def _text(content: Any) -> str:
    kind = (_attribute(content, "MediaType", "FormalName") or "text").lower()
    role = next(
        (
            e.get("FormalName")
            for a in content.iterancestors()
            for e in a.xpath("*[local-name() = 'Role']")
        ),
        "",
    )
    if kind not in ("text", "complextext") or "caption" in (role or "").lower():
        return ""
    for data in all_(content, "DataContent"):
        if _is_base64(data):
            return _decode_base64(data)
        bodies = all_(data, "body.content")
        if bodies:
            return nitf.body_text(bodies[0])
        bodies = all_(data, "body")
        words = prose(bodies[0] if bodies else data)
        # Markup written as characters is markup all the same.
        if "</" in words and (root := page(words)) is not None:
            return prose(root)
        if len(data) == 0 and data.text and "\n" in data.text.strip():
            return "\n\n".join(p for line in data.text.split("\n") if (p := line.strip()))
        return words
    return ""


def _is_base64(data: Any) -> bool:
    above = data.getparent()
    return above is not None and "base64" in (above.get("Notation") or "").lower()


def _decode_base64(data: Any) -> str:
    """The words of a text that was sent as base64; nothing where that is no text."""
    try:
        words = base64.b64decode("".join(data.itertext()), validate=False).decode("utf-8")
    except ValueError:
        return ""
    root = page(words) if "</" in words else None
    if root is not None:
        return prose(root)
    return "\n\n".join(p for line in words.split("\n") if (p := line.strip()))


def _attribute(root: Any, name: str, attribute: str) -> str | None:
    return next((e.get(attribute) for e in all_(root, name) if e.get(attribute)), None)


def _page(item: Any) -> str | None:
    """What a property called so says (`<Property FormalName="Page" Value="8"/>`)."""
    named = (e for e in all_(item, "Property") if is_page_name(e.get("FormalName") or ""))
    return next((p for e in named if (p := page_number(e.get("Value")))), None)


def _provider(item: Any) -> str | None:
    for name in ("Provider", "Source"):
        for party in (p for e in all_(item, name) for p in all_(e, "Party")):
            if party.get("FormalName"):
                return str(party.get("FormalName"))
    return first_text(item, "CreditLine", "CopyrightHolder") or first_text(item, "ProviderId")


def _day(item: Any) -> str | None:
    return next(
        (
            d
            for n in ("FirstCreated", "ThisRevisionCreated", "DateId")
            if (d := day_of(first_text(item, n)))
        ),
        None,
    )
