"""A library's ledger, compared, for the tests that ask it; each says its `path`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from selon.library.store import Library
from selon.reuse.store import ReuseStore


@pytest.fixture
def shelf(path: Path) -> Iterator[ReuseStore]:
    with Library(path) as library:
        shelf = ReuseStore(library)
        shelf.update()
        yield shelf
