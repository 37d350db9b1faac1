"""Person, outlet, shares, family and check: in a real browser, both tongues, narrow, hostile."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("litestar")

from litestar.testing import TestClient
from playwright.sync_api import expect

from room_browser import Visit, axe, chromium, faults_of, read_once, room, shoot, visit
from selon.library.store import Library
from selon.reuse.store import ReuseStore
from selon.web.app import create
from selon.web.settings import Settings

__all__ = ["axe", "chromium", "read_once", "room", "visit"]

PAGES = (
    *("/person/{person}", "/family/{statement}", "/outlet", "/outlet?name={outlet}"),
    *("/stats", "/stats?by=gender", "/check", "/check?words=Le+pont+rouvrira+lundi+matin"),
    *("/numbers?counts=wait", "/numbers?counts=wait&of=form&columns=month", "/article/1/edit"),
    *("/review?queue=rule&form=direct", "/review/{statement}", "/numbers/sample?count=2"),
)


@pytest.fixture(scope="module")
def filled(read_once: Path) -> dict[str, Any]:
    """What the addresses of the pages need to know of the library."""
    connection = sqlite3.connect(read_once)
    person = connection.execute(
        "select e.id from entity e join party p on p.entity_id = e.id and p.role = 'speaker'"
        " where e.name like '%Ort%'"
    ).fetchone()[0]
    statement = connection.execute(
        "select id from statement where current = 1 and content like '%pont rouvrira%'"
    ).fetchone()[0]
    outlet = connection.execute("select outlet from article where id = 1").fetchone()[0]
    connection.close()
    return {"person": person, "statement": statement, "outlet": outlet}


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_each_page_in_both_tongues_has_no_serious_fault(
    visit: Visit, axe: str, filled: dict[str, Any], page: str, lang: str
) -> None:
    address = page.format(**filled)
    tab = visit(f"{address}{'&' if '?' in address else '?'}lang={lang}", bypass_csp=True)
    assert tab.evaluate("document.documentElement.lang") == lang
    assert tab.title() != "run"
    assert [f for f in faults_of(tab, axe) if f[1] in ("serious", "critical")] == []
    shoot(tab, f"{page.strip('/').split('{')[0].replace('/', '-').replace('?', '-')}-{lang}")


@pytest.mark.parametrize("page", PAGES)
def test_each_page_fits_a_telephone(visit: Visit, filled: dict[str, Any], page: str) -> None:
    tab = visit(page.format(**filled), viewport={"width": 360, "height": 700})
    wide = tab.evaluate("document.documentElement.scrollWidth")
    assert wide <= 360


def test_a_quotation_is_checked(visit: Visit) -> None:
    tab = visit("/check?lang=en")
    tab.locator("#words").fill("« Le pont rouvrira mardi »")
    tab.locator("form[action='/check'] button").click()
    expect(tab.locator(".verdict")).to_contain_text(
        re.compile("not in these words|Not found in this library")
    )


def test_two_are_merged_and_the_merging_is_undone(visit: Visit, filled: dict[str, Any]) -> None:
    tab = visit(f"/person/{filled['person']}?lang=en")
    tab.locator("#into").fill("Odile Marchepied")
    with tab.expect_navigation():
        tab.locator("[value=merge]").click()
    expect(tab.locator("#one ~ form").last).to_contain_text("same as", use_inner_text=True)
    with tab.expect_navigation():
        tab.locator("[value^=undo]").first.click()
    expect(tab.locator("main")).to_contain_text("Nobody has merged", use_inner_text=True)


def test_what_is_not_there_and_what_may_not_be_written(
    read_once: Path, filled: dict[str, Any]
) -> None:
    with TestClient(
        create(read_once, Settings(read_only=True)), base_url="http://127.0.0.1"
    ) as client:
        for address in ("/person/99999999", "/family/99999999", "/outlet?name=nobody", "/add"):
            assert client.get(address).status_code == 404, address
        told = client.get(f"/person/{filled['person']}").text
        assert 'value="merge"' not in told
        # Wherever an article is named, so is the address of the original.
        articles = told[told.index('id="articles"') :].partition("</section>")[0]
        assert '<a class="original" href="https://' in articles


def test_a_family_is_shown_once_the_ledger_knows_it(tmp_path: Path, read_once: Path) -> None:
    path = tmp_path / "a.db"
    path.write_bytes(read_once.read_bytes())
    with Library(path) as library:
        ReuseStore(library).update()
        number = library.connection.execute(
            "select id from statement where current = 1 and content like '%pont rouvrira%'"
        ).fetchone()[0]
    with TestClient(create(path, Settings(lang="en")), base_url="http://127.0.0.1") as client:
        told = client.get(f"/family/{number}").text
        assert "First seen in this library" in told
        assert '<a class="original" href="https://gazette.example/1"' in told
        assert "first said" not in told.lower()
        found = client.get("/check?words=Le pont rouvrira lundi").text
        assert "altered" in found
        assert "modality" in found
