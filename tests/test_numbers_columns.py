"""Rows come whole and in their order as long strings; words are counted as one by one."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from numbers_made import facts, filled
from selon.cli import main
from selon.library.find import Query
from selon.library.store import Library
from selon.numbers import bulk
from selon.numbers.columns import count_words
from selon.numbers.cross import cross
from selon.numbers.differences import differences_of_facts
from selon.numbers.facts import DIMENSIONS, gather

WHOLE = st.integers(-(2**63) + 1, 2**63 - 1)
# Separators, nothing, empty words and signs of several bytes among the texts.
TEXTS = st.one_of(st.none(), st.text("ab,\x1fé🜁\n", max_size=4))


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.one_of(st.none(), WHOLE), TEXTS, TEXTS), max_size=12))
def test_rows_come_as_they_lie(rows: list[tuple[int | None, str | None, str | None]]) -> None:
    base = sqlite3.connect(":memory:")
    base.execute("create table one (id integer primary key, n integer, t text, u text)")
    base.executemany("insert into one (n, t, u) values (?, ?, ?)", rows)
    asked = bulk.Rows("one", "id", "id <> ? or id > 100", (2,))
    right = [row for place, row in enumerate(rows, 1) if place != 2]
    for step in (3, 250):
        chunks = list(bulk.read(base, asked, ("n", "id"), ("t", "u"), step=step))
        got = [
            row
            for chunk in chunks
            for row in zip(chunk.numbers[0].tolist(), chunk.texts(0), chunk.texts(1), strict=True)
        ]
        assert got == [(-1 if n is None else n, t, u) for n, t, u in right]
        assert all(len(chunk.numbers[0]) <= step for chunk in chunks)
    numbers, codes, books = bulk.read_coded(base, asked, ("n",), ("t",))
    assert [books[0][code] for code in codes[0].tolist()] == [t for _n, t, _u in right]
    assert len(numbers[0]) == len(right)


@settings(deadline=None, max_examples=100)
@given(st.lists(st.one_of(st.text(), st.text("aé_-'’ 1²٣文🜁\u0301", max_size=20)), min_size=1))
def test_words_are_counted_as_one_by_one(texts: list[str]) -> None:
    plain = [text.replace(bulk.PART, " ") for text in texts]
    right = [len(re.findall(r"[^\W_]+", text)) for text in plain]
    assert count_words(bulk.PART.join(plain)).tolist() == right


def test_a_content_with_the_separator_counts_its_words(tmp_path: Path) -> None:
    with filled(tmp_path / "a.db") as library:
        before = gather(library.connection, ("form",), words=True).words.tolist()
        library.connection.execute("update statement set content = 'un\x1fdeux trois' where id = 2")
        after = gather(library.connection, ("form",), words=True).words.tolist()
    assert after == [before[0], 3, *before[2:]]


def test_places_among_sorted_numbers() -> None:
    some = np.array([2, 5, 9])
    assert bulk.places(some, np.array([9, 1, 5, 10])).tolist() == [2, -1, 1, -1]
    assert bulk.places(some[:0], some).tolist() == [-1, -1, -1]


def test_what_is_read_is_of_one_state(tmp_path: Path) -> None:
    with filled(tmp_path / "a.db") as library, Library(tmp_path / "a.db") as other:
        with bulk.snapshot(library.connection):
            before = cross(library.connection, ("form",)).total.unknown[0].of
            other.connection.execute("update statement set verdict = 'rejected' where id = 1")
            assert cross(library.connection, ("form",)).total.unknown[0].of == before
        assert cross(library.connection, ("form",)).total.unknown[0].of == before - 1
        # A transaction of the caller stays theirs.
        with library.transaction():
            cross(library.connection, ("form",))
            library.connection.execute("update statement set verdict = null where id = 1")
        assert cross(library.connection, ("form",)).total.unknown[0].of == before


def test_indexes_and_the_table_itself_tell_the_same(tmp_path: Path) -> None:
    dimensions = [name for name in DIMENSIONS if name != "verb"]
    asked = (Query(), Query(outlet="La Gazette"), Query(words="phrase", form="direct"), Query("?"))
    with filled(tmp_path / "a.db", 2) as library:
        connection = library.connection
        connection.execute("update statement set speaker_id = null where id in (2, 5)")
        connection.execute("update statement set verdict = 'accepted' where id in (3, 4)")
        indexed = [gather(connection, dimensions, query) for query in asked]
        connection.execute("drop index statement_facets")
        for one, query in zip(indexed, asked, strict=True):
            other = gather(connection, dimensions, query)
            assert one.statement.tolist() == other.statement.tolist()
            assert one.article.tolist() == other.article.tolist()
            assert (one.lead.tolist(), one.again.tolist()) == (
                other.lead.tolist(),
                other.again.tolist(),
            )
            assert one.person.tolist() == other.person.tolist()
            for name in dimensions:
                assert one.columns[name].values == other.columns[name].values, name
                assert one.columns[name].codes.tolist() == other.columns[name].codes.tolist(), name
    # A library, a part of it, a search, and nothing.
    assert [len(one) > 0 for one in indexed] == [True, True, True, False]
    assert indexed[0].again.sum() == 6


def test_merged_people_and_namesakes_have_one_name_each(tmp_path: Path) -> None:
    with filled(tmp_path / "a.db") as library:
        ana, bruno = (
            library.connection.execute("select id from entity where name = ?", (name,)).fetchone()[
                0
            ]
            for name in ("Ana Lissac", "Bruno Tard")
        )
        library.connection.execute("update entity set name = 'Ana Lissac' where id = ?", (bruno,))
        column = gather(library.connection, ("speaker",)).columns["speaker"]
        assert {f"Ana Lissac (@{ana})", f"Ana Lissac (@{bruno})"} < set(column.values)
        library.connection.execute("update entity set same_as = ? where id = ?", (ana, bruno))
        column = gather(library.connection, ("speaker",)).columns["speaker"]
        assert "Ana Lissac" in column.values
        assert sum(column.codes == column.values.index("Ana Lissac")) == 8


def test_articles_of_a_difference_are_those_of_both_groups() -> None:
    rows = [(0, 0, 0), (0, 1, 1), (1, 0, 1), (2, 1, 0), (3, 1, 1), (4, 2, -1), (5, 2, 0), (6, 2, 1)]
    found = differences_of_facts(facts(rows * 3), ("gender",), ("outlet",), value=("female",))
    # « c » has two articles that tell anything; the six of all three are told for each.
    assert {d.one[0]: d.articles for d in found} == {"a": 6, "b": 6, "c": 6}


def test_dimensions_may_be_parted_by_commas(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    filled(tmp_path / "selon.db").close()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SELON_LANG", "en")
    told = []
    for by in (["outlet,month"], ["outlet", "month"], ["outlet,", "month"]):
        assert main(["stats", "gender", "--by", *by, "--format", "csv"]) == 0
        told.append(capsys.readouterr().out)
    assert told[0] == told[1] == told[2]
    assert told[0].startswith("outlet,month,gender,")
    assert main(["sample", "6", "--stratify", "outlet,form", "-o", "coding.csv"]) == 0
    assert "La Gazette · direct" in Path("coding.csv").read_text("utf-8")
