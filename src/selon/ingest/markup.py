"""XML and HTML from strangers: no entities, no network, no bombs; the one door to lxml."""

from __future__ import annotations

import re
from typing import Any, Final

from lxml import etree, html

from selon.i18n import _
from selon.ingest.sources import Unreadable

# Elements that begin a new line of prose; `<i>`, `<b>` and `<font>` stand inside a sentence.
_BLOCKS: Final = frozenset(
    [
        "p",
        "div",
        "br",
        "li",
        "ul",
        "ol",
        "tr",
        "table",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "section",
        "article",
        "header",
        "footer",
        "blockquote",
        "dd",
        "dt",
        "hl1",
        "hl2",
        "body.content",
        "block",
    ]
)
_SILENT: Final = frozenset(("script", "style", "noscript", "template", "head", "iframe", "object"))
_BLANKS: Final = re.compile(r"[ \t\r\f\v]*\n[ \t\r\f\v\n]*")
_DECLARED: Final = re.compile(rb"<!\s*(?:DOCTYPE[^>]*\[|ENTITY)", re.IGNORECASE)


def xml(data: bytes) -> Any:
    """The root of an XML document; `Unreadable` where it is broken or declares entities."""
    fault: object = "ENTITY"
    if not _DECLARED.search(data[:65536]):
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
        )
        try:
            root = etree.fromstring(data, parser)
            if root is not None:
                return root
        except (etree.XMLSyntaxError, ValueError) as error:
            fault = str(error)[:120]
    raise Unreadable(
        _("the file is not valid {kind}").format(kind="XML") + f" ({fault})",
        _("save or export it again"),
    )


def page(text: str) -> Any:
    """The root of an HTML page, however broken; None for one without an element."""
    # A declaration of encoding in a decoded string is refused by lxml.
    clean = re.sub(r"^\s*<\?xml[^>]*\?>", "", text)
    try:
        return html.document_fromstring(
            clean, parser=html.HTMLParser(no_network=True, remove_comments=True, huge_tree=False)
        )
    except (etree.ParserError, ValueError):
        return None


def prose(element: Any) -> str:
    """The words of an element: paragraphs apart by an empty line, inline marks left out.

    Line breaks of the source are blanks, as a browser shows them; scripts are silent.
    """
    parts: list[str] = []
    _collect(element, parts)
    return _BLANKS.sub("\n\n", "".join(parts)).strip()


def _collect(element: Any, parts: list[str]) -> None:
    # Depth is bounded by lxml (256 levels without `huge_tree`).
    name = element.tag.rsplit("}", 1)[-1].lower() if isinstance(element.tag, str) else ""
    if name and name not in _SILENT and not (name == "figcaption" and _is_caption(element)):
        block = name in _BLOCKS
        if block:
            parts.append("\n")
        parts.append(_inline(element.text))
        for child in element:
            _collect(child, parts)
            parts.append(_inline(child.tail))
        if block:
            parts.append("\n")


def _is_caption(element: Any) -> bool:
    """Whether it is written under a picture; under a quotation it says whose it is."""
    figure = element.getparent()
    return figure is None or next(figure.iterdescendants("{*}blockquote"), None) is None


def _inline(text: str | None) -> str:
    return re.sub(r"[ \t\r\n\f\v]+", " ", text or "")


def of_class(root: Any, name: str, tag: str = "*") -> list[Any]:
    """The elements with a class, in the order of the page."""
    return list(
        root.xpath(
            f".//{tag}[contains(concat(' ', normalize-space(@class), ' '), $c)]", c=f" {name} "
        )
    )
