"""What a page asks of the library does not grow with it: SQLite goes from the few to the many."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

pytest.importorskip("litestar")

from selon.bench.library import readings
from selon.library import add, runs
from selon.library.store import Library
from selon.reuse import text_search
from selon.reuse.store import ReuseStore
from selon.web import statement_links

SMALL, LARGE = 20, 200


@pytest.fixture(scope="module")
def libraries(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("plans")
    made = []
    for articles in (SMALL, LARGE):
        path = folder / f"{articles}.db"
        with Library(path, create=True) as library:
            add.load(library, readings(articles), runs.Maker("test", ""))
            # The tables are there, and nothing is compared.
            ReuseStore(library)
        made.append(path)
    return made[0], made[1]


def _steps(path: Path, asks: Callable[[Library], object]) -> int:
    """How many steps of its own SQLite takes for a question, to the nearest ten."""
    count = 0

    def step() -> int:
        nonlocal count
        count += 10
        return 0

    with Library(path, read_only=True) as library:
        asks(library)
        library.connection.set_progress_handler(step, 10)
        asks(library)
        library.connection.set_progress_handler(None, 0)
    return count


def _ten_links(library: Library) -> object:
    ids = library.connection.execute("select id from statement order by id limit 10").fetchall()
    return statement_links.links(library, [row[0] for row in ids])


def _long_phrase(library: Library) -> object:
    return text_search.statements(library.connection, "des mots qui ne se suivent nulle part ici")


@pytest.mark.parametrize("asks", [_ten_links, _long_phrase])
def test_a_question_about_few_statements_costs_the_same_in_a_large_library(
    libraries: tuple[Path, Path], asks: Callable[[Library], object]
) -> None:
    small, large = (_steps(path, asks) for path in libraries)
    assert large <= 2 * small + 200
