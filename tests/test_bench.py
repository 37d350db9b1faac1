"""The table of stages: every stage is there, and the whole is the sum of its parts."""

from __future__ import annotations

from selon import pipeline
from selon.bench import stages

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
