"""Who quotes whom, in a real browser: drawn under the policy, told as tables, taken away as files."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

pytest.importorskip("litestar")

from litestar.testing import TestClient
from playwright.sync_api import expect

from room_browser import Visit, axe, chromium, faults_of, read_once, room, shoot, visit
from room_made import HOSTILE
from selon.web.app import create

__all__ = ["axe", "chromium", "read_once", "room", "visit"]

DRAWN = "[data-drawn]"
PAGES = ("/network?least=1", "/network?tie=of", "/network?near=La+Gazette&depth=2")


@pytest.fixture(scope="module")
def client(read_once: Path) -> Iterator[TestClient[Any]]:
    with TestClient(create(read_once), base_url="http://127.0.0.1:8000") as client:
        yield client


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_it_is_drawn_in_both_tongues_without_a_serious_fault(
    visit: Visit, axe: str, page: str, lang: str
) -> None:
    tab = visit(f"{page}&lang={lang}", bypass_csp=True)
    tab.wait_for_selector(DRAWN)
    assert tab.evaluate("document.documentElement.lang") == lang
    assert [f for f in faults_of(tab, axe) if f[1] in ("serious", "critical")] == []
    shoot(tab, f"network-{lang}-{PAGES.index(page)}")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_drawn_under_the_policy_on_a_telephone(visit: Visit, scheme: str) -> None:
    tab = visit("/network", viewport={"width": 360, "height": 700}, color_scheme=scheme)
    tab.wait_for_selector(DRAWN)
    assert tab.evaluate("document.documentElement.scrollWidth") <= 360
    assert tab.evaluate("network.nodes().length") > 1
    assert tab.title() != "run"
    shoot(tab, f"network-360-{scheme}")


def test_a_node_and_an_edge_lead_to_the_person_and_to_the_statements(visit: Visit) -> None:
    tab = visit("/network?lang=en")
    tab.wait_for_selector(DRAWN)
    # Hostile names are chosen, too.
    for n in range(tab.evaluate("network.nodes().length")):
        tab.evaluate("n => { network.nodes()[n].emit('tap'); }", n)
        expect(tab.locator("#chosen h2 a")).to_have_count(1)
    assert tab.title() != "run"
    tab.locator("#spot").fill("ortéga")
    tab.keyboard.press("Enter")
    expect(tab.locator("#chosen h2")).to_contain_text("Basile Ortéga", use_inner_text=True)
    shoot(tab, "network-chosen")
    with tab.expect_navigation():
        tab.locator("#chosen ul a").nth(1).click()
    expect(tab.locator(".found")).to_contain_text("Basile Ortéga", use_inner_text=True)


def test_the_same_place_at_each_drawing(visit: Visit) -> None:
    places = []
    for _n in range(2):
        tab = visit("/network")
        tab.wait_for_selector(DRAWN)
        places.append(tab.evaluate("network.nodes().map(n => [n.data('name'), n.position()])"))
    assert places[0] == places[1]


def test_by_keyboard_alone(visit: Visit) -> None:
    tab = visit("/network?lang=en")
    tab.wait_for_selector(DRAWN)
    tab.locator("#near").focus()
    tab.keyboard.type("Basile Ortéga")
    with tab.expect_navigation():
        tab.keyboard.press("Enter")
    tab.wait_for_selector(DRAWN)
    told = tab.locator("#edges ~ .scroll table").inner_text()
    assert "Basile Ortéga" in told
    assert "Zélie Coeurdeloup" not in told
    before = tab.evaluate("network.zoom()")
    tab.locator("[data-do=in]").focus()
    tab.keyboard.press("Enter")
    assert tab.evaluate("network.zoom()") > before


def test_without_script_the_tables_stand_alone(visit: Visit) -> None:
    tab = visit("/network", java_script_enabled=False)
    expect(tab.locator(".net")).to_be_hidden()
    expect(tab.locator("#edges ~ .scroll table tbody tr").nth(1)).to_be_attached()


def test_without_script_the_tables_tell_all_in_the_order_asked_for(client: TestClient[Any]) -> None:
    told = client.get("/network?least=1&sort=target", headers={"accept-language": "en"}).text
    assert 'aria-sort="ascending"' in told
    rows = told.partition("<tbody>")[2].partition("</tbody>")[0].split("<tr>")[1:]
    names = [row.split("<bdi>")[2].partition("<")[0].casefold() for row in rows]
    assert names == sorted(names)
    assert len(rows) > 2
    assert HOSTILE not in told


def test_an_edge_of_the_table_leads_to_as_many_statements(client: TestClient[Any]) -> None:
    told = client.get("/api/network?tie=quotes&least=1").json()
    for edge in told["edges"]:
        asked = {told["source"]: edge["source"], told["target"]: edge["target"]}
        assert client.get("/api/statements", params=asked).json()["total"] == edge["n"]


def test_files_to_take_away(client: TestClient[Any]) -> None:
    told = client.get("/api/network?least=1").json()
    table = client.get("/network/csv?least=1")
    assert table.headers["content-type"].startswith("text/csv")
    rows = list(csv.DictReader(StringIO(table.text)))
    assert [int(r["statements"]) for r in rows] == [e["n"] for e in told["edges"]]
    tree = ElementTree.fromstring(client.get("/network/gexf?least=1").content)
    space = {"g": "http://www.gexf.net/1.2draft"}
    assert len(tree.findall(".//g:node", space)) == len(told["nodes"])
    assert len(tree.findall(".//g:edge", space)) == len(told["edges"])
    assert {s.get("start") for s in tree.findall(".//g:spell", space)} <= {
        "2026-03-02",
        "2026-03-04",
    }
    assert client.get("/network/exe").status_code == 404


@pytest.mark.parametrize(
    "asked",
    [
        f"tie={HOSTILE}&near={HOSTILE}&least=x&depth=9&page=0&sort={HOSTILE}",
        "near=@99999999999999999999&least=99999999999999999999",
        "near=@²&speaker=@²",
        "near=%00&outlet=%00&words=%22%00",
        "page=99999&tie=relays&via=nobody",
    ],
)
def test_nothing_asked_for_breaks_it(client: TestClient[Any], asked: str) -> None:
    answer = client.get(f"/network?{asked}")
    assert answer.status_code == 200
    assert HOSTILE not in answer.text


def test_the_api_says_what_it_takes(client: TestClient[Any]) -> None:
    assert client.get("/api/network?tie=no").status_code == 400
    assert client.get("/api/network?depth=3").status_code == 400
    assert client.get("/api/network?kind=outlet").status_code == 400
    people = client.get("/api/network?kind=person&least=1").json()
    assert {n["type"] for n in people["nodes"]} == {"person", "outlet"}
    assert client.get("/api/network?near=Nobody+Atall").status_code == 404
    first = client.get("/api/network?tie=to")
    again = client.get("/api/network?tie=to", headers={"if-none-match": first.headers["etag"]})
    assert again.status_code == 304
