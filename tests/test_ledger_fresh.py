"""What was added last waits beside the large index of a library, and nothing is lost on its way."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from selon.library.store import Library
from selon.reuse import tables
from selon.reuse.matching import Matching
from selon.reuse.reused_quotes import folded_words
from selon.reuse.store import ReuseStore
from test_ledger_shelf import BODIES, BRIDGE, put

NUMBERS = tuple(BODIES)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library(tmp_path / "press.db", create=True) as library:
        yield library


def links(library: Library) -> set[tuple[int, int]]:
    return {(r[0], r[1]) for r in library.connection.execute("select a, b from kin")}


def counted(library: Library) -> tuple[int, int]:
    """Statements that wait, and entries of the large index."""
    one, two = (
        library.connection.execute(f"select count(*) from {table}").fetchone()[0]
        for table in ("fresh", "shingle")
    )
    return one, two


@pytest.mark.parametrize("most", [1, 2, 3, 100])
def test_links_are_the_same_however_often_the_index_takes_up(library: Library, most: int) -> None:
    shelf = ReuseStore(library)
    matching = Matching(library.connection, shelf.current)
    put(library, *NUMBERS)
    for statement in tables.pending(library.connection, tables.WORDS):
        with library.transaction():
            matching.compare([statement])
            matching.settle(most)
    found = links(library)
    # One commonplace less, of Basile Ortéga about a train: the five others are near each other.
    assert len(found) >= 4
    with library.transaction() as connection:
        tables.drop(connection)
    ReuseStore(library).update()
    assert links(library) == found


def test_the_index_takes_up_what_waits(library: Library) -> None:
    shelf = ReuseStore(library)
    put(library, *NUMBERS)
    shelf.update()
    assert counted(library) == (len(BODIES), 0)
    matching = Matching(library.connection, shelf.current)
    words = folded_words(BRIDGE, "fr")
    near = matching.near(words, "fr")
    with library.transaction():
        assert matching.settle(1)
        assert not matching.settle(1)
    waiting, entries = counted(library)
    assert waiting == 0
    assert entries > 30
    assert matching.near(words, "fr") == near
    assert len(near) >= 4


def test_a_statement_compared_again_is_once_in_the_index(library: Library) -> None:
    shelf = ReuseStore(library)
    matching = Matching(library.connection, shelf.current)
    put(library, *NUMBERS)
    shelf.update()
    before = links(library)
    for settled in (False, True):
        with library.transaction():
            if settled:
                matching.settle(1)
            matching.compare([1])
        assert links(library) == before
        shingled = library.connection.execute(
            "select count(*) from shingle where statement_id = 1"
        ).fetchone()[0]
        assert shingled == 0
    assert counted(library)[0] == 1


def test_one_process_sees_what_another_added_and_took_up(library: Library) -> None:
    shelf = ReuseStore(library)
    matching = Matching(library.connection, shelf.current)
    words = folded_words(BRIDGE, "fr")
    assert matching.near(words, "fr") == {}
    with Library(library.path) as other:
        put(other, 1, 2)
        ReuseStore(other).update()
        seen = matching.near(words, "fr")
        assert len(seen) == 2
        with other.transaction():
            Matching(other.connection, shelf.current).settle(1)
        assert matching.near(words, "fr") == seen


def test_a_deleted_statement_is_not_near(library: Library) -> None:
    shelf = ReuseStore(library)
    matching = Matching(library.connection, shelf.current)
    put(library, 1, 2)
    shelf.update()
    assert set(matching.near(folded_words(BRIDGE, "fr"), "fr")) == {1, 2}
    with library.transaction() as connection:
        connection.execute("delete from party where statement_id = 2")
        connection.execute("delete from statement where id = 2")
    assert set(matching.near(folded_words(BRIDGE, "fr"), "fr")) == {1}


def test_what_is_computed_is_written_without_waiting_and_the_rest_is_not(library: Library) -> None:
    def setting(name: str) -> int:
        return int(library.connection.execute(f"pragma {name}").fetchone()[0])

    names = ("synchronous", "wal_autocheckpoint")
    before = [setting(n) for n in names]
    with tables.fast_commits(library.connection):
        assert setting("synchronous") == 1
    assert [setting(n) for n in names] == before
    assert setting("synchronous") == 2
