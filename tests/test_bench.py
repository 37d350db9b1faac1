"""The tables of stages and steps: all are there, and the whole is the sum of its parts."""

from __future__ import annotations

from pathlib import Path

from selon import pipeline
from selon.bench import stages, steps
from selon.engines import shards
from selon.library.store import Library

TEXT = (
    "La digue de Port-Aubin tiendra, a affirmé mardi Odile Vasseur. « Nous avons fait douze relevés », "
    "a précisé le maire. Selon Marc Tellier, les travaux ont coûté trois millions d’euros."
)


def test_every_stage_is_timed_once_and_left_as_it_was() -> None:
    before = pipeline.prepare
    taken, whole = stages.measured([TEXT, TEXT * 3])
    assert pipeline.prepare is before
    assert set(taken) == {words for _, _, words in stages.STAGES}
    assert 0.5 * whole < sum(taken.values()) <= whole
    assert min(taken.values()) >= 0


def test_a_stage_within_another_is_not_told_twice() -> None:
    clocks = stages.Clocks()
    inner = clocks.around("inner", lambda: sum(range(2_000_000)))
    clocks.around("outer", lambda: inner())()
    assert clocks.taken["outer"] < 0.2 * clocks.taken["inner"]


def test_every_step_from_archive_to_library_is_done(tmp_path: Path) -> None:
    many = [
        f"{TEXT} Ligne {n}, rue {n} : il a plu sur la côte, et la mer était calme."
        for n in range(3)
    ]
    lines = list(steps.measured(many, 4, tmp_path))
    told = [line.split(" ms  ")[1] for line in lines]
    assert told[1:4] == ["3 texts", "3 French", f"{sum(len(t.split()) for t in many)} words"]
    assert len(list(shards.unpacked(tmp_path / "one.parquet"))) == 3
    with Library(tmp_path / "one.db") as library:
        assert library.connection.execute("select count(*) from reading").fetchone()[0] == 3
