"""Hostile articles, hostile people, hostile sites: nothing runs, nothing is written, nothing is told."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

pytest.importorskip("litestar")

from litestar.testing import TestClient
from lxml import html
from playwright.sync_api import expect

import room_hostile
from room_browser import Visit, chromium, room_over, visit
from selon.cli import main
from selon.web.app import create
from selon.web.settings import Settings

__all__ = ["chromium", "visit"]
HERE = "http://127.0.0.1:8000"
OUTLET = "/outlet?" + urlencode({"name": f"Média {room_hostile.everything(3)}"})
PAGES = (
    *("/", "/?words=digue", "/?speaker=%401", "/article/1", "/article/2", "/article/1/add"),
    *("/review", "/review/1", "/person/1", "/person/2", "/family/1", "/family/2", "/outlet"),
    *("/stats", "/stats?by=speaker", "/stats?by=via", "/check?words=le+bac+rouvre+jeudi", "/enter"),
    *("/check?words=le+bac+rouvre+lundi+et+la+digue+du+port+tiendra+bon", "/nothing"),
    OUTLET,
    *("/cite/1", "/sign", "/about", "/dossier", "/dossier?statement=2", "/dossier/1"),
    *("/dossier/1/share", "/watch", "/watch/1", "/coverage?words=digue", "/review?queue=log"),
    *("/review?queue=disputed", "/review?queue=words", "/person/1?on=digue"),
    *("/review?queue=rule&form=direct", "/article/1/edit", "/article/2/edit"),
    *("/numbers?counts=wait", "/numbers?counts=wait&of=form&rows=speaker&columns=outlet"),
    *("/numbers/sample?count=3", "/numbers/sample?count=2&what=paragraphs"),
)
API = (
    *("/api/statements", "/api/statements/1", "/api/articles/1", "/api/people?name=Rose"),
    *("/api/people/1", "/api/families/1", "/api/check?words=le+bac+rouvre", "/api/nothing"),
)
# What a visitor may send as any parameter.
ODD = (
    *room_hostile.PAYLOADS,
    "@99999999999999999999",
    "@²",
    "\x00",
    "\ud7ff\U0010ffff",
    "%",
    '"',
    "*",
    "(" * 400,
    "é" * 900,
)
FIELDS = ("words", "speaker", "outlet", "via", "since", "form", "page", "name", "by", "lang")
# What else these pages ask for.
MORE = {
    "/review?queue=rule": ("rule", "least", "most", "outlet", "undo", "queue"),
    "/review/1": ("back",),
    "/numbers?counts=wait": ("of", "rows", "columns", "value", "measure", "side", "since", "words"),
    "/numbers/sample?count=3": ("count", "seed", "by", "what", "since", "words"),
}


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return room_hostile.library(tmp_path_factory.mktemp("hostile"))


@pytest.fixture(scope="module")
def client(hostile: Path) -> Iterator[TestClient[Any]]:
    with TestClient(create(hostile), base_url=HERE, raise_server_exceptions=False) as made:
        yield made


@pytest.fixture(scope="module")
def room(hostile: Path) -> Iterator[str]:
    with room_over(hostile) as address:
        yield address


def unsafe(page: str) -> list[str]:
    """What of a page could run, as an HTML parser sees it."""
    found = []
    for element in html.document_fromstring(page).iter():
        if element.tag == "script" and (
            element.text or not str(element.get("src")).startswith("/assets/")
        ):
            found.append("script")
        # Our own figure is a picture at an address of its own.
        figure = element.tag == "img" and str(element.get("src")).startswith("/numbers/plot/svg")
        if not figure and element.tag in ("img", "iframe", "object", "embed", "base", "style"):
            found.append(str(element.tag))
        for name, value in element.attrib.items():
            address = str(value).strip().lower()
            # The way to the original: an address of the web, which is told nothing of this room.
            away = element.tag == "a" and "noreferrer" in str(element.get("rel"))
            if away and name == "href" and address.startswith(("https://", "http://")):
                continue
            odd = name in ("href", "src", "action", "formaction") and not address.startswith(
                ("/", "#", "?")
            )
            if str(name).startswith("on") or name in ("style", "srcdoc") or odd:
                found.append(f"{name}={value!r}")
    return found


@pytest.mark.parametrize("page", PAGES)
def test_no_field_becomes_markup(client: TestClient[Any], page: str) -> None:
    answer = client.get(page)
    assert answer.status_code == (404 if page == "/nothing" else 200)
    assert unsafe(answer.text) == []
    assert "1337" not in answer.text
    assert "\x1b" not in answer.text
    assert answer.headers["content-type"].startswith("text/html")
    assert "set-cookie: evil" not in str(answer.headers).lower()


@pytest.mark.parametrize("address", API)
def test_json_is_never_taken_for_a_page(client: TestClient[Any], address: str) -> None:
    answer = client.get(address, headers={"accept": "text/html"})
    assert answer.headers["content-type"].startswith("application/json")
    assert answer.headers["x-content-type-options"] == "nosniff"
    answer.json()


def test_exports_run_nothing_in_a_spreadsheet(client: TestClient[Any]) -> None:
    answer = client.get("/export/csv")
    assert answer.headers["content-disposition"] == 'attachment; filename="selon.csv"'
    assert answer.headers["content-type"].startswith("text/csv")
    assert not any(line.startswith(("=", "@")) for line in answer.text.splitlines())
    lines = client.get("/export/contract")
    assert lines.headers["content-type"].startswith("application/x-ndjson")
    assert len(lines.text.splitlines()) >= 1


@pytest.mark.parametrize("value", ODD)
def test_odd_parameters_are_answered(client: TestClient[Any], value: str) -> None:
    for page in ("/", "/check", "/outlet", "/stats", "/coverage", "/export/csv", "/api/statements"):
        for field in FIELDS:
            answer = client.get(page, params={field: value})
            assert answer.status_code in (200, 400, 404), (page, field)
            assert page.startswith(("/api", "/export")) or unsafe(answer.text) == []
    for page, fields in MORE.items():
        path, _mark, query = page.partition("?")
        fixed = dict(pair.split("=") for pair in query.split("&") if pair)
        for field in fields:
            answer = client.get(path, params={**fixed, field: value})
            assert answer.status_code in (200, 400), (page, field)
            assert unsafe(answer.text) == []


def test_a_browser_runs_nothing(visit: Visit) -> None:
    tab = visit("/")
    home = tab.url.rstrip("/")
    for page in PAGES:
        # An address that is not there is told in the console, too.
        if page != "/nothing":
            tab.goto(home + page)
            tab.keyboard.press("j")
            assert tab.title() != "run", page
            expect(
                tab.locator("main img:not(.plot img), main script, main [onload]")
            ).to_have_count(0)


def test_charts_are_drawn_under_the_policy(visit: Visit) -> None:
    # The policy for their script must be there before them.
    visit(OUTLET).wait_for_selector(".drawn rect", state="attached")
    # The library that draws it is fetched when its place comes into view.
    tab = visit("/family/1")
    tab.locator(".drawn").scroll_into_view_if_needed()
    tab.wait_for_selector(".drawn canvas", state="attached")


HEADERS = {
    "content-security-policy": "require-trusted-types-for 'script'",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
}


@pytest.mark.parametrize(
    ("address", "headers"),
    [
        ("/", {}),
        ("/nothing", {}),
        ("/assets/room.css", {}),
        ("/api/statements/1", {}),
        ("/export/csv", {}),
        ("/", {"host": "evil.example"}),
        ("/api/statements?limit=x", {}),
    ],
)
def test_every_answer_carries_the_policy(
    client: TestClient[Any], address: str, headers: dict[str, str]
) -> None:
    answer = client.get(address, headers=headers)
    for name, words in HEADERS.items():
        assert words in answer.headers[name]
    assert "unsafe" not in answer.headers["content-security-policy"]


@pytest.mark.parametrize(
    "host",
    [
        *("evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "0.0.0.0", ""),
        *("127.0.0.1@evil.example", "evil.example:8000", "192.168.1.2", "[::ffff:8.8.8.8]", "["),
    ],
)
def test_another_name_for_this_machine_is_refused(client: TestClient[Any], host: str) -> None:
    for address in ("/", "/api/statements", "/assets/room.css"):
        assert client.get(address, headers={"host": host}).status_code == 403


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:9", "[::1]:8000"])
def test_our_own_names_are_served(client: TestClient[Any], host: str) -> None:
    assert client.get("/", headers={"host": host}).status_code == 200


def writes(application: Any) -> list[str]:
    """Every address of the room that takes a post, whoever has built its page."""
    found = []
    for route in application.app.routes:
        if "POST" in getattr(route, "methods", ()):
            path = route.path_format
            found.append(path.replace("{number}", "1"))
    return found


def judged(path: Path) -> list[Any]:
    connection = sqlite3.connect(path)
    try:
        return connection.execute("select * from judgement order by id").fetchall()
    finally:
        connection.close()


def test_nothing_is_written_from_elsewhere(hostile: Path) -> None:
    before, application = judged(hostile), create(hostile)
    addresses = writes(application)
    assert {"/review/statement", "/person/1", "/family/1", "/review/1"} <= set(addresses)
    deed = {"deed": "accept 1", "into": "@2", "other": "2"}
    with TestClient(application, base_url=HERE) as client:
        token = {"_csrf_token": client.get("/review").cookies["selon_csrf"]}
        for address in addresses:
            for headers in (
                {"origin": "https://evil.example"},
                {"origin": "null"},
                {"origin": "http://127.0.0.1:9999"},
                {"sec-fetch-site": "cross-site"},
                {"sec-fetch-site": "same-site"},
                {"host": "evil.example", "origin": "http://evil.example"},
            ):
                answer = client.post(address, data={**deed, **token}, headers=headers)
                assert answer.status_code == 403, (address, headers)
            if not address.startswith("/api/"):
                for data in (deed, {**deed, "_csrf_token": "0" * 128}):
                    assert client.post(address, data=data).status_code == 403, address
    assert judged(hostile) == before


def test_a_read_only_room_writes_nothing(hostile: Path) -> None:
    before, application = judged(hostile), create(hostile, Settings(read_only=True))
    with TestClient(application, base_url=HERE) as client:
        token = {"_csrf_token": client.get("/enter").cookies["selon_csrf"]}
        for address in writes(application):
            # What they are sent is read, and nothing is kept in the library.
            if address in (
                "/enter",
                "/leave",
                "/sign",
                "/sign/forget",
                "/api/read",
                "/numbers/sample",
            ):
                continue
            deed = {"/person/1": "merge", "/family/1": "part 2", "/review/1": "nobody"}
            data = {"deed": deed.get(address, "accept 1"), "into": "@2", "start": "1", "end": "9"}
            answer = client.post(address, data={**data, **token}, follow_redirects=False)
            # A read-only room has no page that adds.
            assert answer.status_code == (404 if address.startswith("/add") else 403), address
        for page in PAGES:
            assert 'name="deed"' not in client.get(page).text
    assert judged(hostile) == before


def test_what_is_too_large_is_refused(hostile: Path) -> None:
    room = create(hostile, Settings(post_megabytes=1))
    with TestClient(room, base_url=HERE, raise_server_exceptions=False) as client:
        token = client.get("/review").cookies["selon_csrf"]
        large = {"deed": "accept 1", "_csrf_token": token, "back": "x" * 1_100_000}
        assert client.post("/review/statement", data=large).status_code == 413
        assert client.post("/api/read", json={"text": "x" * 1_100_000}).status_code == 413
        answer = client.post("/api/read", json={"text": "x" * 200_001})
        assert answer.status_code in (400, 413)
        assert answer.json()["error"]


def test_who_guesses_the_password_is_made_to_wait(hostile: Path) -> None:
    with TestClient(create(hostile, Settings(token="bonne clef")), base_url=HERE) as client:
        wrong = {"authorization": "Bearer mauvaise"}
        tried = [client.get("/api/articles/1", headers=wrong).status_code for _ in range(25)]
        assert tried[:3] == [401] * 3
        assert tried[-1] == 429
        # Not even the right one, for a minute.
        right = {"authorization": "Bearer bonne clef"}
        assert client.get("/api/articles/1", headers=right).status_code == 429


def test_who_knows_the_password_asks_as_often_as_wanted(hostile: Path) -> None:
    with TestClient(create(hostile, Settings(token="bonne clef")), base_url=HERE) as client:
        right = {"authorization": "Bearer bonne clef"}
        tried = {client.get("/api/articles/1", headers=right).status_code for _ in range(40)}
    assert tried == {200}


def test_a_fault_shows_no_path(tmp_path: Path) -> None:
    path = room_hostile.library(tmp_path)
    room = create(path)
    with TestClient(room, base_url=HERE, raise_server_exceptions=False) as client:
        client.get("/")
        for beside in tmp_path.glob("port*"):
            beside.unlink()
        told = [client.get(a) for a in ("/", "/article/1", "/api/statements", "/review")]
        path.write_bytes(b"nothing of ours" * 1000)
        told += [client.get(a) for a in ("/", "/article/1", "/api/statements", "/stats")]
    for answer in told:
        assert answer.status_code >= 400
        assert str(tmp_path) not in answer.text
        assert "Traceback" not in answer.text


def test_other_machines_need_a_password(
    hostile: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SELON_TOKEN", raising=False)
    for host in ("0.0.0.0", "::", "192.168.1.2", "machine.example"):
        assert main(["serve", "--library", str(hostile), "--host", host]) == 2
        assert "--token" in capsys.readouterr().err
