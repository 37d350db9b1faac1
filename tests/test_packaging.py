"""What the program imports is what `pyproject.toml` declares: a plain installation lacks nothing.

The proof by installing is `make nightly` (`scripts/clean_install.py`); this one costs a second.
"""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


def named(requirement: str) -> str:
    match = re.match(r"[\w.-]+", requirement)
    assert match
    return re.sub(r"[-_.]+", "-", match[0]).lower()


def imported(path: Path) -> set[str]:
    """The packages that a module imports anywhere, but for its own."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.partition(".")[0])
    return found - set(sys.stdlib_module_names) - {"selon", "__future__"}


def test_every_import_is_declared() -> None:
    declared = {named(r) for r in PROJECT["dependencies"]}
    for extra, listed in PROJECT["optional-dependencies"].items():
        if extra != "dev":
            declared |= {named(r) for r in listed}
    distributions = packages_distributions()
    undeclared = {}
    for path in (ROOT / "src/selon").rglob("*.py"):
        for package in imported(path):
            names = {named(d) for d in distributions.get(package, [package])}
            if not names & declared:
                undeclared[package] = path.relative_to(ROOT).as_posix()
    assert undeclared == {}


def test_every_extra_is_proved_by_the_installation() -> None:
    sys.path.insert(0, str(ROOT / "scripts"))
    try:
        import clean_install
    finally:
        sys.path.pop(0)
    assert set(clean_install.NEEDED) | set(clean_install.APART) == set(
        PROJECT["optional-dependencies"]
    )
