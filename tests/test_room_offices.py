"""Offices as bars: the knowledge base's and the articles', on one axis."""

from __future__ import annotations

from selon.library.timeline import PersonRole
from selon.web.offices import LENGTH, offices

MAYOR = {"words": "maire", "start": "2020-06-28", "end": None, "known": "2022-12-31"}
DEPUTY = {"words": "adjointe", "start": "2014-01-01", "end": "2020-06-28", "known": "2022-12-31"}


def test_offices_stand_on_one_axis() -> None:
    roles = [
        PersonRole("candidate", 4, "2018-03-12", "2018-09-27"),
        PersonRole("Candidate", 1, "2018-03-01", "2018-03-01"),
    ]
    made = offices([MAYOR, DEPUTY], roles)
    assert made is not None
    assert (made.first, made.last) == (2014, 2022)
    deputy, mayor, candidate = made.bars
    assert (deputy.x, mayor.x) == (0, deputy.x + deputy.width)
    # Who has not left goes on to the day until which the base knows, and no further.
    assert mayor.x + mayor.width == LENGTH
    assert (mayor.end, mayor.known) == (None, "2022-12-31")
    assert (deputy.by, candidate.by) == ("kb", "articles")
    # Capitals make no role of their own.
    assert (candidate.words, candidate.start, candidate.articles) == ("candidate", "2018-03-01", 5)
    assert deputy.x < candidate.x < mayor.x


def test_a_single_day_can_be_seen_and_stays_on_the_axis() -> None:
    made = offices([], [PersonRole("porte-parole", 1, "2020-12-31", "2020-12-31")])
    assert made is not None
    (bar,) = made.bars
    assert bar.width > 0
    assert bar.x + bar.width <= LENGTH


def test_what_has_no_day_makes_no_axis() -> None:
    assert offices([], [PersonRole("porte-parole", 1, None, None)]) is None
    assert offices([], []) is None
    made = offices([MAYOR], [PersonRole("porte-parole", 1, None, None)])
    assert made is not None
    assert (made.bars[1].x, made.bars[1].width) == (0, 0)
