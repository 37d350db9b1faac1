"""Words that stand in articles and in no statement, found by an index that follows the articles."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from ledger_made import shelf
from library_made import article, reader
from selon.library import add, runs
from selon.library.store import Library
from selon.reuse import passages, tables, text_search
from selon.reuse.lookup import ask
from selon.reuse.store import ReuseStore

__all__ = ["shelf"]

BODIES = {
    1: "Le pain coûtait alors trois francs la miche à Brézons. Personne ne s’en plaignait.",
    2: "Les œuvres du musée de Brénac dorment au grenier depuis la crue.",
    3: "Rien ne bouge à Sarlande. La passerelle attend toujours ses garde-corps.",
}


def put(library: Library, bodies: dict[int, str], title: str | None = None) -> None:
    made = [article(n, b, published=f"2026-03-0{n}") for n, b in bodies.items()]
    made = [replace(a, title=title or a.title) for a in made]
    add.add(library, made, reader, runs.Maker("0", "test"))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "press.db"
    with Library(file, create=True) as library:
        put(library, BODIES, "Une passerelle sans garde-corps")
    return file


def found(shelf: ReuseStore, words: str) -> list[str]:
    return [f.saying.words for f in ask(shelf, words).passages]


@pytest.mark.parametrize(
    "asked",
    ["les œuvres du musée", "LES OEUVRES DU MUSEE", "oeuvres", "dorment au grenier", "du musée"],
)
def test_accents_and_ligatures_do_not_count(shelf: ReuseStore, asked: str) -> None:
    there = asked == "oeuvres" or found(shelf, asked) == [BODIES[2].rstrip(".")]
    assert there  # one word is too common to tell


def test_a_headline_is_searched(shelf: ReuseStore) -> None:
    done = ask(shelf, "une passerelle sans garde-corps")
    assert {(f.verdict, f.saying.spans) for f in done.passages} == {("verbatim", ())}
    assert len(done.passages) == 3


def test_nearly_the_words_are_found_by_the_rarest(shelf: ReuseStore) -> None:
    done = ask(shelf, "Le pain coûtait alors deux francs la miche à Brézons")
    assert [f.saying.words for f in done.passages] == [BODIES[1].partition(".")[0]]
    assert done.verdict == "altered"


def test_the_index_follows_the_articles(shelf: ReuseStore) -> None:
    connection = shelf.connection
    put(shelf.library, {4: "Un héron cendré niche sous le pont de Brénac."})
    assert found(shelf, "un héron cendré niche")  # still in the queue, gone through
    shelf.update()
    assert not tables.pending(connection, tables.TEXT)
    assert passages.articles(connection, "héron cendré") == 1
    with shelf.library.transaction():
        connection.execute("update version set text = replace(text, 'héron', 'grèbe')")
    assert found(shelf, "un grèbe cendré niche")
    assert not found(shelf, "un héron cendré niche")
    shelf.update()
    assert passages.articles(connection, "héron cendré") == 0
    assert passages.articles(connection, "grèbe cendré") == 1
    connection.execute("insert into passage (passage) values ('integrity-check')")


def test_an_article_that_was_taken_out_is_not_found(shelf: ReuseStore) -> None:
    assert found(shelf, "dorment au grenier")
    with shelf.library.transaction():
        shelf.connection.execute("update article set removed = '2026-03-05'")
    assert not found(shelf, "dorment au grenier")


def test_a_few_words_of_many_articles_are_too_common_to_tell(
    shelf: ReuseStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert ask(shelf, "la passerelle attend").verdict == "verbatim"
    monkeypatch.setattr(text_search, "MANY_ARTICLES", 0)
    assert ask(shelf, "la passerelle attend").verdict == "too common to tell"
    assert ask(shelf, "La passerelle attend toujours ses garde-corps").verdict == "verbatim"


def test_a_library_for_reading_only_without_the_index_is_gone_through(path: Path) -> None:
    with Library(path, read_only=True) as library:
        there = ReuseStore(library)
        assert not there.made
        assert found(there, "les oeuvres du musee de Brénac") == [BODIES[2].rstrip(".")]
