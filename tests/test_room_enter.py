"""The door of a room with a password, and how much may be posted."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

pytest.importorskip("litestar")

from litestar.testing import TestClient

from room_browser import read_once
from selon.web.app import create
from selon.web.settings import Settings

__all__ = ["read_once"]
HERE = "http://127.0.0.1:8000"


def token(page: str) -> str:
    found = re.search(r'name="_csrf_token" value="([^"]+)"', page)
    assert found
    return found[1]


def test_nobody_comes_in_without_the_password(read_once: Path) -> None:
    room = create(read_once, Settings(token="bonne clef", lang="en"))
    with TestClient(room, base_url=HERE) as client:
        for address in ("/", "/article/1", "/check", "/stats", "/review"):
            answer = client.get(address, follow_redirects=False)
            assert (answer.status_code, answer.headers["location"]) == (303, "/enter")
        assert client.get("/api/statements").status_code == 401
        door = client.get("/enter")
        assert "La Gazette" not in door.text
        wrong = {"password": "mauvaise", "_csrf_token": token(door.text)}
        answer = client.post("/enter", data=wrong)
        assert answer.status_code == 403
        assert "not the password" in answer.text
        right = {"password": "bonne clef", "_csrf_token": token(door.text)}
        assert client.post("/enter", data=right, follow_redirects=False).status_code == 303
        assert client.get("/").status_code == 200
        assert "bonne clef" not in str(client.cookies)
        client.post("/leave", data={"_csrf_token": token(client.get("/enter").text)})
        assert client.get("/", follow_redirects=False).status_code == 303


def test_a_feed_reader_comes_in_by_the_feeds_own_key(read_once: Path, tmp_path: Path) -> None:
    path = tmp_path / "brenac.db"
    shutil.copy(read_once, path)
    at = "/watch/1/feed"
    with TestClient(create(path, Settings(token="clef", by="Ana")), base_url=HERE) as client:
        page = token(client.get("/enter").text)
        client.post("/enter", data={"password": "clef", "_csrf_token": page})
        for words in ("pont", "attendu"):
            client.post("/watch", data={"words": words, "_csrf_token": page})
        told = client.get("/watch/1").text
        found = re.search(rf'{at}\?key=([0-9a-f]{{40}})"', told)
        assert found
        assert "clef" not in found[1]
    with TestClient(create(path, Settings(token="clef")), base_url=HERE) as reader:
        feed = reader.get(f"{at}?key={found[1]}")
        assert feed.headers["content-type"].startswith("application/atom+xml")
        assert "<entry>" in feed.text
        # It opens this one feed, to read, and nothing beside it.
        for shut in (at, f"{at}?key=", f"{at}?key={'0' * 40}", "/watch/2/feed?key=" + found[1]):
            assert reader.get(shut, follow_redirects=False).headers["location"] == "/enter"
        for other in ("/watch/1", "/", f"{at}/../../1"):
            answer = reader.get(f"{other}?key={found[1]}", follow_redirects=False)
            assert answer.headers["location"] == "/enter"
        assert reader.post(f"{at}?key={found[1]}", follow_redirects=False).status_code == 303
        assert reader.get("/watch/1", follow_redirects=False).status_code == 303
    with TestClient(create(path, Settings(token="autre")), base_url=HERE) as reader:
        assert reader.get(f"{at}?key={found[1]}", follow_redirects=False).status_code == 303


def test_a_room_for_others_must_have_a_password() -> None:
    with pytest.raises(Exception, match="--token"):
        Settings(host="0.0.0.0")


def test_who_posts_without_end_is_made_to_wait(read_once: Path) -> None:
    room = create(read_once, Settings(token="clef", posts_a_minute=5))
    with TestClient(room, base_url=HERE) as client:
        page = token(client.get("/enter").text)
        tried = [
            client.post("/enter", data={"password": str(n), "_csrf_token": page}).status_code
            for n in range(7)
        ]
    assert tried == [403] * 5 + [429] * 2
