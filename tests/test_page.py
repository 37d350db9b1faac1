"""The page in a real browser: what its reader sees, hears and can do with a keyboard."""

from __future__ import annotations

import os
import shutil
import subprocess
import tarfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from selon.records import Reading
from selon.show import notebook, page
from show_readings import hostile, long, overlapping, pool

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
expect = playwright.expect

CHROMIUM = os.environ.get("SELON_CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
FLAGS = (
    *("--no-sandbox", "--headless", "--disable-gpu", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--no-first-run"),
)
AXE = "axe-core@4.11"
LIT = ".text .oc, .text .om, .text .os, .text .oa, .text .ov"

pytestmark = pytest.mark.skipif(
    not Path(CHROMIUM).exists(), reason="no Chromium here (apt-get install chromium)"
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield chromium
        chromium.close()


Open = Callable[..., Any]


@pytest.fixture
def opened(browser: Any, tmp_path: Path) -> Iterator[Open]:
    """Opens readings as a file; at the end nothing was fetched and nothing complained."""
    contexts, faults = [], []

    def open_page(*readings: Reading, language: str = "fr", at: str = "", **options: Any) -> Any:
        path = tmp_path / f"page{len(contexts)}.html"
        path.write_text(page.render(readings, language), "utf-8")
        context = browser.new_context(**options)
        contexts.append(context)
        tab = context.new_page()
        tab.on("console", lambda m: faults.append(f"console: {m.text}"))
        tab.on("pageerror", lambda e: faults.append(f"error: {e}"))
        tab.on("dialog", lambda d: (faults.append(f"dialog: {d.message}"), d.dismiss()))
        tab.on(
            "request",
            lambda r: None if r.is_navigation_request() else faults.append(f"asked: {r.url}"),
        )
        tab.goto(path.as_uri() + at)
        return tab

    yield open_page
    for context in contexts:
        context.close()
    assert faults == []


def lit(tab: Any) -> list[tuple[str, str]]:
    """The parts that are lit, as (classes of the part, words)."""
    found = tab.eval_on_selector_all(
        LIT,
        "els => els.map(e => [[...e.classList].find(c => /^o[cmsav]$/.test(c)), e.textContent])",
    )
    return [(kind, words) for kind, words in found]


def test_j_and_k_walk_the_statements(opened: Open) -> None:
    tab = opened(pool(), overlapping())
    numbers = []
    for key in "jjjkj":
        tab.keyboard.press(key)
        numbers.append(tab.evaluate("document.activeElement.dataset.k"))
    assert numbers == ["1", "2", "3", "2", "3"]
    assert tab.evaluate("location.hash") == "#article.pool.s3"
    for _ in range(30):
        tab.keyboard.press("j")
    assert tab.evaluate("document.activeElement.dataset.k") == "19", "stays at the last"
    tab.keyboard.press("Escape")
    assert tab.evaluate("location.hash") == ""
    assert tab.locator("#sheet").get_attribute("hidden") is not None


def test_pointing_at_words_shows_all_parts_together(opened: Open) -> None:
    tab = opened(pool())
    tab.get_by_text("et pas un jour plus tôt").first.hover()
    assert lit(tab) == [
        ("oc", "Nous ouvrirons quand l’eau sera chaude"),
        ("om", "déclaré"),
        ("os", "la maire, Hélène Vautrin"),
        ("oc", "et pas un jour plus tôt"),
    ]
    expect(tab.locator(".card.lit")).to_have_attribute("data-k", "1")
    tab.locator(".mast").hover()
    assert lit(tab) == []


def test_pointing_takes_the_innermost_and_a_click_goes_outwards(opened: Open) -> None:
    tab = opened(pool())
    words = tab.locator(".text", has_text="ne tiendraient").get_by_text("ne tiendraient").first
    words.hover()
    expect(tab.locator(".card.lit")).to_have_attribute("data-k", "4")
    assert ("oa", "la mairie") in lit(tab)
    words.click()
    assert tab.evaluate("location.hash") == "#article.pool.s4"
    words.click()
    assert tab.evaluate("location.hash") == "#article.pool.s3"
    assert [w for k, w in lit(tab) if k == "ov"] == ["l’agence Relais"]


def test_the_parts_are_named_in_the_page_s_tongue(opened: Open) -> None:
    tab = opened(pool())
    tab.get_by_text("ne tiendraient").first.hover()
    tags = "els => els.map(e => getComputedStyle(e, '::before').content)"
    assert tab.eval_on_selector_all(".tag", tags) == ['"qui"', '"dit"', '"à"']


def test_a_tab_stop_shows_its_statement(opened: Open) -> None:
    tab = opened(pool())
    tab.locator("a.n").nth(1).focus()
    expect(tab.locator(".card.lit")).to_have_attribute("data-k", "2")
    label = tab.locator("a.n").nth(1).get_attribute("aria-describedby")
    expect(tab.locator(f"#{label}")).to_contain_text("touche à sa fin", use_inner_text=True)


def test_a_permalink_opens_at_its_statement(opened: Open) -> None:
    tab = opened(long(), pool(), at="#article.pool.s6")
    assert tab.locator(".ledger .card.lit").inner_text().startswith("6")
    assert ("om", "confié") in lit(tab)
    tab.wait_for_timeout(600)
    box = tab.locator('[id="article.pool.s6"]').bounding_box()
    assert 0 <= box["y"] <= 720


def test_a_voice_can_be_put_out(opened: Open) -> None:
    tab = opened(pool())
    tab.locator(".voice[data-voice=q]").click()
    shown = tab.eval_on_selector_all(
        ".ledger .card:not(.gone)", "cards => cards.map(c => c.dataset.k)"
    )
    assert shown == ["2", "3", "4", "5", "6"]
    tints = tab.eval_on_selector_all(
        ".text .q", "els => [...new Set(els.map(e => getComputedStyle(e).backgroundColor))]"
    )
    assert tints == ["rgba(0, 0, 0, 0)"]
    tab.keyboard.press("j")
    assert tab.evaluate("document.activeElement.dataset.k") == "2", "the walk skips what is out"


def test_one_speaker_can_be_followed(opened: Open) -> None:
    tab = opened(pool(), overlapping())
    tab.locator("#speaker").select_option(label="Nora Lindqvist")
    shown = tab.eval_on_selector_all(
        ".ledger .card:not(.gone)", "cards => cards.map(c => c.dataset.k)"
    )
    assert shown == ["6", "7"]
    expect(tab.locator("#status")).to_have_text("2 / 19", use_inner_text=True)
    tab.locator("#speaker").select_option(label="non nommé")
    expect(tab.locator(".ledger .card:not(.gone)")).to_have_count(12)


def test_the_chain_stands_as_breadcrumbs(opened: Open) -> None:
    tab = opened(pool())
    links = tab.locator("#card-4 .chain > li").all_inner_texts()
    assert links == [
        *("la direction technique", "Karim Delmotte", "Agence Relais", "Le Courrier de l’Orge")
    ]


def test_the_tongue_is_switched_on_the_page(opened: Open) -> None:
    tab = opened(pool(), language="fr")
    expect(tab.locator("article header")).to_contain_text("7 mars 2024", use_inner_text=True)
    assert tab.locator("h2").first.inner_text().lower() == "propos"
    tab.get_by_role("button", name="English").click()
    assert tab.evaluate("document.documentElement.lang") == "en"
    expect(tab.locator("article header")).to_contain_text("7 March 2024", use_inner_text=True)
    expect(tab.locator(".figures")).to_contain_text("59%", use_inner_text=True)
    assert tab.locator("h2").first.inner_text().lower() == "statements"
    expect(tab.locator("#help")).to_have_attribute("aria-label", "Help")
    expect(tab.locator(".text[lang=fr]")).to_have_count(2)


def test_light_and_dark(opened: Open) -> None:
    tab = opened(pool(), color_scheme="dark")
    paper = "getComputedStyle(document.body).backgroundColor"
    dark = tab.evaluate(paper)
    tab.locator("#theme").click()
    assert tab.evaluate(paper) != dark
    tab.locator("#theme").click()
    assert tab.evaluate(paper) == dark


def test_help_opens_with_a_key_and_single_keys_can_be_turned_off(opened: Open) -> None:
    tab = opened(pool())
    tab.keyboard.press("?")
    expect(tab.locator("dialog[open]")).to_have_count(1)
    tab.locator("#single").uncheck()
    tab.keyboard.press("Escape")
    expect(tab.locator("dialog[open]")).to_have_count(0)
    # The pointer stands where the box was: what lies under it is lit without any key.
    tab.mouse.move(0, 0)
    tab.keyboard.press("j")
    expect(tab.locator(".card.lit")).to_have_count(0)


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_overflows_sideways(opened: Open, width: int) -> None:
    tab = opened(pool(), overlapping(), viewport={"width": width, "height": 740})
    tab.keyboard.press("j")
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    expect(tab.locator("#sheet")).to_be_visible(visible=width == 360)


def test_lines_of_overlapping_statements_do_not_cover_each_other(opened: Open) -> None:
    tab = opened(overlapping())
    heights = tab.evaluate(
        """() => [...document.querySelectorAll('.text > p > span')].map(piece =>
             [piece, ...piece.querySelectorAll('span')].filter(e => /^k/.test(e.className))
               .map(e => Math.round(e.getClientRects()[0].bottom)))"""
    )
    assert max(len(h) for h in heights) == 8
    assert all(len(set(h)) == len(h) for h in heights)


PAYLOADS = (
    "<script>alert(1)</script>",
    "\"'><img src=x onerror=alert(1)><svg onload=alert(1)>",
    "</script><script>alert(1)</script><!--",
    "</style><style>*{display:none}</style>",
    "javascript:alert(1)",
)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_hostile_text_stays_text(opened: Open, payload: str) -> None:
    tab = opened(hostile(payload), hostile(payload))
    for key in ("j", "j", "k", "?", "Escape", "Escape"):
        tab.keyboard.press(key)
    expect(tab.locator("script")).to_have_count(2)
    expect(tab.locator("style")).to_have_count(1)
    expect(tab.locator("main img, main script, [onerror], [onload]")).to_have_count(0)
    expect(tab.locator("article .text").first).to_contain_text(payload, use_inner_text=True)
    tab.locator("#speaker").select_option(index=1)
    expect(tab.locator("a[href^=javascript]")).to_have_count(0)


def test_markup_cannot_be_made_of_text(browser: Any, tmp_path: Path) -> None:
    """The policy holds even where our own script would be wrong, or an escape be missed."""
    path = tmp_path / "page.html"
    whole = page.render([pool()], "fr")
    smuggled = (
        "<script>document.title = 'ran'</script><img src=x onerror=\"document.title = 'ran'\">"
    )
    path.write_text(whole.replace("<main", smuggled + "<main", 1), "utf-8")
    tab = browser.new_page()
    tab.goto(path.as_uri())
    refused = tab.evaluate(
        "() => { try { document.body.innerHTML = '<b>x</b>'; return ''; }"
        " catch (e) { return e.name; } }"
    )
    assert refused == "TypeError"
    assert "ran" not in tab.title()
    tab.close()


def test_it_is_whole_without_its_script(opened: Open) -> None:
    tab = opened(pool(), java_script_enabled=False)
    assert tab.locator(".bar").is_hidden()
    expect(tab.locator(".card")).to_have_count(7)
    assert tab.locator("#sheet").is_hidden()


def test_print_has_the_text_and_the_ledger_only(opened: Open) -> None:
    tab = opened(pool())
    tab.keyboard.press("j")
    tab.emulate_media(media="print")
    assert tab.locator(".bar").is_hidden()
    assert tab.locator("#sheet").is_hidden()
    expect(tab.locator(".ledger .card").last).to_be_visible()
    assert tab.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def test_a_notebook_fragment_shows_its_voices(browser: Any) -> None:
    tab = browser.new_page()
    tab.set_content(f"<p class=q>outside</p>{notebook.html(pool(), 'fr')}")
    tint = "e => getComputedStyle(e).backgroundColor"
    assert tab.eval_on_selector("p.q", tint) == "rgba(0, 0, 0, 0)"
    assert tab.eval_on_selector(".selon-reading span.q", tint) != "rgba(0, 0, 0, 0)"
    tab.close()


@pytest.fixture(scope="module")
def axe(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The script of axe-core, fetched from npm for this run."""
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("no npm here to fetch axe-core with")
    folder = tmp_path_factory.mktemp("axe")
    fetched = subprocess.run(
        [npm, "pack", "--silent", AXE], cwd=folder, capture_output=True, timeout=120, check=False
    )
    packed = next(folder.glob("axe-core-*.tgz"), None)
    if fetched.returncode or packed is None:
        pytest.skip("axe-core could not be fetched from npm")
    with tarfile.open(packed) as archive:
        member = archive.extractfile("package/axe.min.js")
        assert member is not None
        return member.read().decode()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("keys", ["", "jjjj", "?", "off"])
def test_axe_finds_nothing(opened: Open, axe: str, scheme: str, keys: str) -> None:
    size = {"width": 360 if keys == "jjjj" else 1280, "height": 800}
    tab = opened(pool(), overlapping(), color_scheme=scheme, viewport=size, bypass_csp=True)
    if keys == "off":
        tab.locator(".voice[data-voice=q]").click()
        tab.locator("#speaker").select_option(index=1)
    else:
        for key in keys:
            tab.keyboard.press(key)
    tab.evaluate(axe)
    found = tab.evaluate("axe.run({resultTypes: ['violations']}).then(r => r.violations)")
    said = [(v["id"], v["impact"], [n["html"][:120] for n in v["nodes"][:3]]) for v in found]
    assert said == []
