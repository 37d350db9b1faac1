"""The JSON API: what it tells, how it pages, what it refuses, that it describes itself."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("litestar")

from litestar.testing import TestClient

from room_browser import read_once
from selon import contract
from selon.web.app import create

__all__ = ["read_once"]


@pytest.fixture(scope="module")
def api(read_once: Path) -> Iterator[TestClient[Any]]:
    with TestClient(create(read_once), base_url="http://127.0.0.1:8000") as client:
        yield client


def test_statements_with_their_words_and_place(api: TestClient[Any]) -> None:
    told = api.get("/api/statements?speaker=Ortéga").json()
    assert told["total"] == len(told["statements"]) == 1
    one = told["statements"][0]
    assert one["content"] == "Nous avons attendu trop longtemps"
    assert api.get(f"/api/statements/{one['id']}").json() == one
    text = api.get(f"/api/articles/{one['article']}").json()["text"]
    assert "".join(text[a:b] for a, b in one["spans"]) == one["content"]


def test_pages_follow_each_other(api: TestClient[Any]) -> None:
    seen, address = [], "/api/statements?limit=2"
    while address:
        told = api.get(address).json()
        seen += [s["id"] for s in told["statements"]]
        address = told["next"]
    assert len(seen) == len(set(seen)) == told["total"] > 2


def test_what_is_known_is_not_sent_again(api: TestClient[Any]) -> None:
    first = api.get("/api/articles/1")
    again = api.get("/api/articles/1", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_an_article_is_in_the_exchange_format(api: TestClient[Any]) -> None:
    told = api.get("/api/articles/1").json()
    assert contract.to_json(contract.from_json(told)) == told


def test_people_check_and_family(api: TestClient[Any]) -> None:
    (one,) = api.get("/api/people?name=Basile Ortéga").json()["people"]
    assert api.get(f"/api/people/{one['id']}").json()["name"] == "Basile Ortéga"
    told = api.get("/api/check?words=Le pont rouvrira lundi").json()
    assert told["verdict"] in ("altered", "verbatim", "not found", "shortened")
    assert api.get("/api/families/1").status_code in (200, 404)


def test_a_text_is_read_and_not_kept(api: TestClient[Any]) -> None:
    before = api.get("/api/statements").json()["total"]
    text = "« Nous rouvrirons lundi », a déclaré Zélie Coeurdeloup."
    told = api.post("/api/read", json={"text": text, "published": "2026-03-04"}).json()
    assert [s["form"] for s in told["statements"]] == ["direct"]
    assert api.get("/api/statements").json()["total"] == before


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/api/statements/99999999", 404),
        ("/api/articles/99999999", 404),
        ("/api/people/99999999", 404),
        ("/api/statements?limit=100000", 400),
        ("/api/statements?offset=-1", 400),
        ("/api/statements?since=hier", 400),
        ("/api/check", 400),
        ("/api/nothing", 404),
    ],
)
def test_what_cannot_be_is_refused_in_words(
    api: TestClient[Any], read_once: Path, address: str, status: int
) -> None:
    answer = api.get(address)
    assert answer.status_code == status
    assert answer.json()["error"]
    assert str(read_once.parent) not in answer.text


def test_a_page_of_another_site_cannot_make_it_read(api: TestClient[Any]) -> None:
    answer = api.post("/api/read", json={"text": "a"}, headers={"origin": "https://else.example"})
    assert answer.status_code == 403


def test_it_describes_itself(api: TestClient[Any]) -> None:
    told = api.get("/api/schema/openapi.json").json()
    assert {"/api/statements", "/api/check", "/api/read"} <= set(told["paths"])
    assert all(path.startswith("/api/") for path in told["paths"])
