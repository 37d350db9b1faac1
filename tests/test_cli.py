"""The command line in real processes: what it reads, says and answers with."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from selon import contract, score
from selon.cli.diff import differences

ROOT = Path(__file__).parent.parent
SHARED = Path(os.environ.get("SELON_SHARED", ROOT.parent / "shared"))
DEV = SHARED / "gold" / "fr" / "dev.jsonl"
SCORER = SHARED / "score" / "score.py"
TEXT = (
    "Port-Aubin, le 12 mars.\n\n« La digue tient », a affirmé Hélène Castaing à l’agence Littoral."
)


def run(
    *words: str, stdin: bytes = b"", tongue: str = "en", **env: str
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "selon.cli", *words],
        input=stdin,
        capture_output=True,
        timeout=120,
        env=os.environ | {"PYTHONPATH": str(ROOT / "src"), "SELON_LANG": tongue} | env,
    )


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text(TEXT, "utf-8")
    return path


def test_read_shows_a_ledger_without_colour_in_a_pipe(article: Path) -> None:
    done = run("read", str(article), "--why", "--width", "80")
    shown = done.stdout.decode()
    assert done.returncode == 0, done.stderr
    assert "Hélène Castaing" in shown
    assert "rule:" in shown
    assert "\x1b" not in shown
    assert max(map(len, shown.splitlines())) <= 80
    assert "quoted" in shown
    assert "who" in shown.split()
    assert "qui" in run("read", str(article), tongue="fr").stdout.decode().split()


def test_read_json_from_standard_input_is_the_contract(article: Path) -> None:
    done = run(
        "read", "-", "--json", "--date", "2024-03-12", "--outlet", "La Vigie", stdin=TEXT.encode()
    )
    assert done.returncode == 0, done.stderr
    (line,) = done.stdout.splitlines()
    value = json.loads(line)
    assert (value["published"], value["outlet"]) == ("2024-03-12", "La Vigie")
    (statement,) = value["statements"]
    ((start, end),) = statement["content"]
    assert value["text"][start:end] == "La digue tient"
    assert contract.to_json(contract.from_json(value)) == value


def test_read_goes_on_after_bad_files_and_says_which(article: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.touch()
    binary = tmp_path / "noise.txt"
    binary.write_bytes(bytes(range(256)) * 20)
    done = run("read", str(empty), str(binary), "no-such-file.txt", str(article), "--json")
    assert done.returncode == 1
    assert len(done.stdout.splitlines()) == 1
    told = done.stderr.decode()
    assert "3 could not be read" in told
    for name in ("empty.txt", "noise.txt", "no-such-file.txt"):
        assert name in told
    assert "Traceback" not in told


def test_read_writes_a_page(article: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    done = run("read", str(article), "--html", str(page))
    assert done.returncode == 0, done.stderr
    assert "La digue tient" in page.read_text("utf-8")
    assert not done.stdout


@pytest.mark.parametrize(
    "words",
    [
        ["--date", "yesterday"],
        ["--lang", "qq"],
        ["--width", "0"],
        ["--kb", "no-such.db"],
        ["--html", "no/such/folder/page.html"],
        ["--no-such-option"],
    ],
)
def test_a_bad_setting_ends_with_2(article: Path, words: list[str]) -> None:
    done = run("read", str(article), *words)
    assert done.returncode == 2
    told = done.stderr.decode()
    assert words[0] in told or words[-1] in told
    assert "Traceback" not in told


def test_a_reader_that_goes_away_is_no_error(article: Path) -> None:
    command = f"{sys.executable} -m selon.cli read {article} {article} --json | head -c 5"
    done = subprocess.run(
        ["bash", "-c", command],
        capture_output=True,
        env=os.environ | {"PYTHONPATH": str(ROOT / "src")},
    )
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("command", ["read", "score", "diff"])
@pytest.mark.parametrize("tongue", ["en", "fr"])
def test_help_ends_with_examples(command: str, tongue: str) -> None:
    shown = run(command, "--help", tongue=tongue).stdout.decode()
    assert ("examples:" if tongue == "en" else "exemples :") in shown
    assert f"selon {command} " in shown.split("xemple")[-1]


def test_what_argparse_says_is_in_the_users_language() -> None:
    shown = run("read", "--help", tongue="fr").stdout.decode()
    assert shown.startswith("usage : ")
    assert "montrer cette aide" in shown
    refused = run("read", "--jobs", tongue="fr").stderr.decode()
    assert "argument --jobs : une valeur est attendue" in refused
    assert "error" not in refused
    assert "expected one argument" in run("read", "--jobs").stderr.decode()


def _gold(path: Path, count: int) -> list[dict[str, Any]]:
    if not path.exists():
        pytest.skip("no ../shared/gold here")
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()[:count]]


def test_score_agrees_with_the_exchange_scorer(tmp_path: Path) -> None:
    if not SCORER.exists():
        pytest.skip("no ../shared/score here")
    gold, got = tmp_path / "gold.jsonl", tmp_path / "got.jsonl"
    gold.write_text("\n".join(map(json.dumps, _gold(DEV, 12))), "utf-8")
    done = run("read", "--json", str(gold))
    assert done.returncode == 0, done.stderr
    got.write_bytes(done.stdout)
    mine = json.loads(run("score", str(gold), str(got), "--json").stdout)
    theirs = subprocess.run(
        [sys.executable, str(SCORER), str(gold), str(got), "--json"], capture_output=True
    )
    assert mine == json.loads(theirs.stdout)
    assert mine == json.loads(run("score", str(gold), "--json").stdout)
    shown = run("score", str(gold), str(got), "--errors", "3").stdout.decode()
    assert re.search(r"^joint\s+P \d\.\d{4}", shown, re.M)
    assert shown.count("   gold ") + shown.count("   got ") >= 3


def test_score_of_gold_against_itself_is_1() -> None:
    gold = {d["id"]: d for d in _gold(DEV, 5)}
    figures, errors = score.score(gold, gold)
    assert figures["joint"]["f1"] == figures["content"]["f1"] == 1.0
    assert not errors


def test_score_names_what_is_no_reading(tmp_path: Path) -> None:
    bad = tmp_path / "bad.jsonl"
    bad.write_text('{"id": 1}\n', "utf-8")
    done = run("score", str(bad), str(bad))
    assert done.returncode == 2
    assert "bad.jsonl:1" in done.stderr.decode()


def _reading(text: str, *statements: tuple[str, str, str]) -> dict[str, Any]:
    return {
        "id": "a",
        "text": text,
        "statements": [
            {
                "form": "direct",
                "content": [[text.index(content), text.index(content) + len(content)]],
                "cue": [[text.index(cue), text.index(cue) + len(cue)]],
                "speaker": {"spans": [], "name": name},
                "why": [f"rule:{cue}"],
            }
            for content, cue, name in statements
        ],
    }


def test_diff_tells_lost_gained_and_changed_by_rule() -> None:
    text = "« Non », dit Ana. « Oui », fit Jo. « Peut-être », crie Lou."
    before = _reading(text, ("Non", "dit", "Ana"), ("Oui", "fit", "Jo"))
    after = _reading(text, ("Non", "dit", "Eva"), ("Peut-être", "crie", "Lou"))
    found = [(d.kind, d.rules) for d in differences(before, after)]
    assert found == [
        ("name", ("rule:dit",)),
        ("lost", ("rule:fit",)),
        ("gained", ("rule:crie",)),
    ]
    assert list(differences(before, before)) == []


def test_diff_prints_a_count_a_rule(tmp_path: Path) -> None:
    text = "« Non », dit Ana. « Oui », fit Jo."
    paths = []
    for name, value in (("a", _reading(text, ("Non", "dit", "Ana"))), ("b", _reading(text))):
        path = tmp_path / f"{name}.jsonl"
        path.write_text(json.dumps(value) + "\n", "utf-8")
        paths.append(str(path))
    done = run("diff", *paths)
    assert done.returncode == 0, done.stderr
    assert re.search(r"^ +1  lost  rule:dit$", done.stdout.decode(), re.M)
    assert json.loads(run("diff", *paths, "--json").stdout)["kind"] == "lost"
    assert "No difference" in run("diff", paths[0], paths[0]).stdout.decode()


def test_read_takes_a_file_s_own_names(tmp_path: Path) -> None:
    path = tmp_path / "notes.csv"
    path.write_text(f'Corps;Jour\n"{TEXT}";2024-03-13\n', "utf-8")
    done = run("read", str(path), "--json", "--column", "text=Corps", "--column", "published=Jour")
    assert done.returncode == 0, done.stderr
    reading = json.loads(done.stdout)
    assert reading["published"] == "2024-03-13"
    wrong = run("read", str(path), "--column", "body=Corps")
    assert wrong.returncode == 2
    assert b"text" in wrong.stderr
