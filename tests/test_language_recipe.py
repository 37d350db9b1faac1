"""A third language by the recipe of CONTRIBUTING.md: a folder of words, nothing else changed."""

from __future__ import annotations

import ast
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import cases
from selon import lang

HERE = Path(__file__).parent
SOURCE = HERE.parent / "src" / "selon"
EXAMPLE = HERE.parent / "examples" / "language"
CODE = "eo"
CASES = cases.load(EXAMPLE / "cases.toml")


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the program with one folder more, beside the package of its parser."""
    site = tmp_path_factory.mktemp("site")
    shutil.copytree(SOURCE, site / "selon", ignore=shutil.ignore_patterns("__pycache__", "vendor"))
    shutil.copytree(EXAMPLE, site / "selon" / "lang" / CODE)
    shutil.copytree(HERE / "eo_endings", site / "eo_endings")
    told = site / "eo_endings-1.0.dist-info"
    told.mkdir()
    (told / "METADATA").write_text("Metadata-Version: 2.1\nName: eo_endings\nVersion: 1.0\n")
    return site


def run(house: Path, *words: str, status: int = 0, of: str = "") -> str:
    """What the program in that house prints."""
    done = subprocess.run(
        [sys.executable, "-m", "selon", *words],
        env={**os.environ, "PYTHONPATH": str(house), "LC_ALL": "C.UTF-8", "LANGUAGE": "en"},
        input=of,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == status, done.stderr
    return done.stdout + done.stderr


@pytest.fixture(scope="module")
def readings(house: Path) -> dict[str, Any]:
    rows = [json.dumps({"id": c.name, "text": c.text}) for c in CASES]
    (house / "cases.jsonl").write_text("\n".join(rows))
    out = run(house, "read", str(house / "cases.jsonl"), "--lang", CODE, "--json", "--jobs", "1")
    return {r["id"]: r for r in map(json.loads, out.splitlines())}


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.name)
def test_the_new_language_is_read(case: cases.Case, readings: dict[str, Any]) -> None:
    assert not cases.faults(case, readings[case.name])


def test_days_are_read(house: Path) -> None:
    text = "La ponto fermiĝis hieraŭ kaj 3 de marto 2024."
    command = ("read", "-", "--lang", CODE, "--date", "2024-03-12", "--json")
    (reading,) = map(json.loads, run(house, *command, of=text).splitlines())
    assert [t["edtf"] for t in reading["times"]] == ["2024-03-11", "2024-03-03"]


def test_a_library_keeps_it(house: Path) -> None:
    """The ledger and the search know no word of the language, and work."""
    words = "« La malnova ponto en la urbo restos fermita », deklaris S-ino Ana Verdo."
    rows = [{"id": n, "text": words, "outlet": n} for n in ("a", "b")]
    (house / "two.jsonl").write_text("\n".join(map(json.dumps, rows)))
    kept = ("--library", str(house / "eo.db"))
    run(house, "add", str(house / "two.jsonl"), "--lang", CODE, "--jobs", "1", *kept)
    assert "Ana Verdo" in run(house, "find", "ponto", *kept)
    check = run(house, "check", "La malnova ponto en la urbo restos fermita", "--json", *kept)
    assert json.loads(check)["verdict"] == "verbatim"
    gender = run(house, "stats", "gender", *kept)
    assert "women    1/1" in gender


def test_offices_are_looked_up_in_it(house: Path) -> None:
    said = [
        run(house, "kb", "office", words, "--on", "2019-07-14")
        for words in (
            "ministre français des Affaires étrangères",
            "franca ministro de eksteraj aferoj",
        )
    ]
    assert "Le Drian" in said[0]
    assert said[1] == said[0]


def test_a_bad_word_list_is_named(house: Path) -> None:
    path = house / "selon" / "lang" / CODE / "pack.toml"
    good = path.read_text("utf-8")
    path.write_text(good + '\naccordingto = ["laŭ"]\n', "utf-8")
    try:
        said = run(house, "read", "-", "--lang", CODE, status=2, of="Ana diris ke jes.")
    finally:
        path.write_text(good, "utf-8")
    assert "lang/eo/pack.toml" in said
    assert "accordingto" in said
    assert "according" in said.replace("accordingto", "")


# What may name a language: the tongues of the interface and of what goes out, with their
# typography; every code that a text can be told to be in; the order of a date's numbers; the
# languages of labels asked of Wikidata; what the learnt reader is taught from.
NAMING = (
    *("i18n.py", "labels.py", "cli/export.py", "cli/plot.py", "cli/report.py", "cli/tables.py"),
    *("learn/reader/synthetic.py", "learn/reader/session.py", "web/citation.py"),
    *("export/codebook.py", "export/iramuteq.py", "export/table.py", "export/txm.py"),
    *("numbers/draw.py", "numbers/labels.py", "numbers/plots.py", "numbers/rows.py"),
    "numbers/specs.py",
    "ingest/dates.py",
    "ingest/language.py",
    "kb/wikidata.py",
    "web/i18n.py",
    "web/settings.py",
    "show/dates.py",
    "show/wording.py",
)


def test_only_its_folder_knows_a_language() -> None:
    named = []
    for path in sorted(SOURCE.rglob("*.py")):
        where = path.relative_to(SOURCE).as_posix()
        if where in NAMING or where.startswith(("bench/", "lang/")):
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and node.value in lang.codes():
                named.append(f"{where}:{node.lineno}")
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("selon.lang."):
                code = (node.module or "").split(".")[2]
                named += [f"{where}:{node.lineno}"] if code in lang.codes() else []
    assert not named


def test_no_language_imports_another() -> None:
    for code in lang.codes():
        others = tuple(f"selon.lang.{other}" for other in lang.codes() if other != code)
        for path in lang.place(code).glob("*.py"):
            assert not any(other in path.read_text("utf-8") for other in others), path
