"""The library's commands, run as a real process on made-up readings."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from library_made import article, made
from selon import contract

SRC = str(Path(__file__).parent.parent / "src")


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    lines = [json.dumps(contract.to_json(made(article(n)))) for n in range(3)]
    (tmp_path / "readings.jsonl").write_text("\n".join([*lines, "pas du JSON"]), "utf-8")
    assert selon(tmp_path, "load", "readings.jsonl").returncode == 1
    return tmp_path


def selon(desk: Path, *words: str, tongue: str = "en") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "selon", *words],
        cwd=desk,
        env={**os.environ, "SELON_LANG": tongue, "PYTHONPATH": SRC},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_find(desk: Path) -> None:
    found = selon(desk, "find", "coeur", "--speaker", "ortega", "--format", "jsonl")
    rows = [json.loads(line) for line in found.stdout.splitlines()]
    assert [r["published"] for r in rows] == ["2026-03-03", "2026-03-02", "2026-03-01"]
    text = selon(desk, "find", "école", "--limit", "1").stdout
    assert "Zélie Coeurdeloup › Mediapluie › La Gazette de Brénac" in text
    table = selon(desk, "find", "--format", "csv", "--limit", "0").stdout
    assert len(list(csv.DictReader(io.StringIO(table)))) == 6


def test_who_stats_failures(desk: Path) -> None:
    assert "speaks 3, is addressed 3" in selon(desk, "who", "Ortéga").stdout
    nobody = selon(desk, "who", "Personne")
    assert (nobody.returncode, "Personne" in nobody.stderr) == (2, True)
    stats = selon(desk, "stats", "gender").stdout
    assert "women" in stats
    assert "unknown" in stats
    failures = selon(desk, "failures", "--format", "jsonl")
    assert failures.returncode == 1
    assert json.loads(failures.stdout)["source"] == "readings.jsonl:4"


def test_add_with_keys_of_its_own_mends_the_failures(desk: Path) -> None:
    told = "Le maire de Brénac, Basile Ortéga, a déclaré mardi que la piscine rouvrirait."
    (desk / "propre.jsonl").write_text(json.dumps({"prose": told, "quand": "2026-03-01"}), "utf-8")
    add = ("add", "propre.jsonl", "--library", "own.db", "--lang", "fr")
    assert selon(desk, *add).returncode == 1
    assert "--column" in selon(desk, "failures", "--library", "own.db").stdout
    done = selon(desk, *add, "--column", "text=prose", "--column", "published=quand")
    assert done.returncode == 0, done.stderr
    assert selon(desk, "failures", "--library", "own.db").stdout == ""
    rows = selon(desk, "find", "piscine", "--library", "own.db", "--format", "jsonl").stdout
    assert json.loads(rows)["published"] == "2026-03-01"


def test_judge_and_undo(desk: Path) -> None:
    row = selon(desk, "find", "école", "--limit", "1", "--format", "jsonl").stdout
    number = str(json.loads(row)["id"])
    before = selon(desk, "export", "contract").stdout
    uid = selon(desk, "judge", "--by", "ana", "speaker", number, "Rose Ortis").stdout.strip()
    assert "Rose Ortis" in selon(desk, "find", "école", "--limit", "1").stdout
    assert json.loads(selon(desk, "judge", "log").stdout)["by"] == "human:ana"
    assert selon(desk, "judge", "undo", uid).returncode == 0
    assert selon(desk, "export", "contract").stdout == before
    bad = selon(desk, "judge", "edit", number, "abc", tongue="fr")
    assert (bad.returncode, "écrivez" in bad.stderr) == (2, True)


def test_export_with_filters(desk: Path) -> None:
    out = selon(desk, "export", "contract", "--speaker", "Coeurdeloup").stdout
    readings = [contract.from_json(json.loads(line)) for line in out.splitlines()]
    assert [len(r.statements) for r in readings] == [1, 1, 1]
    assert selon(desk, "export", "brat", "-o", "brat").returncode == 0
    assert len(list((desk / "brat").glob("*.ann"))) == 3
    assert selon(desk, "export", "brat").returncode == 2


def test_help_is_in_both_tongues(desk: Path) -> None:
    for command in ("add", "find", "who", "stats", "judge", "export", "failures", "reread", "load"):
        english = selon(desk, command, "--help").stdout
        french = selon(desk, command, "--help", tongue="fr").stdout
        assert "--library" in english
        assert english != french, command
