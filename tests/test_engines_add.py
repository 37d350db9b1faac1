"""`selon add --engine`: what an engine adds is what is added without one."""

from __future__ import annotations

import json
import os
from dataclasses import astuple
from pathlib import Path

import pytest

from selon.api import read_isolated, read_many
from selon.cli import main
from selon.library import add
from selon.library.store import Library
from selon.records import Article, Failure

SAID = (
    "La digue numéro {n} de Port-Aubin tiendra, a affirmé mardi Odile Vasseur. « Nous avons fait "
    "{n} relevés », a précisé le maire de Port-Aubin à l’agence Littoral."
)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Two files, one with a line that is no article and an article in a language without a pack."""
    folder = tmp_path_factory.mktemp("articles")
    for k in range(2):
        lines = [
            json.dumps({"id": f"{k}-{n}", "text": SAID.format(n=100 * k + n), "language": "fr"})
            for n in range(4)
        ]
        if k:
            lines += [
                "no JSON",
                json.dumps({"id": "x", "text": "Nein, sagte er.", "language": "qq"}),
            ]
        (folder / f"part{k}.jsonl").write_text("\n".join(lines), "utf-8")
    return sorted(map(str, folder.iterdir()))


def kept(path: Path) -> list[tuple[object, ...]]:
    with Library(path) as library:
        rows = library.connection.execute(
            "select a.key, v.text, s.key, s.form, s.content, s.said, s.why from article a"
            " join version v on v.article_id = a.id join reading r on r.version_id = v.id"
            " join statement s on s.reading_id = r.id"
        )
        failed = map(astuple, add.failures(library.connection))
        return sorted([*map(tuple, rows), *failed], key=str)


class Deadly(str):
    """An article's id that kills the process to which it is sent."""

    def __reduce__(self) -> tuple[object, ...]:
        return os._exit, (9,)


def test_an_article_that_kills_its_reader_is_a_failure_even_alone() -> None:
    good = Article("good", SAID.format(n=1), "fr")
    found = list(read_isolated([good, Article(Deadly("deadly"), "Oui.", "fr")]))
    assert found[0] == next(iter(read_many([good])))
    assert isinstance(found[1], Failure)
    assert (found[1].source, found[1].stage) == ("deadly", "read")
    assert list(read_isolated([])) == []


def test_an_engine_adds_the_same_articles_and_failures(files: list[str], tmp_path: Path) -> None:
    one, two = tmp_path / "one.db", tmp_path / "two.db"
    plain = ["add", *files, "--quiet", "--jobs", "1", "--library"]
    assert main([*plain, str(one)]) == 1
    assert main([*plain, str(two), "--engine", "processes"]) == 1
    assert kept(two) == kept(one)
    assert sum(len(row) == 4 for row in kept(one)) == 2
    # Shards that nobody asked for are gone.
    assert {p.name.split("-")[0] for p in tmp_path.iterdir()} == {"one.db", "two.db"}


def test_shards_that_are_asked_for_stay_and_are_not_made_again(
    files: list[str], tmp_path: Path
) -> None:
    words = ["add", *files, "--quiet", "--jobs", "1", "--out", str(tmp_path / "shards")]
    assert main([*words, "--library", str(tmp_path / "one.db")]) == 1
    made = {p.name: p.stat().st_mtime_ns for p in (tmp_path / "shards").iterdir()}
    assert sorted(made) == ["part0.jsonl.parquet", "part1.jsonl.parquet"]
    assert main([*words, "--library", str(tmp_path / "two.db")]) == 1
    assert {p.name: p.stat().st_mtime_ns for p in (tmp_path / "shards").iterdir()} == made
    assert kept(tmp_path / "two.db") == kept(tmp_path / "one.db")
