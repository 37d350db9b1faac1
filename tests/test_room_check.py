"""Checking a quotation: said by whom, in which text, or not here; kept as an address, on paper."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
import pytest

pytest.importorskip("litestar")

from litestar.testing import TestClient
from playwright.sync_api import expect

from room_browser import Visit, axe, chromium, faults_of, room_over, shoot, visit
from selon.cli import main
from selon.library.store import Library
from selon.reuse.store import ReuseStore
from selon.web.app import create
from selon.web.settings import Settings

__all__ = ["axe", "chromium", "visit"]
expect.set_options(timeout=60_000)
ARTICLES = (
    (
        "La Gazette",
        "2026-03-04",
        "Le pont rouvre\n\n« Le pont rouvrira lundi matin à toute"
        " la circulation, comme promis au printemps », a déclaré Zélie Coeurdeloup. Au marché,"
        " on lit sur une affiche les mots que voici, que nul ne signe.\n\nPont d’or pour la mairie,"
        " pont d’argent pour le préfet.",
    ),
    (
        "Le Phare",
        "2026-03-05",
        "Basile Ortéga promet\n\n« Nous n’expulserons personne », a promis Basile Ortéga mercredi.",
    ),
    (
        "L’Écho",
        "2026-03-06",
        "La digue\n\n« Il est faux de dire que la digue haute de Brénac cédera cet hiver sous le poids"
        " de la crue », a déclaré Flore Tardieu jeudi. « Nous n’avons pas peur », a dit le maire.",
    ),
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("check")
    path, lines = folder / "brenac.db", folder / "made.jsonl"
    rows = [
        {
            "id": f"c{n}",
            "outlet": outlet,
            "published": day,
            "text": text,
            "language": "fr",
            "url": f"https://{n}.example/",
        }
        for n, (outlet, day, text) in enumerate(ARTICLES)
    ]
    lines.write_bytes(b"".join(orjson.dumps(row) + b"\n" for row in rows))
    assert main(["add", str(lines), "--library", str(path), "--quiet"]) == 0
    with Library(path) as library:
        ReuseStore(library).update()
    return path


@pytest.fixture(scope="module")
def client(made: Path) -> Iterator[TestClient[Any]]:
    with TestClient(create(made, Settings(lang="en")), base_url="http://127.0.0.1:8000") as client:
        yield client


@pytest.fixture(scope="module")
def room(made: Path) -> Iterator[str]:
    with room_over(made) as address:
        yield address


def test_words_that_the_article_lacks_are_no_cut(client: TestClient[Any]) -> None:
    words = (
        "Le pont rouvrira lundi matin à toute la circulation, comme promis au printemps, et gratuit"
    )
    page = client.get("/check", params={"words": words}).text
    tags = page.partition('class="found"')[2].partition("</li>")[0]
    assert "in part only" in tags
    assert "words added" in tags
    assert "shortened" not in tags


@pytest.mark.parametrize(
    ("words", "speaker", "verdict", "layer"),
    [
        ("Le pont rouvrira lundi matin", "", "Said by Zélie Coeurdeloup, in these words", "said"),
        ("LE PONT ROUVRIRA LUNDI MATIN", "", "Said by Zélie Coeurdeloup, in these words", "said"),
        (
            "Le pont rouvrira mardi matin à toute la circulation, comme promis au printemps",
            "",
            "Zélie Coeurdeloup, but not in these words",
            "said",
        ),
        ("Le pont rouvrira lundi matin", "Basile Ortéga", "Somebody else said it", "others"),
        # Two words are enough, and short ones of a statement are its speaker's.
        ("n'expulserons personne", "", "Said by Basile Ortéga, in these words", "said"),
        # They stand in the text, and nobody says them.
        ("Pont d’or pour la mairie", "", "In the text of articles, attributed to nobody", "stand"),
        ("pont d'or pour la mairie", "", "attributed to nobody", "stand"),
        ("pont d'argent", "", "attributed to nobody", "stand"),
        (
            "Au marché, on lit sur un mur les mots que voici, que nul ne signe",
            "",
            "but not in these words; attributed to nobody",
            "stand",
        ),
        # The words are hers, and say the opposite of what she says.
        (
            "la digue haute de Brénac cédera cet hiver sous le poids de la crue",
            "",
            "Said by Flore Tardieu, but cut out of: denial",
            "said",
        ),
        # A description may be the one asked for.
        (
            "Nous n’avons pas peur",
            "Odile Marchepied",
            "it is not known whether by that speaker",
            "said",
        ),
        ("de la", "", "Too common to tell: these words stand in", "scope"),
        ("Les baobabs fleurissent en avril", "", "Not found in this library", "scope"),
        # Letters inside a word are no words.
        ("ont rouvrira lund", "", "Not found in this library", "scope"),
    ],
)
def test_each_layer_says_what_it_has(
    client: TestClient[Any], words: str, speaker: str, verdict: str, layer: str
) -> None:
    page = client.get("/check", params={"words": words, "speaker": speaker}).text
    assert verdict in page
    assert f'id="{layer}"' in page
    # What was searched is always said.
    assert "3 articles were searched" in page


def test_one_word_is_too_short_and_leads_to_the_search(client: TestClient[Any]) -> None:
    page = client.get("/check", params={"words": "« pont »"}).text
    assert "too short to check" in page
    assert 'href="/?words=pont"' in page


def test_words_of_a_statement_that_the_ledger_knows_are_told_once(client: TestClient[Any]) -> None:
    page = client.get("/check?words=Le pont rouvrira lundi matin").text
    assert page.count('<a href="/cite/') == 1
    assert 'id="stand"' not in page


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_verdict_is_an_address_and_prints(visit: Visit, axe: str, lang: str) -> None:
    tab = visit(f"/check?lang={lang}", permissions=["clipboard-read", "clipboard-write"])
    tab.locator("#words").fill("« Pont d’or pour la mairie »")
    tab.locator("form[action='/check'] button").click()
    expect(tab.locator("#stand")).to_be_visible()
    expect(tab.locator(".layer mark")).to_have_text("Pont d’or pour la mairie")
    expect(tab.locator(".layer a.original")).to_have_attribute("href", "https://0.example/")
    tab.locator("[data-copy]").click()
    expect(tab.locator("[data-copy]")).to_contain_text("✓")
    again = visit(
        str(tab.evaluate("navigator.clipboard.readText()")).partition("127.0.0.1:")[2][5:],
        bypass_csp=True,
    )
    expect(again.locator("#stand")).to_be_visible()
    assert [f for f in faults_of(again, axe) if f[1] in ("serious", "critical")] == []
    again.emulate_media(media="print")
    expect(again.locator(".paper-only h1")).to_be_visible()
    expect(again.locator("form").first).to_be_hidden()
    expect(again.locator(".mast")).to_be_hidden()
    shoot(again, f"check-paper-{lang}")
