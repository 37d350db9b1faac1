"""Short words of which only the denial changed: found, named, never verbatim, never two people's."""

from __future__ import annotations

import pytest

from selon.reuse import Families, ReusedQuote, check, match, names, types

# One utterance, affirmed and denied, in either language.
PAIRS = [
    ("fr", "Ce sujet est derrière nous", "Ce sujet n'est pas derrière nous"),
    ("fr", "Nous fermerons la carrière de Brézons", "Nous ne fermerons pas la carrière de Brézons"),
    ("fr", "Le barrage tiendra cet hiver", "Le barrage ne tiendra plus cet hiver"),
    ("fr", "Odile Ferrandier a menti aux élus", "Odile Ferrandier n'a jamais menti aux élus"),
    ("en", "This matter is behind us", "This matter is not behind us"),
    ("en", "We trust the harbour board", "We do not trust the harbour board"),
    ("en", "The quarry will close in spring", "The quarry will never close in spring"),
]


def say(n: int, text: str, language: str, speaker: str | None = None) -> ReusedQuote:
    return ReusedQuote(f"s{n}", f"a{n}", text, None, "2024-03-01", language, speaker)


@pytest.mark.parametrize(("language", "plain", "denied"), PAIRS)
@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize("speaker", [None, "person:x"])
def test_check_finds_words_whose_denial_changed(
    language: str, plain: str, denied: str, turned: bool, speaker: str | None
) -> None:
    there, asked = (denied, plain) if turned else (plain, denied)
    families = Families()
    families.add(say(1, there, language, speaker))
    found = check(asked, families, language)
    assert found.verdict == "altered"
    assert "negation changed" in names(found.findings[0].alterations)


@pytest.mark.parametrize(("language", "plain", "denied"), PAIRS)
def test_one_speakers_denial_is_of_one_family_and_is_named(
    language: str, plain: str, denied: str
) -> None:
    families = Families()
    for n, text in enumerate((plain, denied), 1):
        families.add(say(n, text, language, "person:x"))
    assert families.of("s1").members == ("s1", "s2")
    assert names(types(families["s1"], families["s2"])) == ("negation changed",)


@pytest.mark.parametrize(("language", "plain", "denied"), PAIRS)
def test_two_people_who_say_the_contrary_stay_two(language: str, plain: str, denied: str) -> None:
    one, two = say(1, plain, language, "person:ana"), say(2, denied, language, "person:luc")
    assert match(one, two) is None


def test_a_denial_alone_makes_no_words_alike() -> None:
    one = say(1, "Ce sujet n'est pas derrière nous", "fr", "person:x")
    assert match(one, say(2, "Ce train n'est pas devant vous", "fr", "person:x")) is None
