"""Review in a real browser: each action, by pointer and by keyboard, and its undoing."""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
import pytest

pytest.importorskip("litestar")

from litestar.testing import TestClient
from playwright.sync_api import expect

from room_browser import Visit, chromium, read_once, room, room_over, shoot, visit
from selon.cli import main
from selon.library.store import Library
from selon.web.app import create
from selon.web.settings import Settings

__all__ = ["chromium", "read_once", "room", "visit"]
BASE = "http://127.0.0.1:8000"
expect.set_options(timeout=60_000)


def test_a_and_r_judge_in_place_and_undo_takes_back(visit: Visit) -> None:
    tab = visit("/article/1?lang=en")
    tab.evaluate("window.still = true")
    tab.keyboard.press("j")
    card = tab.locator(".card").first
    for key, says in (("a", "Judged well read by Anouk R."), ("r", "Rejected by Anouk R.")):
        tab.keyboard.press(key)
        expect(card.locator(".verdict-line")).to_contain_text(says)
        expect(card.locator(".acts")).to_be_hidden()
        tab.keyboard.press("u")
        expect(card.locator(".acts")).to_be_visible()
        expect(card.locator(".verdict-line")).to_have_count(0)
    # The page was never loaded again.
    assert tab.evaluate("window.still") is True
    tab.keyboard.press("r")
    expect(card.locator(".verdict-line")).to_be_visible()
    tab.reload()
    before = tab.locator(".card").count()
    tab.locator(".out [value^=undo]").click()
    expect(tab.locator(".card")).to_have_count(before + 1)


def test_without_script_the_same_buttons_judge(visit: Visit) -> None:
    tab = visit("/article/1?lang=en", java_script_enabled=False)
    tab.locator(".card [value^=accept]").first.click()
    expect(tab.locator(".card").first).to_contain_text("accepted by Anouk R.")
    tab.locator(".card [value^=undo]").click()
    expect(tab.locator(".card .laid")).to_have_count(0)


def test_a_boundary_moves_by_key_and_by_drag(visit: Visit) -> None:
    tab = visit("/article/1")
    tab.keyboard.press("j")
    with tab.expect_navigation():
        tab.keyboard.press("e")
    end = tab.locator("#end").input_value()
    tab.locator("[data-edge=end]").focus()
    tab.keyboard.press("ArrowLeft")
    tab.keyboard.press("ArrowLeft")
    moved = tab.locator("#end").input_value()
    assert int(moved) < int(end)
    tab.keyboard.press("Shift+ArrowRight")
    assert int(tab.locator("#end").input_value()) > int(moved)
    word = tab.locator(".words .in").nth(1)
    first = word.get_attribute("data-a")
    tab.locator("[data-edge=start]").hover()
    tab.mouse.down()
    word.hover()
    tab.mouse.up()
    assert tab.locator("#start").input_value() == first
    shoot(tab, "mark")
    with tab.expect_navigation():
        tab.locator("[value=content]").press("Enter")
    expect(tab.locator(".card .laid .content")).to_have_count(1)
    tab.locator(".card .laid [value^=undo]").click()
    expect(tab.locator(".card .laid")).to_have_count(0)


def test_a_speaker_is_changed_and_made(visit: Visit) -> None:
    tab = visit("/article/1")
    with tab.expect_navigation():
        tab.keyboard.press("j")
        tab.keyboard.press("e")
    tab.locator("#speaker").fill("Armelle Quintin")
    with tab.expect_navigation():
        tab.locator("[value=speaker]").press("Enter")
    expect(tab.locator(".card .chain").first).to_contain_text(
        "Armelle Quintin", use_inner_text=True
    )
    with tab.expect_navigation():
        tab.locator(".card [value^=undo]").click()
    expect(tab.locator(".ledger")).not_to_contain_text("Armelle Quintin", use_inner_text=True)


