"""The whole room once through without a mouse, in both tongues, from the door to an export."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("litestar")

from playwright.sync_api import expect

from room_browser import Visit, chromium, read_once, room_over, visit

__all__ = ["chromium", "read_once", "visit"]

FOCUS = """() => {
  const on = document.activeElement;
  const style = getComputedStyle(on);
  const box = on.getBoundingClientRect();
  return {
    name: on.tagName + (on.id ? "#" + on.id : "") + " " + (on.textContent || on.name || "").slice(0, 40),
    body: on === document.body,
    seen: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0,
    inside: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight
      && box.right > 0 && box.left < innerWidth,
  };
}"""
PASSWORD = "bonne clef"


@pytest.fixture(scope="module")
def room(read_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    path = tmp_path_factory.mktemp("keys") / "brenac.db"
    shutil.copy(read_once, path)
    with room_over(path, "--token", PASSWORD) as address:
        yield address


class Hands:
    """Who has no mouse: goes from one thing to the next and presses keys."""

    def __init__(self, tab: Any) -> None:
        self.tab = tab

    def go(self, selector: str) -> None:
        """Tab on until the first such element has the focus, which must be seen all the way."""
        for _ in range(150):
            if self.tab.evaluate("(s) => document.activeElement?.matches(s)", selector):
                return
            self.tab.keyboard.press("Tab")
            on = self.tab.evaluate(FOCUS)
            if not on["body"]:
                assert on["seen"], f"no visible focus on {on['name']}"
                assert on["inside"], f"the focus is out of sight on {on['name']}"
        raise AssertionError(f"{selector} is not reached at {self.tab.url}")

    def press(self, *keys: str) -> None:
        for key in keys:
            self.tab.keyboard.press(key)

    def type(self, words: str) -> None:
        self.tab.keyboard.press("ControlOrMeta+a")
        self.tab.keyboard.type(words)

    def follow(self, selector: str = "", key: str = "Enter") -> None:
        """Go there and press, until the next page has come."""
        if selector:
            self.go(selector)
        with self.tab.expect_navigation():
            self.tab.keyboard.press(key)

    def text(self, selector: str = "main") -> str:
        return str(self.tab.locator(selector).first.inner_text())


@pytest.mark.parametrize(
    ("tongue", "words"),
    [
        ("fr", {"search": "Qui a dit quoi", "accepted": "Jugé bien lu", "check": "altéré"}),
        ("en", {"search": "Who said what", "accepted": "Judged well read", "check": "altered"}),
    ],
)
def test_once_through_by_keyboard(visit: Visit, tongue: str, words: dict[str, str]) -> None:
    tab = visit(f"/enter?lang={tongue}", viewport={"width": 1100, "height": 800})
    hands = Hands(tab)
    _comes_in(hands, words["search"])
    _finds(hands)
    _reads_and_judges(hands, words["accepted"])
    _edits(hands)
    _names_the_speaker(hands)
    _undoes_in_review(hands)
    _merges(hands)
    _joins_and_parts(hands)
    _checks(hands, words["check"])
    _counts_and_exports(hands)


def _comes_in(hands: Hands, title: str) -> None:
    assert hands.tab.evaluate("document.activeElement.id") == "password"
    hands.type(PASSWORD)
    hands.follow()
    assert hands.text("h1") == title
    # The first thing of a page is the way over its head.
    hands.tab.goto(hands.tab.url.split("?")[0] + "review")
    hands.press("Tab")
    assert hands.tab.evaluate("document.activeElement.className") == "skip"
    hands.press("Enter")
    assert hands.tab.evaluate("document.activeElement.id") == "main"
    hands.follow(".mast a[href='/']")


def _finds(hands: Hands) -> None:
    # A browser sets the focus a moment after the page is there.
    hands.tab.wait_for_function("document.activeElement.id === 'words'")
    hands.type("pont")
    hands.follow()
    assert "words=pont" in hands.tab.url
    hands.tab.wait_for_selector(".facets summary")
    hands.go(".facets summary")
    for shown in (False, True):
        hands.press("Enter")
        expect(hands.tab.locator(".facets a").first).to_be_visible(visible=shown)
    hands.follow(".found a[href^='/article/1']")


def _reads_and_judges(hands: Hands, accepted: str) -> None:
    hands.press("Escape")
    expect(hands.tab.locator(".card.chosen")).to_have_count(0)
    hands.press("?")
    expect(hands.tab.locator("#keys")).to_be_visible()
    hands.press("Escape")
    expect(hands.tab.locator("#keys")).to_be_hidden()
    hands.press("j", "j", "k")
    expect(hands.tab.locator(".card.chosen")).to_have_attribute("data-k", "1")
    assert hands.tab.evaluate(FOCUS)["seen"]
    card = hands.tab.locator(".card.chosen")
    hands.press("a")
    expect(card.locator(".verdict-line")).to_contain_text(accepted)
    # The focus is on the way back.
    hands.press("Enter")
    expect(card.locator(".acts")).to_be_visible()
    expect(card.locator(".laid")).to_have_count(0)
    hands.press("r")
    expect(card.locator(".verdict-line")).to_be_visible()
    hands.press("u")
    expect(card.locator(".acts")).to_be_visible()


def _edits(hands: Hands) -> None:
    hands.press("Escape", "j")
    hands.follow(key="e")
    end = int(hands.tab.locator("#end").input_value())
    hands.go("[data-edge=end]")
    hands.press("ArrowLeft", "ArrowLeft", "ArrowRight")
    assert int(hands.tab.locator("#end").input_value()) < end
    hands.follow("[value=content]")
    expect(hands.tab.locator(".card .laid .content")).to_have_count(1)


def _names_the_speaker(hands: Hands) -> None:
    hands.press("Escape", "j")
    hands.follow(key="e")
    hands.go("#speaker")
    hands.type("Armelle Quintin")
    hands.follow("[value=speaker]")
    assert "Armelle Quintin" in hands.text(".card .chain")


def _undoes_in_review(hands: Hands) -> None:
    hands.follow(".mast a[href='/review']")
    hands.follow(".tabs a[href$='queue=log']")
    undo = hands.tab.locator("#log ~ ul button").count()
    assert undo == 2
    for n in (1, 0):
        hands.follow("#log ~ ul button")
        hands.tab.wait_for_selector("#log")
        expect(hands.tab.locator("#log ~ ul button")).to_have_count(n)


def _merges(hands: Hands) -> None:
    hands.tab.keyboard.press("Alt+ArrowLeft")
    hands.tab.goto(hands.tab.url.split("/review")[0] + "/article/1")
    hands.follow(".card .chain a[href^='/person/']")
    hands.go("#into")
    hands.type("Odile Marchepied")
    hands.follow("[value=merge]")
    hands.follow("[value^=undo]")
    expect(hands.tab.locator("[value^=undo]")).to_have_count(0)
    # No link leads to versions that there are not: the address does.
    hands.tab.goto(hands.tab.url.split("/person")[0] + "/family/7")


def _joins_and_parts(hands: Hands) -> None:
    before = hands.tab.locator(".members tbody tr").count()
    own = hands.tab.url.rpartition("/")[2]
    hands.go("#other")
    hands.type(str(int(own) + 1))
    hands.follow("[value=join]")
    expect(hands.tab.locator(".members tbody tr")).to_have_count(before + 1)
    hands.follow("[value^='part ']")
    expect(hands.tab.locator(".members tbody tr")).to_have_count(before)
    # The later word is taken back, so the former holds again; then that, too.
    for rows in (before + 1, before):
        hands.follow("[value^=undo]")
        expect(hands.tab.locator(".members tbody tr")).to_have_count(rows)


def _checks(hands: Hands, altered: str) -> None:
    hands.follow(".mast a[href='/check']")
    hands.go("#words")
    hands.type("Le pont rouvrira lundi matin")
    hands.follow("form[action='/check'] button")
    expect(hands.tab.locator("[role=status]")).to_have_count(1)


def _counts_and_exports(hands: Hands) -> None:
    hands.follow(".mast a[href='/outlet']")
    hands.follow("tbody a")
    hands.follow(".mast a[href='/numbers']")
    hands.go("#of")
    hands.tab.keyboard.type("f")
    hands.follow("main form button")
    assert "of=gender" not in hands.tab.url
    hands.follow(".mast a[href='/']")
    hands.tab.wait_for_function("document.activeElement.id === 'words'")
    hands.type("pont")
    hands.follow()
    hands.go("a[download]")
    with hands.tab.expect_download() as waited:
        hands.press("Enter")
    assert "pont" in waited.value.path().read_text("utf-8")
