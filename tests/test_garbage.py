"""Python looks for garbage less often while articles are read, and as before afterwards."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from threading import Barrier, Thread

import pytest

from selon import api, gc_tuning, pipeline
from selon.records import Article


@pytest.fixture(autouse=True)
def thresholds() -> Iterator[None]:
    before = gc.get_threshold()
    yield
    gc.set_threshold(*before)


def test_a_reading_looks_seldom_and_leaves_all_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    gc.set_threshold(701, 11, 12)
    seen = []
    prepare = pipeline.prepare

    def watched(*args: object) -> object:
        seen.append(gc.get_threshold())
        return prepare(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(pipeline, "prepare", watched)
    for _ in api.read_many(Article(str(n), "Odile Brun dit oui.", "fr") for n in range(20)):
        assert gc.get_threshold() == (701, 11, 12)
    assert set(seen) == {gc_tuning.THRESHOLDS}
    assert gc.get_threshold() == (701, 11, 12)


@pytest.mark.parametrize("chosen", [(0, 10, 10), (50_000, 5, 5)])
def test_who_looks_never_or_more_seldom_keeps_it(chosen: tuple[int, int, int]) -> None:
    gc.set_threshold(*chosen)
    with gc_tuning.fewer_collections():
        assert gc.get_threshold() == chosen
    assert gc.get_threshold() == chosen


def test_the_last_reader_leaves_it_as_the_first_found_it() -> None:
    gc.set_threshold(702, 10, 10)
    barrier, seen = Barrier(2, timeout=10), []

    def read() -> None:
        with gc_tuning.fewer_collections():
            barrier.wait()
            seen.append(gc.get_threshold())
            barrier.wait()

    readers = [Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    assert seen == [gc_tuning.THRESHOLDS] * 2
    assert gc.get_threshold() == (702, 10, 10)


def test_a_fault_leaves_it_as_it_was() -> None:
    gc.set_threshold(703, 10, 10)
    with pytest.raises(ValueError, match="x"), gc_tuning.fewer_collections():
        raise ValueError("x")
    assert gc.get_threshold() == (703, 10, 10)
