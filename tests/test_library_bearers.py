"""Whom a name means: a person's finds nobody whom it only describes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from selon.api import read_many
from selon.library import add, judge, runs
from selon.library.bearers import Bearers, bearers
from selon.library.find import Query, count, find
from selon.library.person_account import who
from selon.library.store import Library
from selon.records import Article

TEXTS = (
    "« Le pont ouvrira lundi », a déclaré Odile Vasseur. Odile Vasseur est la maire de Brénac.",
    "« Le pont est une folie », a dit l'épouse d'Odile Vasseur. Odile Vasseur n'a rien ajouté.",
    "« Le pont est trop cher », regrette l'entourage d'Odile Vasseur.",
    "« Le pont est à nous », ont écrit Odile Vasseur et Basile Ortéga. Basile Ortéga est élu.",
    "« Le pont tiendra », assure un proche d'Odile Vasseur.",
    "« Le pont attendra », a dit le maire de Lurcy.",
    "« Le pont est solide », a dit un adjoint de Gaston Meunier.",
)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    path: Path = tmp_path_factory.mktemp("bearers") / "a.db"
    articles = [
        Article(f"a{n}", f"Titre\n\n{text}", language="fr", published=f"2026-03-0{n + 1}")
        for n, text in enumerate(TEXTS)
    ]
    with Library(path, create=True) as opened:
        add.add(opened, articles, read_many, runs.Maker("0", "test"))
        yield opened


def speakers(library: Library, speaker: str, words: str | None = None) -> set[str]:
    found = {row["speaker"] for row in find(library.connection, Query(words, speaker, limit=None))}
    assert count(library.connection, Query(words, speaker)) >= len(found)
    return found


@pytest.mark.parametrize("name", ["Odile Vasseur", "odile vasseur", "Vasseur"])
def test_a_persons_name_finds_who_bears_it(library: Library, name: str) -> None:
    found = speakers(library, speaker=name)
    assert "Odile Vasseur" in found
    # Who speaks with her is one of those who speak.
    assert "Odile Vasseur et Basile Ortéga" in found
    assert found <= {"Odile Vasseur", "Odile Vasseur et Basile Ortéga"}


def test_everything_she_said_on_a_word_is_hers(library: Library) -> None:
    assert speakers(library, speaker="Odile Vasseur", words="folie") == set()
    assert speakers(library, speaker="Odile Vasseur", words="ouvrira") == {"Odile Vasseur"}
    # What others say of her still names her.
    assert {row["name"] for row in who(library.connection, "Odile Vasseur")} <= {
        "Odile Vasseur",
        "Odile Vasseur et Basile Ortéga",
    }


def test_a_description_is_found_by_its_own_words(library: Library) -> None:
    assert speakers(library, speaker="épouse") == {"l'épouse d'Odile Vasseur"}
    assert speakers(library, speaker="l'épouse d'Odile Vasseur") == {"l'épouse d'Odile Vasseur"}
    assert speakers(library, speaker="maire de Lurcy") == {"le maire de Lurcy"}


def test_a_full_name_that_nobody_bears_finds_nobody(library: Library) -> None:
    assert speakers(library, speaker="Gaston Meunier") == set()
    assert speakers(library, speaker="adjoint") == {"un adjoint de Gaston Meunier"}
    assert bearers(library.connection, "«»") == Bearers()
    assert bearers(library.connection, "") == Bearers()


def test_whom_only_a_reviewer_named_is_found(tmp_path: Path) -> None:
    with Library(tmp_path / "a.db", create=True) as library:
        article = Article("a", f"Titre\n\n{TEXTS[0]}", language="fr", published="2026-03-01")
        add.add(library, [article], read_many, runs.Maker("0", "test"))
        (row,) = find(library.connection, Query())
        judge.speaker(library, row["id"], judge.person(library, "Rose Ortis"), "ana")
        assert speakers(library, speaker="Rose Ortis") == {"Rose Ortis"}
        assert speakers(library, speaker="Odile Vasseur") == set()
