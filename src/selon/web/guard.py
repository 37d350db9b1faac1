"""What stands before every request: who may ask, from where; and what every answer carries.

A page of another site may make a browser ask things of this machine. So the name in `Host` must be
ours (or a stranger's name server could point its own name here), what writes must come from a page
of ours (`Origin`, `Sec-Fetch-Site`, and a token in the form), and where other machines are let in,
everybody gives the password first.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections import deque
from collections.abc import Iterable, Mapping
from functools import lru_cache
from time import monotonic
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

import orjson
from litestar.datastructures import UploadFile
from litestar.types import ASGIApp, Message, Receive, Scope, Send
from litestar.utils.scope.state import ScopeState

from selon.web.settings import Settings, is_loopback

POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
    " font-src 'self';"
    " connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none';"
    " require-trusted-types-for 'script'; trusted-types default"
)
HEADERS: Final = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    # With no-referrer a browser hides the origin of our own forms, too (`Origin: null`).
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=()"),
)
SAFE: Final = ("GET", "HEAD", "OPTIONS")
KEY_COOKIE: Final = "selon_key"
# A feed reader knows no password: the feed of a saved search has an address with a key of its own.
_FEED: Final = re.compile(r"/watch/(\d{1,12})/feed")
_MAX_CLIENTS: Final = 1000
_MAX_GUESSES_A_MINUTE: Final = 20
_TOO_MANY_REQUESTS: Final = "Too many requests in a minute: wait a little."
# What a visitor who has not given the password may see: the door itself.
_PUBLIC_PATHS: Final = (
    *("/enter", "/assets/tokens.css", "/assets/room.css", "/assets/room.js", "/assets/icon.svg"),
    *(
        f"/assets/vendor/source-serif-4-{letters}-{cut}.woff2"
        for letters in ("latin", "latin-ext")
        for cut in ("400-normal", "400-italic", "600-normal", "600-italic")
    ),
)


class RequestRate:
    """How often each address has done something in the last minute."""

    def __init__(self) -> None:
        self._times: dict[str, deque[float]] = {}

    def full(self, client: Any, limit: int) -> bool:
        """Whether an address has done it so often."""
        return len(self._of(client)) >= limit

    def more(self, client: Any, limit: int) -> bool:
        """Note that an address does it once more; whether that is too often."""
        times = self._of(client)
        times.append(monotonic())
        if len(times) > limit + 1:
            times.popleft()
        return len(times) > limit

    def _of(self, client: Any) -> deque[float]:
        now = monotonic()
        if len(self._times) > _MAX_CLIENTS:
            self._times = {a: t for a, t in self._times.items() if t and t[-1] > now - 60}
        times = self._times.setdefault(str(client[0]) if client else "", deque())
        while times and times[0] <= now - 60:
            times.popleft()
        return times


class Guard:
    """ASGI middleware around the whole application."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.settings = settings
        self.key = key(settings.token) if settings.token else ""
        self.posts = RequestRate()
        self.wrong = RequestRate()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 403 or send to the door, or hand on with the headers added."""
        kind: str = scope["type"]
        if kind != "http":
            # The server's own start and end; nobody is served by another protocol.
            if kind == "lifespan":
                await self.app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = list(message.get("headers", ()))
                names = {bytes(name).lower() for name, _value in given}
                added = [(n, v) for n, v in HEADERS if n not in names]
                if b"cache-control" not in names:
                    added.append((b"cache-control", b"no-store"))
                message["headers"] = [*given, *added]
            await send(message)

        headers = _headers(scope["headers"])
        method = str(dict(scope)["method"])
        refused = self._refusal(method, headers)
        if refused:
            await _send_text(guarded, scope["path"], 403, refused)
        elif (method not in SAFE and self._too_many(dict(scope).get("client"))) or (
            self.key and self._guessing(scope, headers)
        ):
            await _send_text(guarded, scope["path"], 429, _TOO_MANY_REQUESTS)
        elif self.key and not (
            self._known(scope["path"], headers) or (method in SAFE and self._feed(dict(scope)))
        ):
            await _send_to_login(guarded, scope["path"])
        else:
            try:
                await self.app(scope, receive, guarded)
            finally:
                await _close_uploads(scope)

    def _refusal(self, method: str, headers: Mapping[str, str]) -> str:
        host = headers.get("host", "")
        if not self.key and not _is_own_host(host):
            return "This name does not belong to this reading room (Host)."
        if method in SAFE:
            return ""
        origin = headers.get("origin")
        if origin is not None and urlsplit(origin).netloc != host:
            return "This request comes from another site (Origin)."
        if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
            return "This request comes from another site (Sec-Fetch-Site)."
        return ""

    def _too_many(self, client: Any) -> bool:
        """Whether an address has posted more in the last minute than the room allows."""
        return self.posts.more(client, self.settings.posts_a_minute)

    def _guessing(self, scope: Scope, headers: Mapping[str, str]) -> bool:
        """Whether an address has given the password wrongly too often; then none is looked at."""
        client = dict(scope).get("client")
        bearer = headers.get("authorization", "").startswith("Bearer ")
        door = scope["path"] == "/enter" and dict(scope)["method"] == "POST"
        if not (bearer or door):
            return False
        if self.wrong.full(client, _MAX_GUESSES_A_MINUTE):
            return True
        if door or not self._known(scope["path"], headers):
            self.wrong.more(client, _MAX_GUESSES_A_MINUTE)
        return False

    def _made(self, token: str) -> str:
        # The key of the right password is known; to make one takes ten milliseconds on purpose.
        right = self.settings.token or ""
        return self.key if hmac.compare_digest(token.encode(), right.encode()) else ""

    def _known(self, path: str, headers: Mapping[str, str]) -> bool:
        if path in _PUBLIC_PATHS:
            return True
        given = _cookie(headers.get("cookie", ""), KEY_COOKIE)
        bearer = headers.get("authorization", "")
        if bearer.startswith("Bearer "):
            given = self._made(bearer.removeprefix("Bearer ").strip())
        return hmac.compare_digest(given.encode(), self.key.encode())

    def _feed(self, scope: Mapping[str, Any]) -> bool:
        """Whether this is the feed of a saved search, asked for with its own key."""
        found = _FEED.fullmatch(scope["path"])
        given = parse_qs(scope.get("query_string", b"").decode("latin-1")).get("key", [""])[0]
        right = feed_key(self.settings, int(found[1])) if found else ""
        return bool(right) and hmac.compare_digest(given.encode(), right.encode())


def feed_key(settings: Settings, search: int) -> str:
    """What opens the feed of a saved search without the password; empty where a room has none.

    It opens that one feed, and no longer once the password is another; the password is not in it.
    """
    if not settings.token:
        return ""
    made = hmac.new(_right_key(settings.token).encode(), f"feed {search}".encode(), hashlib.sha256)
    return made.hexdigest()[:40]


@lru_cache(maxsize=1)
def _right_key(token: str) -> str:
    # Of the room's own password alone: what visitors try is made again each time, and not kept.
    return key(token)


def key(token: str) -> str:
    """What the cookie of a visitor who knows the password holds; the password is not in it."""
    return hashlib.scrypt(token.encode(), salt=b"selon reading room", n=2**12, r=8, p=1).hex()


def _headers(raw: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    return {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in raw}


def _is_own_host(host: str) -> bool:
    try:
        name = urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return False
    return is_loopback(name)


def _cookie(header: str, name: str) -> str:
    for part in header.split(";"):
        label, _sep, value = part.strip().partition("=")
        if label == name:
            return value
    return ""


async def _send_text(send: Send, path: str, status: int, words: str) -> None:
    body, kind = words.encode(), b"text/plain; charset=utf-8"
    if path.startswith("/api/"):
        body, kind = orjson.dumps({"error": words}), b"application/json"
    headers = [(b"content-type", kind)]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body, "more_body": False})


async def _close_uploads(scope: Scope) -> None:
    """Close the files that a form sent: a request that is refused leaves them open."""
    form = ScopeState.from_scope(scope).form
    for value in form.values() if isinstance(form, dict) else ():
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, UploadFile):
                await one.close()


async def _send_to_login(send: Send, path: str) -> None:
    if path.startswith("/api/"):
        await _send_text(send, path, 401, "Give the token: Authorization: Bearer …")
        return
    headers = [(b"location", b"/enter")]
    await send({"type": "http.response.start", "status": 303, "headers": headers})
    await send({"type": "http.response.body", "body": b"", "more_body": False})
