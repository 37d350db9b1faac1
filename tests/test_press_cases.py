"""Failures seen in the press (`../shared/cases`), and the worked cases, as the learnt reader reads them."""

from __future__ import annotations

import importlib.util
import json
import os
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any, Final, Literal

import pytest

import cases
import press_worked
from selon import contract, lang
from selon.api import read_many
from selon.records import Article, Failure

ROOT = Path(__file__).parent.parent
CASES = Path(os.environ.get("SELON_SHARED", ROOT.parent / "shared")) / "cases"
# Of 180. Floors only rise.
LEAST = 171
# Of the press's worked cases, the share that each reader reads right.
PRESS: Final[dict[Literal["encoder", "grammar"], float]] = {"encoder": 0.85, "grammar": 0.55}
# Of the worked cases, which were written beside the grammar: the share that the encoder reads right.
WORKED = {"fr": 0.6, "en": 0.5}


def readings(articles: list[Article]) -> dict[str, dict[str, Any]]:
    found = {}
    for reading in read_many(articles, reader="encoder"):
        assert not isinstance(reading, Failure), reading
        found[reading.article.id] = contract.to_json(reading)
    return found


def scorer() -> ModuleType:
    if not CASES.exists():
        pytest.skip("no ../shared/cases here")
    spec = importlib.util.spec_from_file_location("score_cases", CASES / "score_cases.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_failures_seen_in_the_press_are_read() -> None:
    judge = scorer().judge
    lines = (CASES / "reading-cases.jsonl").read_text("utf-8").splitlines()
    wanted = [json.loads(line) for line in lines if line.strip()]
    found = readings(
        [Article(c["id"], c["text"], c["lang"], published=c.get("published")) for c in wanted]
    )
    failed = [c["id"] for c in wanted if judge(c, found[c["id"]])]
    assert len(wanted) - len(failed) >= LEAST, failed


@pytest.mark.parametrize("code", list(WORKED))
def test_worked_cases_are_read_by_the_encoder_too(code: str) -> None:
    many = [c for c in cases.load(lang.HERE / code / "cases.toml") if not c.fails]
    found = readings([Article(c.name, c.text, code) for c in many])
    failed = [c.name for c in many if cases.faults(c, found[c.name])]
    share = 1 - len(failed) / len(many)
    assert share >= WORKED[code], (round(share, 3), failed)


@cache
def faults(reader: Literal["encoder", "grammar"], code: str) -> dict[str, list[str]]:
    many = press_worked.load(code)
    articles = [Article(c.name, c.text, code, published=c.published) for c in many]
    found = {}
    for case, reading in zip(many, read_many(articles, kb=None, reader=reader), strict=True):
        assert not isinstance(reading, Failure), reading
        found[case.name] = press_worked.faults(case, contract.to_json(reading))
    return found


def _expected(reader: str) -> list[object]:
    """Every case; those that a reader is known not to read must go on failing, or be struck off."""
    return [
        pytest.param(
            case,
            id=f"{case.language}: {case.name}",
            marks=[pytest.mark.xfail(strict=True)] if reader in case.fails else [],
        )
        for code in ("fr", "en")
        for case in press_worked.load(code)
    ]


@pytest.mark.parametrize("case", _expected("encoder"))
def test_the_press_is_read_by_the_encoder(case: press_worked.Worked) -> None:
    assert not faults("encoder", case.language)[case.name]


@pytest.mark.parametrize("case", _expected("grammar"))
def test_the_press_is_read_by_the_grammar(case: press_worked.Worked) -> None:
    assert not faults("grammar", case.language)[case.name]


@pytest.mark.parametrize("reader", list(PRESS))
def test_most_of_the_press_is_read(reader: Literal["encoder", "grammar"]) -> None:
    failed = {n: f for code in ("fr", "en") for n, f in faults(reader, code).items() if f}
    count = sum(len(press_worked.load(code)) for code in ("fr", "en"))
    assert 1 - len(failed) / count >= PRESS[reader], failed


def test_each_failure_seen_in_the_press_has_a_worked_case() -> None:
    scorer()
    lines = (CASES / "reading-cases.jsonl").read_text("utf-8").splitlines()
    seen = {json.loads(line)["id"] for line in lines if line.strip()}
    covered = {i for code in ("fr", "en") for c in press_worked.load(code) for i in c.covers}
    assert covered == seen


def test_press_cases_have_names_of_their_own_and_opposites() -> None:
    for code in ("fr", "en"):
        names = [c.name for c in press_worked.load(code)]
        assert len(names) == len(set(names))
