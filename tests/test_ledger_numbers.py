"""Numbers written in words are numbers, and another month or weekday is called another date."""

from __future__ import annotations

import pytest

from selon.reuse import ReusedQuote, names, types, words


def numbers(text: str, language: str = "fr") -> list[str]:
    return [w.fold for w in words(text, language) if w.number]


def became(old: str, new: str, language: str = "fr") -> tuple[str, ...]:
    return names(
        types(
            ReusedQuote("a", "a", old, language=language, speaker_key="x"),
            ReusedQuote("b", "b", new, language=language, speaker_key="x"),
        )
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("vingt-et-un élus", ["21"]),
        ("vingt et un élus", ["21"]),
        ("Vingt et une élues", ["21"]),
        ("soixante-dix-huit pages", ["78"]),
        ("soixante et onze ans", ["71"]),
        ("quatre-vingt-un ans", ["81"]),
        ("quatre vingt dix neuf jours", ["99"]),
        ("quatre-vingts ans", ["80"]),
        ("deux cent mille habitants", ["200000"]),
        ("deux cent cinquante mille euros", ["250000"]),
        ("trois millions deux cent mille euros", ["3200000"]),
        ("mille neuf cent quatre-vingt-dix", ["1990"]),
        ("deux mille vingt", ["2020"]),
        ("cent habitants", ["100"]),
        ("un million d'euros", ["1000000"]),
        ("1,4 million d'euros", ["1400000"]),
        ("deux mille milliards", ["2000000000000"]),
        ("dix-sept ans", ["17"]),
        ("entre deux cents et trois cents bateaux", ["200", "300"]),
        ("deux, trois jours", ["2", "3"]),
        ("deux trois jours", ["2", "3"]),
        ("quatre. Vingt ans après", ["4", "20"]),
        # « un » by itself, « pour cent » and coins are no such numbers.
        ("un élu et une élue", []),
        ("dix pour cent", ["10"]),
        ("50 cents", ["50"]),
        ("des millions de gens", []),
    ],
)
def test_numbers_in_french_words(text: str, expected: list[str]) -> None:
    assert numbers(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("twenty-one councillors", ["21"]),
        ("twenty one councillors", ["21"]),
        ("two hundred thousand people", ["200000"]),
        ("two hundred and five boats", ["205"]),
        ("between one hundred and two hundred boats", ["100", "200"]),
        ("a hundred boats", ["100"]),
        ("three million two hundred thousand", ["3200000"]),
        ("one boat and a hull", []),
        ("hundreds of boats", []),
    ],
)
def test_numbers_in_english_words(text: str, expected: list[str]) -> None:
    assert numbers(text, "en") == expected


@pytest.mark.parametrize(
    ("language", "old", "new"),
    [
        ("fr", "Nous avons perdu vingt et un postes", "Nous avons perdu 21 postes"),
        ("fr", "Nous avons perdu vingt-et-un postes", "Nous avons perdu vingt et un postes"),
        ("fr", "Il faut deux cent mille doses", "Il faut 200 000 doses"),
        ("fr", "Elle a soixante-dix-huit ans", "Elle a 78 ans"),
        ("en", "We have lost twenty-one jobs", "We have lost 21 jobs"),
        ("en", "We need a hundred boats", "We need 100 boats"),
    ],
)
def test_a_number_in_words_is_the_same_number(language: str, old: str, new: str) -> None:
    assert became(old, new, language) == ("verbatim",)


@pytest.mark.parametrize(
    ("language", "old", "new"),
    [
        ("fr", "Nous avons perdu vingt et un postes", "Nous avons perdu 22 postes"),
        ("fr", "Nous avons perdu vingt-et-un postes", "Nous avons perdu vingt-deux postes"),
        ("fr", "Il faut deux cent mille doses", "Il faut deux cent dix mille doses"),
        ("en", "We have lost twenty-one jobs", "We have lost twenty-two jobs"),
    ],
)
def test_another_number_in_words_is_another_number(language: str, old: str, new: str) -> None:
    assert became(old, new, language) == ("number changed",)
    assert became(new, old, language) == ("number changed",)


@pytest.mark.parametrize(
    ("language", "old", "new"),
    [
        ("fr", "Le pont fermera en mars", "Le pont fermera en mai"),
        ("fr", "Nous voterons lundi matin", "Nous voterons jeudi matin"),
        ("en", "The bridge will close in March", "The bridge will close in May"),
        ("en", "We shall vote on Monday morning", "We shall vote on Friday morning"),
    ],
)
def test_another_month_or_weekday_is_another_date(language: str, old: str, new: str) -> None:
    assert became(old, new, language) == ("date changed",)


def test_a_day_and_its_month_are_both_told() -> None:
    found = became("Le pont fermera le 12 mars", "Le pont fermera le 3 avril")
    assert found == ("number changed", "date changed")
