"""Failures seen in the press (`../shared/cases`), and the worked cases, as the learnt reader reads them."""

from __future__ import annotations

import importlib.util
import json
import os
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import cases
from selon import contract, lang
from selon.api import read_many
from selon.records import Article, Failure

ROOT = Path(__file__).parent.parent
CASES = Path(os.environ.get("SELON_SHARED", ROOT.parent / "shared")) / "cases"
# Of 180. Floors only rise.
LEAST = 150
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