def test_a_missed_statement_is_added(visit: Visit) -> None:
    tab = visit("/article/1/add")
    before, after = (tab.locator(".words span", has_text=w).last for w in ("mairie", "tait"))
    before.scroll_into_view_if_needed()
    start, end = before.bounding_box(), after.bounding_box()
    tab.mouse.move(start["x"] + 1, start["y"] + start["height"] / 2)
    tab.mouse.down()
    tab.mouse.move(end["x"] + end["width"] - 1, end["y"] + end["height"] / 2, steps=5)
    tab.mouse.up()
    assert tab.locator("#start").input_value() == before.get_attribute("data-a")
    tab.locator("#form").select_option("indirect")
    tab.locator("#speaker").fill("Odile Marchepied")
    with tab.expect_navigation():
        tab.locator("#change button").press("Enter")
    added = tab.locator(".card", has=tab.locator(".laid .added"))
    expect(added).to_contain_text("mairie se tait", use_inner_text=True)
    with tab.expect_navigation():
        added.locator("[value^=undo]").click()
    expect(tab.locator(".laid .added")).to_have_count(0)


def test_two_reviewers_disagree(visit: Visit) -> None:
    tab = visit("/sign?lang=en&back=/review")
    tab.locator("#name").fill("Anouk")
    tab.locator("main form .main").click()
    expect(tab.locator("main")).to_contain_text("signed Anouk")
    card = tab.locator(".card").first
    words = card.locator("mark").inner_text()
    tab.keyboard.press("a")
    expect(card.locator(".verdict-line")).to_contain_text("by Anouk.")
    where = card.locator("a[href^='/article/']")
    expect(card.locator(".says")).to_be_hidden()
    href = str(where.first.get_attribute("href"))
    other = visit("/sign?lang=en")
    other.locator("#name").fill("Bertil")
    other.locator("main form .main").click()
    other.goto(other.url.split("/?")[0].rstrip("/") + href)
    other.locator(".card.chosen [value^=reject]").click()
    expect(other.locator(".verdict-line")).to_contain_text("Rejected by Bertil")
    tab.goto(tab.url.split("/review")[0] + "/review?queue=disputed")
    shown = tab.locator(".disagreement")
    expect(shown).to_contain_text(words[:20])
    expect(shown).to_contain_text("Anouk")
    expect(shown).to_contain_text("Bertil")
    expect(tab.locator("table")).to_contain_text("too few to tell")
    shoot(tab, "review-disagreement")


def test_many_are_judged_at_once_and_all_of_it_is_undone(visit: Visit) -> None:
    tab = visit("/review?lang=en&queue=words")
    before = tab.locator(".card").count()
    assert before > 1
    tab.locator("[data-all]").check()
    tab.get_by_role("button", name="None of the chosen is a statement").click()
    expect(tab.locator(".toast")).to_contain_text(f"{before} judgements made.")
    expect(tab.locator(".card")).to_have_count(0)
    tab.get_by_role("button", name="Undo all of it").click()
    expect(tab.locator(".card")).to_have_count(before)


