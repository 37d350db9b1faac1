"""The tense that a parse gives to a time expression, on real parses of invented sentences."""

from __future__ import annotations

import pytest

from selon import lang, pipeline
from selon.reading import times
from selon.records import Article, Span

PUBLISHED = "2020-03-04"
LAST, NEXT = "2020-03-02", "2020-03-09"


def monday(text: str) -> str | None:
    """The value of the first time expression of a text, read by the whole pipeline."""
    pack = lang.load("fr")
    prepared = pipeline.prepare(Article("a", text, "fr", published=PUBLISHED), pack)
    (first, *_) = pipeline.finish(pipeline.parse_article(prepared, pack), pack).times
    return first.edtf


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("Le procès est prévu lundi.", NEXT),
        ("Le vote prévu lundi a été annoncé par la maire.", NEXT),
        ("La ministre est attendue lundi à Brest, a indiqué Anne Roux.", NEXT),
        ("La réunion était prévue lundi.", LAST),
        ("Le texte doit être examiné lundi.", NEXT),
        ("Il va être jugé lundi.", NEXT),
        ("Elle doit rencontrer lundi le maire.", NEXT),
        ("Le texte sera examiné lundi.", NEXT),
        ("Le procès s'ouvre lundi.", NEXT),
        ("Il a été arrêté lundi.", LAST),
        ("Il est parti lundi.", LAST),
        ("Le suspect, interpellé lundi, est mort.", LAST),
        ("La grève est reconduite depuis lundi.", LAST),
        ("Les élus voteront le texte lundi, a indiqué Anne Roux.", NEXT),
    ],
)
def test_the_side_of_a_weekday(text: str, edtf: str) -> None:
    assert monday(text) == edtf


def test_a_month_that_was_planned_may_be_over() -> None:
    text = "Le festival, prévu en février, avait été reporté."
    assert monday(text) == "2020-02"


def test_without_a_parse_nothing_is_told() -> None:
    assert times.tense_finder(())(Span(0, 5)) is None
