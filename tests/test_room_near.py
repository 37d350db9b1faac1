"""The room of a family: what may say the same in other words; what a room for reading only says."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("litestar")

from litestar.testing import TestClient

from library_made import article, reader
from selon.cli.serve import _tell_waiting
from selon.library import add, runs
from selon.library.store import Library
from selon.reuse import crosslingual, paraphrase
from selon.reuse.store import ReuseStore
from selon.web.app import create
from selon.web.settings import Settings
from test_ledger_near import BODIES, OTHERWISE, encode


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "press.db"
    with Library(file, create=True) as library:
        articles = (article(n, body, published=day) for n, (body, day) in BODIES.items())
        add.add(library, articles, reader, runs.Maker("0", "test"))
    return file


@pytest.fixture
def encoding(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crosslingual, "is_installed", lambda: True)
    monkeypatch.setattr(paraphrase, "encoder", lambda: encode)


def told(path: Path, address: str, *, read_only: bool = False) -> str:
    settings = Settings(lang="en", read_only=read_only)
    with TestClient(create(path, settings), base_url="http://127.0.0.1:8000") as client:
        answer = client.get(address)
        assert answer.status_code == 200
        return answer.text


@pytest.mark.usefixtures("encoding")
def test_other_words_are_looked_for_when_asked(path: Path) -> None:
    with Library(path) as library:
        ReuseStore(library).update()
    plain = told(path, "/family/1")
    assert OTHERWISE not in plain
    assert 'href="?near=yes#near"' in plain
    near = told(path, "/family/1?near=yes")
    assert near.count(f"<bdi>{OTHERWISE}</bdi>".replace("'", "&#39;")) == 1
    assert 'value="join 3"' in near
    reading = told(path, "/family/1?near=yes", read_only=True)
    assert OTHERWISE.replace("'", "&#39;") in reading
    assert 'value="join' not in reading


@pytest.mark.usefixtures("encoding")
def test_where_nothing_says_it_otherwise_the_page_tells(path: Path) -> None:
    with Library(path) as library:
        ReuseStore(library).update()
    assert "No other statement says anything like it." in told(path, "/family/5?near=yes")


def test_a_room_for_reading_only_says_what_was_not_compared(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for address in ("/family/1", "/check?words=Les+pi%C3%A9tons+traverseront+de+nouveau"):
        page = told(path, address, read_only=True)
        assert "7 statements were never compared with the others" in page
        assert "in a moment" not in page
    _tell_waiting(path)
    assert "7 statements were never compared" in capsys.readouterr().out
    with Library(path) as library:
        ReuseStore(library).update()
    assert "never compared" not in told(path, "/family/1", read_only=True)
    _tell_waiting(path)
    assert capsys.readouterr().out == ""
