"""A fact-checker's days in a real browser: five tasks by clicks alone, in both tongues, at two widths.

Each is walked as the first page offers it: nothing is typed into an address, nothing is read in the
docs, and every click is counted. Clicks that choose a field before typing are not.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("litestar")

from playwright.sync_api import expect

from room_browser import Visit, axe, chromium, faults_of, read_once, room_over, shoot, visit
from selon.library.store import Library

__all__ = ["axe", "chromium", "read_once", "visit"]
expect.set_options(timeout=180_000)
DESK, TELEPHONE = {"width": 1280, "height": 900}, {"width": 360, "height": 740}
WORDS = "Nous avons attendu trop longtemps"


# What sticks out of the window, where the page scrolls sideways.
WIDE = """() => {
  const width = document.documentElement.clientWidth
  if (document.documentElement.scrollWidth <= width) return []
  return [...document.querySelectorAll("body *")]
    .filter((e) => e.getBoundingClientRect().right > width + 0.5)
    .map((e) => `${e.tagName}.${e.className} ${e.textContent.trim().slice(0, 30)}`)
}"""


class Walk:
    """A tab whose clicks are counted; on a telephone a door is behind the menu."""

    def __init__(self, tab: Any) -> None:
        self.tab = tab
        self.clicks = 0
        self.telephone = tab.viewport_size["width"] < 600

    def click(self, what: Any) -> None:
        what.click()
        self.clicks += 1

    def door(self, href: str) -> None:
        """Go through a door of the masthead."""
        if self.telephone:
            self.tab.locator(".menu > summary").click()
            self.clicks += 1
        within = ".menu" if self.telephone else ".mast"
        self.click(self.tab.locator(f"{within} a[href='{href}']").first)
        # Not before the sheets of style are there.
        self.tab.wait_for_load_state("load")
        assert self.tab.evaluate(WIDE) == []


@pytest.fixture(scope="module")
def room(read_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    path = tmp_path_factory.mktemp("stories") / "brenac.db"
    shutil.copy(read_once, path)
    with Library(path) as library, library.transaction() as connection:
        connection.execute("update statement set speaker_score = .9")
        connection.execute(
            "update statement set speaker_score = .3 where content like ?", (f"{WORDS}%",)
        )
    with room_over(path) as address:
        yield address


@pytest.fixture(params=["fr-1280-light", "en-360-dark"])
def walk(request: pytest.FixtureRequest, visit: Visit) -> Walk:
    lang, width, scheme = request.param.split("-")
    tab = visit(
        f"/?lang={lang}",
        viewport=DESK if width == "1280" else TELEPHONE,
        color_scheme=scheme,
        bypass_csp=True,
    )
    return Walk(tab)


def test_the_five_tasks_take_so_many_clicks(walk: Walk, axe: str) -> None:
    tab, menu = walk.tab, 1 if walk.telephone else 0
    # Check a quotation.
    walk.door("/check")
    tab.locator("main textarea").first.fill(WORDS)
    walk.click(tab.locator("main button.main"))
    expect(tab.locator(".layer").first).to_contain_text("Basile Ortéga")
    assert walk.clicks == 2 + menu
    # Find everything that X said on Y.
    walk.clicks = 0
    tab.locator(".mast .name a").click()
    tab.locator("#speaker").fill("Basile Ortéga")
    tab.locator("#words").fill("attendu")
    walk.click(tab.locator("form.sentence button.main"))
    expect(tab.locator(".found > li")).to_have_count(1)
    assert walk.clicks == 1
    # Correct a speaker, where the card stands; and take it back there.
    walk.clicks = 0
    walk.door("/review")
    card = tab.locator(".card", has_text=WORDS)
    walk.click(card.locator(".who-form label").last)
    walk.click(card.locator(".who-form [value=speaker]"))
    expect(card.locator(".verdict-line")).to_contain_text("Anouk R.")
    assert walk.clicks == 3 + menu
    card.locator(".verdict-line .undo").click()
    expect(card.locator(".acts")).to_be_visible()
    assert faults_of(tab, axe) == []


def test_every_part_is_corrected_in_the_card_and_undone_there(walk: Walk, axe: str) -> None:
    tab = walk.tab
    walk.door("/review")
    tab.evaluate("window.still = true")
    card = tab.locator(".card", has_text=WORDS)
    card.locator(".fix > summary").click()
    form = card.locator("form.correct")
    expect(form).to_be_visible()
    form.locator("[name=said]").fill("31/02/2026")
    form.locator("[value=fields]").click()
    expect(form.locator(".err")).to_contain_text("31/02/2026")
    form.locator("[name=said]").fill("28/02/2026")
    form.locator("[name=stance]").select_option("conditional")
    assert faults_of(tab, axe) == []
    shoot(tab, f"correct-{tab.viewport_size['width']}")
    form.locator("[value=fields]").press("Enter")
    expect(card.locator(".verdict-line")).to_contain_text("Anouk R.")
    card.locator(".verdict-line .undo").press("Enter")
    expect(card.locator(".acts")).to_be_visible()
    # The page was never loaded again.
    assert tab.evaluate("window.still") is True


def test_torn_words_are_cut_and_their_edges_moved_by_key(walk: Walk, axe: str) -> None:
    tab = walk.tab
    walk.door("/review")
    tab.locator(".card", has_text=WORDS).locator("a.edit").click()
    expect(tab.locator("[data-edge]")).to_have_count(2)
    tab.locator("#cut").press("Enter")
    expect(tab.locator("[data-edge]")).to_have_count(4)
    one = tab.locator("#spans").input_value()
    tab.locator("[data-edge=end][data-n='0']").press("ArrowLeft")
    assert tab.locator("#spans").input_value() != one
    assert faults_of(tab, axe) == []
    shoot(tab, f"torn-{tab.viewport_size['width']}")
    tab.locator("#whole").press("Enter")
    expect(tab.locator("[data-edge]")).to_have_count(2)


def test_figures_are_counted_narrowed_and_saved(walk: Walk, axe: str) -> None:
    tab = walk.tab
    walk.door("/numbers")
    expect(tab.locator(".cross tbody tr").first).to_be_visible()
    tab.locator("#of").select_option("form")
    tab.locator("form.ask button.main").click()
    expect(tab.locator(".cross .sum .p").first).to_be_visible()
    assert faults_of(tab, axe) == []
    shoot(tab, f"numbers-{tab.viewport_size['width']}")
    with tab.expect_download() as saved:
        tab.locator("#exports a[href^='/numbers/table/csv']").click()
    assert "independent_n" in Path(saved.value.path()).read_text("utf-8-sig")


def test_an_article_is_taken_out_and_put_back(walk: Walk, axe: str) -> None:
    tab = walk.tab
    tab.locator(".found .meta a[href^='/article/']").first.click()
    tab.locator("a[href$='/edit']").click()
    assert faults_of(tab, axe) == []
    shoot(tab, f"article-edit-{tab.viewport_size['width']}")
    tab.locator("[value=remove]").click()
    expect(tab.locator("#done")).to_be_visible()
    tab.locator("main [value^=undo]").first.click()
    expect(tab.locator("[value=remove]")).to_be_visible()
