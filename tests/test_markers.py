"""The patterns by which `make test-fast` leaves tests out name tests that are there."""

from __future__ import annotations

import tomllib
from fnmatch import fnmatch
from pathlib import Path

import conftest

ROOT = Path(__file__).parent.parent


def test_each_pattern_names_tests_that_are_there() -> None:
    texts = {p.name: p.read_text("utf-8") for p in Path(__file__).parent.glob("test_*.py")}
    for pattern in (p for patterns in conftest.PATTERNS.values() for p in patterns):
        name, _sign, test = pattern.partition("::")
        files = [n for n in texts if fnmatch(n, name if test else f"{name}*")]
        assert files, pattern
        words = test.strip("*")
        assert any(words in texts[n] for n in files), pattern


def test_each_marker_is_declared_and_told() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    declared = {m.split(":")[0] for m in project["tool"]["pytest"]["ini_options"]["markers"]}
    told = (ROOT / "docs" / "en" / "contributing" / "testing.md").read_text("utf-8")
    assert {*conftest.PATTERNS, *conftest.FIXTURES} <= declared
    assert [m for m in declared if f"| `{m}` |" not in told] == []
    # `make test-fast` leaves out what it says it does.
    fast = (ROOT / "Makefile").read_text("utf-8").split("test-fast:")[1].split("\n\n")[0]
    assert "not (slow or browser or process or net or model)" in fast
