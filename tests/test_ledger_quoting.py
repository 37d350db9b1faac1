"""The same words in a newspaper's frame, a few words told twice, one speaker under two names, bulletins."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations
from typing import Any

import pytest

from selon.records import Span
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


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        # Both are quoted: a word that was altered inside the marks is told, whatever the frame.
        ("à « clarifier leur point de vue sur le pont de Brénac » au plus tôt",
         "que les élus « clarifient leur point de vue sur le pont de Brénac », à la radio",
         ("reworded",)),
        # Two frames that tell two things: their numbers and names are no change of the words.
        ("Vers 18 heures, à 800 mètres de là, il a vu « des lampes dans le pré du moulin »",
         "Bruno Ortéga, 42 ans, jure avoir aperçu « des lampes dans le pré du moulin »",
         ("verbatim",)),
        # One frame: its number is told.
        ("que 20 habitants ont vu « des lampes dans le pré du moulin »",
         "que 30 habitants ont vu « des lampes dans le pré du moulin »",
         ("number changed",)),
        # The denial is the quotation's own.
        ("il n’est « pas raisonnable de fermer le pont de Brénac en mars »",
         "juge qu’il n’est « pas raisonnable de fermer le pont de Brénac en mars »",
         ("verbatim",)),
        # What stood outside the marks, and was denied there, is told whatever the frames.
        ("la ville ne cédera pas « le pont de Brénac dès le mois de mars »",
         "la mairie lâche donc « le pont de Brénac dès le mois de mars »",
         None),
        # A doubt in another clause of the newspaper's is none of the words.
        ("que « le pont de Brénac fermera en mars », où la crue peut monter",
         "que « le pont de Brénac fermera en mars »",
         ("verbatim",)),
    ],
)  # fmt: skip
def test_quoted_words_are_told_by_themselves(
    old: str, new: str, expected: tuple[str, ...] | None
) -> None:
    told = names(types(say(1, old, "mixed"), say(2, new, "mixed")))
    assert told == expected if expected else "negation changed" in told


FORECAST = "une situation fortement orageuse nécessite une vigilance particulière dans le Morvan"


def test_the_next_bulletin_is_another_utterance() -> None:
    here = say(1, FORECAST, speaker_key=None)
    more = say(2, f"{FORECAST}, avec un risque de phénomène violent sur le Val", speaker_key=None)
    assert joined(here, more)  # of one day
    assert joined(here, replace(more, published="2026-03-05"))
    assert not joined(here, replace(more, published="2026-03-06"))
    again = say(3, FORECAST, speaker_key=None, published="2026-03-06")
    assert joined(here, again)  # word for word
    assert not joined(here, replace(again, published="2026-03-30"))
    said = "Nous ne fermerons pas le pont de Brénac, ni en mars ni plus tard"
    assert joined(say(4, said), say(5, f"{said}, je le répète", published="2026-03-06"))


@pytest.mark.parametrize(
    "phrase",
    [
        "participation à un groupement formé en vue de violences ou de dégradations",
        "la loi et l’ordre",
    ],
)
def test_a_set_phrase_is_nobodys(phrase: str) -> None:
    here = say(1, phrase, speaker_key=None)
    other = say(2, f"Le maire de Brénac, lui, ne veut rien lâcher : {phrase}", speaker_key=None)
    assert not joined(here, other)


def test_so_long_a_run_is_one_utterance_whoever_is_read_to_say_it() -> None:
    here = say(1, f"{WHOLE}. Les riverains attendent cela depuis quinze ans et trois maires")
    there = say(2, f"La crue a tout emporté au lavoir. {WHOLE}", speaker_key="person:basile ortega")
    assert joined(here, there)
    assert "re-attributed" in names(types(here, there))


def test_one_speakers_words_cut_twice_in_one_article_are_one_family() -> None:
    place = {"article": "article 1"}
    outer = replace(say(1, f"de trancher : « {WHOLE} »", "mixed"), spans=(Span(0, 90),), **place)
    inner = replace(say(2, WHOLE), spans=(Span(15, 88),), **place)
    assert joined(outer, inner, say(3, WHOLE))
    assert not joined(outer, replace(inner, speaker_key=None), say(3, WHOLE))


def test_pasted_words_with_another_date_than_the_frame_are_told_so() -> None:
    frame = "annonce devant les élus et la presse que le 12 mars la ville"
    told = say(1, f"{frame} « fermera le pont de Brénac pour deux ans »", "mixed")
    asked = say(2, "le 12 mai la ville fermera le pont de Brénac pour deux ans", None)
    assert "date changed" in names(types(told, asked))
    assert "date changed" in names(types(told, replace(asked, form="direct")))
