"""The tables of stages and steps: all are there, and the whole is the sum of its parts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from selon import pipeline
from selon.bench import reading, stages, steps
from selon.engines import shards
from selon.library.store import Library

TEXT = (
    "La digue de Port-Aubin tiendra, a affirmé mardi Odile Vasseur. « Nous avons fait douze relevés », "
    "a précisé le maire. Selon Marc Tellier, les travaux ont coûté trois millions d’euros."
)


def test_every_stage_is_timed_once_and_left_as_it_was() -> None:
    before = pipeline.prepare
    taken, whole = stages.measure([TEXT, TEXT * 3])
    assert pipeline.prepare is before
    assert set(taken) == {words for _, _, words in stages.STAGES}
    assert 0.5 * whole < sum(taken.values()) <= whole
    assert min(taken.values()) >= 0


def test_a_stage_within_another_is_not_told_twice() -> None:
    clocks = stages.Clocks()
    inner = clocks.around("inner", lambda: sum(range(2_000_000)))
    clocks.around("outer", lambda: inner())()
    assert clocks.taken["outer"] < 0.2 * clocks.taken["inner"]


@pytest.mark.parametrize(
    ("second", "rounds"), [(2.05, 2), (2.2, 3)], ids=["they agree", "they do not"]
)
def test_a_third_round_is_read_only_where_two_differ(
    second: float, rounds: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    articles = tmp_path / "a.jsonl"
    articles.write_text(json.dumps({"text": TEXT}), "utf-8")
    seen: list[str] = []

    def spawned(reader: str, path: Path, count: int) -> tuple[float, float, float]:
        seen.append(reader)
        own = {"spacy": 6.0, "textacy": 12.0}.get(reader, 3.0)
        if reader == "selon" and seen.count(reader) == 2:
            own = 6.0 / second
        return own, own, own

    monkeypatch.setattr(reading, "measure_process", spawned)
    monkeypatch.setattr(reading, "find_spec", lambda name: object())
    lines = list(reading.compare_readers(articles, 1, 3))
    assert f"{rounds} rounds" in lines[0]
    counts = {reader: seen.count(reader) for reader in reading.READERS}
    assert counts == {"spacy": rounds, "selon": rounds, "selon, 2": rounds, "textacy": 1}
    assert [line.split()[-1] for line in lines if line.startswith("textacy")] == ["0.50"]


def test_every_step_from_archive_to_library_is_done(tmp_path: Path) -> None:
    many = [
        f"{TEXT} Ligne {n}, rue {n} : il a plu sur la côte, et la mer était calme."
        for n in range(3)
    ]
    lines = list(steps.measure(many, 4, tmp_path))
    told = [line.split(" ms  ")[1] for line in lines]
    assert told[1:4] == ["3 texts", "3 French", f"{sum(len(t.split()) for t in many)} words"]
    assert len(list(shards.items_of_shard(tmp_path / "one.parquet"))) == 3
    with Library(tmp_path / "one.db") as library:
        assert library.connection.execute("select count(*) from reading").fetchone()[0] == 3
