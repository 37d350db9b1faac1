"""Names: folding and likeness, on own pairs and on an independent benchmark."""

from __future__ import annotations

import csv
import os
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from selon.names import ALIKE, fold, keys, likeness, skeleton, tokens

HERE = Path(__file__).parent
SHARED = Path(os.environ.get("SELON_SHARED", HERE.parent.parent / "shared"))
PAIRS = [
    (a, b, same == "1")
    for same, a, b in (
        line.split("\t")
        for line in (HERE / "kb" / "names.tsv").read_text("utf-8").splitlines()
        if not line.startswith("#")
    )
]


def accuracy(scored: list[tuple[float, bool]], threshold: float) -> float:
    return sum((score >= threshold) == same for score, same in scored) / len(scored)


def best(scored: list[tuple[float, bool]]) -> float:
    """The threshold that parts the pairs best; of several as good, the strictest."""
    marks = sorted({score for score, _ in scored})
    middles = [(a + b) / 2 for a, b in pairwise(marks)]
    return max(middles, key=lambda m: (accuracy(scored, m), m))


def test_own_pairs_leaving_one_out() -> None:
    scored = [(likeness(a, b), same) for a, b, same in PAIRS]
    assert len(scored) == 60
    right = sum(
        (score >= best(scored[:n] + scored[n + 1 :])) == same
        for n, (score, same) in enumerate(scored)
    )
    assert right / len(scored) >= 0.97


def test_the_shipped_threshold_on_own_pairs() -> None:
    assert accuracy([(likeness(a, b), same) for a, b, same in PAIRS], ALIKE) >= 0.96


def test_an_independent_benchmark() -> None:
    path = SHARED / "data" / "kb-samples" / "name_bench_cases.csv"
    if not path.exists():
        pytest.skip("name_bench_cases.csv (nomenklatura's samples) is not here")
    with path.open(encoding="utf-8", newline="") as file:
        rows = [r for r in csv.DictReader(file) if r["schema"] == "Person"]
    latin = [r for r in rows if not any(ord(c) > 0x24F for c in r["name1"] + r["name2"])]
    scored = [(likeness(r["name1"], r["name2"]), r["is_match"] == "true") for r in latin]
    assert len(scored) == 512
    assert accuracy(scored, best(scored)) >= 0.84


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("souleimani", "soleimani"),
        ("poutine", "putin"),
        ("kazemi", "kadhimi"),
        ("youssef", "yusef"),
    ],
)
def test_spellings_of_one_sound(one: str, other: str) -> None:
    assert skeleton(one) == skeleton(other)


def test_a_key_is_shared_by_spellings() -> None:
    lost = [(a, b) for a, b, same in PAIRS if same and not set(keys(a)) & set(keys(b))]
    assert lost == []


def test_a_particle_alone_is_still_a_name() -> None:
    assert tokens("Le Pen") == ("pen",)
    assert tokens("De") == ("de",)
    assert keys("…!") == ()


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60), st.text(max_size=60))
def test_no_text_raises(a: str, b: str) -> None:
    assert fold(fold(a)) == fold(a)
    assert 0.0 <= likeness(a, b) <= 1.0
    assert likeness(a, b) == pytest.approx(likeness(b, a), abs=0.35)
    assert likeness(a, a) in (0.0, 1.0)
    assert keys(a) == tuple(sorted(set(keys(a))))
