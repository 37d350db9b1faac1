"""The reading room's search page, over a library made here."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

pytest.importorskip("litestar")

from litestar.testing import TestClient

from selon.records import Article
from selon.web.app import create
from selon.web.settings import Settings

HOSTILE = "<script>alert(1)</script>"
TEXT = (
    f"« La digue tiendra {HOSTILE} », a déclaré Flore Tardieu. Selon Le Phare, le bac est rouvert."
)


@pytest.fixture(scope="module")
def visitor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient[Any]]:
    path = tmp_path_factory.mktemp("room") / "port.db"
    made = path.with_suffix(".jsonl")
    article = Article(
        "a1", TEXT, title=HOSTILE, outlet=f"Le Phare {HOSTILE}", published="2026-03-02"
    )
    made.write_bytes(_line(article))
    from selon.cli import main

    assert main(["add", str(made), "--library", str(path), "--quiet"]) == 0
    with TestClient(create(path, Settings()), base_url="http://127.0.0.1:8000") as client:
        yield client


def _line(article: Article) -> bytes:
    import orjson

    names = ("id", "text", "title", "outlet", "published")
    return orjson.dumps({name: getattr(article, name) for name in names}) + b"\n"


def test_words_find_a_statement_in_its_context(visitor: TestClient[Any]) -> None:
    page = visitor.get("/?words=digue&lang=fr")
    assert page.status_code == 200
    assert "Flore Tardieu" in page.text
    assert '<mark class="q">La digue tiendra' in page.text
    assert "Qui a dit quoi" in page.text


def test_a_word_that_stands_only_in_the_paragraph_is_told_so(visitor: TestClient[Any]) -> None:
    page = visitor.get("/?words=BAC&lang=fr").text.partition('class="found"')[2]
    beside = [item for item in page.split("<li>") if "mots trouvés dans le paragraphe" in item]
    assert ["Flore Tardieu" in item for item in beside] == [True]
    assert '<mark class="r">le bac est rouvert' in page


def test_no_script_of_an_article_runs(visitor: TestClient[Any]) -> None:
    page = visitor.get("/?words=digue")
    assert HOSTILE not in page.text
    assert "script-src 'self'" in page.headers["content-security-policy"]


@pytest.mark.parametrize(
    "asked", ["form=zzz", "page=-1", "page=99999", "words=%22", "words=%3Cb%3E"]
)
def test_odd_queries_are_answered(visitor: TestClient[Any], asked: str) -> None:
    assert visitor.get(f"/?{asked}").status_code == 200


def test_a_name_from_elsewhere_is_refused(visitor: TestClient[Any]) -> None:
    assert visitor.get("/", headers={"host": "evil.example"}).status_code == 403


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("02/03/2026", True),
        ("mars 2026", True),
        ("2 March 2026", True),
        ("2026", True),
        ("3/3/2026", False),
        ("avril 2026", False),
    ],
)
def test_dates_are_typed_as_people_say_them(
    visitor: TestClient[Any], typed: str, found: bool
) -> None:
    page = visitor.get("/", params={"words": "digue", "since": typed, "lang": "en"})
    assert page.status_code == 200
    assert ("Flore Tardieu" in page.text) is found


def test_a_date_that_is_none_keeps_the_form_and_says_the_remedy(visitor: TestClient[Any]) -> None:
    page = visitor.get("/", params={"words": "digue", "since": "31/02/2026", "lang": "fr"})
    assert page.status_code == 400
    assert "« 31/02/2026 » n’est pas une date : écrivez 28/06/2026" in page.text
    assert 'value="31/02/2026"' in page.text
    assert 'value="digue"' in page.text
