"""Somebody is linked to an entry of a knowledge base on their page, unlinked, and it is undone."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("litestar")

from litestar.testing import TestClient
from playwright.sync_api import expect

from room_browser import Visit, axe, chromium, faults_of, read_once, room, shoot, visit
from room_made import HOSTILE
from selon.kb.build import build
from selon.web.app import create
from selon.web.settings import Settings

__all__ = ["axe", "chromium", "read_once", "room", "visit"]

PEOPLE = f"""id;name;aliases;type;country;role;start;end
X1;Basile Ortéga;;person;FR;ministre des Transports;2019-07-01;2021-05-04
X2;Basile Ortega;B. Ortéga;person;FR;maire de Brénac;2022;
X3;Basil Ortéga {HOSTILE.replace('"', "'").replace(";", "")};;person;FR;;;
X4;Aimée Valcourt;;person;FR;ministre de la Mer;2019;
"""


@pytest.fixture(scope="module")
def number(read_once: Path) -> int:
    connection = sqlite3.connect(read_once)
    found = connection.execute("select id from entity where name like '%Basile Ort%'").fetchone()
    connection.close()
    return int(found[0])


@pytest.fixture
def client(tmp_path: Path, read_once: Path) -> Iterator[TestClient[Any]]:
    people, base, path = tmp_path / "p.csv", tmp_path / "kb.db", tmp_path / "a.db"
    people.write_text(PEOPLE, "utf-8")
    build(base, [people], "2026-01-01")
    path.write_bytes(read_once.read_bytes())
    settings = Settings(lang="en", kb=(base,))
    with TestClient(create(path, settings), base_url="http://127.0.0.1") as client:
        yield client


def _deed(client: TestClient[Any], number: int, deed: str, **data: str) -> Any:
    client.get(f"/person/{number}")
    token = {"_csrf_token": client.cookies["selon_csrf"], "deed": deed, **data}
    return client.post(f"/person/{number}", data=token)


def test_candidates_with_their_offices_and_dates(client: TestClient[Any], number: int) -> None:
    told = client.get(f"/person/{number}?lang=en").text.partition('id="known"')[2]
    assert 'value="identify X1"' in told
    assert "1 July 2019 – 4 May 2021" in told
    assert 'value="identify X2"' in told
    assert "X4" not in told
    assert HOSTILE.replace('"', "'") not in told
    assert "Not linked to an entry." in told


def test_linked_shown_in_the_api_and_unlinked(client: TestClient[Any], number: int) -> None:
    told = _deed(client, number, "identify X1").text
    assert 'value="identify X1"' not in told
    assert "<b>is</b> <bdi>X1</bdi>" in told
    assert client.get(f"/api/people/{number}").json()["kb"] == "X1"
    assert client.get("/?speaker=X1").text.count("<blockquote") == 1
    undo = told.partition('value="undo ')[2].partition('"')[0]
    told = _deed(client, number, "identify -").text
    assert "no entry of the knowledge base" in told
    assert client.get(f"/api/people/{number}").json()["kb"] is None
    later = told.partition('value="undo ')[2].partition('"')[0]
    _deed(client, number, f"undo {later}")
    assert client.get(f"/api/people/{number}").json()["kb"] == "X1"
    _deed(client, number, f"undo {undo}")
    assert client.get(f"/api/people/{number}").json()["kb"] is None


def test_an_id_by_hand(client: TestClient[Any], number: int) -> None:
    told = _deed(client, number, "identify", kb="Q99").text
    assert "does not have this entry" in told
    for bad in (HOSTILE, "", "a b", "x" * 300):
        assert _deed(client, number, "identify", kb=bad).status_code == 400, bad
    assert client.get(f"/api/people/{number}").json()["kb"] == "Q99"


def test_who_speaks_to_whom_and_of_whom_is_there(client: TestClient[Any], number: int) -> None:
    told = client.get(f"/person/{number}?lang=en").text
    assert f"/network?tie=of&amp;near=@{number}" in told
    all_ = "".join(client.get(f"/person/{n}?lang=en").text for n in range(1, 10))
    ties = ("speaks to", "is spoken to by", "speaks of", "is spoken of by")
    spoken_to = '<b class="big">1</b>times somebody speaks to them'
    for words in ("With whom", spoken_to, *ties):
        assert words in all_, words


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_in_a_browser_by_keyboard(visit: Visit, axe: str, number: int, lang: str) -> None:
    tab = visit(f"/person/{number}?lang={lang}", bypass_csp=True)
    tab.locator("#kb").focus()
    tab.keyboard.type("Q4242")
    with tab.expect_navigation():
        tab.keyboard.press("Enter")
    told = tab.locator("section[aria-labelledby=known]").inner_text()
    assert "Q4242" in told
    assert [f for f in faults_of(tab, axe) if f[1] in ("serious", "critical")] == []
    shoot(tab, f"identified-{lang}")
    with tab.expect_navigation():
        tab.locator("[value^='undo']").first.press("Enter")
    expect(tab.locator("section[aria-labelledby=known]")).not_to_contain_text(
        "Q4242", use_inner_text=True
    )


def test_on_a_telephone(visit: Visit, number: int) -> None:
    tab = visit(f"/person/{number}", viewport={"width": 360, "height": 700})
    assert tab.evaluate("document.documentElement.scrollWidth") <= 360
