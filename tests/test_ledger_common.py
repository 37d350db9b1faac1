"""Words that very many say: not all are compared, but the speaker asked for is never lost among them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ledger_made import shelf
from selon.library import add, runs
from selon.library.store import Library
from selon.records import Article, Entity, Judgement, Mention, Party, Reading, Span, Statement
from selon.reuse.lookup import ask
from selon.reuse.matching import MAX_COMPARED, nearest
from selon.reuse.store import ReuseStore
from selon.web.changed_words import changed_words

__all__ = ["shelf"]
MANY = 260
SAID = "Le pont de Brénac rouvrira lundi matin"


def _said(number: int, words: str, name: str, outlet: str = "La Gazette") -> Reading:
    text = f"« {words} », a dit {name}."
    inside = Span(2, 2 + len(words))
    who = Span(len(text) - 1 - len(name), len(text) - 1)
    key = f"c{number}#{inside.start}-{inside.end}"
    return Reading(
        Article(f"c{number}", text, "fr", "Le pont", outlet, f"2026-03-{4 + number % 20:02}"),
        (Statement(key, "direct", (inside,), (), Party((who,)), why=("test",)),),
        (Entity("e0", "person", name, (Mention(who, "name"),)),),
        judgements=(Judgement(f"{key}/speaker", "is", "e0", "test"),),
    )


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("common") / "a.db"
    others: Iterator[Reading] = (
        _said(n, f"{SAID}, numéro {n}", f"Zélie Coeurdeloup{'abcdefghij'[n % 10]}")
        for n in range(MANY)
    )
    hers = _said(MANY, f"{SAID}, je le jure", "Rose Ortis")
    his = _said(MANY + 1, "Le pont de Brénac rouvrira lundi soir", "Basile Ortéga")
    with Library(made, create=True) as library:
        add.load(library, [*others, hers, his], runs.Maker("test", ""))
    return made


@pytest.mark.parametrize(
    ("speaker", "verdict"), [("Rose Ortis", "verbatim"), ("Basile Ortéga", "altered")]
)
def test_the_speaker_asked_for_is_found_among_hundreds(
    shelf: ReuseStore, speaker: str, verdict: str
) -> None:
    done = ask(shelf, SAID, "fr", speaker)
    (own,) = [f for f in done.findings if f.saying.speaker_name == speaker]
    assert (own.verdict, own.speaker) == (verdict, "same")


def test_where_many_say_them_only_the_nearest_are_compared(shelf: ReuseStore) -> None:
    done = ask(shelf, "Le pont de Brénac rouvrira lundi soir", "fr")
    assert done.verdict == "verbatim"
    assert done.findings[0].saying.speaker_name == "Basile Ortéga"
    assert len(done.findings) <= MAX_COMPARED


def test_the_nearest_have_most_of_the_words_in_their_order() -> None:
    mine = ("le", "pont", "rouvrira", "lundi")
    near = {
        1: (("le", "pont", "rouvrira"),),
        2: (("lundi", "rouvrira", "le", "pont"), ("pont",)),
        3: (("ici", "le", "pont", "rouvrira", "lundi"),),
        4: (("rien",), mine),
    }
    assert nearest(mine, near, 2) == [3, 4]
    assert nearest(mine, near, 3) == [3, 4, 1]
    assert set(nearest(mine, near, 4)) == {1, 2, 3, 4}


def test_which_words_each_outlet_changed(tmp_path: Path) -> None:
    told = "La digue haute de Brénac cédera cet hiver sous le poids de la crue"
    made = [
        _said(0, told, "Rose Ortis"),
        _said(1, told.upper(), "Rose Ortis", "L’Écho"),
        _said(2, told.replace("cédera", "cédera peut-être"), "Rose Ortis", "Le Phare"),
        _said(3, "Le marché rouvrira au printemps avec trente étals", "Flore Tardieu"),
    ]
    with Library(tmp_path / "b.db", create=True) as library:
        add.load(library, made, runs.Maker("test", ""))
        ReuseStore(library).update()
        ids = [r[0] for r in library.connection.execute("select id from statement")]
        (one,) = changed_words(library, ids)
        assert changed_words(library, [i for i in ids if i != one["id"]])[0]["outlets"] == 2
        assert changed_words(library, []) == []
    assert (one["words"], one["outlet"], one["outlets"]) == (told, "La Gazette", 3)
    # In capitals it is the same words: nothing was changed.
    (other,) = one["others"]
    assert other["outlet"] == "Le Phare"
    assert [words for kind, words in other["diff"] if kind == "come"] == ["peut-être"]
