"""Links of entities to knowledge bases: floors on own questions, and what is never linked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from selon.kb.build import build
from selon.kb.identity import BY_ID, BY_NAME_AND_COUNTRY, BY_NAME_AND_ROLE, same
from selon.kb.link import BY_NAME, BY_ROLE, INFERRED, REASONS, entities
from selon.kb.store import Kb
from selon.records import Article, Entity, EntityType, Judgement, Mention, Span

HERE = Path(__file__).parent
QUESTIONS = [
    (*line.split("\t"), "")[:3]
    for line in (HERE / "kb" / "offices.tsv").read_text("utf-8").splitlines()
    if not line.startswith("#")
]
SHAMKHANI, PUTIN, MACRON = "Q1391746", "Q7747", "Q3052772"


@pytest.fixture(scope="module")
def kb() -> Iterator[Kb]:
    with Kb.default() as opened:
        yield opened


def nominal(*roles: str) -> Entity:
    return Entity("e1", "person", roles[0], (Mention(Span(0, 1), "nominal"),), roles)


def named(name: str, *roles: str, kind: EntityType = "person") -> Entity:
    return Entity("e1", kind, name, (Mention(Span(0, 1), "name"),), roles)


def linked(
    entity: Entity, kb: Kb, published: str | None = "2020-03", text: str = ""
) -> tuple[Entity, Judgement]:
    found, judgements = entities([entity], Article("a", text, published=published), kb)
    assert len(judgements) == 1
    return found[0], judgements[0]


def test_offices_at_dates(kb: Kb) -> None:
    assert len(QUESTIONS) >= 300
    right = wrong = askable = 0
    bad = []
    for role, date, who in QUESTIONS:
        entity, judgement = linked(nominal(role), kb, date)
        expected = who.split()
        askable += len(expected) == 1 and expected[0] not in ("-", "?")
        if entity.kb is None:
            continue
        assert (judgement.relation, judgement.by) == ("is", BY_ROLE)
        if expected == [entity.kb]:
            right += 1
        else:
            wrong += 1
            bad.append(f"{role} {date}: {entity.kb} for {who}")
    assert right / (right + wrong) >= 0.97, bad
    assert right / askable >= 0.90


def test_in_the_month_of_a_change_both_or_nobody(kb: Kb) -> None:
    for role, date, who in QUESTIONS:
        if " " not in who:
            continue
        entity, judgement = linked(nominal(role), kb, date)
        assert entity.kb is None
        assert judgement.relation in ("may be", "unknown")
        if judgement.relation == "may be":
            assert judgement.object is not None
            assert len(judgement.object.split()) > 1


def test_the_secretary_of_the_council(kb: Kb) -> None:
    role = "le secrétaire du Conseil suprême de la sécurité nationale d'Iran"
    entity, judgement = linked(nominal(role), kb)
    assert (entity.kb, entity.name) == (SHAMKHANI, role), "the words stay as they are written"
    assert judgement == Judgement("e1", "is", SHAMKHANI, BY_ROLE, 0.9)
    assert judgement.by in INFERRED


@pytest.mark.parametrize(
    ("role", "published", "why"),
    [
        ("chef du renseignement irakien", "2020-03", "no-office"),
        ("le ministre de l'Intérieur", "2020-07", "no-country"),
        ("l'ancien président français", "2020-03", "former"),
        ("le président congolais", "2020-03", "country"),
        ("le président français", None, "date"),
        ("le président français", "2031-03", "after"),
        ("le vice-président américain", "2020-03", "many"),
        ("le boulanger du village", "2020-03", "role"),
    ],
)
def test_an_abstention_says_why(kb: Kb, role: str, published: str | None, why: str) -> None:
    entity, judgement = linked(nominal(role), kb, published)
    assert entity.kb is None
    assert (judgement.relation, judgement.object) == ("unknown", why)
    assert why in REASONS


@pytest.mark.parametrize(
    ("name", "role", "expected"),
    [
        ("Ali Chamkhani", "secrétaire du Conseil suprême de sécurité nationale iranien", SHAMKHANI),
        ("Vladimir Poutine", "président russe", PUTIN),
        ("Poutine", "président russe", PUTIN),
        ("Emmanuel Macron", "président français", MACRON),
        ("Emmanuel Macron", "ancien ministre de l'Économie français", MACRON),
        ("Mostafa Kazemi", "chef du renseignement irakien", None),
        ("Emmanuel Macron", "boulanger à Tours", None),
        ("Ali Larijani", "secrétaire du Conseil suprême de sécurité nationale irakien", None),
        ("Medvedev", "président russe", None),
    ],
)
def test_names_with_a_role(kb: Kb, name: str, role: str, expected: str | None) -> None:
    entity, judgement = linked(named(name, role), kb)
    assert entity.kb == expected
    assert judgement.by == BY_NAME
    assert entity.name == name


def test_a_full_name_needs_the_news_of_its_country(kb: Kb) -> None:
    assert linked(named("Emmanuel Macron"), kb, text="La France attend.")[0].kb == MACRON
    assert linked(named("Emmanuel Macron"), kb, text="Le bal commence.")[0].kb is None
    assert linked(named("Emmanuel Macron"), kb, "1950", "La France attend.")[0].kb is None


def test_agencies_and_countries(kb: Kb) -> None:
    assert linked(named("AFP", kind="organisation"), kb)[0].kb == "Q40464"
    assert linked(named("Iran", kind="place"), kb)[0].kb == "Q794"
    assert linked(named("AFPE", kind="organisation"), kb)[0].kb is None
    assert linked(named("Iran", kind="person"), kb)[0].kb is None


def test_homonyms_are_told_apart_or_left(tmp_path: Path) -> None:
    rows = [
        "h1,Paul Rivoire,FR,ministre de la Mer,2015,2018",
        "h2,Paul Rivoire,FR,maire de Sète,2015,2018",
        "h3,Anne Solène,FR,ministre du Travail,2015,2018",
        "h4,Anne Solène,FR,ministre du Travail,2018,2019",
    ]
    source = tmp_path / "h.csv"
    source.write_text("id,name,country,role,start,end\n" + "\n".join(rows))
    build(tmp_path / "h.db", [source], "2022-01-01")
    with Kb(tmp_path / "h.db") as kb:
        assert (
            linked(named("Paul Rivoire", "ministre français de la Mer"), kb, "2016")[0].kb == "h1"
        )
        assert linked(named("Paul Rivoire"), kb, "2016", "En France.")[1].object == "homonyms"
        twice = linked(named("Anne Solène", "ministre du Travail"), kb, "2020")
        assert twice[1].object == "homonyms"


@settings(max_examples=150, deadline=None)
@given(
    word=st.sampled_from(["Macron", "Poutine", "Larijani", "Bush", "Le Pen"]) | st.text(max_size=12)
)
def test_a_lone_word_never_links_a_person(word: str) -> None:
    with Kb.default() as kb:
        for text in ("La France, l'Iran et la Russie.", ""):
            found, _ = entities([named(word)], Article("a", text, published="2020-03"), kb)
            if len(word.split()) < 2 or word == "Le Pen":
                assert found[0].kb is None


def test_what_is_linked_already_stays(kb: Kb) -> None:
    entity = Entity("e1", "person", "Vladimir Poutine", (), ("président russe",), "mine:1")
    assert entities([entity], Article("a", "", published="2020"), kb) == ((entity,), ())
    again, judgements = entities(
        [nominal("le président russe")] * 2, Article("a", "", published="2019"), kb
    )
    assert [e.kb for e in again] == [PUTIN] * 2
    assert len(judgements) == 2


# Identity across articles

ONE, TWO = Article("one", ""), Article("two", "")


def test_one_id_is_one_person() -> None:
    a = Entity("e1", "person", "Poutine", (), (), PUTIN)
    b = Entity("e7", "person", "le président russe", (), (), PUTIN)
    assert same(a, ONE, b, TWO) == Judgement("one/e1", "same as", "two/e7", BY_ID, 0.98)
    assert same(a, ONE, Entity("e2", "person", "Poutine", (), (), MACRON), TWO) is None


@pytest.mark.parametrize(
    ("a", "b", "by"),
    [
        (named("Zélie Karmadi", "ministre iranienne de l'Énergie"),
         named("Zelie Qarmadi", "la ministre de l'Énergie d'Iran"), BY_NAME_AND_ROLE),
        (named("Zélie Karmadi", "ministre iranienne de l'Énergie"),
         named("Zélie Karmadi", "présidente du Parlement iranien"), BY_NAME_AND_COUNTRY),
        (named("Zélie Karmadi", "ministre iranienne de l'Énergie"),
         named("Zélie Karmadi", "ministre turque de l'Énergie"), None),
        (named("Karmadi", "ministre iranienne de l'Énergie"),
         named("Karmadi", "ministre iranienne de l'Énergie"), None),
        (named("Zélie Karmadi"), named("Zélie Karmadi"), None),
        (named("Zélie Karmadi", "ministre de l'Énergie"),
         named("Noé Karmadi", "ministre de l'Énergie"), None),
    ],
)  # fmt: skip
def test_identity_by_name_and_evidence(a: Entity, b: Entity, by: str | None) -> None:
    found = same(a, ONE, b, TWO)
    assert (found.by if found else None) == by
    back = same(b, TWO, a, ONE)
    assert (back.by if back else None) == by
