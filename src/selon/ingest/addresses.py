"""Which addresses of the web may be asked: HTTP and HTTPS, on hosts of the public internet.

A feed is written by strangers: its links must not reach into the reader's own network.
"""

from __future__ import annotations

import socket
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address
from urllib.parse import urldefrag, urlsplit, urlunsplit

from selon.i18n import _
from selon.ingest.sources import Unreadable

_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class ParsedUrl:
    """A page's address, without its fragment, and the host that has it."""

    url: str
    scheme: str
    host: str
    port: int

    @property
    def origin(self) -> str:
        """Scheme, host and port: what a robots.txt speaks for."""
        return f"{self.scheme}://{self.authority}"

    @property
    def authority(self) -> str:
        """The host as the header `Host` names it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"


def is_address(source: str) -> bool:
    """Whether a source is an address of the web, not a path."""
    return source.lower().startswith(("http://", "https://"))


def hosts(sources: Iterable[str]) -> frozenset[str]:
    """The hosts of those of the sources that are addresses."""
    found = set()
    for source in filter(is_address, sources):
        with suppress(Unreadable):
            found.add(parse_url(source).host)
    return frozenset(found)


def place(url: str, private: frozenset[str] = frozenset()) -> ParsedUrl:
    """The place of an address; `Unreadable` where it may not be asked or its host is not there.

    `private` names hosts that may be of a private network.
    """
    at = parse_url(url)
    numbers(at.host, at.port, private)
    return at


def parse_url(url: str) -> ParsedUrl:
    """The place of an address, whose host was not looked up; `Unreadable` where it is none."""
    try:
        parts = urlsplit(urldefrag(url.strip()).url)
        scheme, port = parts.scheme.lower(), parts.port
        # IDNA: what DNS and the certificate call the host.
        host = (parts.hostname or "").encode("idna").decode("ascii") if parts.hostname else ""
    except (ValueError, UnicodeError):
        scheme, port, host = "", None, ""
    if scheme not in _PORTS or not host or parts.username is not None:
        raise Unreadable(
            _("this is not the address of a page: {url}").format(url=url[:200]),
            _("give one that begins with https:// and has no password in it"),
        )
    whole = urlunsplit((scheme, parts.netloc, parts.path or "/", parts.query, ""))
    port = port or _PORTS[scheme]
    return ParsedUrl(whole, scheme, host, port)


def numbers(host: str, port: int, private: frozenset[str]) -> list[str]:
    """What a host's name resolves to; `Unreadable` where any of it is not of the public internet.

    `private` names hosts of which it need not be.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as fault:
        raise Unreadable(
            _("there is no host {host} ({why})").format(host=host, why=fault),
            _("check the address and the connection, then add it again"),
        ) from None
    all_ = list(dict.fromkeys(str(info[4][0]) for info in found))
    for number in all_:
        if host not in private and not _public(ip_address(number.partition("%")[0])):
            raise Unreadable(
                _("{host} is on a private network ({number})").format(host=host, number=number),
                _(
                    "if you trust it, give its address yourself, with --allow-private-hosts"
                    " (selon watch: private = true)"
                ),
            )
    return all_


def _public(number: IPv4Address | IPv6Address) -> bool:
    inner = getattr(number, "ipv4_mapped", None) or getattr(number, "sixtofour", None) or number
    return bool(inner.is_global and not inner.is_multicast)
