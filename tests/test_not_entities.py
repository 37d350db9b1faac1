"""What is no entity: measures, illnesses, events, ideas and acts; what a library should not count."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from selon import read
from selon.lang import people
from selon.library import add, bodies, runs
from selon.library.store import Library
from selon.records import Article, Entity, Judgement, Mention, Reading, Span


def reading(text: str) -> Reading:
    return read(Article("a", text, "fr", published="2026-03-02"))


def names(text: str) -> set[str]:
    return {entity.name for entity in reading(text).entities}


@pytest.mark.parametrize(
    ("text", "absent"),
    [
        (
            "Odile Varenne, adjointe chargée de la Santé, a ouvert la réunion hier à Brénac.",
            {"Santé"},
        ),
        ("Le Covid-19 a fait cent morts à Brénac, a dit Odile Varenne.", {"Covid-19"}),
        ("« Il venait chez moi 20 minutes par semaine », a dit Odile Varenne.", {"20 minutes"}),
        (
            "Le chanteur, célèbre pendant la Seconde Guerre mondiale, est mort, a dit Odile Varenne.",
            {"Guerre", "Seconde Guerre", "Seconde Guerre mondiale"},
        ),
        (
            "Odile Varenne parle de l’organisation du déconfinement et du pouvoir d’achat.",
            {"l’organisation du déconfinement", "le pouvoir", "pouvoir d’achat"},
        ),
        (
            "Le suspect a reconnu les faits pendant sa garde à vue. Il vivait à l’étranger.",
            {"garde à vue", "sa garde à vue", "l’étranger"},
        ),
        ("Odile Varenne roule dans une voiture Brénaude et joue au jeu Grimpons.", {"Brénaude"}),
        ("Odile Varenne a droit au Revenu de solidarité active (RSA) depuis lundi.", {"RSA"}),
        ("Odile Varenne a jeté des cocktails Molotov sur la police.", {"Molotov"}),
        (
            "Odile Varenne vend quatre teintes (Gris Ardoise, Blanc Lune). La peinture Rouge Braise plaît.",
            {"Gris Ardoise", "Blanc Lune", "Rouge Braise"},
        ),
        (
            "Odile Varenne roule avec un bloc essence 1.4 litre TSX et une transmission DRG.",
            {"TSX", "DRG"},
        ),
        ("« Le temps presse », a dit Odile Varenne hier à Brénac.", {"Le temps"}),
        ("Odile Varenne a joué « La Brénaude de Vivaldi » hier soir.", {"Brénaude"}),
        (
            "Odile Varenne veut que la musique soit le quotidien de ces enfants.",
            {"le quotidien de ces enfants"},
        ),
        (
            "Odile Varenne conteste le premier chef d’accusation devant la cour.",
            {"le premier chef d’accusation"},
        ),
        ("Odile Varenne siège dans la salle des Séances du conseil.", {"Séances"}),
        ("Le masque couvre le nez, pas le cou ni le front, a dit Odile Varenne.", {"le front"}),
        (
            "Brénac a présenté la nouvelle Evala, sa première Hypervolt, a dit Odile Varenne.",
            {"Evala", "Hypervolt"},
        ),
        ("Odile Varenne court depuis hier à la Monterel Car Week.", {"Monterel Car Week"}),
        ("Lors De l’édition de mai, Odile Varenne a gagné, dit-elle.", {"De"}),
        (
            "Odile Varenne est venue au secours de Paul Tessier et a été rappelée à l’ordre.",
            {"secours", "secours de Paul Tessier", "l’ordre"},
        ),
        ("Le chef ne veut pas de garde-à-vous, dit Odile Varenne.", {"garde-à-vous"}),
        (
            "Odile Varenne doute du pouvoir de protection du vaccin, a-t-elle dit.",
            {"le pouvoir de protection du vaccin"},
        ),
        (
            "Odile Varenne a perdu avec le fait de partager, a-t-elle dit à l’AFP mardi.",
            {"avec le fait de partager"},
        ),
        (
            "D’après leur voix et leur allure, les deux hommes seraient jeunes.",
            {"leur voix et leur allure"},
        ),
    ],
)
def test_no_entities(text: str, absent: set[str]) -> None:
    found = {name.replace("'", "’") for name in names(text)}
    assert not found & absent, found


@pytest.mark.parametrize(
    ("text", "present"),
    [
        ("La police et le gouvernement ont démenti. Le gouvernement attend.", "le gouvernement"),
        ("Selon le ministère de la Santé, tout va bien.", "le ministère de la Santé"),
        ("L’hebdomadaire 20 Minutes a publié un entretien avec Odile Varenne.", "20 Minutes"),
        ("Odile Varenne habite en Haute-Savoie.", "Haute-Savoie"),
        ("La nouvelle Odile Varenne est là, dit le maire.", "Odile Varenne"),
        ("La nouvelle Union du Brénac a voté hier, dit le maire.", "Union du Brénac"),
        ("Un proche d’Odile Varenne.2019 fut une bonne année.", "Odile Varenne"),
        ("Le parti Génération.s a répondu à Odile Varenne.", "Génération.s"),
        ("Odile Varenne lit « Le Temps ». Le Temps a publié sa lettre.", "Le Temps"),
        ("Noir Matin joue avec Odile Varenne ce soir à Brénac.", "Noir Matin"),
        ("L’élu du Var, dit Odile Varenne. Le maire de BrénacLundi, il pleut.", "Odile Varenne"),
        ("La Santé, dit Paul Roux, est un bien commun. Odile Varenne l’a écouté.", "Odile Varenne"),
    ],
)
def test_entities_stay(text: str, present: str) -> None:
    assert present in names(text)


def test_a_department_is_a_place_and_no_person() -> None:
    found = {e.name: e for e in reading("L’élue de Haute-Savoie, Odile Varenne, a voté.").entities}
    assert found["Haute-Savoie"].type == "place"


def test_a_state_of_things_that_speaks_is_nobody() -> None:
    found = reading(
        "« Rien n’est joué », assure Odile Varenne. La situation confirme que tout va mal."
    )
    assert not any("situation" in e.name for e in found.entities)


def test_a_library_counts_no_thing_that_only_a_pronoun_means(tmp_path: Path) -> None:
    text = "Les pluies durent. « Elles sont fortes », dit Odile Varenne."
    rain, again = text.index("Les pluies"), text.index("Elles")
    mentions = (
        Mention(Span(rain, rain + 10), "nominal"),
        Mention(Span(again, again + 5), "pronoun"),
    )
    told = reading(text)
    thing = Entity("rain", "unknown", "Les pluies", mentions, kind="other")
    named = Entity("art", "work", "Le Guetteur", (Mention(Span(0, 3), "name"),), kind="other")
    speaks = Entity(
        "voice", "unknown", "une voix", (Mention(Span(4, 10), "nominal"),), kind="other"
    )
    said = Judgement(f"{told.statements[0].id}/speaker", "is", "voice", "rule:who.description", 0.9)
    told = replace(told, entities=(*told.entities, thing, named, speaks), judgements=(said,))
    with Library(tmp_path / "a.db", create=True) as library:
        add.load(library, [told], runs.maker())
        rows = library.connection.execute("select name from appearance").fetchall()
    found = {name for (name,) in rows}
    assert "Les pluies" not in found
    assert {"Le Guetteur", "une voix", "Odile Varenne"} <= found


def test_what_things_tell_is_still_a_speaker() -> None:
    found = reading("Selon les premiers éléments de l’enquête, le feu est parti de la cave.")
    assert any("éléments" in e.name for e in found.entities)


def test_a_full_stop_without_a_blank_ends_a_name() -> None:
    found = names("Le maire a répondu à Odile Varenne.sur la place du village, dit-il.")
    assert "Odile Varenne" in found


def test_a_heading_in_capitals_is_the_person_of_the_text() -> None:
    text = "ODILE VARENNE DÉNONCE UN SCANDALE\n\nOdile Varenne a parlé hier. « Assez », dit-elle."
    found = [e for e in reading(text).entities if "varenne" in e.name.lower()]
    assert [e.name for e in found] == ["Odile Varenne"]


def test_several_after_their_role_speak_together() -> None:
    text = "« Nous partons », ont dit les porte-parole du front, Odile Varenne et Paul Tessier."
    found = reading(text)
    (statement,) = found.statements
    told = {j.subject: j.object for j in found.judgements}
    who = next(e for e in found.entities if e.id == told[f"{statement.id}/speaker"])
    assert who.kind == "group"
    assert "Varenne" in who.name
    assert "Tessier" in who.name


def test_a_ministry_beside_a_foreign_government_is_of_no_certain_country() -> None:
    entity = Entity("e1", "organisation", "le ministère de l’Intérieur", kind="organisation")
    home = "Le ministère de l’Intérieur a parlé. La France attend. Les Français aussi."
    abroad = f"{home} Le gouvernement britannique a démenti."
    both = f"{abroad} Le gouvernement français aussi."
    assert bodies.body_key(entity, Article("a", home, "fr")) is not None
    assert bodies.body_key(entity, Article("a", abroad, "fr")) is None
    assert bodies.body_key(entity, Article("a", both, "fr")) is not None


def test_a_language_need_not_have_the_file() -> None:
    assert people._not_entities("nothing-here")["things"] == []


def test_a_heading_between_hyphens_opens_no_name() -> None:
    text = "« Tout ira bien », a dit Odile Varenne.- Marches de nuit -Le village attend le maire."
    assert not {n for n in names(text) if n.startswith("Marches")}


def test_a_city_of_two_words_is_no_person() -> None:
    found = {e.name: e.type for e in reading("A New York, Odile Varenne a parlé.").entities}
    assert found.get("New York", "place") == "place"


def test_the_region_a_president_leads_is_no_name_of_his() -> None:
    text = "Le président de la région Haute-Brénie a répondu. Odile Varenne se tait."
    assert not [e for e in reading(text).entities if e.type == "person" and "Brénie" in e.name[:13]]


def test_whom_one_tells_is_no_part_of_a_description() -> None:
    text = "« Merci », a confié la jeune femme à Paul Tessier. Elle rit."
    assert "la jeune femme à Paul Tessier" not in names(text)


def test_a_microphone_is_no_part_of_a_role() -> None:
    text = "« Merci », a dit l’élue du Var au micro de Radio Brénac. L’élue du Var sourit."
    assert not [n for n in names(text) if "micro" in n]


def test_a_sentence_that_touches_a_name_begins_after_it() -> None:
    text = "« Merci », a dit le maire de VarenneLundi. Odile Tessier a souri au maire de Varenne."
    assert not [n for n in names(text) if "Lundi" in n]
