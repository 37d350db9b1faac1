"""ninjs (IPTC), versions 1 to 3, and its variants: an article as JSON, as agencies' interfaces send it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from selon.ingest.boilerplate import kept_paragraphs
from selon.ingest.bylines import names_of_byline
from selon.ingest.field_names import fields_of
from selon.ingest.page_numbers import is_page_name

# Where a list of items stands, in the answers of agencies' interfaces.
LISTS: Final = (
    "items", "_items", "articles", "results", "data", "docs", "documents", "hits", "response", "news", "entries",
    "stories", "newsItems", "records",
)  # fmt: skip
_BODIES: Final = (
    "body_text",
    "body_xhtml",
    "body_html",
    "content_text",
    "content_html",
    "body_nitf",
    "body_markdown",
)
_DAYS: Final = (
    "versioncreated", "versionCreated", "contentcreated", "contentCreated", "firstcreated", "firstCreated",
    "date_published", "published", "pubDate", "date",
)  # fmt: skip
_URLS: Final = ("url", "canonicalurl", "href", "link")
# Roles of what is said in short beside the article.
_SHORT_ROLES: Final = (
    "summary", "abstract", "short", "teaser", "caption", "lead", "lede", "standfirst", "extract", "twitter", "sms",
)  # fmt: skip
_MAX_DEPTH: Final = 4
_MARKUP: Final = re.compile(
    r"</?(?:p|br|div|h\d|a|em|strong|ul|ol|li|span|b|i|html|body|block)\b[^<>]*>"
)


def article(item: Mapping[str, Any]) -> dict[str, Any] | None:
    """The fields that `ingest.fields` knows; None where this is no ninjs."""
    name = next((v for k in ("uri", "guid", "id") if (v := _string(item.get(k)))), None)
    if not _is_ninjs(item) or (name is None and not _headed(item)):
        return None
    return {
        "id": name,
        "text": plain_text(_body(item)),
        "title": _string(item.get("headline"))
        or _first(item.get("headlines"))
        or _string(item.get("title")),
        "outlet": _name_of(
            item,
            "provider",
            "source",
            "copyrightholder",
            "copyrightHolder",
            "infosources",
            "infosource",
        ),
        "published": next((_day(v) for k in _DAYS if (v := _string(item.get(k)))), None),
        "language": _string(item.get("language")) or _string(item.get("lang")),
        "authors": _authors(item),
        "url": next((v for k in _URLS if (v := _string(item.get(k)))), None),
        "page": next((v for k, v in item.items() if is_page_name(str(k))), None),
    }


def list_of_answer(value: Any, depth: int = 0) -> list[Any] | None:
    """The items of an answer that is an object around their list; None where it is none."""
    if not isinstance(value, Mapping) or depth > _MAX_DEPTH:
        return None
    for key in LISTS:
        inner = value.get(key)
        if isinstance(inner, list) and inner and all(isinstance(v, Mapping) for v in inner):
            return [_unwrap(v) for v in inner]
        found = list_of_answer(inner, depth + 1)
        if found is not None:
            return found
    # The key is one's own: what is in the list tells.
    named = (v for v in value.values() if isinstance(v, list) and v)
    for inner in named:
        if _are_articles(inner):
            return [_unwrap(v) for v in inner]
    # Or each article stands under its name.
    each = list(value.values())
    return [_unwrap(v) for v in each] if len(each) > 1 and _are_articles(each) else None


def _are_articles(values: list[Any]) -> bool:
    return all(isinstance(v, Mapping) for v in values) and any(
        _is_ninjs(v) or "text" in fields_of(v) for v in map(_unwrap, values)
    )


def _unwrap(item: Mapping[str, Any]) -> Any:
    """An item of a search's answer without what is about it (`{"item": {…}}`, `{"_source": {…}}`)."""
    for key in ("item", "_source", "newsItem", "document", "article", "attributes", "fields"):
        inner = item.get(key)
        if isinstance(inner, Mapping) and not _is_ninjs(item) and "text" not in fields_of(item):
            # What stands beside it may say the title, the day and the address.
            return {**item, **inner} if key in ("attributes", "fields") else inner
    return item


def _headed(item: Mapping[str, Any]) -> bool:
    """Whether an item without a name has a headline and a day: nothing else looks like that."""
    titled = any(item.get(k) for k in ("headline", "headlines", "title"))
    return titled and any(_string(item.get(k)) for k in _DAYS)


def _is_ninjs(item: Mapping[str, Any]) -> bool:
    return any(
        k == "bodies"
        or k.startswith("body_")
        or k in _BODIES
        or (k == "news" and isinstance(v, list))
        or (k == "content" and isinstance(v, Mapping))
        for k, v in item.items()
    )


def _body(item: Mapping[str, Any]) -> str | None:
    for key in _BODIES:
        if found := _string(item.get(key)):
            return found
    news = item.get("news")
    if isinstance(news, list) and all(isinstance(p, str) for p in news):
        # AFP's interface: a paragraph each.
        return "\n\n".join(p.strip() for p in news if p.strip()) or None
    if rendered := _string(item.get("content")):
        return rendered
    bodies = item.get("bodies")
    if isinstance(bodies, list):
        named = [b for b in bodies if isinstance(b, Mapping)]
        whole = [b for b in named if b.get("role") in ("main", "body")]
        rest = [b for b in named if str(b.get("role")).lower() not in _SHORT_ROLES]
        return _first(whole) or _first(rest)
    if isinstance(bodies, Mapping):
        return next((s for v in bodies.values() if (s := _string(v) or _first([v]))), None)
    keys = sorted(k for k in item if k.startswith("body_"))
    return next((s for k in keys if (s := _string(item[k]))), None)


def _name_of(item: Mapping[str, Any], *keys: str) -> str | None:
    """The name under the first of the keys that has one: a string, an object, a list of objects."""
    for key in keys:
        value = item.get(key)
        first = value[0] if isinstance(value, list) and value else value
        found = _string(first.get("name")) if isinstance(first, Mapping) else _string(first)
        if found:
            return found
    return None


def _authors(item: Mapping[str, Any]) -> list[str] | None:
    byline = names_of_byline(_string(item.get("byline")) or _string(item.get("by")))
    if byline:
        return list(byline)
    listed_ = item.get("authors") or item.get("bylines")
    if not isinstance(listed_, list):
        return None
    found = [_string(a.get("name")) if isinstance(a, Mapping) else _string(a) for a in listed_]
    return [name for name in found if name] or None


def _first(values: Any) -> str | None:
    for value in values if isinstance(values, list) else ():
        if isinstance(value, Mapping) and (
            found := _string(value.get("value")) or _string(value.get("content"))
        ):
            return found
    return None


def _string(value: Any) -> str | None:
    if isinstance(value, Mapping):
        # WordPress: `{"rendered": "…"}`.
        value = value.get("rendered")
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    return value if isinstance(value, str) and value.strip() else None


def _day(stamp: str) -> str:
    return stamp[:10] if stamp[:4].isdecimal() and stamp[4:5] == "-" else stamp


def plain_text(body: str | None) -> str | None:
    """A body without its marks, where it has any; what is plain stays as it is."""
    if body is None or not _MARKUP.search(body):
        return body
    # Late: plain JSON Lines need no lxml.
    from selon.ingest.markup import page, prose

    root = page(body)
    if root is None:
        return body
    return "\n\n".join(kept_paragraphs(prose(root).split("\n\n"))) or None
