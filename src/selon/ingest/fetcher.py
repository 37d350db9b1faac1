"""Pages asked of the web, politely: the one door to httpx and protego.

robots.txt is obeyed (RFC 9309), a host is left in peace between two requests, what has not
changed is not sent again (ETag, Last-Modified). Time, size and redirects are bounded, every hop's
address is checked (`wire`), no cookie is kept, no proxy or netrc of the surroundings is used.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from importlib.metadata import version
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urljoin

from selon.i18n import _
from selon.ingest.addresses import ParsedUrl, place
from selon.ingest.sources import Unreadable, too_large
from selon.ingest.tables import missing_extra

if TYPE_CHECKING:
    import httpx
    from protego import Protego

_NAME: Final = "Selon"
_REDIRECTS: Final = 5
_ACCEPT: Final = (
    "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml,"
    " application/xml;q=0.9, text/xml;q=0.9, text/plain;q=0.8, */*;q=0.1"
)
# RFC 9309 asks for at least 500 kibibytes.
_ROBOTS: Final = 512_000
# A host that asks for more patience than this is left for another day.
_PATIENCE: Final = 60.0


@dataclass(frozen=True, slots=True)
class HttpSettings:
    """How the web is asked: seconds between two requests to a host, seconds and bytes for one.

    `private` names the hosts of private networks that may be asked; `contact` (a mail or web address) goes into the
    name by which the program calls itself.
    """

    pause: float = 1.0
    seconds: float = 60.0
    largest: int = 50_000_000
    private: frozenset[str] = frozenset()
    contact: str | None = None

    @property
    def agent(self) -> str:
        """The header `User-Agent`."""
        beside = f" (+{self.contact})" if self.contact else ""
        return f"{_NAME}/{version('selon')}{beside}"


@dataclass(frozen=True, slots=True)
class HttpResponse:
    """What a host sent: the address it came from in the end, its bytes, type and validators."""

    url: str
    data: bytes
    kind: str
    charset: str | None
    etag: str | None
    modified: str | None


class Fetcher:
    """One polite client; use it in a `with` statement, from one thread at a time.

    Raises `SelonError` where the extra `web` is not installed.
    """

    def __init__(self, settings: HttpSettings | None = None) -> None:
        try:
            import httpcore
            import httpx
            import protego

            from selon.ingest.transport import Transport
        except ImportError as error:
            raise missing_extra("web") from error
        self.settings = settings or HttpSettings()
        self._httpx, self._protego = httpx, protego.Protego
        self._slow = (httpx.TimeoutException, httpcore.TimeoutException)
        self._faults = (
            httpx.HTTPError,
            httpx.InvalidURL,
            httpcore.NetworkError,
            httpcore.ProtocolError,
            httpcore.UnsupportedProtocol,
            ValueError,
        )
        self._client = httpx.Client(
            headers={
                "User-Agent": self.settings.agent,
                "Accept": _ACCEPT,
                "Accept-Encoding": "gzip, deflate",
            },
            timeout=httpx.Timeout(min(20.0, self.settings.seconds), connect=10.0),
            transport=Transport(self.settings.seconds, self.settings.private),
            follow_redirects=False,
            trust_env=False,
        )
        self._robots: dict[str, Protego | None] = {}
        self._due: dict[str, float] = {}

    def __enter__(self) -> Fetcher:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._client.close()

    def get(
        self, url: str, etag: str | None = None, modified: str | None = None
    ) -> HttpResponse | None:
        """The page at an address; None where it is still as the validators say.

        Raises `Unreadable` where it may not be asked or does not come.
        """
        asked = {"If-None-Match": etag, "If-Modified-Since": modified}
        headers = {name: value for name, value in asked.items() if value}
        for _hop in range(_REDIRECTS + 1):
            at = place(url, self.settings.private)
            pause = self._allowed(at)
            answer, data = self._patient(at, headers, pause)
            if answer.status_code == 304:
                return None
            if not answer.has_redirect_location:
                return _page(at, answer, data)
            url = urljoin(at.url, answer.headers["location"])
        raise Unreadable(_("the address redirects without end"), _("give the page's own address"))

    def _allowed(self, at: ParsedUrl) -> float:
        """Seconds between two requests to this host; `Unreadable` where robots.txt says no."""
        if at.origin not in self._robots:
            self._robots[at.origin] = self._rules(at)
        rules = self._robots[at.origin]
        if rules is None:
            raise Unreadable(
                _("the robots.txt of {host} cannot be fetched").format(host=at.authority),
                _("without it no page is fetched: add the address again later"),
            )
        if not rules.can_fetch(at.url, _NAME):
            raise Unreadable(
                _("the robots.txt of {host} forbids robots to fetch this page").format(
                    host=at.authority
                ),
                _("open it in a browser, save it, and add the file"),
            )
        return max(self.settings.pause, min(rules.crawl_delay(_NAME) or 0.0, _PATIENCE))

    def _rules(self, at: ParsedUrl) -> Protego | None:
        # RFC 9309: what is not there forbids nothing; what cannot be had forbids all.
        url = f"{at.origin}/robots.txt"
        try:
            for _hop in range(_REDIRECTS + 1):
                there = place(url, self.settings.private)
                answer, data = self._send(there, {}, self.settings.pause, _ROBOTS)
                if not answer.has_redirect_location:
                    break
                url = urljoin(there.url, answer.headers["location"])
        except Unreadable:
            return None
        if answer.status_code >= 500 or answer.status_code == 429:
            return None
        said = data.decode("utf-8", "replace") if answer.status_code == 200 else ""
        return self._protego.parse(said)

    def _patient(self, at: ParsedUrl, headers: dict[str, str], pause: float) -> tuple[Any, bytes]:
        """An answer; one that asks for a little patience is asked for again, once."""
        answer, data = self._send(at, headers, pause, None)
        if answer.status_code in (429, 503):
            wait = _seconds(answer.headers.get("retry-after"))
            if wait is not None and wait <= _PATIENCE:
                self._due[at.host] = time.monotonic() + wait
                answer, data = self._send(at, headers, pause, None)
        return answer, data

    def _send(
        self, at: ParsedUrl, headers: dict[str, str], pause: float, max_bytes: int | None
    ) -> tuple[httpx.Response, bytes]:
        """One request; with `max_bytes`, what comes after is cut off, else refused."""
        time.sleep(max(0.0, self._due.get(at.host, 0.0) - time.monotonic()))
        request = self._client.build_request("GET", at.url, headers=headers)
        try:
            answer = self._client.send(request, stream=True)
            try:
                return answer, self._body(answer, max_bytes)
            finally:
                answer.close()
        except self._slow:
            raise self._late(at) from None
        except self._faults as fault:
            raise Unreadable(
                _("{host} did not answer ({why})").format(
                    host=at.authority, why=str(fault)[:120] or type(fault).__name__
                ),
                _("check the address and the connection, then add it again"),
            ) from None
        finally:
            self._client.cookies.clear()
            self._due[at.host] = time.monotonic() + pause

    def _body(self, answer: httpx.Response, max_bytes: int | None) -> bytes:
        # The answer to a redirect or an error has nothing that is wanted.
        if answer.status_code != 200:
            return b""
        limit = max_bytes or self.settings.largest
        # Packed twice, or by what packs a thousand times better, a small body may be a bomb.
        packed = answer.headers.get("content-encoding", "").strip().lower()
        if packed not in ("", "identity", "gzip", "x-gzip", "deflate"):
            raise self._httpx.DecodingError(f"Content-Encoding: {packed[:40]}")
        parts, size = [], 0
        for part in answer.iter_bytes(65_536):
            parts.append(part)
            size += len(part)
            if size > limit:
                if max_bytes is None:
                    raise too_large(limit)
                break
        return b"".join(parts)

    def _late(self, at: ParsedUrl) -> Unreadable:
        return Unreadable(
            _("{host} took too long").format(host=at.authority),
            _("check the address and the connection, then add it again"),
        )


def _page(at: ParsedUrl, answer: httpx.Response, data: bytes) -> HttpResponse:
    status = answer.status_code
    if status != 200:
        if status in (404, 410):
            remedy = _("the page is gone: take it out of the list, or look for it in an archive")
        elif status in (401, 402, 403, 451):
            remedy = _("open it in a browser, save it, and add the file")
        else:
            remedy = _("add it again later")
        raise Unreadable(
            _("{host} answered {status} {words}").format(
                host=at.authority, status=status, words=answer.reason_phrase
            ),
            remedy,
        )
    kind = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
    return HttpResponse(
        at.url,
        data,
        kind,
        answer.charset_encoding,
        answer.headers.get("etag"),
        answer.headers.get("last-modified"),
    )


def _seconds(value: str | None) -> float | None:
    """The seconds of a `Retry-After`, a number or a date."""
    if value is None:
        return None
    try:
        if value.strip().isdigit():
            return float(value)
        return max(0.0, parsedate_to_datetime(value).timestamp() - time.time())
    except (ValueError, TypeError):
        return None
