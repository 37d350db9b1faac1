"""Every page as people see it: both tongues, light and dark, a telephone and a desk; kept for a look.

The pictures lie in `out/screens` (`SELON_SHOTS` names another folder). What a machine can tell of
them is told here: nothing is wider than the window, every chart has a name and a table.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import orjson
import pytest

pytest.importorskip("litestar")

from playwright.sync_api import expect

from room_browser import Visit, chromium, read_once, room_over, visit
from selon.cli import main
from selon.library.store import Library
from selon.reuse.store import ReuseStore

__all__ = ["chromium", "read_once", "visit"]

SCREENS = Path(os.environ.get("SELON_SHOTS") or Path(__file__).parent.parent / "out" / "screens")
PAGES = {
    "search": "/",
    "search-narrowed": "/?words=pont&outlet=La+Gazette",
    "search-nothing": "/?words=baobab",
    "article": "/article/1",
    "article-nested": "/article/3",
    "article-no-statement": "/article/5",
    "article-add": "/article/1/add",
    "review": "/review",
    "review-one": "/review/7",
    "person": "/person/2",
    "person-silent": "/person/{silent}",
    "family": "/family/7",
    "outlets": "/outlet",
    "outlet": "/outlet?name=La+Gazette",
    "shares": "/stats?by=speaker",
    "check": "/check",
    "check-altered": "/check?words=Le+pont+rouvrira+lundi+matin",
    "check-nothing": "/check?words=Les+baobabs+fleurissent",
    "enter": "/enter",
    "check-text": "/check?words=il+faut+attendre",
    "cite": "/cite/7",
    "sign": "/sign",
    "about": "/about",
    "coverage": "/coverage?words=pont",
    "watches": "/watch?words=pont",
    "dossiers": "/dossier?statement=7",
    "review-words": "/review?queue=words",
    "review-log": "/review?queue=log",
    "review-rule": "/review?queue=rule&form=direct",
    "article-edit": "/article/1/edit",
    "numbers": "/numbers?counts=wait&of=form",
    "numbers-months": "/numbers?counts=wait&of=form&columns=month",
    "network": "/network",
    "add": "/add",
    "nothing-here": "/article/9999",
}
# Page, style, scripts and typeface as they are sent to who has none of them.
MAX_BYTES = 100_000
MAX_DRAWN_BYTES = 250_000
# The ends of each chain, from above: where they stand, and how far down the line from them goes.
_ENDS = """[...document.querySelectorAll(".chain:has(> .link)")].map(chain =>
  [...chain.children].map(end => {
    const at = end.getBoundingClientRect(), line = getComputedStyle(end, "::after");
    const drawn = line.content !== "none" && line.borderLeftStyle === "solid";
    return {top: at.top, bottom: at.bottom, left: at.left,
            line: drawn ? at.bottom - parseFloat(line.bottom) : null};
  }))"""
ARTICLES = [
    {
        "id": "b1",
        "url": "https://phare.example/7",
        "outlet": "Le Phare de l’Odet et des communes littorales réunies",
        "published": "2026-04-18",
        "title": "Crue : la préfète promet une réouverture, le maire en doute",
        "text": (
            "La préfète Odile Marchepied a affirmé mercredi 15 avril que le maire de Brénac, Basile"
            " Ortéga, lui avait dit que « le pont rouvrira lundi ». « Le maire m’a confié qu’il"
            " n’avait “jamais douté” des travaux », a-t-elle ajouté le 16 avril.\n\n"
            "Selon La Gazette, qui cite un rapport du Bureau des ouvrages, deux piles auraient"
            " bougé en février. « C’est faux », a démenti Basile Ortéga auprès du Phare. D’après la"
            " géomètre Anne-Sophie de Kergariou-Lanvaux de La Villemarqué, il faut attendre : « Le"
            " pont rouvrira peut-être lundi », a-t-elle estimé le 17 avril 2026."
        ),
    },
    {
        "id": "b2",
        "url": "https://gazette.example/9",
        "outlet": "La Gazette",
        "published": "2026-05-02",
        "title": "Zélie Coeurdeloup : « Le pont tient »",
        "text": (
            "« Le pont rouvrira lundi », a répété Zélie Coeurdeloup à Basile Ortéga. Elle a assuré"
            " que la mairie paierait. « Nous avons attendu trop longtemps », a regretté Basile"
            " Ortéga, cité par Le Phare."
        ),
    },
    {
        "id": "b3",
        "url": "https://gazette.example/10",
        "outlet": "La Gazette",
        "published": "2026-05-03",
        "title": "Météo",
        "text": "Il fera beau sur la côte. Le vent tournera au nord dans la soirée.",
    },
]


@pytest.fixture(scope="module")
def filled(read_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("screens") / "brenac.db"
    shutil.copy(read_once, path)
    made = path.with_suffix(".jsonl")
    made.write_bytes(b"".join(orjson.dumps({**a, "language": "fr"}) + b"\n" for a in ARTICLES))
    assert main(["add", str(made), "--library", str(path), "--quiet"]) == 0
    with Library(path) as library:
        ReuseStore(library).update()
    return path


@pytest.fixture(scope="module")
def room(filled: Path) -> Iterator[str]:
    with room_over(filled) as address:
        yield address


@pytest.fixture(scope="module")
def silent(filled: Path) -> int:
    """Somebody who is named and says nothing."""
    with Library(filled, read_only=True) as library:
        row = library.connection.execute(
            "select e.id from entity e where e.same_as is null and not exists"
            " (select 1 from party p where p.entity_id = e.id) limit 1"
        ).fetchone()
    return int(row[0]) if row else 1


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_page_is_shot(visit: Visit, silent: int, lang: str) -> None:
    SCREENS.mkdir(parents=True, exist_ok=True)
    tab = visit(f"/?lang={lang}")
    home = tab.url.rpartition("/")[0]
    for name, address in PAGES.items():
        if name != "nothing-here":
            tab.goto(home + address.format(silent=silent))
            _shot(tab, f"{name}-{lang}", ("light", "dark") if lang == "fr" else ("dark", "light"))
            assert charts_without_words(tab) == []


def _shot(tab: Any, name: str, schemes: tuple[str, str]) -> None:
    """At a desk in one scheme, on a telephone in the other: a picture of each costs a second."""
    for width, scheme in zip((1280, 360), schemes, strict=True):
        tab.set_viewport_size({"width": width, "height": 900})
        assert tab.evaluate("document.documentElement.scrollWidth") <= width, (name, width)
        # The page lies below its masthead and as wide as the window.
        shown = tab.locator("main").bounding_box()
        assert (shown["x"], shown["width"]) == (0, width), (name, shown)
        assert shown["y"] > 0, (name, shown)
        tab.emulate_media(color_scheme=scheme)
        # What a page does for a telephone it does when it is opened.
        tab.reload()
        tab.screenshot(path=SCREENS / f"{name}-{scheme}-{width}.png", full_page=True)


def test_what_is_folded_on_a_telephone_is_open_at_a_desk(visit: Visit) -> None:
    tab = visit("/article/3", viewport={"width": 360, "height": 800})
    noted = tab.locator(".card .chain")
    expect(noted.first).to_be_hidden()
    # Turned, or widened: the statements stand beside their place, the facets are open.
    tab.set_viewport_size({"width": 1280, "height": 800})
    expect(noted.first).to_be_visible()
    tab.goto(tab.url.replace("/article/3", "/?words=pont&counts=wait"))
    facet = tab.locator(".facet li").first
    expect(facet).to_be_visible()
    tab.set_viewport_size({"width": 360, "height": 800})
    expect(facet).to_be_hidden()


def test_the_chain_runs_downwards_on_a_telephone(visit: Visit) -> None:
    tab = visit("/", viewport={"width": 360, "height": 900})
    chains = tab.locator(".chain:has(> .link)")
    expect(chains.first).to_be_visible()
    for ends in tab.evaluate(_ENDS):
        assert len(ends) >= 2
        for above, below in pairwise(ends):
            # Each stands under the other, and the line from it reaches the next one's sign.
            assert below["top"] >= above["bottom"] - 1
            assert below["left"] == above["left"]
            assert above["line"] >= below["top"] + 7
        assert ends[-1]["line"] is None
    tab.set_viewport_size({"width": 1280, "height": 900})
    expect(chains.first.locator(".arrow").first).to_be_visible()
    beside = tab.evaluate(_ENDS)
    assert all(ends[-1]["left"] > ends[0]["left"] for ends in beside)


def test_a_first_visit_is_light(chromium: Any, room: str, silent: int) -> None:
    heavy = {}
    for name, at in PAGES.items():
        context = chromium.new_context(viewport={"width": 1280, "height": 900})
        tab = context.new_page()
        meter = context.new_cdp_session(tab)
        meter.send("Network.enable")
        sent: list[int] = []
        meter.on(
            "Network.loadingFinished",
            lambda told, sent=sent: sent.append(int(told["encodedDataLength"])),
        )
        tab.goto(room + at.format(silent=silent), wait_until="networkidle")
        # What draws the network weighs more than the page.
        if sum(sent) > (MAX_DRAWN_BYTES if name == "network" else MAX_BYTES):
            heavy[name] = sum(sent)
        context.close()
    assert heavy == {}


def charts_without_words(tab: Any) -> list[str]:
    """Drawings that lack a name, or the table or list that says the same."""
    found: list[str] = tab.evaluate(
        """() => [...document.querySelectorAll(".drawn, .line")].filter((one) => {
          const by = one.closest("section");
          return !by || !by.getAttribute("aria-labelledby") || !by.querySelector("table, ol, ul");
        }).map((one) => one.outerHTML.slice(0, 80))"""
    )
    return found


@pytest.mark.parametrize("articles", [0, 1])
def test_a_library_with_hardly_anything(chromium: Any, tmp_path: Path, articles: int) -> None:
    SCREENS.mkdir(parents=True, exist_ok=True)
    path = tmp_path / "neuve.db"
    with Library(path, create=True):
        pass
    if articles:
        made = tmp_path / "one.jsonl"
        made.write_bytes(orjson.dumps({**ARTICLES[1], "language": "fr"}))
        assert main(["add", str(made), "--library", str(path), "--quiet"]) == 0
    with room_over(path) as address:
        tab = chromium.new_context(locale="fr-FR").new_page()
        for page in ("/", "/check", "/outlet", "/stats", "/review", "/?words=baobab"):
            answer = tab.goto(address + page)
            assert answer.status == 200, page
            name = page.strip("/").replace("?words=", "search-") or "search"
            tab.screenshot(path=SCREENS / f"library-of-{articles}-{name}.png", full_page=True)
        tab.context.close()
