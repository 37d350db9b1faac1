"""What a release needs: one version everywhere, a wheel and a source archive with the right contents."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import selon

ROOT = Path(__file__).parent.parent
CHECK = ROOT / "scripts" / "check_dist.py"


def test_one_version_everywhere() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    citation = (ROOT / "CITATION.cff").read_text("utf-8")
    changes = (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert project["version"] == selon.__version__
    assert f"\nversion: {selon.__version__}\n" in citation
    first = re.search(r"^## (\S+)", changes, re.M)
    assert first is not None
    assert first[1] == selon.__version__


def test_the_changelog_has_no_ratios() -> None:
    newest = (ROOT / "CHANGELOG.md").read_text("utf-8").split("\n## ")[1]
    assert re.findall(r"\b0?\.\d\d+\b|\d ?%|\bF1\b", newest) == []


@pytest.mark.slow
def test_wheel_and_source_have_what_they_should(tmp_path: Path) -> None:
    pytest.importorskip("build")
    pytest.importorskip("twine")
    kept = shutil.ignore_patterns(".git", ".venv", "out", "site", "dist", "build", ".*_cache")
    shutil.copytree(ROOT, tmp_path / "tree", ignore=kept)
    dist = tmp_path / "dist"
    # Without isolation: nothing is fetched; what builds is installed for the tests.
    order = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(dist)]
    done = subprocess.run(
        [*order, str(tmp_path / "tree")], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    files = [str(p) for p in sorted(dist.iterdir())]
    for check in (["-m", "twine", "check", "--strict", *files], [str(CHECK), str(dist)]):
        told = subprocess.run([sys.executable, *check], capture_output=True, text=True, check=False)
        assert told.returncode == 0, told.stdout + told.stderr
