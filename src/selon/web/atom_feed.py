"""Statements as an Atom feed (RFC 4287)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, Final

from lxml import etree

from selon.show.visible import on_page
from selon.web.i18n import Locale

_ATOM: Final = "http://www.w3.org/2005/Atom"
# The types of lxml know no namespace without a prefix.
_NAMES: Final[Any] = {None: _ATOM}


def atom_feed(name: str, address: str, rows: Iterable[Mapping[str, Any]], say: Locale) -> bytes:
    """A feed of that name at that address; each statement leads to its place in the room."""
    base = address.rpartition("/watch/")[0]
    search = address.rpartition("/feed")[0]
    feed = etree.Element(f"{{{_ATOM}}}feed", nsmap=_NAMES)
    # Without the key: the feed stays the same when the password is another.
    _add_element(feed, "id", search)
    _add_element(feed, "title", f"Selon – {name}")
    _add_element(feed, "updated", datetime.now(UTC).isoformat(timespec="seconds"))
    etree.SubElement(feed, f"{{{_ATOM}}}link", href=address, rel="self")
    etree.SubElement(feed, f"{{{_ATOM}}}link", href=search)
    for row in rows:
        entry = etree.SubElement(feed, f"{{{_ATOM}}}entry")
        at = f"{base}/article/{row['article_id']}#s{row['id']}"
        who = str(row["speaker"] or say.gettext("unknown speaker"))
        _add_element(entry, "id", at)
        _add_element(entry, "title", f"{who} – {row['outlet'] or say.gettext('unknown outlet')}")
        etree.SubElement(entry, f"{{{_ATOM}}}link", href=at)
        _add_element(entry, "updated", _moment(row["published"]))
        author = etree.SubElement(entry, f"{{{_ATOM}}}author")
        _add_element(author, "name", who)
        _add_element(entry, "content", str(row["content"]))
    return bytes(etree.tostring(feed, xml_declaration=True, encoding="utf-8"))


def _add_element(parent: Any, name: str, words: str) -> None:
    # What XML has no place for is left out, as on a page.
    etree.SubElement(parent, f"{{{_ATOM}}}{name}").text = on_page(words)


def _moment(published: str | None) -> str:
    """A date as Atom wants it; the beginning of time where none is known."""
    try:
        return datetime.fromisoformat(str(published)[:10]).replace(tzinfo=UTC).isoformat()
    except ValueError:
        return "1970-01-01T00:00:00+00:00"
