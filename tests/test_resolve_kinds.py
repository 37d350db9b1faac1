"""What an entity is as a speaker, and of which gender, told by its words alone."""

from __future__ import annotations

import pytest

from selon import lang
from selon.reading import coref
from selon.reading.coref.answers import known
from selon.records import Article, Entity, Mention, Party, Sentence, Span, Statement

WORDS = lang.load("fr").people


def told(before: str, name: str, type_: str, form: str = "name", **more: object) -> Entity:
    text = f"{before}{name} a parlé."
    mention = Mention(Span(len(before), len(before) + len(name)), form)  # type: ignore[arg-type]
    return known(Entity("e1", type_, name, (mention,), **more), text, WORDS)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("before", "name", "type_", "form", "kind"),
    [
        ("", "Odile Varenne", "person", "name", "person"),
        ("", "un policier", "person", "nominal", "someone"),
        ("", "une source proche du dossier", "group", "nominal", "someone"),
        ("", "des sources policières", "group", "nominal", "group"),
        ("", "les riverains", "group", "nominal", "group"),
        ("", "la mairie de Brénac", "organisation", "nominal", "organisation"),
        ("l’", "Allemagne", "place", "name", "organisation"),
        ("", "Radio Brénac", "unknown", "name", "media"),
        ("", "Brénac-Matin", "person", "name", "media"),
        ("le quotidien ", "Le Levant", "organisation", "name", "media"),
        ("le ", "Figaro", "unknown", "name", "media"),
        ("", "brenac.fr", "unknown", "name", "media"),
        ("", "un rapport", "work", "nominal", "document"),
        ("", "certains", "unknown", "nominal", "group"),
        ("", "une majorité d’électeurs", "unknown", "nominal", "group"),
        ("", "d’autres", "unknown", "nominal", "group"),
        ("", "quelqu’un", "unknown", "nominal", "someone"),
        ("", "le silence", "unknown", "nominal", "other"),
        ("", "Mila", "unknown", "name", "person"),
        ("la ", "Tramontane", "unknown", "name", "organisation"),
    ],
)
def test_kind(before: str, name: str, type_: str, form: str, kind: str) -> None:
    assert told(before, name, type_, form).kind == kind


@pytest.mark.parametrize(
    ("before", "name", "form", "gender", "by"),
    [
        ("Mme ", "Dominique Varenne", "name", "female", "title"),
        ("M. ", "Camille Varenne", "name", "male", "title"),
        ("", "Odile Varenne", "name", "female", "first-name"),
        ("", "Jean-Yves Varenne", "name", "male", "first-name"),
        ("", "Dominique Varenne", "name", None, None),
        ("", "Kzyx Brrl", "name", None, None),
        ("", "la directrice du port", "nominal", "female", "role"),
        ("", "une journaliste", "nominal", "female", "role"),
        ("", "un journaliste", "nominal", "male", "role"),
        ("", "son frère", "nominal", "male", "role"),
        ("", "une source", "nominal", None, None),
        ("", "la victime", "nominal", None, None),
        ("", "un témoin", "nominal", None, None),
    ],
)
def test_gender(before: str, name: str, form: str, gender: str | None, by: str | None) -> None:
    entity = told(before, name, "person", form)
    assert (entity.gender, entity.gender_by) == (gender, by)


def test_a_feminine_role_and_pronouns_outweigh_a_foreign_first_name() -> None:
    text = "Le juge Andrea Conti a tranché. Il part, il revient, il dort."
    at = text.index("Andrea")
    places = [(at, at + 12, "name")]
    places += [(n, n + 2, "pronoun") for n in range(len(text)) if text[n : n + 2] in ("Il", "il")]
    places.append((0, 7, "nominal"))
    mentions = tuple(Mention(Span(a, b), form) for a, b, form in sorted(places))  # type: ignore[arg-type]
    entity = known(Entity("e1", "person", "Andrea Conti", mentions), text, WORDS)
    assert entity.gender == "male"


def test_nothing_raises_and_bodies_have_no_gender() -> None:
    for name in ("", " ", "’", "%", "56 %", "محمد", "А", "-", "\u202e", "X" * 5000):
        assert told("", name, "unknown").kind is not None
        assert told("", name, "person", "nominal").kind is not None
    assert told("", "Odile", "organisation").gender is None


def entities(text: str) -> dict[str, str | None]:
    """The kind of everything that an unparsed text names."""
    found, _ = coref.resolve_people(
        Article("a", text, "fr"), (Sentence(Span(0, len(text)), 0),), (), (), WORDS
    )
    return {e.name: e.kind for e in found}


@pytest.mark.parametrize(
    "name", ["Issy-les-Moulineaux", "Seine-et-Marne", "Saint-Denis", "Lyon", "France-Espagne"]
)
def test_a_place_is_no_person(name: str) -> None:
    assert entities(f"Hier, nous avons vu {name}, {name} encore.")[name] == "organisation"


@pytest.mark.parametrize("name", ["Jean-Yves Lyon", "Odile de Saint-Denis", "Florence Varn"])
def test_a_person_named_as_a_place_is(name: str) -> None:
    found = entities(f"Hier, {name} a parlé. Demain, {name.split()[-1]} partira.")
    assert found == {name: "person"}


def test_a_networks_station_has_its_own_name() -> None:
    found = entities("Selon France 3 Bretagne, il pleut. Anne Varn, sur France 3 Odile Varn, rit.")
    assert {"France 3 Bretagne", "France 3", "Odile Varn"} <= set(found)
    assert found["France 3 Bretagne"] == "media"


def test_a_cut_off_word_is_nobody() -> None:
    assert not entities("Il dit : C’est beau, C’est grand.")


@pytest.mark.parametrize(
    "words",
    [
        "Tous ceux de la Maison Varn",
        "ceux de Brione",
        "certains d'entre eux",
        "Odile Varn",
    ],
)
def test_a_speaker_is_all_of_its_words(words: str) -> None:
    text = f"Anne Roux est venue. {words} a dit : « Bien. »"
    at = text.index(words)
    one = Statement(
        "s", "direct", (Span(at + len(words) + 9, len(text) - 2),),
        speaker=Party((Span(at, at + len(words)),)),
    )  # fmt: skip
    found, judged = coref.resolve_people(
        Article("a", text, "fr"), (Sentence(Span(0, len(text)), 0),), (), (one,), WORDS
    )
    called = {e.id: e.name for e in found}
    assert [called[j.object or ""] for j in judged] == [words]


def test_those_of_a_country_are_a_group_and_a_lost_full_stop_ends_a_name() -> None:
    found = entities("Hier, les Français ont vu les Philippines et Anne Roux Les parents sont là.")
    assert found["Français"] == "group"
    assert found["Philippines"] == "organisation"
    assert "Anne Roux" in found


def test_an_outlet_without_its_accents() -> None:
    assert entities("Selon le Canard Enchaine, il pleut.")["Canard Enchaine"] == "media"


def test_abstract_nouns_and_numbers_are_nobody() -> None:
    found = entities("Hier, la mort a frappé. L'ai commencé en homme. Le XIIIe siècle est loin.")
    assert not {"la mort", "XIIIe"} & set(found)
    assert all("commencé" not in name for name in found)
    assert told("", "la mort", "unknown", "nominal").kind == "other"
    assert told("", "un mort", "unknown", "nominal").kind == "someone"
    assert "Covid-19" not in entities("Nous avons vu Covid-19 hier, et Covid-19 encore.")
