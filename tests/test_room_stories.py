"""A fact-checker's days in a real browser: five tasks by clicks alone, in four looks.

Each is walked as the first page offers it: nothing is typed into an address, nothing is read in the
docs, and every click is counted. Clicks that choose a field before typing are not.
"""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("litestar")

from playwright.sync_api import expect

from room_browser import Visit, axe, chromium, faults_of, read_once, room_over, shoot, visit
from selon.library.store import Library
from test_room_begin import Site

__all__ = ["axe", "chromium", "read_once", "visit"]
expect.set_options(timeout=180_000)
DESK, TELEPHONE = {"width": 1280, "height": 900}, {"width": 360, "height": 740}
WORDS = "Nous avons attendu trop longtemps"
SAVE = {"fr": "Enregistrer cette recherche", "en": "Save this search"}
# Each tongue in both widths, each width in both schemes.
LOOKS = ("fr-1280-light", "en-360-dark", "en-1280-dark", "fr-360-light")

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

    def __init__(self, tab: Any, look: str) -> None:
        self.tab = tab
        self.look = look
        self.lang = look.partition("-")[0]
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

    def seen(self, axe: str, name: str) -> None:
        """A page that has come: nothing sticks out, axe finds nothing; kept for a look."""
        self.tab.wait_for_load_state("load")
        assert self.tab.evaluate(WIDE) == []
        assert faults_of(self.tab, axe) == []
        shoot(self.tab, f"{name}-{self.look}")


@pytest.fixture(scope="module")
def room(read_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    path = tmp_path_factory.mktemp("stories") / "brenac.db"
    shutil.copy(read_once, path)
    with Library(path) as library, library.transaction() as connection:
        connection.execute("update statement set speaker_score = .9")
        connection.execute(
            "update statement set speaker_score = .3 where content like ?", (f"{WORDS}%",)
        )
    with room_over(path, "--private", "127.0.0.1") as address:
        yield address


@pytest.fixture(params=LOOKS[:2])
def walk(request: pytest.FixtureRequest, visit: Visit) -> Walk:
    return _begun(visit, request.param)


@pytest.fixture(params=LOOKS)
def in_each_look(request: pytest.FixtureRequest, visit: Visit) -> Walk:
    return _begun(visit, request.param)


def _begun(visit: Visit, look: str) -> Walk:
    lang, width, scheme = look.split("-")
    tab = visit(
        f"/?lang={lang}",
        viewport=DESK if width == "1280" else TELEPHONE,
        color_scheme=scheme,
        bypass_csp=True,
    )
    return Walk(tab, look)


def test_three_tasks_of_every_day_take_so_many_clicks(in_each_look: Walk, axe: str) -> None:
    walk, tab = in_each_look, in_each_look.tab
    menu = 1 if walk.telephone else 0
    # Check a quotation.
    walk.door("/check")
    tab.locator("main textarea").first.fill(WORDS)
    walk.click(tab.locator("main button.main"))
    expect(tab.locator(".layer").first).to_contain_text("Basile Ortéga")
    assert walk.clicks == 2 + menu
    walk.seen(axe, "check")
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


def test_a_dossier_is_built_and_printed(in_each_look: Walk, axe: str) -> None:
    walk, tab = in_each_look, in_each_look.tab
    menu = 1 if walk.telephone else 0
    walk.door("/check")
    tab.locator("main textarea").first.fill(WORDS)
    walk.click(tab.locator("main button.main"))
    walk.click(tab.locator(".verdict a[href^='/dossier']"))
    walk.click(tab.locator("form.form button.main"))
    walk.click(tab.locator("button[name=bears]").first)
    expect(tab.locator(".bear.pro")).to_contain_text("Basile Ortéga")
    walk.seen(axe, "dossier")
    walk.click(tab.locator("a[href$='/share']"))
    tab.evaluate("window.print = () => { window.printed = true }")
    walk.click(tab.locator("[data-print]"))
    assert tab.evaluate("window.printed") is True
    # The door, check, open, open, what it bears, the page, print.
    assert walk.clicks == 7 + menu
    walk.seen(axe, "dossier-share")
    tab.emulate_media(media="print")
    expect(tab.locator(".bear.pro")).to_be_visible()
    expect(tab.locator("[data-print]")).to_be_hidden()


def test_a_person_an_event_and_what_is_new_of_both(in_each_look: Walk, axe: str) -> None:
    walk, tab = in_each_look, in_each_look.tab
    # A person: quoted apart from mentioned, what they said on a word side by side.
    tab.locator("#speaker").fill("Basile Ortéga")
    walk.click(tab.locator("form.sentence button.main"))
    walk.click(tab.locator(".found .who a").first)
    expect(tab.locator("h1")).to_have_text("Basile Ortéga")
    tab.locator("#on").fill("attend*")
    tab.locator("#on").press("Enter")
    expect(tab.locator(".cols > li")).to_have_count(1)
    expect(tab.locator(".cols")).to_contain_text(WORDS)
    walk.seen(axe, "person")
    # An event, outlet by outlet.
    tab.locator(".mast .name a").click()
    tab.locator("#words").fill("la")
    walk.click(tab.locator("form.sentence button.main"))
    walk.click(tab.locator("#exports a[href^='/coverage']"))
    row = tab.locator(".cover tbody tr", has_text="Odile Marchepied")
    expect(row.locator("td").last).to_have_text("La Gazette")
    walk.seen(axe, "coverage")
    # A search that is kept, as a page and as a feed.
    tab.locator(".mast .name a").click()
    tab.locator("#words").fill("attendu")
    walk.click(tab.locator("form.sentence button.main"))
    walk.click(tab.locator("a[href^='/watch']", has_text=SAVE[walk.lang]))
    walk.click(tab.locator("form.form button.main"))
    expect(tab.locator(".none")).to_be_visible()
    walk.seen(axe, "watch")
    feed = tab.request.get(tab.locator("#feed-address").input_value())
    assert WORDS in feed.text()
    walk.click(tab.locator("[value=drop]"))
    expect(tab.locator("h1")).to_be_visible()


@pytest.mark.parametrize("walk", ["fr-1280-light"], indirect=True)
def test_an_article_is_added_by_its_address(walk: Walk, axe: str) -> None:
    tab = walk.tab
    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as served:
        threading.Thread(target=served.serve_forever, daemon=True).start()
        walk.click(tab.locator(".mast .me a[href='/add']"))
        tab.locator("#address").fill(f"http://127.0.0.1:{served.server_port}/cale")
        walk.click(tab.locator("#by-address ~ form button"))
        expect(tab.locator(".job.done")).to_contain_text("1 article ajouté")
        assert walk.clicks == 2
        walk.seen(axe, "add")
        walk.click(tab.locator(".job.done details a"))
        served.shutdown()
    expect(tab.locator(".card .chain").first).to_contain_text("Ysé Marchalot")
    # Its date is corrected: it is read anew, and says so.
    tab.locator("a[href$='/edit']").click()
    tab.locator("#published").fill("28/06/2026")
    tab.locator("[value=edit]").click()
    expect(tab.locator("#anew a")).to_have_text("Afficher la nouvelle lecture")
    tab.locator("#anew a").click()
    expect(tab.locator(".head")).to_contain_text("28 juin 2026")
    expect(tab.locator(".card .chain").first).to_contain_text("Ysé Marchalot")


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
