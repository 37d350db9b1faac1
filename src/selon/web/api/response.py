"""An answer of the API: JSON with a tag of its content, so that what is known is not sent again."""

from __future__ import annotations

import hashlib
from typing import Any

import orjson
from litestar import Request, Response

Asked = Request[Any, Any, Any]


def answer(request: Asked, content: Any) -> Response[bytes]:
    """The content as JSON; 304 where the visitor's `If-None-Match` has its tag."""
    body = orjson.dumps(content, default=str)
    tag = f'"{hashlib.sha256(body).hexdigest()[:24]}"'
    headers = {"etag": tag, "cache-control": "private, no-cache"}
    known = {
        t.strip().removeprefix("W/") for t in request.headers.get("if-none-match", "").split(",")
    }
    if tag in known:
        return Response(b"", status_code=304, headers=headers, media_type="application/json")
    return Response(body, headers=headers, media_type="application/json")
