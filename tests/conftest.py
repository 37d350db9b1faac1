"""What all tests share: the grammar for a reader, and the markers that `make test-fast` goes by."""

from __future__ import annotations

import os
from fnmatch import fnmatch
from typing import Final

import pytest

# Most tests are about what becomes of statements, not about how they are found: they read by the
# grammar, which loads in half the time. Tests of the learnt reader ask for it by name.
os.environ.setdefault("SELON_READER", "grammar")

# Who uses one of these fixtures drives a browser; axe is fetched from npm.
FIXTURES: Final = {
    "browser": frozenset({"browser", "chromium", "visit"}),
    "net": frozenset({"axe"}),
}
# Files and tests by what they take; a test may have its marker on itself as well (`pytest.mark.slow`).
PATTERNS: Final = {
    # Programs of their own: servers, workers, the command line in a process, killed writers.
    "process": (
        *("test_engines*", "test_room_load*", "test_room_described*", "test_room_api*"),
        *("test_mcp*", "test_loading*", "test_room_safety*", "test_watch*", "test_bench*"),
        *("test_cli*", "test_ingest_web*", "test_library_faults*"),
        "test_library_cli*",
        *("test_kb.py::test_a_killed_build*", "test_kb.py::test_the_command_line"),
        "test_library*::*killed*",
    ),
    # Over five seconds of a processor: hypothesis over whole readings, simulations, big schemas.
    "slow": (
        *("test_hastened*", "test_properties*", "test_language_recipe*", "test_ledger_mutations*"),
        *("test_ledger_promise*", "test_numbers_plots*", "test_numbers_examples*"),
        *("test_resolve.py::*popcorn*", "test_resolve.py::*work_grows*"),
        *("test_resolve.py::*speakers_get_their_names*", "test_export.py::*ftm*"),
        *("test_english.py::test_floor*", "test_export.py::*tei*"),
        "test_ingest.py::*text_is_exactly*",
        "test_numbers.py::*cover*",
    ),
    # Fetched by the test itself.
    "net": ("test_page.py::*axe*",),
    # The network is loaded: 38 MB, and some seconds an article.
    "model": ("test_reader*", "test_gold*", "test_press_cases*"),
    # Skipped where the annotated articles are not there (SELON_SHARED).
    "shared": ("test_gold*", "test_press_cases*", "test_ledger_gold*"),
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark each test by its fixtures and by the patterns above."""
    for item in items:
        used = set(getattr(item, "fixturenames", ()))
        name = f"{item.path.name}::{item.name}"
        for marker, fixtures in FIXTURES.items():
            if used & fixtures:
                item.add_marker(getattr(pytest.mark, marker))
        for marker, patterns in PATTERNS.items():
            # A file's pattern is that of its name, a test's has both.
            if any(fnmatch(name, p if "::" in p else f"{p}::*") for p in patterns):
                item.add_marker(getattr(pytest.mark, marker))
