"""Beginning in the browser: no library, an empty one, a pasted text, an address, the sample."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("litestar")

from litestar.testing import TestClient
from playwright.sync_api import expect

from room_browser import Visit, axe, chromium, faults_of, room_over, shoot, visit
from selon.library.store import Library
from selon.web.app import create
from selon.web.settings import Settings

__all__ = ["axe", "chromium", "visit"]
expect.set_options(timeout=180_000)
BASE = "http://127.0.0.1:8000"
TEXT = "Le bac rouvre\n\n« Le bac rouvrira jeudi », a annoncé Naïg Tanguy. La régie se tait."
PAGE = (
    "<html lang=fr><head><title>La cale est sûre</title></head><body><article><h1>La cale est"
    " sûre</h1>"
    + "<p>« La cale est sûre », a affirmé Ysé Marchalot devant les pêcheurs réunis ce matin."
    " Le conseil municipal se réunira la semaine prochaine pour en débattre publiquement.</p>"
    * 3
    + "</article></body></html>"
)


class Site(BaseHTTPRequestHandler):
    """One page, and a redirect to it."""

    def do_GET(self) -> None:
        if self.path == "/robots.txt":
            self.send_response(404)
            self.end_headers()
            return
        body = PAGE.encode()
        self.send_response(200)
        self.send_header("content-type", "text/html; charset=utf-8")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        return


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as served:
        threading.Thread(target=served.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{served.server_port}"
        served.shutdown()


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A room over a library that nobody has made."""
    path = tmp_path_factory.mktemp("begin") / "neuve.db"
    with room_over(path, "--private", "127.0.0.1") as address:
        yield address


def test_an_empty_library_is_a_page_that_teaches(visit: Visit, axe: str) -> None:
    for width, scheme in ((1280, "light"), (360, "dark")):
        for lang, words in (("fr", "Par où commencer"), ("en", "Where shall we begin")):
            tab = visit(
                f"/?lang={lang}",
                viewport={"width": width, "height": 800},
                color_scheme=scheme,
                bypass_csp=True,
            )
            expect(tab.locator("h1")).to_contain_text(words)
            assert tab.evaluate("document.documentElement.scrollWidth") <= width
            assert faults_of(tab, axe) == []
            shoot(tab, f"begin-{lang}-{width}")


def test_a_pasted_text_is_read_without_a_terminal(visit: Visit) -> None:
    tab = visit("/?lang=en")
    tab.set_default_timeout(180_000)
    tab.locator("#text").fill(TEXT)
    tab.locator("#text-outlet").fill("La Gazette")
    tab.locator("#text-date").fill("28/06/2026")
    tab.get_by_role("button", name="Read this text").click()
    expect(tab.locator(".job.done")).to_be_visible()
    tab.locator(".job.done details a").first.click()
    expect(tab.locator("h1")).to_have_text("Le bac rouvre")
    expect(tab.locator(".head")).to_contain_text("28 June 2026")
    expect(tab.locator(".card .chain").first).to_contain_text("Naïg Tanguy")


def test_an_address_is_fetched(visit: Visit, site: str) -> None:
    tab = visit("/add?lang=en")
    tab.set_default_timeout(180_000)
    tab.locator("#address").fill(f"{site}/cale")
    tab.get_by_role("button", name="Fetch it").click()
    expect(tab.locator(".job.done", has_text="/cale")).to_contain_text("1 article added")
    tab.locator(".job.done", has_text="/cale").locator("details a").first.click()
    expect(tab.locator("a.original")).to_have_attribute("href", f"{site}/cale")


def test_what_is_wrong_keeps_the_form_and_says_the_remedy(chromium: Any, room: str) -> None:
    # A browser tells of a refused form in its console, too.
    tab = chromium.new_context(locale="fr-FR").new_page()
    tab.goto(f"{room}/add?lang=fr")
    tab.locator("#text").fill(TEXT)
    tab.locator("#text-date").fill("31/02/2026")
    with tab.expect_response(lambda r: r.request.method == "POST"):
        tab.get_by_role("button", name="Lire ce texte").click()
    expect(tab.locator(".err")).to_contain_text("« 31/02/2026 » n’est pas une date")
    assert tab.locator("#text").input_value() == TEXT
    assert tab.locator("#text-date").input_value() == "31/02/2026"
    expect(tab.locator("#text-date")).to_have_attribute("aria-invalid", "true")
    tab.context.close()


def test_the_sample_is_one_click_away_and_leaves_the_library_alone(
    chromium: Any, tmp_path: Path
) -> None:
    path = tmp_path / "mienne.db"
    with room_over(path) as address:
        tab = chromium.new_context(locale="fr-FR").new_page()
        tab.set_default_timeout(180_000)
        tab.goto(address)
        tab.get_by_role("button", name="Ouvrir la bibliothèque d’exemple").click()
        expect(tab.locator(".found li").first).to_be_visible()
        expect(tab.locator(".sample-bar")).to_contain_text("articles inventés")
        tab.goto(f"{address}/check?words=Nous+ne+déplacerons+personne+contre+son+gré")
        expect(tab.locator(".verdict")).to_contain_text("Dit par Solène Kerbrat, avec ces mots")
        tab.get_by_role("button", name="Revenir à votre bibliothèque").click()
        expect(tab.locator("h1")).to_contain_text("Votre bibliothèque est vide")
        tab.context.close()
    connection = sqlite3.connect(path)
    assert connection.execute("select count(*) from article").fetchone() == (0,)
    connection.close()


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient[Any]]:
    path = tmp_path / "a.db"
    with Library(path, create=True):
        pass
    with TestClient(create(path, Settings(lang="en")), base_url=BASE) as made:
        yield made


@pytest.mark.parametrize(
    "address",
    [
        *("http://127.0.0.1/", "http://localhost:8000/", "http://[::1]/", "http://10.0.0.1/x"),
        *("http://169.254.169.254/latest/meta-data/", "http://192.168.1.1/", "http://0.0.0.0/"),
        *("http://[::ffff:127.0.0.1]/", "http://2130706433/"),
    ],
)
def test_a_private_network_is_never_asked(client: TestClient[Any], address: str) -> None:
    _post(client, address)
    job = _ended(client)
    assert job["articles"] == []
    told = " ".join(f["error"] for f in job["failures"]) + job["fault"]
    assert "private network" in told or "no host" in told


@pytest.mark.parametrize(
    "address", ["file:///etc/passwd", "ftp://a.example/x", "https://u:p@a.example/", "javascript:1"]
)
def test_what_is_no_address_of_a_page_is_refused_at_once(
    client: TestClient[Any], address: str
) -> None:
    answer = _post(client, address)
    assert answer.status_code == 400
    assert "this is not the address of a page" in answer.text or "no host" in answer.text
    assert client.get("/add/jobs").json() == []


def _post(client: TestClient[Any], address: str) -> Any:
    client.get("/add")
    data = {"kind": "address", "address": address, "_csrf_token": client.cookies["selon_csrf"]}
    # A form with a file field is sent in parts.
    return client.post("/add", data=data, files={"files": ("", b"")})


def _ended(client: TestClient[Any]) -> dict[str, Any]:
    ended = threading.Event()
    for _ in range(600):
        (job,) = client.get("/add/jobs").json()
        if not job["under_way"]:
            return dict(job)
        ended.wait(0.3)
    raise AssertionError("the job did not end")
