"""An office that stands alone is its holder's, where the article named one before; else nobody's."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from selon.kb.build import build
from selon.kb.office_holders import BY, join_office_holders
from selon.kb.store import Kb
from selon.records import Article, Entity, Judgement, Mention, Reading, Span

TABLE = """id,name,type,gender,country,role,start,end
Q1,Odile Varenne,person,f,FR,ministre de la Santé,2018-01-01,2020-06-30
Q2,Paul Tessier,person,m,FR,ministre de la Santé,2020-07-01,2022-01-01
Q3,Marc Jourdan,person,m,FR,Premier ministre,2017-05-15,2020-07-03
"""


@pytest.fixture(scope="module")
def kb(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kb]:
    folder = tmp_path_factory.mktemp("kb")
    (folder / "people.csv").write_text(TABLE, "utf-8")
    build(folder / "own.db", [folder / "people.csv"], "2022-06-01")
    with Kb(folder / "own.db") as opened:
        yield opened


def article(*people: tuple[str, str], published: str | None = "2019-03-02") -> Reading:
    """Entities in text order: name and form; the last one speaks."""
    entities, at = [], 0
    for n, (name, form) in enumerate(people):
        mention = Mention(Span(at, at + len(name)), form)  # type: ignore[arg-type]
        kind = "person" if form == "name" else "someone"
        entities.append(Entity(f"e{n}", "person", name, (mention,), kind=kind))  # type: ignore[arg-type]
        at += len(name) + 2
    text = ", ".join(name for name, _ in people)
    told = Judgement("s1/speaker", "is", entities[-1].id, "rule:who.description", 0.9)
    return Reading(
        Article("a", text, "fr", published=published), (), tuple(entities), (), (), (told,)
    )


def speaker(reading: Reading, kb: Kb) -> str:
    found = join_office_holders(reading, kb)
    ident = next(j.object for j in found.judgements if j.subject == "s1/speaker")
    return next(e.name for e in found.entities if e.id == ident)


def test_the_holder_of_that_day_who_was_named(kb: Kb) -> None:
    office = ("la ministre de la Santé", "nominal")
    reading = article(("Odile Varenne", "name"), ("Marc Jourdan", "name"), office)
    assert speaker(reading, kb) == "Odile Varenne"
    found = join_office_holders(reading, kb)
    assert [len(e.mentions) for e in found.entities] == [2, 1]
    assert found.entities[0].roles == ("ministre de la Santé",)
    assert found.judgements[-1].by == BY
    assert speaker(article(("Marc Jourdan", "name"), ("le Premier ministre", "nominal")), kb) == (
        "Marc Jourdan"
    )


@pytest.mark.parametrize(
    ("people", "published"),
    [
        # Named only later; out of office that day; no date; an indefinite one; a deputy.
        ((("la ministre de la Santé", "nominal"),), "2019-03-02"),
        ((("Paul Tessier", "name"), ("le ministre de la Santé", "nominal")), "2019-03-02"),
        ((("Odile Varenne", "name"), ("la ministre de la Santé", "nominal")), None),
        ((("Odile Varenne", "name"), ("la ministre de la Culture", "nominal")), "2019-03-02"),
        (
            (("Odile Varenne", "name"), ("la ministre italienne de la Santé", "nominal")),
            "2019-03-02",
        ),
    ],
)
def test_nothing_rather_than_a_guess(
    people: tuple[tuple[str, str], ...], published: str | None, kb: Kb
) -> None:
    assert speaker(article(*people, published=published), kb) == people[-1][0]


def test_a_former_office_is_of_who_has_left_it(kb: Kb) -> None:
    people = (("Odile Varenne", "name"), ("l’ancienne ministre de la Santé", "nominal"))
    assert speaker(article(*people, published="2021-03-02"), kb) == "Odile Varenne"
    assert speaker(article(*people, published="2019-03-02"), kb) == people[-1][0]
