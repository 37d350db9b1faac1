"""Articles set right and taken out in the browser: shown with their log, undone, refused in read-only."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("litestar")

from litestar.testing import TestClient

from library_made import article, reader
from selon.library import add, upkeep
from selon.library.runs import Maker
from selon.library.store import Library
from selon.room.app import create
from selon.room.settings import Settings

BASE = "http://127.0.0.1:8000"


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    made = tmp_path / "a.db"
    with Library(made, create=True) as library:
        add.add(library, (article(n) for n in range(2)), reader, Maker("0", "test"))
    monkeypatch.setattr("selon.room.pages.upkeep.reading_program", reader)
    return made


@pytest.fixture
def client(path: Path) -> Iterator[TestClient[Any]]:
    with TestClient(create(path, Settings(by="Zélie")), base_url=BASE) as client:
        client.headers["accept-language"] = "fr"
        yield client


def post(client: TestClient[Any], **data: str) -> Any:
    client.get("/article/1/edit")
    token = {"_csrf_token": client.cookies["selon_csrf"]}
    return client.post("/article/1/edit", data={**data, **token}, follow_redirects=False)


def row(path: Path) -> dict[str, Any]:
    with Library(path) as library:
        return dict(library.connection.execute("select * from article where id = 1").fetchone())


def test_an_article_is_set_right_and_undone(path: Path, client: TestClient[Any]) -> None:
    before = row(path)
    right = {"outlet": "Le Phare", "published": "03/04/2026", "title": before["title"] or ""}
    assert post(client, deed="edit", **right).status_code == 303
    after = row(path)
    # The visitor speaks French: the day is first.
    assert (after["outlet"], after["published"]) == ("Le Phare", "2026-04-03")
    assert (after["title"], after["url"]) == (before["title"], before["url"])
    with Library(path) as library:
        (deed,) = upkeep.deeds(library.connection)
    assert deed["by"] == "human:Zélie"
    for page in ("/article/1/edit", "/upkeep"):
        shown = client.get(page).text
        assert "Le Phare" in shown
        assert f"undo {deed['uid']}" in shown
    assert post(client, deed=f"undo {deed['uid']}").status_code == 303
    undone = row(path)
    assert {k: undone[k] for k in upkeep.FIELDS} == {k: before[k] for k in upkeep.FIELDS}


def test_an_article_is_taken_out_and_comes_back(path: Path, client: TestClient[Any]) -> None:
    assert client.get("/article/1").status_code == 200
    assert post(client, deed="remove").status_code == 303
    assert row(path)["removed"]
    assert client.get("/article/1").status_code == 404
    shown = client.get("/article/1/edit")
    assert shown.status_code == 200
    with Library(path) as library:
        (deed,) = upkeep.deeds(library.connection)
    assert post(client, deed=f"undo {deed['uid']}").status_code == 303
    assert client.get("/article/1").status_code == 200


def test_what_is_no_date_is_refused_in_a_sentence(path: Path, client: TestClient[Any]) -> None:
    before = row(path)
    answer = post(client, deed="edit", published="bientôt")
    assert 400 <= answer.status_code < 500
    assert "bientôt" in answer.text
    assert row(path) == before


def test_nothing_is_changed_in_read_only(path: Path) -> None:
    with TestClient(create(path, Settings(read_only=True, by="Zélie")), base_url=BASE) as client:
        assert 'name="deed"' not in client.get("/article/1/edit").text
        assert post(client, deed="remove").status_code >= 400
    assert not row(path)["removed"]
