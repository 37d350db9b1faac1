"""A library's ledger, compared, for the tests that ask it; each says its `path`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from selon.ledger.shelf import Shelf
from selon.library.store import Library


@pytest.fixture
def shelf(path: Path) -> Iterator[Shelf]:
    with Library(path) as library:
        shelf = Shelf(library)
        shelf.update()
        yield shelf
