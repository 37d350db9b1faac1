"""The spaCy component, the entry point's target, and the tables of statements."""

from __future__ import annotations

import pytest
import spacy

import selon
from selon import spacy_component
from selon.errors import SelonError

TEXT = "« La digue tient », a affirmé Hélène Castaing. Selon Paul Eskar, elle penche."


def test_a_document_gets_its_reading_and_its_spans() -> None:
    nlp = spacy.blank("fr")
    nlp.add_pipe("selon", config={"published": "2024-03-12"})
    doc = nlp(TEXT)
    assert doc._.selon.article.published == "2024-03-12"
    assert doc.text == TEXT
    spans = doc.spans[spacy_component.GROUP]
    assert [(s.text, s.label_, s.kb_id_, s.id) for s in spans] == [
        ("La digue tient", "direct", "Hélène Castaing", 1),
        ("elle penche", "indirect", "Paul Eskar", 2),
    ]


def test_many_documents_go_through_in_order() -> None:
    nlp = spacy.blank("fr")
    nlp.add_pipe("selon")
    docs = list(nlp.pipe([TEXT, "", "Il pleut."], batch_size=2))
    assert [len(d.spans["selon"]) for d in docs] == [2, 0, 0]


def test_a_language_without_a_pack_is_said_so() -> None:
    nlp = spacy.blank("sv")
    nlp.add_pipe("selon")
    with pytest.raises(SelonError, match="sv"):
        nlp("Han sade nej.")


def test_statements_go_out_as_rows() -> None:
    reading = selon.read(TEXT, published="2024-03-12", outlet="La Vigie")
    rows = reading.statements.to_dicts()  # type: ignore[attr-defined]
    assert [(r["name"], r["form"], r["outlet"]) for r in rows] == [
        ("Hélène Castaing", "direct", "La Vigie"),
        ("Paul Eskar", "indirect", "La Vigie"),
    ]
    for library in ("pandas", "polars"):
        pytest.importorskip(library)
        table = getattr(reading.statements, f"to_{library}")()
        assert list(table["name"]) == ["Hélène Castaing", "Paul Eskar"]
    assert "Hélène Castaing" in reading._repr_html_()
