"""Knowledge bases: what an office is called, and who held it on a day; all names are invented."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from selon.kb.days import clean, window
from selon.kb.records import Tenure
from selon.kb.roles import french, parse
from selon.kb.tenures import answer

# Roles


@pytest.mark.parametrize(
    ("text", "key", "countries"),
    [
        ("le secrétaire du Conseil suprême de la sécurité nationale d'Iran",
         "secretary:council national security supreme", {"IR"}),
        ("Secretary of the Supreme National Security Council",
         "secretary:council national security supreme", set()),
        ("la ministre française des Armées", "minister:defence", {"FR"}),
        ("ministre de l’Intérieur irakien", "minister:interior", {"IQ"}),
        ("Foreign Affairs Minister of Iran", "minister:foreign", {"IR"}),
        ("chef de la diplomatie russe", "minister:foreign", {"RU"}),
        ("gouverneur du Texas", "governor:texas", set()),
        ("le gouverneur de la Banque de France", "governor:central-bank", {"FR"}),
    ],
)  # fmt: skip
def test_roles_in_two_languages(text: str, key: str, countries: set[str]) -> None:
    role = parse(text)
    assert (role.key, set(role.countries)) == (key, countries)


@pytest.mark.parametrize(
    ("text", "mark"),
    [("l'ancien président français", "former"), ("le vice-ministre adjoint", "deputy"),
     ("la présidente élue", "future"), ("le Premier ministre par intérim", "interim")],
)  # fmt: skip
def test_words_that_bar_a_role(text: str, mark: str) -> None:
    assert mark in parse(text).marks


def test_an_unclear_demonym_is_two_countries() -> None:
    assert parse("le président congolais").countries == {"CD", "CG"}


def test_french_names_of_offices() -> None:
    assert french(parse("Minister of Energy")) == "ministre de l'Énergie"
    assert french(parse("Governor of Texas")) is None


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=80))
def test_no_role_raises(text: str) -> None:
    assert isinstance(parse(text).key, str)


# Tenures


def test_dates_known_in_part() -> None:
    assert window("2020-02") == ("2020-02-01", "2020-02-29")
    assert window("2020-03-15T10:00:00Z") == ("2020-03-15", "2020-03-15")
    assert window("2019/2020-02") == ("2019-01-01", "2020-02-29")
    assert [window(x) for x in ("", None, "mars", "2020-13", "2021/2020")] == [None] * 5
    assert clean("2020-00-00") == "2020"


def held(who: str, start: str | None, end: str | None) -> Tenure:
    return Tenure(who, "minister:sea", "FR", "", start, end, "2022-01-01")


@pytest.mark.parametrize(
    ("asked", "why", "holders"),
    [
        ("2016", "found", ("a",)),
        ("2018-05", "found", ("a",)),
        ("2018-06", "several", ("a", "b")),
        ("2018-06-01", "several", ("a", "b")),
        ("2018-06-02", "found", ("b",)),
        ("2010", "none", ()),
        ("2015-01", "part", ("a",)),
        ("2023", "after", ("b",)),
    ],
)
def test_who_held_it(asked: str, why: str, holders: tuple[str, ...]) -> None:
    tenures = [held("a", "2015-01-10", "2018-06-01"), held("b", "2018-06-01", None)]
    days = window(asked)
    assert days is not None
    found = answer(tenures, days)
    assert (found.why, found.holders) == (why, holders)


def test_an_end_that_nobody_wrote_down() -> None:
    tenures = [held("a", "2000", None), held("b", "2010-05", "2012")]
    assert answer(tenures, ("2005-01-01", "2005-01-31")).why == "part"
    assert answer(tenures, ("2011-01-01", "2011-01-31")).holders == ("b",)


def test_a_minister_kept_at_a_reshuffle() -> None:
    tenures = [held("a", "2015-01-10", "2016-06-01"), held("a", "2016-06-01", "2018-06-01")]
    assert answer(tenures, ("2016-05-01", "2016-07-31")).why == "found"


DATES = st.dates().map(str) | st.integers(1900, 2100).map(str)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from("abc"), st.none() | DATES, st.none() | DATES), max_size=5),
    DATES,
)
def test_the_one_found_is_the_only_one_who_may_be(
    rows: list[tuple[str, str | None, str | None]], asked: str
) -> None:
    tenures = [held(*r) for r in rows]
    days = window(asked)
    assert days is not None
    found = answer(tenures, days)
    assert (len(found.holders) == 1) == (found.why in ("found", "part", "after"))
    if found.why == "found":
        rival = held("z", days[0], days[1])
        assert answer([*tenures, rival], days).why == "several"
