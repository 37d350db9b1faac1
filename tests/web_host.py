"""A news site of our own, as a real process on this machine; it writes down what it was asked.

Run: `python web_host.py LOG` prints its port. Pages of invented people.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import sys
import time
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

LOG = Path(sys.argv[1]) if len(sys.argv) > 1 else Path("web.log")
# The tests set this file: pages that changed, hosts in trouble.
STATE = LOG.with_suffix(".state")


def page(n: str, state: dict[str, Any], head: str = "") -> bytes:
    changed = state.get("changed", {}).get(n, "")
    body = "".join(
        f"<p>Le conseil municipal de Brénac s’est réuni mardi soir pour parler de la page {n},"
        f" point {i}. « Nous la rouvrirons lundi, page {n}, point {i} », a dit Zélie Coeurdeloup"
        f" devant une salle comble et attentive.</p>"
        for i in range(4)
    )
    return (
        f"<!doctype html><html lang=fr><head><title>Page {n}</title>{head}</head><body><main>"
        f"<article><h1>Page {n}</h1>{body}<p>{changed}</p></article></main></body></html>"
    ).encode()


def feed(site: str) -> bytes:
    entries = [
        ("1", f"{site}/1.html"),
        ("2", f"{site}/2.html"),
        ("away", "http://169.254.10.20/secret"),
        ("file", "file:///etc/passwd"),
        ("forbidden", f"{site}/prive/3.html"),
        ("gone", f"{site}/gone.html"),
    ]
    items = "".join(
        f"<item><title>Annonce {n}</title><link>{url}</link><description>Court.</description>"
        f"<pubDate>Fri, 05 Jan 2024 10:00:00 +0100</pubDate></item>"
        for n, url in entries
    )
    return (
        f'<?xml version="1.0"?><rss version="2.0"><channel><title>Le Fanal</title>{items}'
        "</channel></rss>"
    ).encode()


def good_feed(site: str) -> bytes:
    items = "".join(
        f"<item><title>Annonce {n}</title><link>{site}/{n}.html#xtor=RSS-1</link></item>"
        for n in (5, 6)
    )
    return f'<rss version="2.0"><channel><title>Le Fanal</title>{items}</channel></rss>'.encode()


def sitemap(site: str, state: dict[str, Any]) -> bytes:
    stamps = state.get("stamps", {})
    places = "".join(
        f"<url><loc>{site}/{n}.html</loc><lastmod>{stamps.get(n, '2024-01-05')}</lastmod>"
        f"<i:image xmlns:i='urn:i'><i:loc>{site}/photo.jpg</i:loc></i:image></url>"
        for n in ("11", "12", "13")
    )
    return f"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{places}</urlset>".encode()


class Host(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        """Nothing on the terminal."""

    def do_GET(self) -> None:
        state = json.loads(STATE.read_text("utf-8")) if STATE.exists() else {}
        with LOG.open("a", encoding="utf-8") as log:
            told = {k.lower(): v for k, v in self.headers.items()}
            log.write(json.dumps({"path": self.path, "at": time.time(), **told}) + "\n")
        site = f"http://{self.headers['Host']}"
        with suppress(BrokenPipeError, ConnectionResetError):
            self.answer(self.path.partition("?")[0], site, state)

    def answer(self, path: str, site: str, state: dict[str, Any]) -> None:
        if path == "/robots.txt":
            rules = state.get("robots", "User-agent: *\nDisallow: /prive/\n")
            self.send(rules.encode(), "text/plain", status=state.get("robots_status", 200))
        elif path == "/feed.xml":
            self.send(feed(site), "application/rss+xml")
        elif path == "/good.xml":
            self.tagged(good_feed(site), "application/rss+xml")
        elif path == "/sitemap.xml.gz":
            self.send(gzip.compress(sitemap(site, state)), "application/gzip")
        elif path == "/index.xml":
            inner = f"<sitemap><loc>{site}/sitemap.xml.gz</loc></sitemap>"
            self.send(f"<sitemapindex>{inner}</sitemapindex>".encode(), "text/xml")
        elif path == "/loop":
            self.send(b"", "text/html", 302, {"Location": f"{site}/loop?{time.time()}"})
        elif path == "/inward":
            self.send(b"", "text/html", 302, {"Location": "http://192.168.77.1/admin"})
        elif path == "/moved":
            self.send(b"", "text/html", 301, {"Location": "/4.html"})
        elif path == "/pdf":
            self.send(b"%PDF-1.7", "application/pdf")
        elif path == "/latin":
            page_ = page("latin", state).decode().replace("’", "'").encode("latin-1")
            self.send(page_, "text/html; charset=ISO-8859-1")
        elif path == "/elsewhere":
            head = "<link rel=canonical href='https://autre.example/vrai-article'>"
            self.send(page("elsewhere", state, head), "text/html; charset=utf-8")
        elif path == "/busy":
            asked = sum(1 for line in LOG.read_text("utf-8").splitlines() if '"/busy"' in line)
            if asked < 2:
                self.send(b"", "text/html", 429, {"Retry-After": "1"})
            else:
                self.send(page("busy", state), "text/html; charset=utf-8")
        elif path in ("/huge", "/bomb", "/drip", "/slow", "/heads"):
            self.hostile(path)
        elif path.endswith(".html") and path != "/gone.html":
            self.tagged(page(path.strip("/").removesuffix(".html"), state), "text/html")
        else:
            self.send(b"nothing", "text/html", 404)

    def tagged(self, data: bytes, kind: str) -> None:
        etag = f'"{hashlib.sha256(data).hexdigest()[:12]}"'
        if self.headers.get("If-None-Match") == etag:
            self.send(b"", kind, 304, {"ETag": etag})
        else:
            self.send(data, f"{kind}; charset=utf-8", 200, {"ETag": etag})

    def hostile(self, path: str) -> None:
        if path == "/slow":
            time.sleep(60)
        if path == "/bomb":
            packed = gzip.compress(b" " * 30_000_000)
            self.send(packed, "text/html", 200, {"Content-Encoding": "gzip"})
            return
        self.send_response(200)
        if path == "/heads":
            for n in range(200):
                self.wfile.write(f"X-{n}: y\r\n".encode() if n else b"HTTP/1.1 200 OK\r\n")
                time.sleep(0.3)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(10**10))
        self.end_headers()
        for _ in range(100_000):
            self.wfile.write(b" " * (100_000 if path == "/huge" else 1))
            time.sleep(0 if path == "/huge" else 0.3)

    def send(
        self, data: bytes, kind: str, status: int = 200, more: dict[str, str] | None = None
    ) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": kind, **(more or {})}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if status != 304:
            self.wfile.write(data)


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", 0), Host)
    print(server.server_address[1], flush=True)
    server.serve_forever()
