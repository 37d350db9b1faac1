"""Candidates weighed against their rivals: the signs, the trees, the table that they ship in."""

from __future__ import annotations

from pathlib import Path

import pytest

from selon import lang
from selon.errors import SelonError
from selon.learn import ranking
from selon.reading import gbdt, rank, reranker
from selon.reading.rank import Weights
from selon.records import Candidate, Span


def candidate(start: int, end: int, cue: int | None, *features: str) -> Candidate:
    return Candidate(
        rule="clause",
        form="indirect",
        content=(Span(start, end),),
        cue=() if cue is None else (Span(cue, cue + 4),),
        speaker=(Span(0, 3),),
        features=features,
    )


# "Ann said P, when Q": three ends for one cue; in P another cue with words of its own.
MANY = (
    candidate(10, 100, 5, "long"),
    candidate(10, 60, 5, "short"),
    candidate(10, 55, 5, "short"),
    candidate(30, 50, 25, "inner"),
)
STUMP = (
    gbdt.TreeNode("agree", 0.5, 1, 2),
    gbdt.TreeNode("", -2.0),
    gbdt.TreeNode("", 3.0),
)


def chooser() -> reranker.Reranker:
    of = {"long": (0.0, 1.0, 0.5), "short": (0.0, 1.0, 1.5), "inner": (-1.0, 0.0, 0.0)}
    return reranker.Reranker(of, (0.5, 0.0, 0.25), (STUMP,), 0.0)


def test_a_cue_is_weighed_by_all_features_of_its_candidates_once() -> None:
    sums = chooser().sums(MANY)
    assert sums[0] == (0.5, 1.0, 2.25)
    assert [cue for _, _, cue in sums] == [2.25, 2.25, 2.25, 0.25]


def test_rivals_that_share_most_words_agree() -> None:
    signs = reranker.features(MANY, chooser().sums(MANY))
    assert set(signs[0]) == set(reranker.FEATURES)
    # 90 and 50 characters share 50 of 90, 90 and 45 but 45 of 90: half is enough.
    assert signs[0]["agree"] == pytest.approx(1.0)
    assert signs[3]["agree"] == 1.0
    assert signs[3]["rivals"] == 1.0
    far = (*MANY[:2], candidate(70, 100, 5, "short"))
    apart = reranker.features(far, chooser().sums(far))
    assert apart[2]["agree"] == pytest.approx(1 / 3)


def test_what_lies_within_and_around_is_told() -> None:
    signs = reranker.features(MANY, chooser().sums(MANY))
    assert signs[3]["within"] == pytest.approx(signs[0]["both"])
    assert signs[1]["around"] == pytest.approx(signs[3]["both"])
    assert signs[3]["against"] == 0.0


def test_the_order_of_candidates_changes_nothing() -> None:
    forth = dict(zip(MANY, chooser().scores(MANY), strict=True))
    back = dict(zip(MANY[::-1], chooser().scores(MANY[::-1]), strict=True))
    assert forth == pytest.approx(back)


def test_no_candidates_no_scores() -> None:
    assert chooser().scores(()) == []


def test_a_chooser_decides_what_is_believed() -> None:
    low = Weights({}, 0.0, 0.9, chooser())
    assert [r.candidate for r in rank.rank(MANY, low)][:1] == [MANY[0]]
    assert not rank.rank(MANY, Weights({}, 0.0, 0.999, chooser()))


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "weights.tsv"
    ranking.write(Weights({}, 0.0, 0.4, chooser()), path, [], "a note")
    again = lang.read_weights(path)
    assert again.min_score == 0.4
    assert again.chooser is not None
    assert again.chooser == chooser()
    assert again.chooser.scores(MANY) == pytest.approx(chooser().scores(MANY))


@pytest.mark.parametrize(
    ("line", "fault"),
    [("0\t0\tnonsense\t1\t1\t2", "no feature 'nonsense'"), ("0\t0\tagree\tx\t1\t2", "trees.tsv:1")],
)
def test_a_broken_tree_is_named(tmp_path: Path, line: str, fault: str) -> None:
    path = tmp_path / "trees.tsv"
    path.write_text(line + "\n", "utf-8")
    with pytest.raises(SelonError, match=fault):
        gbdt.read_trees(path, reranker.FEATURES)
