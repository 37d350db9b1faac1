"""The room's article and search pages in a real browser."""

from __future__ import annotations

import re
from typing import Any

import pytest

pytest.importorskip("litestar")

from playwright.sync_api import expect

from room_browser import Visit, axe, chromium, faults_of, read_once, room, shoot, visit

__all__ = ["axe", "chromium", "read_once", "room", "visit"]

PAGES = (
    *("/", "/article/1", "/article/2", "/article/1/add", "/review", "/review/1"),
    *("/cite/1", "/sign", "/about", "/dossier", "/watch", "/coverage?words=pont"),
)
expect.set_options(timeout=60_000)


@pytest.mark.parametrize("tongue", ["fr", "en"])
def test_an_article_shows_who_says_what(visit: Visit, tongue: str) -> None:
    tab = visit(f"/article/1?lang={tongue}", viewport={"width": 1200, "height": 900})
    expect(tab.locator("html")).to_have_attribute("lang", tongue)
    expect(tab.locator(".card .chain").first).to_contain_text(
        "Zélie Coeurdeloup", use_inner_text=True
    )
    expect(tab.locator(".card .chain a[href^='/person/']").nth(1)).to_be_attached()
    # Nothing is said in another article too: no link pretends so.
    expect(tab.locator(".card a[href^='/family/']")).to_have_count(0)
    expect(tab.locator("a.original")).to_have_attribute("href", "https://gazette.example/1")
    assert tab.locator(".figures").inner_text().count("%") >= 2
    shoot(tab, f"article-{tongue}")


def test_versions_are_compared(visit: Visit) -> None:
    changes = visit("/article/1").locator(".changes")
    assert "peut-être" in changes.locator("ins").all_inner_texts()[0]


def test_keys_walk_and_tell_help(visit: Visit) -> None:
    tab = visit("/article/1")
    tab.keyboard.press("j")
    tab.keyboard.press("j")
    expect(tab.locator(".card.chosen")).to_have_attribute("data-k", "2")
    expect(tab.locator(".text .oc").first).to_be_attached()
    tab.keyboard.press("k")
    expect(tab.locator(".card.chosen")).to_have_attribute("data-k", "1")
    tab.keyboard.press("?")
    expect(tab.locator("#keys")).to_be_visible()


@pytest.mark.parametrize("at", PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(visit: Visit, axe: str, at: str, scheme: str) -> None:
    size = {"width": 360 if scheme == "light" else 1280, "height": 800}
    tab = visit(at, viewport=size, color_scheme=scheme, bypass_csp=True)
    if at.startswith("/article/") and not at.endswith("add"):
        tab.keyboard.press("j")
    assert faults_of(tab, axe) == []
    assert tab.evaluate("document.documentElement.scrollWidth") <= size["width"]
    shoot(tab, f"{at.strip('/').replace('/', '-') or 'search'}-{scheme}")


@pytest.mark.parametrize("at", PAGES)
def test_nothing_of_an_article_runs(visit: Visit, at: str) -> None:
    tab = visit(at.replace("article/1", "article/2"))
    assert tab.title() != "run"
    expect(tab.locator("main img, main script")).to_have_count(0)


def test_counts_narrow_and_what_is_shown_is_exported(visit: Visit) -> None:
    tab: Any = visit("/?words=pont&lang=fr")
    tab.locator(".facets a", has_text="La Gazette").click()
    expect(tab).to_have_url(re.compile("outlet=La\\+Gazette"))
    expect(tab).to_have_url(re.compile("words=pont"))
    with tab.expect_download() as waited:
        tab.locator("a[download]", has_text="CSV").click()
    assert "pont" in waited.value.path().read_text("utf-8")
    tab.locator(".found a[href^='/article/']").first.click()
    expect(tab.locator(".card.chosen")).to_have_count(1)


def test_voices_and_speakers_are_silenced(visit: Visit) -> None:
    tab = visit("/article/1")
    cards = tab.locator(".card")
    count = cards.count()
    expect(tab.locator(".card[data-voice=q]").first).to_be_attached()
    tab.locator("[data-silence=q]").uncheck()
    expect(tab.locator(".card[data-voice=q]").first).to_be_hidden()
    tab.locator("[data-silence=q]").check()
    expect(tab.locator(".card:visible")).to_have_count(count)
    tab.locator("[data-hush]").first.uncheck()
    expect(tab.locator(".card:visible")).not_to_have_count(count)


def test_on_a_telephone_statements_fold_under_their_paragraph(visit: Visit) -> None:
    tab = visit("/article/1", viewport={"width": 360, "height": 800})
    folded = tab.locator("details.notes").first
    expect(folded.locator(".card").first).to_be_hidden()
    folded.locator("> summary").click()
    expect(folded.locator(".card").first).to_be_visible()
    text = tab.locator(".passage .text").first.bounding_box()
    note = folded.bounding_box()
    assert note["y"] >= text["y"] + text["height"] - 1


@pytest.mark.parametrize("tongue", ["fr", "en"])
def test_a_statement_is_copied_with_its_reference(visit: Visit, tongue: str) -> None:
    tab = visit(f"/article/1?lang={tongue}", permissions=["clipboard-read", "clipboard-write"])
    tab.keyboard.press("j")
    tab.locator(".card.chosen .cite").click()
    expect(tab.locator(".card.chosen .cite")).to_contain_text("✓")
    copied = tab.evaluate("navigator.clipboard.readText()")
    assert "Le pont rouvrira" in copied
    assert "Zélie Coeurdeloup" in copied
    assert "https://gazette.example/1" in copied
    href = tab.locator(".card.chosen .cite").get_attribute("href")
    tab.goto(tab.url.split("/article")[0] + href)
    assert "@article{gazette2026-" in tab.locator("#t-bibtex").input_value()
    assert "[Le pont de Brénac reste fermé](https://gazette.example/1)" in (
        tab.locator("#t-markdown").input_value()
    )
