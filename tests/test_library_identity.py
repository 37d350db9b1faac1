"""Across articles: who is tied by evidence, who is not, and that a person has the last word."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from selon.library import add, identity, judge, runs
from selon.library.store import Library
from selon.names import is_full
from selon.records import Article, Entity, Mention, Party, Reading, Span, Statement

MAKER = runs.Maker("0", "test")


def reading(n: int, name: str, *roles: str, kb: str | None = None) -> Reading:
    """An article in which somebody of that name and those roles speaks."""
    text = f"« Nous viendrons demain », a dit {name}."
    span = Span(text.index(name), text.index(name) + len(name))
    entity = Entity("e1", "person", name, (Mention(span, "name"),), roles, kb=kb)
    statement = Statement(f"a{n}#2-21", "direct", (Span(2, 21),), (), Party((span,)))
    return Reading(Article(f"a{n}", text, "fr", published="2026-03-01"), (statement,), (entity,))


def filled(path: Path, *readings: Reading) -> Library:
    library = Library(path, create=True)
    add.load(library, readings, MAKER)
    return library


def ties(library: Library) -> list[sqlite3.Row]:
    return library.connection.execute(
        "select * from judgement where relation = 'same as' order by id"
    ).fetchall()


def heads(library: Library) -> int:
    return int(
        library.connection.execute("select count(*) from entity where same_as is null").fetchone()[
            0
        ]
    )


def test_a_name_in_two_spellings_and_one_office(tmp_path: Path) -> None:
    with filled(
        tmp_path / "a.db",
        reading(1, "Gabi Achkénazi", "ministre de la Défense", kb="Q9"),
        reading(2, "Gabi Ashkenazi", "ministre de la Défense"),
    ) as library:
        (tie,) = ties(library)
        assert tie["by"] == identity.identity.BY_NAME_AND_ROLE
        assert tie["object"] == "entity:kb:Q9"
        evidence = json.loads(tie["anchor"])
        assert evidence["score"] > 0.9
        assert evidence["names"] == ["Gabi Ashkenazi", "Gabi Achkénazi"]
        assert heads(library) == 1


def test_without_evidence_two_stay_two(tmp_path: Path) -> None:
    with filled(
        tmp_path / "a.db",
        reading(1, "Ana Roux", "préfète de la Creuse", kb="Q1"),
        reading(2, "Ana Roux", "préfète de la Creuse", kb="Q2"),
        reading(3, "Jean Moreau", "maire de Brénac"),
        reading(4, "Jean Moreaux", "juge"),
    ) as library:
        assert not ties(library)
        assert heads(library) == 4


def test_a_surname_alone_is_somebody_of_one_article(tmp_path: Path) -> None:
    with filled(
        tmp_path / "a.db",
        reading(1, "Roux", "ministre de la Défense"),
        reading(2, "Roux", "ministre de la Défense"),
        reading(3, "Ana Roux", "ministre de la Défense"),
    ) as library:
        assert not ties(library)
        assert heads(library) == 3


def test_an_undone_tie_is_not_made_again(tmp_path: Path) -> None:
    one = reading(1, "Gabi Achkénazi", "ministre de la Défense", kb="Q9")
    two = reading(2, "Gabi Ashkenazi", "ministre de la Défense")
    with filled(tmp_path / "a.db", one, two) as library:
        judge.undo(library, ties(library)[0]["uid"], "ana")
        assert heads(library) == 2
        assert identity.link(library) == 0
        assert heads(library) == 2


def test_the_order_and_the_batches_change_nothing(tmp_path: Path) -> None:
    many = [
        reading(1, "Gabi Achkénazi", "ministre de la Défense", kb="Q9"),
        reading(2, "Gabi Ashkenazi", "ministre de la Défense"),
        reading(3, "Robert S. Trunk", "maire de Louisville"),
        reading(4, "Robert Trunk", "maire de Louisville"),
    ]
    with filled(tmp_path / "a.db", *many) as library:
        whole = {frozenset((t["subject"], t["object"])) for t in ties(library)}
    with Library(tmp_path / "b.db", create=True) as library:
        for one in reversed(many):
            add.load(library, [one], MAKER)
        assert {frozenset((t["subject"], t["object"])) for t in ties(library)} == whole
        assert heads(library) == 2


def test_a_former_library_is_asked_once_for_all(tmp_path: Path) -> None:
    with filled(tmp_path / "a.db", reading(1, "Ana Roux", "préfète")) as library:
        library.connection.execute("update entity set sound = null")
        identity.link(library)
        assert library.connection.execute("select sound from entity").fetchone()[0]


def test_one_with_an_id_is_known_by_all_its_names(tmp_path: Path) -> None:
    many = [
        reading(1, "Robert John Trunk", "maire de Louisville", kb="Q7"),
        reading(2, "Robert Trunk", "maire de Louisville", kb="Q7"),
        reading(3, "Robert Trunk"),
        reading(4, "Ana Trunk"),
    ]
    with filled(tmp_path / "a.db", *many) as library:
        (tie,) = ties(library)
        assert (tie["subject"], tie["object"]) == ("entity:person:robert trunk", "entity:kb:Q7")
        assert heads(library) == 2
    for n, order in enumerate((many[::-1], [many[2], many[0], many[3], many[1]])):
        with Library(tmp_path / f"b{n}.db", create=True) as library:
            for one in order:
                add.load(library, [one], MAKER)
            assert heads(library) == 2
            assert identity.link(library) == 0


def test_an_article_before_a_bodys_name_makes_no_other() -> None:
    assert identity.sound_key("L’Opinion", "media") == identity.sound_key("Opinion", "media")
    assert identity.sound_key("La Gazette", "media") == identity.sound_key("la Gazette", "media")
    assert identity.sound_key("Le", "media") != identity.sound_key("La", "media")


def test_a_surname_of_unknown_type_is_nobodys(tmp_path: Path) -> None:
    with Library(tmp_path / "a.db", create=True) as library:
        for n in (1, 2):
            one = reading(n, "Trunk")
            entity = replace(one.entities[0], type="unknown", kind="person")
            add.load(library, [replace(one, entities=(entity,))], MAKER)
        assert heads(library) == 2


@pytest.mark.parametrize(
    "name",
    ["Ж", "Я Я", "L", "A. B.", "Sophie L.", "Anne Marie R.", "李", "محمد", "..", "\u202e", "🙂 🙂"],
)
def test_letters_and_initials_are_somebody_of_one_article(tmp_path: Path, name: str) -> None:
    with filled(tmp_path / "a.db", *(reading(n, name) for n in (1, 2))) as library:
        assert heads(library) == 2
        assert not ties(library)


def test_names_of_another_alphabet(tmp_path: Path) -> None:
    same = ("Мария Рубцова", "Maria Rubtsova", "Maria Roubtsova")
    two = ("حسن علي", "حسين علي", "Hasan Ali", "Hussein Ali")
    with filled(tmp_path / "a.db", *map(reading, range(7), same + two)) as library:
        rows = library.connection.execute("select name, coalesce(same_as, id) from entity")
        shown = dict(rows.fetchall())
    assert len({shown[n] for n in same}) == 1
    assert len({shown[n] for n in two}) == 4


def test_one_letter_beside_a_name_is_a_king_or_an_initial() -> None:
    full = ("Charles X", "Hassan II", "Robert S. Trunk", "U Thant")
    assert all(map(is_full, full))
    assert not any(map(is_full, ("Sophie X.", "Sophie L", "Trunk", "R. T.", "", "—")))


def test_what_a_stopped_run_left_is_tied_by_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Library(tmp_path / "a.db", create=True) as library:
        with monkeypatch.context() as stopped:
            stopped.setattr(identity, "link", lambda *_: 0)
            add.load(library, [reading(1, "Gabi Achkénazi"), reading(2, "Gabi Ashkenazi")], MAKER)
        assert heads(library) == 2
        add.load(library, [reading(3, "Ana Trunk")], MAKER)
        assert heads(library) == 2
