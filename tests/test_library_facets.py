"""Facets: counts that agree with the search they describe."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from library_made import article, reader
from selon.library import add, facets, judge
from selon.library.find import Query, count, find
from selon.library.store import Library


@pytest.fixture
def library(tmp_path: Path) -> Library:
    made = Library(tmp_path / "x.db", create=True)
    add.add(made, [article(n, outlet="B" if n > 4 else "A") for n in range(1, 8)], reader)
    return made


SEARCHES = (
    Query(),
    Query("école"),
    Query(speaker="Ortéga"),
    Query(via="Mediapluie"),
    Query(outlet="B", form="direct"),
    Query(since="2026-03-03", until="2026-03-05"),
    Query("rien de tel"),
    Query("!?"),
)


@pytest.mark.parametrize("query", SEARCHES, ids=str)
def test_each_count_is_what_the_search_would_find(library: Library, query: Query) -> None:
    with library:
        found = facets.facets(library.connection, query)
        assert found.total == count(library.connection, query)
        for field in ("speaker", "outlet", "form", "voice", "stance"):
            for value in found.values[field]:
                narrowed = replace(query, **{field: value.value})
                if getattr(query, field) is None:
                    assert count(library.connection, narrowed) == value.count, (field, value)
        assert sum(m.count for m in found.values["month"]) == found.total


def test_the_index_and_the_list_of_words_agree(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    with library:
        few = [facets.facets(library.connection, q) for q in SEARCHES]
        monkeypatch.setattr(facets, "_few", lambda connection, query: True)
        assert [facets.facets(library.connection, q) for q in SEARCHES] == few
        monkeypatch.setattr(facets, "_few", lambda connection, query: False)
        assert [facets.facets(library.connection, q) for q in SEARCHES] == few


def test_what_is_rejected_is_not_counted_and_merged_people_count_as_one(library: Library) -> None:
    with library:
        before = facets.facets(library.connection, Query())
        first = next(find(library.connection, Query()))
        judge.reject(library, first["id"], "zoe")
        zelie = judge.person(library, "Zélie Coeurdeloup")["key"]
        judge.merge(library, judge.person(library, "Basile Ortéga")["key"], zelie, "zoe")
        after = facets.facets(library.connection, Query())
        assert after.total == before.total - 1
        assert [(v.name, v.count) for v in after.values["speaker"]] == [
            ("Zélie Coeurdeloup", after.total)
        ]


def test_pages_of_a_search_follow_each_other(library: Library) -> None:
    with library:
        whole = [r["id"] for r in find(library.connection, Query(limit=None))]
        pages = [
            [r["id"] for r in find(library.connection, Query(limit=4, offset=at))]
            for at in range(0, len(whole), 4)
        ]
        assert [row for page in pages for row in page] == whole
