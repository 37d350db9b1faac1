"""The same words in a newspaper's frame, a few words told twice, one speaker under two names, bulletins."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations
from typing import Any

import pytest

from selon.reuse import Families, ReusedQuote, match, names, types
from selon.reuse.quoting import own_words

ANA = "person:ana ruiz"
WHOLE = "Nous allons fermer le pont de Brénac dès le mois de mars et pour deux ans"


def say(number: int, words: str, form: Any = "direct", **more: Any) -> ReusedQuote:
    known: dict[str, Any] = {
        "published": "2026-03-04",
        "speaker_key": ANA,
        "language": "fr",
        **more,
    }
    return ReusedQuote(str(number), f"article {number}", words, form=form, **known)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        # The frame neither lengthens nor rewords.
        (WHOLE, f"sa décision : « {WHOLE} »", "verbatim"),
        (WHOLE, f'annonce à la presse, devant les élus : "{WHOLE}"', "verbatim"),
        (WHOLE, f"juge « inouï » ceci, que voici mot pour mot : « {WHOLE} »", "verbatim"),
        (WHOLE, "que la ville va « fermer le pont de Brénac dès le mois de mars »", "shortened"),
        (WHOLE, "la ville veut “fermer le pont de Brénac” dans sa grande sagesse", "shortened"),
        ("fermer le pont de Brénac", f"sa décision : « {WHOLE} »", "lengthened"),
        # What the frame denies, counts, dates or doubts is told.
        (WHOLE, "la ville n’ira pas « fermer le pont de Brénac dès le mois de mars »", "negation changed"),
        (WHOLE, "la ville va « fermer le pont de Sarlande dès le mois de mars »", "name changed"),
        (WHOLE, "la ville va « fermer le pont de Brénac dès le mois de mai »", "date changed"),
    ],
)  # fmt: skip
def test_the_quoted_part_of_a_mixed_statement_is_compared(
    old: str, new: str, expected: str
) -> None:
    form = "direct" if old in WHOLE else "mixed"
    assert expected in names(types(say(1, old, form), say(2, new, "mixed")))
    if expected in ("verbatim", "shortened", "lengthened"):
        assert names(types(say(1, old, form), say(2, new, "mixed"))) == (expected,)


@pytest.mark.parametrize(
    "frame",
    [
        "vouloir dire « jamais » ceci : « {} »",
        "n’avoir jamais dit : « {} »",
        "peut-être, à l’entendre : « {} »",
        "« {} », ce qui est faux",
    ],
)
def test_a_frame_that_may_turn_the_words_leaves_nothing_verbatim(frame: str) -> None:
    told = say(2, frame.format(WHOLE), "mixed")
    assert "verbatim" not in names(types(say(1, WHOLE), told))
    assert "verbatim" not in names(types(told, say(1, WHOLE)))


def test_two_frames_of_the_same_words_are_verbatim() -> None:
    one = say(1, "la maire a promis de « rouvrir le pont avant la rentrée des classes »", "mixed")
    two = say(2, "« rouvrir le pont avant la rentrée des classes », son vœu le plus cher", "mixed")
    assert names(types(one, two)) == ("verbatim",)
    assert match(one, two) is not None


@pytest.mark.parametrize(
    ("words", "form", "own"),
    [
        ("que le pont « va fermer dès mars »", "mixed", "va fermer dès mars"),
        ('de "chutes de grêle" et de "vents de cent km/h"', "mixed",
         "chutes de grêle (…) vents de cent km/h"),
        ("l’« environnement » du suspect, qui « a sans doute agi seul »", "mixed",
         "a sans doute agi seul"),
        ("« va fermer dès mars »", "mixed", None),  # that is all of it
        ("le pont « va fermer dès mars »", "direct", None),
        ("une « vigilance » de tous", "mixed", None),  # one word may be marked for any reason
        ('le pont "va fermer dès mars', "mixed", None),  # a mark that nothing closes
        ("", "mixed", None),
    ],
)  # fmt: skip
def test_the_words_between_marks(words: str, form: Any, own: str | None) -> None:
    assert own_words(say(1, words, form)) == own


def joined(*sayings: ReusedQuote) -> bool:
    """Whether the sayings are one family, in whatever order they come."""
    told = set()
    for order in permutations(sayings):
        families = Families()
        for one in order:
            families.add(one)
        told.add(len(families.of(order[0].id).members) == len(sayings))
    (same,) = told
    return same


def test_the_same_words_in_two_frames_are_one_family() -> None:
    frame = (
        "que la municipalité, réunie mardi soir en séance extraordinaire devant une salle comble,"
        " comptait « fermer le pont de Brénac » après avis des pompiers et du préfet du département"
    )
    assert joined(say(1, WHOLE), say(2, frame, "mixed", speaker_key=None))
    plain = frame.replace("« ", "").replace(" »", "")
    assert not joined(say(1, WHOLE), say(2, plain, "indirect", speaker_key=None))


def test_a_few_words_of_one_speaker_told_again_at_once_are_one() -> None:
    here, there = say(1, "Je ne pars pas"), say(2, "Je ne pars pas", published="2026-03-05")
    assert joined(here, there)
    assert not joined(here, replace(there, published="2026-03-24"))
    assert not joined(here, replace(there, published=None))
    assert not joined(here, replace(there, speaker_key="person:basile ortega"))
    assert not joined(here, replace(there, speaker_key=None))
    assert not joined(here, replace(there, words="Je pars"))
    assert not joined(say(1, "Oui"), say(2, "Oui"))


def test_one_of_two_speakers_is_misread_where_all_words_are_the_same() -> None:
    here = say(1, "La digue de Sarlande tiendra bon")
    there = replace(here, id="2", article="article 2", speaker_key="person:basile ortega")
    assert joined(here, there)
    assert "re-attributed" in names(types(here, there))
    assert not joined(here, replace(there, published="2026-03-20"))
    assert not joined(here, replace(there, words="La digue de Sarlande cédera hier"))
    common = say(1, "Il faut que justice soit faite")
    assert not joined(common, replace(common, id="2", article="b", speaker_key="person:x y"))


def test_a_body_and_the_person_who_speaks_for_it_may_be_one() -> None:
    here = say(1, "La digue de Sarlande tiendra bon, et même au printemps")
    there = say(2, "La digue de Sarlande tiendra bon", speaker_key="organisation:dreal")
    assert joined(here, there)
    assert not joined(here, replace(there, speaker_key="person:basile ortega"))


@pytest.mark.parametrize(
    ("old", "new", "day", "one"),
    [
        ("Le bilan de la crue est de douze morts", "Le bilan de la crue est de 15 morts", "04", False),
        ("Le bilan de la crue est de douze morts", "Le bilan de la crue est de 12 morts", "05", True),
        ("Sept départements sont placés en vigilance orange aux orages",
         "Sept départements sont placés en vigilance orange aux orages", "30", False),
        ("Sept départements sont placés en vigilance orange aux orages",
         "Sept départements sont placés en vigilance orange aux orages", "05", True),
    ],
)  # fmt: skip
def test_editions_of_one_bulletin_are_no_family(old: str, new: str, day: str, one: bool) -> None:
    known: dict[str, Any] = {"speaker_key": "organisation:meteopluie"}
    first = say(1, old, "indirect", **known)
    second = say(2, new, "indirect", **known, published=f"2026-03-{day}")
    assert joined(first, second) is one
