"""Finding, accounts and counts."""

from __future__ import annotations

import random
import sqlite3
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from library_made import article, reader
from selon.errors import SelonError
from selon.library import add, judge, runs
from selon.library.find import Query, count, find, match
from selon.library.person_account import who
from selon.library.stats import stats, wilson
from selon.library.store import Library

MAKER = runs.Maker("0", "test")


@pytest.fixture
def library(tmp_path: Path):  # type: ignore[no-untyped-def]
    with Library(tmp_path / "a.db", create=True) as opened:
        items = [article(n) for n in range(4)]
        items.append(
            article(
                9,
                "« Non », a dit Anna Lissac. Le ministère se tait.",
                outlet="Le Fanal",
                published="2026-05-02",
            )
        )
        add.add(opened, items, reader, MAKER)
        yield opened


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (Query("coeur"), 4),
        (Query("cœur bat"), 4),
        (Query('"ville n° 2"'), 1),
        (Query("rouvr*"), 4),
        (Query("ministere"), 1),
        (Query("absent"), 0),
        (Query("«»"), 0),
        (Query('" OR 1 NEAR('), 0),
        (Query(speaker="@99999999999999999999"), 0),
        (Query(speaker="@²"), 0),
        (Query(speaker="Ortega"), 4),
        (Query(speaker="zelie cœurdeloup"), 4),
        (Query(addressee="Basile Ortéga"), 4),
        (Query(via="Mediapluie"), 4),
        (Query(speaker="Mediapluie"), 0),
        (Query(outlet="Le Fanal"), 1),
        (Query(voice="quoted"), 9),
        (Query(form="indirect"), 0),
        (Query(since="2026-05"), 1),
        (Query(until="2026-03-02"), 4),
        (Query("école", speaker="Ortéga"), 0),
        (Query(), 9),
    ],
)
def test_find(library: Library, query: Query, expected: int) -> None:
    assert len(list(find(library.connection, query))) == expected
    assert count(library.connection, query) == expected


def test_newest_first_and_limited(library: Library) -> None:
    rows = list(find(library.connection, Query(limit=2)))
    assert [r["published"] for r in rows] == ["2026-05-02", "2026-03-04"]


def test_a_bad_date_is_refused(library: Library) -> None:
    with pytest.raises(SelonError, match="hier"):
        list(find(library.connection, Query(since="hier")))


@given(st.text())
def test_no_words_break_the_search(words: str) -> None:
    connection = sqlite3.connect(":memory:")
    connection.execute("create virtual table t using fts5(content, context)")
    terms = match(words)
    if terms:
        clean = "{content context} : (" + terms + ")"
        connection.execute("select * from t where t match ?", (clean,))
    connection.close()


def test_who(library: Library) -> None:
    (account,) = who(library.connection, "Ortéga")
    assert account["name"] == "Basile Ortéga"
    assert account["counts"] == {"speaker": 4, "addressee": 4, "via": 0, "about": 0}
    assert (account["first"], account["last"]) == ("2026-03-01", "2026-03-04")
    assert account["outlets"] == [("La Gazette de Brénac", 4)]
    (zelie,) = who(library.connection, "Coeurdeloup")
    assert zelie["relays"] == [("Mediapluie", 4)]
    assert zelie["gender"] == "female"
    assert who(library.connection, "Personne") == []


def test_stats_show_n_and_the_unknown(library: Library) -> None:
    table = stats(library.connection, "gender")
    assert [(line.value, line.published.n, line.published.of) for line in table.lines] == [
        ("female", 2, 3),
        ("male", 1, 3),
    ]
    assert (table.unknown.published.n, table.unknown.published.of) == (0, 3)
    outlets = stats(library.connection, "outlet", Query(speaker="Lissac"))
    assert [(line.value, line.published.n) for line in outlets.lines] == [("Le Fanal", 1)]
    with pytest.raises(SelonError, match="couleur"):
        stats(library.connection, "couleur")


@pytest.mark.parametrize("copies", [1, 4])
def test_wire_copy_counts_once(tmp_path: Path, copies: int) -> None:
    body = " ".join(f"mot{n} de la dépêche{n % 7}" for n in range(60))
    body += " « Oui », a dit Anna Lissac. « Oui », a dit Anna Lissac. « Non », a dit Zoé Marin."
    items = [
        article(n, f"VILLE{n}. {body}", outlet=f"Journal {n}", url=f"https://j.example/{n}")
        for n in range(copies)
    ]
    with Library(tmp_path / "a.db", create=True) as library:
        add.add(library, [*items, article(99)], reader, MAKER)
        table = stats(library.connection, "speaker")
    published = {line.value: line.published.n for line in table.lines}
    independent = {line.value: line.independent.n for line in table.lines}
    assert published["Anna Lissac"] == 2 * copies
    assert published["Zoé Marin"] == copies
    assert independent == {
        "Anna Lissac": 2,
        "Zoé Marin": 1,
        "Zélie Coeurdeloup": 1,
        "Basile Ortéga": 1,
    }


@given(st.integers(1, 10_000), st.floats(0, 1))
def test_an_interval_holds_its_share(of: int, p: float) -> None:
    n = round(p * of)
    low, high = wilson(n, of)
    assert 0 <= low <= n / of <= high <= 1


def test_intervals_cover_the_truth() -> None:
    chance = random.Random(1)
    for truth, size in ((0.3, 60), (0.08, 200), (0.5, 30)):
        covered = 0
        for _ in range(600):
            n = sum(chance.random() < truth for _ in range(size))
            low, high = wilson(n, size)
            covered += low <= truth <= high
        assert covered / 600 >= 0.93


def test_merged_people_are_found_together(library: Library) -> None:
    connection = library.connection
    keys = {r["name"]: r["key"] for r in connection.execute("select name, key from entity")}
    uid = judge.merge(library, keys["Anna Lissac"], keys["Basile Ortéga"], "ana")
    assert count(connection, Query(speaker="Lissac")) == 5
    assert {r["speaker"] for r in find(connection, Query(speaker="Lissac"))} == {"Basile Ortéga"}
    judge.undo(library, uid, "ana")
    assert count(connection, Query(speaker="Lissac")) == 1
