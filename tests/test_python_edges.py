"""What newcomers give to `selon.read` and `selon.read_many`: each is read, or refused with a remedy."""

from __future__ import annotations

import warnings
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import spacy
from spacy.tokens import Doc, DocBin

import selon
from selon.records import Article, Failure, Reading

TEXT = "« La digue tient », a affirmé mardi Hélène Castaing. Selon Paul Eskar, elle penche."
GERMAN = (
    "„Die Brücke bleibt gesperrt“, sagte die Bürgermeisterin Frauke Lindhoop am Montag. Der"
    " Landrat Okko Terbeek widersprach: Die Brücke sei sicher, und man habe das immer gewusst."
)


def names(reading: Any) -> list[str | None]:
    return [row["name"] for row in reading.statements.to_dicts()]


@pytest.mark.parametrize(
    "published",
    [date(2024, 3, 12), datetime(2024, 3, 12, 18, 30), "2024-03-12", "12/03/2024", "12 mars 2024"],
)
def test_a_day_however_it_is_given(published: Any) -> None:
    reading = selon.read(TEXT, published=published, lang="fr")
    assert reading.article.published == "2024-03-12"
    assert reading.statements[0].said == "2024-03-12"
    article = Article("a", TEXT, "fr", published=published)
    (same,) = selon.read_many([article])
    assert isinstance(same, Reading)
    assert same.article.published == "2024-03-12"


def test_strings_dicts_and_articles_are_articles() -> None:
    given: list[Any] = [
        TEXT,
        {"text": TEXT, "outlet": "La Vigie", "published": date(2024, 3, 12)},
        Article("c", TEXT, outlet="Le Phare"),
    ]
    found = list(selon.read_many(given))
    assert [names(r) for r in found] == [["Hélène Castaing", "Paul Eskar"]] * 3
    articles = [r.article for r in found if isinstance(r, Reading)]
    assert [a.outlet for a in articles] == [None, "La Vigie", "Le Phare"]
    assert articles[1].published == "2024-03-12"


def test_one_dict_and_one_article_are_read_too() -> None:
    for given in ({"text": TEXT}, Article("c", TEXT)):
        reading = selon.read(given, outlet="La Vigie", published="2024-03")
        assert (reading.article.outlet, reading.article.published) == ("La Vigie", "2024-03")


def test_what_is_no_article_is_a_failure_in_its_place() -> None:
    given: list[Any] = [None, TEXT, 12, {"prose": TEXT}, TEXT, b"octets", Article("x", None)]  # type: ignore[arg-type]
    found = list(selon.read_many(given))
    assert [isinstance(r, Failure) for r in found] == [True, False, True, True, False, True, True]
    first, last = found[0], found[-1]
    assert isinstance(first, Failure)
    assert isinstance(last, Failure)
    assert "article 1" in first.error
    assert "not None" in first.error
    assert "selon.ingest.articles" in first.remedy
    assert "whose text is None" in last.error


def test_a_date_that_is_none_is_a_failure_and_not_a_defect() -> None:
    (found,) = selon.read_many([Article("a", TEXT, "fr", published="31/02/2024")])
    assert isinstance(found, Failure)
    assert "defect" not in found.remedy
    with pytest.raises(selon.SelonError, match="31/02/2024"):
        selon.read(TEXT, published="31/02/2024")


@pytest.mark.parametrize("given", [None, 12, b"octets", Path("article.txt")])
def test_read_says_what_it_takes(given: Any) -> None:
    with pytest.raises(selon.SelonError, match=r"a text, a dict or a selon\.Article"):
        selon.read(given)


@pytest.mark.parametrize("given", [None, TEXT, {"text": TEXT}, Article("a", TEXT), Path("a.txt")])
def test_read_many_says_at_once_that_it_takes_several(given: Any) -> None:
    with pytest.raises(selon.SelonError, match=r"give a list, or use selon\.read"):
        selon.read_many(given)


@pytest.mark.slow
def test_a_language_that_no_training_saw_is_read_with_a_warning() -> None:
    with pytest.warns(selon.UntrainedLanguageWarning, match="'de'") as told:
        reading = selon.read(GERMAN, reader="encoder")
    assert reading.article.language == "de"
    # It points at the caller's line.
    assert told[0].filename == __file__
    with pytest.warns(selon.UntrainedLanguageWarning) as told:
        list(selon.read_many([GERMAN, GERMAN], reader="encoder"))
    assert [one.filename for one in told] == [__file__]


def test_the_grammar_refuses_a_language_that_it_does_not_know() -> None:
    with pytest.raises(selon.SelonError, match="'de'"):
        selon.read(GERMAN, reader="grammar")


def test_no_warning_where_the_language_is_known() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        selon.read(TEXT)


def test_a_document_of_spacy_goes_to_bytes_and_back() -> None:
    nlp = spacy.blank("fr")
    nlp.add_pipe("selon", config={"published": "2024-03-12"})
    doc = nlp(TEXT)
    back = Doc(nlp.vocab).from_bytes(doc.to_bytes())
    assert back._.selon == doc._.selon
    assert names(back._.selon) == ["Hélène Castaing", "Paul Eskar"]
    assert [(s.text, s.label_, s.kb_id_) for s in back.spans["selon"]] == [
        (s.text, s.label_, s.kb_id_) for s in doc.spans["selon"]
    ]
    (kept,) = DocBin(docs=[doc], store_user_data=True).get_docs(nlp.vocab)
    assert kept._.selon == doc._.selon


def test_a_document_that_was_not_read_has_no_reading() -> None:
    doc = spacy.blank("fr")(TEXT)
    assert doc._.selon is None
    doc._.selon = selon.read(TEXT)
    assert names(doc._.selon) == ["Hélène Castaing", "Paul Eskar"]
    doc._.selon = None
    assert doc._.selon is None
