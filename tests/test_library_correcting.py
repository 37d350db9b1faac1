"""Corrections of form, stance, date, addressees and relays: laid over, undone exactly."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from library_made import article, reader
from selon.errors import SelonError
from selon.library import add, correcting, fetch, judge, review_queue, runs
from selon.library.find import Query, find
from selon.library.store import Library
from selon.records import Span
from test_library_judge import MAKER, one, state


@pytest.fixture
def library(tmp_path: Path):  # type: ignore[no-untyped-def]
    with Library(tmp_path / "a.db", create=True) as opened:
        add.add(opened, (article(n) for n in range(2)), reader, MAKER)
        yield opened


def every_correction(library: Library, row: int) -> list[str]:
    rose, basile = (judge.person(library, name) for name in ("Rose Ortis", "Basile Ortéga"))
    return [
        correcting.form(library, row, "indirect", "ana"),
        correcting.stance(library, row, "conditional", "ana"),
        correcting.correct_day(library, row, "2026-03-02", "ana"),
        correcting.addressees(library, row, [rose, basile], "bob"),
        correcting.relays(library, row, [], "bob"),
    ]


def test_each_correction_shows_in_the_row_the_reading_and_the_search(library: Library) -> None:
    row = one(library, "école n° 0")["id"]
    every_correction(library, row)
    now = one(library, "école n° 0")
    told = ("form", "stance", "said", "voice", "addressees", "via", "verdict")
    assert tuple(now[name] for name in told) == (
        *("indirect", "conditional", "2026-03-02", "hedged"),
        *("Rose Ortis; Basile Ortéga", None, "edited"),
    )
    said = fetch.one(library.connection, 1).statements[0]
    assert (said.form, said.stance, said.said) == ("indirect", "conditional", "2026-03-02")
    assert (len(said.addressees), said.via) == (2, ())
    assert [r["id"] for r in find(library.connection, Query(addressee="Rose Ortis"))] == [row]
    assert [r["id"] for r in find(library.connection, Query(stance="conditional"))] == [row]


@pytest.mark.parametrize("seed", range(4))
def test_undoing_in_any_order_gives_back_what_was_read(library: Library, seed: int) -> None:
    before = state(library)
    uids = every_correction(library, one(library, "école n° 0")["id"])
    random.Random(seed).shuffle(uids)
    for uid in uids:
        judge.undo(library, uid, "ana")
    assert state(library) == before


def test_corrections_go_with_an_edited_article(library: Library) -> None:
    every_correction(library, one(library, "école n° 0")["id"])
    text = article(0).text
    edited = text.replace("Plus loin, rien.", "Plus loin, rien du tout.")
    add.add(library, [article(0, "Un chapeau.\n\n" + edited)], reader, runs.Maker("0", "test"))
    now = one(library, "école n° 0")
    assert (now["form"], now["addressees"]) == ("indirect", "Rose Ortis; Basile Ortéga")


def test_what_is_no_form_or_outside_the_text_is_refused(library: Library) -> None:
    row = one(library, "école n° 0")["id"]
    before = state(library)
    rose = {**judge.person(library, "Rose Ortis"), "spans": (Span(3, 9000),)}
    with pytest.raises(SelonError, match="shouted"):
        correcting.form(library, row, "shouted", "ana")
    with pytest.raises(SelonError, match="3-9000"):
        correcting.addressees(library, row, [rose], "ana")
    assert state(library) == before


def test_reviewers_disagree_on_a_form_and_not_on_different_things(library: Library) -> None:
    row = one(library, "école n° 0")["id"]
    correcting.form(library, row, "indirect", "ana")
    correcting.correct_day(library, row, "2026", "bob")
    assert review_queue.disagreements(library.connection) == []
    correcting.form(library, row, "mixed", "bob")
    ((found, laid),) = review_queue.disagreements(library.connection)
    assert (found, {j["by"] for j in laid}) == (row, {"human:ana", "human:bob"})
