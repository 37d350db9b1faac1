"""A lone quotation that is said again elsewhere is its speaker's: headlines and headings."""

from __future__ import annotations

from selon import lang, pipeline
from selon.reading import coref
from selon.records import Antecedent, Article, Party, Span, Statement

TEXT = (
    "« On nous prend pour des mouettes »\n\n"
    "« Le port doit fermer », a répété James Chéroux.\n"
    "« Assez pour devenir pêcheur »\n"
    "« On nous prend pour des mouettes », a réagi Odile Varnier. « Il faut savoir nager assez loin"
    " pour devenir un pêcheur », a plaisanté Romain Sénart. « Le port »"
)


def span(words: str, nth: int = 0) -> Span:
    at = -1
    for _ in range(nth + 1):
        at = TEXT.index(words, at + 1)
    return Span(at, at + len(words))


def said(content: str, nth: int, cue: str = "", speaker: str = "") -> Statement:
    return Statement(
        f"{content}/{nth}", "direct", (span(content, nth),), (span(cue),) if cue else (),
        Party((span(speaker),) if speaker else ()),
    )  # fmt: skip


STATEMENTS = (
    said("On nous prend pour des mouettes", 0),
    said("Le port doit fermer", 0, "a répété", "James Chéroux"),
    said("Assez pour devenir pêcheur", 0),
    said("On nous prend pour des mouettes", 1, "a réagi", "Odile Varnier"),
    said(
        "Il faut savoir nager assez loin pour devenir un pêcheur", 0, "a plaisanté", "Romain Sénart"
    ),
    said("Le port", 1),
)


def names(chances: dict[str, str]) -> dict[str, str | None]:
    pack = lang.load("fr")
    p = pipeline.parse_article(pipeline.prepare(Article("a", TEXT, "fr"), pack), pack)
    given = {s: (Antecedent(span(name), 0.9),) for s, name in chances.items()}
    entities, judgements = coref.resolve_people(
        p.article, p.sentences, p.quotes, STATEMENTS, pack.people, antecedents=given
    )
    called = {e.id: e.name for e in entities}
    by = {j.subject: called.get(j.object or "") for j in judgements}
    return {s.id: by[f"{s.id}/speaker"] for s in STATEMENTS}


def test_a_quotation_in_the_headline_is_of_who_says_it_below() -> None:
    found = names({"On nous prend pour des mouettes/0": "James Chéroux"})
    assert found["On nous prend pour des mouettes/0"] == "Odile Varnier"
    assert found["On nous prend pour des mouettes/1"] == "Odile Varnier"


def test_a_heading_may_leave_words_out() -> None:
    found = names({"Assez pour devenir pêcheur/0": "James Chéroux"})
    assert found["Assez pour devenir pêcheur/0"] == "Romain Sénart"


def test_two_words_are_no_repetition() -> None:
    found = names({"Le port/1": "Romain Sénart"})
    assert found["Le port/1"] == "Romain Sénart"
