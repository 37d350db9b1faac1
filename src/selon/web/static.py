"""The room's own styles and scripts, named by what is in them, so that a browser may keep them."""

from __future__ import annotations

import gzip
import mimetypes
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from litestar import Request, Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery

FOLDER: Final = Path(__file__).parent / "assets"
# The voice map has one style and one script wherever it is shown.
_SHOW: Final = Path(__file__).parent.parent / "show"
_SHARED: Final = {name: _SHOW / name for name in ("prose.css", "prose.js")}
_TEXTS: Final = ("text/", "application/json", "image/svg+xml")
_TYPES: Final = {
    **{".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"},
    ".woff2": "font/woff2",
}


@dataclass(frozen=True, slots=True)
class Asset:
    """A file as it is sent: its bytes, packed where that helps, its type and digest."""

    body: bytes
    packed: bytes | None
    type: str
    digest: str


@lru_cache(maxsize=128)
def asset(name: str) -> Asset | None:
    """The asset of that name under `assets/`; nothing outside it, nothing hidden."""
    if name in _SHARED:
        return _load_asset(_SHARED[name])
    path = FOLDER / name
    known = {p.relative_to(FOLDER).as_posix() for p in FOLDER.rglob("*") if p.is_file()}
    if name not in known or any(part.startswith(".") for part in path.relative_to(FOLDER).parts):
        return None
    return _load_asset(path)


def _load_asset(path: Path) -> Asset:
    body = path.read_bytes()
    guessed = _TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0]
    kind = guessed or "application/octet-stream"
    packs = kind.startswith(_TEXTS) and len(body) > 1000
    digest = sha256(body).hexdigest()[:16]
    return Asset(body, gzip.compress(body, 6, mtime=0) if packs else None, kind, digest)


def address(name: str) -> str:
    """Where a page finds an asset: `/assets/room.css?v=…`."""
    found = asset(name)
    if found is None:
        raise FileNotFoundError(name)
    return f"/assets/{name}?v={found.digest}"


@get("/assets/{name:path}", include_in_schema=False, sync_to_thread=True, name="asset")
def serve(
    request: Request[Any, Any, Any], name: FromPath[str], v: FromQuery[str] = ""
) -> Response[bytes]:
    """One asset; kept for good by the browser where it was asked for by its digest."""
    found = asset(name.lstrip("/"))
    if found is None:
        raise NotFoundException
    headers = {
        "etag": f'"{found.digest}"',
        "cache-control": (
            "public, max-age=31536000, immutable" if v == found.digest else "no-cache"
        ),
        "vary": "accept-encoding",
    }
    if request.headers.get("if-none-match") == headers["etag"]:
        return Response(b"", status_code=304, headers=headers)
    body = found.body
    if found.packed and "gzip" in request.headers.get("accept-encoding", ""):
        body, headers["content-encoding"] = found.packed, "gzip"
    return Response(body, media_type=found.type, headers=headers)
