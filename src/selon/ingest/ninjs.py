"""ninjs (IPTC), versions 1 to 3: an article as JSON, as agencies' interfaces send it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def article(item: Mapping[str, Any]) -> dict[str, Any] | None:
    """The fields that `ingest.fields` knows; None where this is no ninjs."""
    if not isinstance(item.get("uri"), str) or not _shaped(item):
        return None
    body = _of(item, "body", "text") or _of(item, "body", "xhtml") or _any_body(item)
    return {
        "id": item["uri"],
        "text": _plain(body),
        "title": _string(item.get("headline")) or _first(item.get("headlines")),
        "outlet": _string(item.get("provider")) or _string(item.get("copyrightholder")),
        "published": (
            _string(item.get("versioncreated")) or _string(item.get("firstcreated")) or ""
        )[:10]
        or None,
        "language": _string(item.get("language")),
        "authors": [b] if (b := _string(item.get("byline"))) else None,
    }


def _shaped(item: Mapping[str, Any]) -> bool:
    return any(k == "bodies" or k.startswith("body_") for k in item)


def _of(item: Mapping[str, Any], field: str, kind: str) -> str | None:
    # Version 1 and 2: `body_text`, `body_xhtml`; version 2.1 and 3: `bodies` with a role.
    return _string(item.get(f"{field}_{kind}"))


def _any_body(item: Mapping[str, Any]) -> str | None:
    bodies = item.get("bodies")
    if isinstance(bodies, list):
        return _first(bodies)
    named = sorted(k for k in item if k.startswith("body_"))
    return next((s for k in named if (s := _string(item[k]))), None)


def _first(values: Any) -> str | None:
    for value in values if isinstance(values, list) else ():
        if isinstance(value, Mapping) and (found := _string(value.get("value"))):
            return found
    return None


def _string(value: Any) -> str | None:
    return value if isinstance(value, str) and value.strip() else None


def _plain(body: str | None) -> str | None:
    if body is None or "</" not in body:
        return body
    # Late: plain JSON Lines need no lxml.
    from selon.ingest.markup import page, prose

    root = page(body)
    return prose(root) if root is not None else body