@pytest.fixture(scope="module")
def unsigned(read_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    path = tmp_path_factory.mktemp("unsigned") / "brenac.db"
    shutil.copy(read_once, path)
    with room_over(path, by="") as address:
        yield address


@pytest.mark.parametrize("script", [True, False])
def test_who_signs_is_asked_first_and_the_deed_is_kept(
    chromium: Any, unsigned: str, script: bool
) -> None:
    context = chromium.new_context(locale="fr-FR", java_script_enabled=script)
    tab = context.new_page()
    tab.set_default_timeout(60_000)
    tab.goto(f"{unsigned}/review?queue=words")
    before = tab.locator(".card").count()
    tab.locator(".card [value^=accept]").first.click()
    expect(tab.locator("h1")).to_have_text("Qui signe ?")
    tab.locator("#name").fill("Zoé Le Du")
    tab.locator("main form .main").click()
    expect(tab.locator(".card")).to_have_count(before - 1)
    tab.goto(f"{unsigned}/review?queue=log")
    expect(tab.locator(".laid li").first).to_contain_text("Zoé Le Du")
    context.close()


def test_a_doubtful_speaker_has_a_queue_of_their_own(copied: Path) -> None:
    connection = sqlite3.connect(copied)
    connection.execute("update statement set speaker_score = .9")
    connection.execute(
        "update statement set speaker_score = .3 where content like 'Nous avons attendu%'"
    )
    connection.commit()
    connection.close()
    with TestClient(create(copied, Settings(lang="en")), base_url=BASE) as client:
        page = client.get("/review").text
        assert page.count('class="card sheet"') == 1
        assert "Nous avons attendu trop longtemps" in page
        assert "Who speaks?" in page
        assert "Zélie Coeurdeloup" in page
        article = client.get("/article/1").text
        assert article.count("doubtful speaker") == 1
        (number,) = re.findall(r'action="/review/(\d+)"', page)
        other = page.partition('name="speaker" value="')[2].partition('"')[0]
        token = {"_csrf_token": client.cookies["selon_csrf"], "back": "/review?queue=speaker"}
        client.post(f"/review/{number}", data={"deed": "speaker", "speaker": other, **token})
        # Judged: no longer in the queue.
        assert 'class="card sheet"' not in client.get("/review?queue=speaker").text


def test_what_is_judged_in_one_copy_is_judged_in_all(tmp_path: Path) -> None:
    path = wired(tmp_path)
    with TestClient(create(path, Settings(lang="en")), base_url=BASE) as client:
        page = client.get("/review?queue=words").text
        assert "and 1 copy, judged with it" in page
        token = {"_csrf_token": client.cookies["selon_csrf"]}
        with Library(path, read_only=True) as library:
            (number,) = library.connection.execute(
                "select min(id) from statement where current = 1"
            ).fetchone()
        answer = client.post(
            "/review/statement",
            data={"deed": f"accept {number}", **token},
            headers={"accept": "application/json"},
        ).json()
        assert answer["words"] == "Judged well read by reader. 1 copy judged with it."
        assert len(answer["uid"].split()) == 2
        deed = {"deed": f"undo {answer['uid']}", **token}
        client.post("/review/statement", data=deed)
        with Library(path, read_only=True) as library:
            standing = library.connection.execute(
                "select count(*) from judgement where undone_at is null"
            ).fetchone()[0]
        assert standing == 0


def wired(folder: Path) -> Path:
    """A library of two outlets with one agency's text."""
    path, made = folder / "wire.db", folder / "wire.jsonl"
    text = (
        "Le bac reprend\n\n« Le bac reprendra lundi matin », a annoncé Naïg Tanguy, déléguée des"
        " marins. La régie a confirmé la reprise. Les horaires d’hiver restent inchangés jusqu’au"
        " printemps, et deux navettes supplémentaires circuleront le samedi."
    )
    rows = [
        {"id": f"w{n}", "text": text, "outlet": outlet, "published": "2026-03-04", "language": "fr"}
        for n, outlet in enumerate(("La Gazette", "Le Phare"))
    ]
    made.write_bytes(b"".join(orjson.dumps(row) + b"\n" for row in rows))
    assert main(["add", str(made), "--library", str(path), "--quiet"]) == 0
    return path


@pytest.fixture
def copied(read_once: Path, tmp_path: Path) -> Path:
    path = tmp_path / "brenac.db"
    shutil.copy(read_once, path)
    return path


def test_without_a_token_nothing_is_written(copied: Path) -> None:
    with TestClient(create(copied), base_url=BASE) as client:
        assert client.post("/review/statement", data={"deed": "accept 1"}).status_code == 403


def test_a_read_only_room_hides_and_refuses(copied: Path) -> None:
    room = create(copied, Settings(read_only=True))
    with TestClient(room, base_url=BASE) as client:
        for at in ("/article/1", "/review", "/review/1"):
            assert "_csrf_token" not in client.get(at).text
        answer = client.post(
            "/review/statement",
            data={"deed": "accept 1", "_csrf_token": client.cookies["selon_csrf"]},
        )
        assert answer.status_code == 403


@pytest.mark.parametrize(
    "data",
    [
        {"deed": "accept 99999"},
        {"deed": "accept x"},
        {"deed": "undo nothing"},
        {"deed": ""},
        {"deed": "accept 1", "back": "//evil.example"},
    ],
)
def test_odd_forms_are_answered(copied: Path, data: dict[str, str]) -> None:
    with TestClient(create(copied), base_url=BASE) as client:
        client.get("/review")
        token = {"_csrf_token": client.cookies["selon_csrf"]}
        answer = client.post("/review/statement", data={**data, **token}, follow_redirects=False)
        assert answer.status_code in (303, 400)
        assert not answer.headers.get("location", "/").startswith("//")
