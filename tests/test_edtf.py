"""Dates known in part: one reader of EDTF for times, people's offices, copies and repeated quotations."""

from __future__ import annotations

from datetime import date

import pytest

from selon import edtf
from selon.kb.days import window
from selon.library import near_duplicates


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("2024-03-01", "2024-03-01", "2024-03-01"),
        ("2024-03-01T10:00Z", "2024-03-01", "2024-03-01"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2023~", "2023-01-01", "2023-12-31"),
        ("199X", "1990-01-01", "1999-12-31"),
        ("2020-21", "2020-03-01", "2020-05-31"),
        ("2020-40", "2020-01-01", "2020-06-30"),
        ("2019/2020-02", "2019-01-01", "2020-02-29"),
        ("[2020-03-02,2020-03-09]", "2020-03-02", "2020-03-09"),
        ("[2020-03-01..2020-03-05]", "2020-03-01", "2020-03-05"),
    ],
)
def test_a_date_has_a_first_and_a_last_day(written: str, first: str, last: str) -> None:
    assert edtf.bounds(written) == (date.fromisoformat(first), date.fromisoformat(last))
    assert window(written) == (first, last)


@pytest.mark.parametrize("written", ["", None, "hier", "2020-13", "2021/2020", "2020/..", "?"])
def test_what_names_no_day_has_no_bounds(written: str | None) -> None:
    assert edtf.bounds(written) is None
    assert edtf.days_of(written) == ()
    assert window(written) is None


def test_a_day_is_known_only_where_no_other_is_meant() -> None:
    assert edtf.day_of("2024-03-01?") == date(2024, 3, 1)
    assert edtf.day_of("2024-03") is None
    assert near_duplicates.days_between("2024-03-01", "2024-03-04T08:00Z") == 3
    assert near_duplicates.days_between("2024-03", "2024-03-04") is None


def test_days_between_are_the_least_that_two_dates_leave_open() -> None:
    assert edtf.days_between("[2024-03-01,2024-03-10]", "2024-03-12") == 2
    assert edtf.days_between("2024-03", "2024-03-20") == 0
    assert edtf.days_between("2024-03", None) is None
