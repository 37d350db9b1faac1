"""Words that stand in a library, however few, compared or not, in a statement or in none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ledger_made import shelf
from library_made import article, reader
from selon.cli import main
from selon.library import add, runs
from selon.library.store import Library
from selon.reuse import text_search
from selon.reuse.lookup import ask
from selon.reuse.store import ReuseStore

__all__ = ["shelf"]

BODIES = {
    1: "« Je pars », a dit Odile Ferrandier.",
    2: "« Je ne pars pas », a dit Odile Ferrandier.",
    3: "« L’État paiera », a dit Basile Ortéga.",
    4: "Le pain coûtait alors trois francs la miche à Brézons. Personne ne s’en plaignait.",
    5: "« Le pont de Sarlande pourrait fermer dès le mois de mars », a dit Basile Ortéga.",
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "press.db"
    with Library(file, create=True) as library:
        articles = (article(n, BODIES[n], published=f"2026-03-0{n}") for n in BODIES)
        add.add(library, articles, reader, runs.Maker("0", "test"))
    return file


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("Je ne pars pas", BODIES[2]),
        ("Je pars", BODIES[1]),
        ("L’État paiera", BODIES[3]),
        ("l'etat paiera", BODIES[3]),
    ],
)
def test_a_few_words_are_found_where_they_stand(shelf: ReuseStore, asked: str, found: str) -> None:
    done = ask(shelf, asked)
    verbatim = [f for f in done.findings if f.verdict == "verbatim"]
    assert done.verdict == "verbatim"
    assert [f.saying.words in found for f in verbatim] == [True]


@pytest.mark.parametrize("asked", ["Je pars demain", "Je reste", "La France paiera"])
def test_what_does_not_stand_there_is_not_verbatim(shelf: ReuseStore, asked: str) -> None:
    assert ask(shelf, asked).verdict != "verbatim"


def test_another_is_said_to_have_said_a_few_words(shelf: ReuseStore) -> None:
    done = ask(shelf, "Je ne pars pas", speaker="Basile Ortéga")
    assert done.verdict == "attributed to another"


def test_words_too_common_are_told_so(shelf: ReuseStore, monkeypatch: pytest.MonkeyPatch) -> None:
    done = ask(shelf, "pas")
    assert (done.verdict, done.findings) == ("too common to tell", ())
    assert done.articles("too common to tell") == 1
    monkeypatch.setattr(text_search, "MANY_ARTICLES", 0)
    assert ask(shelf, "Je pars").verdict == "too common to tell"


def test_what_stands_in_an_article_and_in_no_statement_is_found(shelf: ReuseStore) -> None:
    done = ask(shelf, "Le pain coutait alors trois francs la miche")
    (found,) = done.passages
    assert (done.verdict, found.verdict, found.saying.id) == ("verbatim", "verbatim", "")
    assert found.saying.words.startswith("Le pain coûtait")
    other = ask(shelf, "Le pain coûtait alors deux francs la miche à Brézons", speaker="Ana Ruiz")
    assert [f.speaker for f in other.passages] == ["not told"]
    assert "verbatim" not in {f.verdict for f in other.passages}


@pytest.mark.parametrize(
    "asked", ["Le pont de Sarlande pourrait fermer dès le mois de mars", "Je ne pars pas"]
)
def test_what_was_not_compared_is_found_in_a_library_for_reading_only(
    path: Path, asked: str
) -> None:
    with Library(path, read_only=True) as library:
        found = ReuseStore(library)
        assert found.waiting() > 0
        assert ask(found, asked).verdict == "verbatim"
    with Library(path) as library:
        ReuseStore(library)  # tables made, all statements waiting
    with Library(path, read_only=True) as library:
        done = ask(ReuseStore(library), "Le pont de Sarlande va fermer dès le mois de mars")
        assert done.verdict == "altered"


@pytest.mark.parametrize("asked", ['"', "«»", "'", "* OR (", "\0", "NEAR(a b)", "x" * 3000, "%_%"])
def test_no_question_raises(shelf: ReuseStore, asked: str) -> None:
    assert ask(shelf, asked).verdict == "not found"


def test_the_command_tells_it(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = "Le pain coûtait alors trois francs la miche"
    assert main(["check", words, "--library", str(path)]) == 0
    assert "attributed to nobody" in capsys.readouterr().out
    assert main(["check", words, "--library", str(path), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["passages"][0]["statement"] is None
    assert told["passages"][0]["verdict"] == "verbatim"
