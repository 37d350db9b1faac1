"""The network: each edge stands for what the search finds; merged people are one; who is near whom."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from library_made import article, reader
from selon.library import add, judge, network
from selon.library.find import Query, count
from selon.library.store import Library

QUERIES = (
    Query(),
    Query(outlet="A"),
    Query("école"),
    Query(since="2026-03-05"),
    Query(via="Mediapluie"),
)


@pytest.fixture
def library(tmp_path: Path) -> Library:
    made = Library(tmp_path / "x.db", create=True)
    told = [article(n, outlet="B" if n > 4 else "A") for n in range(1, 8)]
    more = article(9, "« Basile Ortéga a tort sur tout », a dit Zélie Coeurdeloup à Flore Tardieu.")
    add.add(made, [*told, more], reader)
    return made


@pytest.mark.parametrize("tie", network.TIES)
@pytest.mark.parametrize("query", QUERIES, ids=str)
def test_an_edge_stands_for_what_the_search_finds(library: Library, tie: str, query: Query) -> None:
    with library:
        found = network.visible_network(
            library.connection, network.ends(library.connection, tie, query), min_count=1
        )
        asks = {node.key: node.asks for node in found.nodes}
        source, target = network.TIES[tie]
        for edge in found.edges:
            ends = {source: asks[edge.source], target: asks[edge.target]}
            assert edge.n == count(library.connection, replace(query, **ends))
        assert found.edges or tie == "of" or query.outlet == "B"


def test_who_is_merged_is_one_node_and_speaks_not_to_themselves(library: Library) -> None:
    with library:
        connection = library.connection
        before = network.ends(connection, "to", Query())
        assert len(before.n) == 2
        keys = [judge.person(library, n)["key"] for n in ("Flore Tardieu", "Basile Ortéga")]
        uid = judge.merge(library, *keys, by="test")
        merged = network.ends(connection, "to", Query())
        assert list(merged.n) == [sum(before.n)]
        zelie = judge.person(library, "Zélie Coeurdeloup")["key"]
        judge.merge(library, zelie, keys[1], "test")
        assert list(network.ends(connection, "to", Query()).n) == []
        judge.undo(library, uid, "test")


def test_what_is_rejected_makes_no_edge(library: Library) -> None:
    with library:
        before = sum(network.ends(library.connection, "to", Query()).n)
        number = library.connection.execute(
            "select statement_id from party where role = 'addressee' limit 1"
        ).fetchone()[0]
        judge.reject(library, number, "test")
        assert sum(network.ends(library.connection, "to", Query()).n) == before - 1


def test_the_neighbours_of_one(library: Library) -> None:
    with library:
        connection = library.connection
        ends = network.ends(connection, "quotes", Query())
        (zelie,) = network.find_nodes(connection, ends, "Zélie Coeurdeloup")
        near = network.visible_network(connection, ends, centre=zelie)
        assert near.near == zelie
        assert {n.name for n in near.nodes} == {
            "Zélie Coeurdeloup",
            "A",
            "B",
            "La Gazette de Brénac",
        }
        far = network.visible_network(connection, ends, centre=zelie, depth=2)
        assert {n.name for n in far.nodes} > {n.name for n in near.nodes}
        (outlet,) = network.find_nodes(connection, ends, "A")
        assert outlet < 0
        assert network.find_nodes(connection, ends, "Nobody Atall") == []


def test_the_weak_are_left_out_first(library: Library) -> None:
    with library:
        connection = library.connection
        ends = network.ends(connection, "quotes", Query())
        strong = network.visible_network(connection, ends, min_count=4)
        assert {e.n for e in strong.edges} == {4}
        assert (strong.all_nodes, strong.all_edges) == (5, len(ends.n))
        few = network.visible_network(connection, ends, min_count=1, max_nodes=2)
        assert (len(few.nodes), few.edges[0].n) == (2, 4)


def test_the_days_behind_an_edge(library: Library) -> None:
    with library:
        connection = library.connection
        ends = network.ends(connection, "quotes", Query(outlet="B"))
        found = network.visible_network(connection, ends)
        told = network.days(connection, "quotes", Query(outlet="B"), found)
        assert set().union(*told.values()) == {f"2026-03-0{n + 1}" for n in (5, 6, 7)}
        assert set(told) == {(e.source, e.target) for e in found.edges}


def test_only_one_kind(library: Library) -> None:
    with library:
        connection = library.connection
        ends = network.ends(connection, "relays", Query())
        assert len(network.only(connection, ends, "person").n) == 0
        quotes = network.ends(connection, "quotes", Query())
        people = network.only(connection, quotes, "person")
        # Outlets are not entities, and stay.
        assert list(people.n) == list(quotes.n)
        assert len(network.only(connection, quotes, "place").n) == 0
