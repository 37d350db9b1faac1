"""Counts of the room: kept, made anew beside the visitors, told as former until then."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("litestar")

from litestar.testing import TestClient
from playwright.sync_api import expect

from room_browser import Visit, chromium, read_once, room, visit
from selon.library import judge
from selon.library.facets import count_speakers, facets
from selon.library.find import Query
from selon.library.store import Library
from selon.web.app import create
from selon.web.count_cache import CountCache

__all__ = ["chromium", "read_once", "room", "visit"]


@pytest.fixture
def copied(read_once: Path, tmp_path: Path) -> Path:
    path = tmp_path / "a.db"
    path.write_bytes(read_once.read_bytes())
    return path


def counting(path: Path) -> CountCache:
    @contextmanager
    def reading() -> Iterator[Library]:
        with Library(path, read_only=True) as library:
            yield library

    return CountCache(path, reading)


def test_a_former_count_is_given_while_the_next_is_made(copied: Path) -> None:
    counts, gate, made = counting(copied), threading.Event(), []

    def slow(library: Library) -> int:
        gate.wait(5)
        made.append(1)
        return int(
            library.connection.execute(
                "select count(*) from judgement where undone_at is null"
            ).fetchone()[0]
        )

    gate.set()
    first = counts.whole(("a",), slow)
    assert (first.value, first.fresh) == (0, True)
    again = counts.whole(("a",), slow)
    assert (again.value, again.fresh, len(made)) == (0, True, 1)
    gate.clear()
    with Library(copied) as library:
        judge.accept(library, 1, "ana")
    former = counts.whole(("a",), slow)
    assert (former.value, former.fresh) == (0, False)
    gate.set()
    for _ in range(100):
        newest = counts.whole(("a",), slow)
        if newest.fresh:
            break
    assert (newest.value, newest.fresh) == (1, True)
    counts.close()


def test_nothing_is_given_where_the_first_count_takes_long(copied: Path) -> None:
    counts, gate = counting(copied), threading.Event()

    def slow(library: Library) -> str:
        gate.wait(5)
        return "done"

    assert counts.soon(("a",), slow, patience=0.01) is None
    assert counts.soon(("a",), slow, patience=0.01) is None
    gate.set()
    found = counts.soon(("a",), slow, patience=5)
    assert found is not None
    assert found.value == "done"
    counts.close()


def test_what_is_counted_ahead_holds_up_nobody_who_asks(copied: Path) -> None:
    counts, gate, begun = counting(copied), threading.Event(), threading.Event()
    made: list[str] = []

    def long(library: Library) -> str:
        begun.set()
        assert gate.wait(30)
        return "long"

    def short(library: Library) -> str:
        made.append("short")
        return "short"

    counts.count_ahead(("long",), long)
    assert begun.wait(30)
    # It stands behind the long one, until somebody asks for it.
    counts.count_ahead(("short",), short)
    found = counts.soon(("short",), short, patience=30)
    assert found is not None
    assert (found.value, found.fresh) == ("short", True)
    gate.set()
    assert counts.whole(("long",), long).value == "long"
    # What was taken out of the line is not counted a second time.
    counts.count_ahead(("short",), short)
    assert counts.whole(("short",), short).value == "short"
    assert made == ["short"]
    counts.close()


def test_who_speaks_most_is_counted_as_the_search_counts_it(copied: Path) -> None:
    with Library(copied, read_only=True) as library:
        few = count_speakers(library.connection, 3)
        assert few == facets(library.connection, Query(), 3).values["speaker"]
        assert few


def test_what_a_count_raises_is_raised_to_who_asked(copied: Path) -> None:
    counts = counting(copied)

    def broken(library: Library) -> int:
        raise ValueError("no")

    for _ in range(2):
        with pytest.raises(ValueError, match="no"):
            counts.whole(("a",), broken)
    counts.close()


def test_a_page_comes_before_its_counts(copied: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gate = threading.Event()
    from selon.web.pages import search

    def slow(*given: Any) -> Any:
        gate.wait(10)
        return facets(*given)

    monkeypatch.setattr(search, "facets", slow)
    with TestClient(create(copied), base_url="http://127.0.0.1:8000") as client:
        page = client.get("/?words=pont&lang=en").text
        assert "Counting" in page, page[page.find("<main") :][:3000]
        assert "data-later" in page, page[page.find('id="counts') :][:600]
        assert '<mark class="q">' in page
        assert 'data-later="/?words=pont&amp;lang=en&amp;counts=wait"' in page
        gate.set()
        page = client.get("/?words=pont&lang=en&counts=wait").text
        assert re.search(r"\d statements<", page) or re.search(r"\d statements ·", page)
        assert "counts=wait" not in page


def test_shares_come_before_they_are_counted(copied: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gate = threading.Event()
    from selon.library.stats import stats as counted
    from selon.web.pages import outlet

    def slow(*given: Any) -> Any:
        gate.wait(10)
        return counted(*given)

    monkeypatch.setattr(outlet, "stats", slow)
    with TestClient(create(copied), base_url="http://127.0.0.1:8000") as client:
        page = client.get("/stats?by=voice&lang=fr").text
        assert 'data-later="/stats?by=voice&amp;lang=fr&amp;counts=wait"' in page
        assert "Il n’y a rien à compter ici" not in page
        gate.set()
        page = client.get("/stats?by=voice&lang=fr&counts=wait").text
        assert "data-later" not in page
        # What is counted is called in the page's language.
        assert "citée" in page.partition("<tbody>")[2]
        assert "quoted" not in page.partition("<tbody>")[2]
        page = client.get("/stats?by=kind&lang=fr&counts=wait").text.partition("<tbody>")[2]
        assert "<bdi>personne</bdi>" in page
        assert "<bdi>person</bdi>" not in page


def test_shares_take_dates_as_people_type_them(copied: Path) -> None:
    with TestClient(create(copied), base_url="http://127.0.0.1:8000") as client:
        page = client.get("/stats?since=04/03/2026&counts=wait&lang=en").text
        assert "La Gazette" in page.partition("<tbody>")[2]
        assert "Le Phare" not in page.partition("<tbody>")[2]
        wrong = client.get("/stats?since=31/02/2026&lang=en")
        assert wrong.status_code == 400
        assert "“31/02/2026” is no date" in wrong.text
        assert 'value="31/02/2026"' in wrong.text


def test_the_languages_of_a_library_are_loaded_as_the_room_starts(copied: Path) -> None:
    from selon import lang

    with TestClient(create(copied), base_url="http://127.0.0.1:8000"):
        for thread in threading.enumerate():
            if thread.name == "languages":
                thread.join(60)
        before = lang._load.cache_info().misses
        lang.load("fr")
        assert lang._load.cache_info().misses == before


def test_a_browser_fills_the_counts_in(visit: Visit, room: str) -> None:
    tab = visit("/check")

    def uncounted(route: Any) -> None:
        answer = route.fetch()
        page = re.sub(
            r'<div id="counts".*?</details>',
            '<div id="counts" data-later="/?lang=en&amp;counts=wait">Counting',
            answer.text(),
            flags=re.DOTALL,
        )
        route.fulfill(
            response=answer,
            body=page.replace("</head>", '<script src="/assets/counts.js" defer></script></head>'),
        )

    tab.route("**/?lang=en", uncounted)
    tab.goto(f"{room}/?lang=en")
    expect(tab.locator("#counts.facets")).to_contain_text("La Gazette")
    expect(tab.locator("#counts")).not_to_contain_text("Counting")
    expect(tab.locator("#exports")).to_contain_text("CSV")


def test_who_waits_too_long_is_told_to_try_again(
    copied: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("selon.library.store._WAIT_SECONDS", 0.2)
    with (
        TestClient(create(copied), base_url="http://127.0.0.1:8000") as client,
        Library(copied) as other,
    ):
        client.get("/review")
        data = {"deed": "accept 1", "_csrf_token": client.cookies["selon_csrf"]}
        with other.transaction():
            answer = client.post("/review/statement", data=data)
            assert client.get("/article/1").status_code == 200
        assert answer.status_code == 503
        assert answer.headers["retry-after"]
        assert "locked" not in answer.text
        answer = client.post("/review/statement", data=data, follow_redirects=False)
        assert answer.status_code == 303
