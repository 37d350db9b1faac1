"""Review in a real browser: each action, by pointer and by keyboard, and its undoing."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("litestar")

from litestar.testing import TestClient

from room_browser import Visit, chromium, read_once, room, shoot, visit
from selon.room.app import create
from selon.room.settings import Settings

__all__ = ["chromium", "read_once", "room", "visit"]


def named(tab: Any, name: str) -> None:
    tab.locator("#name").fill(name)
    tab.locator("form[action='/review/name'] button").click()


def test_a_and_r_judge_and_undo_takes_back(visit: Visit) -> None:
    tab = visit("/article/1?lang=en")
    tab.keyboard.press("j")
    with tab.expect_navigation():
        tab.keyboard.press("a")
    card = tab.locator(".card").first
    assert "accepted by" in card.inner_text()
    with tab.expect_navigation():
        card.locator("[value^=undo]").click()
    assert "accepted by" not in tab.locator(".card").first.inner_text()
    before = tab.locator(".card").count()
    tab.keyboard.press("j")
    with tab.expect_navigation():
        tab.keyboard.press("r")
    assert tab.locator(".card").count() < before
    with tab.expect_navigation():
        tab.locator(".out [value^=undo]").click()
    assert tab.locator(".card").count() == before


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
    assert tab.locator(".card .laid .content").count() == 1
    with tab.expect_navigation():
        tab.locator(".card [value^=undo]").click()
    assert tab.locator(".card .laid").count() == 0


def test_a_speaker_is_changed_and_made(visit: Visit) -> None:
    tab = visit("/article/1")
    with tab.expect_navigation():
        tab.locator(".edit").first.click()
    tab.locator("#speaker").fill("Armelle Quintin")
    with tab.expect_navigation():
        tab.locator("[value=speaker]").press("Enter")
    assert "Armelle Quintin" in tab.locator(".card .chain").first.inner_text()
    with tab.expect_navigation():
        tab.locator(".card [value^=undo]").click()
    assert "Armelle Quintin" not in tab.locator(".ledger").inner_text()


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
    assert "mairie se tait" in added.inner_text()
    with tab.expect_navigation():
        added.locator("[value^=undo]").click()
    assert tab.locator(".laid .added").count() == 0


def test_two_reviewers_disagree(visit: Visit) -> None:
    tab = visit("/review?lang=en")
    named(tab, "Anouk")
    words = tab.locator(".card.chosen .says").inner_text()
    with tab.expect_navigation():
        tab.keyboard.press("a")
    where = tab.locator("#log ~ ul a").first.get_attribute("href")
    other = visit(f"{where}")
    other.goto(other.url.split("/article")[0] + "/review")
    named(other, "Bertil")
    other.goto(other.url.split("/review")[0] + str(where))
    judged = other.locator(".card.judged")
    with other.expect_navigation():
        judged.locator("[value^=reject]").click()
    tab.goto(tab.url.split("/review")[0] + "/review")
    shown = tab.locator(".disagreement").inner_text()
    assert words[:20] in shown
    assert "Anouk" in shown
    assert "Bertil" in shown
    shoot(tab, "review-disagreement")


@pytest.fixture
def copied(read_once: Path, tmp_path: Path) -> Path:
    path = tmp_path / "brenac.db"
    shutil.copy(read_once, path)
    return path


def test_without_a_token_nothing_is_written(copied: Path) -> None:
    with TestClient(create(copied), base_url="http://127.0.0.1:8000") as client:
        assert client.post("/review/statement", data={"deed": "accept 1"}).status_code == 403


def test_a_read_only_room_hides_and_refuses(copied: Path) -> None:
    room = create(copied, Settings(read_only=True))
    with TestClient(room, base_url="http://127.0.0.1:8000") as client:
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
    with TestClient(create(copied), base_url="http://127.0.0.1:8000") as client:
        client.get("/review")
        token = {"_csrf_token": client.cookies["selon_csrf"]}
        answer = client.post("/review/statement", data={**data, **token}, follow_redirects=False)
        assert answer.status_code in (303, 400)
        assert not answer.headers.get("location", "/").startswith("//")
