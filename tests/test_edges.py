"""Where the contents and parties of drafts end: by the text's marks, sentences and lists; no model."""

from __future__ import annotations

import pytest

from selon.reading import segment
from selon.reading.reader.edges import bounded
from selon.records import Draft, Form, Span


def span(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def draft(
    text: str, *content: str, cue: str = "", speaker: tuple[str, ...] = (), form: Form = "direct"
) -> Draft:
    return Draft(
        form,
        tuple(span(text, words) for words in content),
        cue=(span(text, cue),) if cue else (),
        speaker=tuple(span(text, words) for words in speaker),
    )


def contents(text: str, *drafts: Draft) -> list[list[str]]:
    quotes = segment.quotes(text, segment.paragraphs(text))
    return [[s.of(text) for s in d.content] for d in bounded(text, drafts, quotes)]


def test_a_mark_whose_partner_is_lost_bounds_the_content() -> None:
    text = "La halle est vide. Nous partirons demain matin », a dit Ana Prat."
    whole = draft(
        text, "La halle est vide. Nous partirons demain matin", cue="dit", form="indirect"
    )
    quotes = segment.quotes(text, segment.paragraphs(text))
    (found,) = bounded(text, [whole], quotes)
    assert [s.of(text) for s in found.content] == ["Nous partirons demain matin"]
    assert found.form == "direct"


def test_a_content_that_begins_within_lost_marks_is_left_as_it_is() -> None:
    text = "La halle est vide. Nous partirons demain matin », a dit Ana Prat."
    part = draft(text, "demain matin", cue="dit", form="mixed")
    assert contents(text, part) == [["demain matin"]]


def test_later_paragraphs_of_a_reopened_quotation_go_with_the_first() -> None:
    text = "« Le puits est sec, a dit Ana Prat.\n\n« La source aussi. »"
    first = draft(text, "Le puits est sec", cue="dit", speaker=("Ana Prat",), form="indirect")
    second = draft(text, "La source aussi.")
    assert contents(text, first, second) == [["Le puits est sec", "La source aussi."]]


def test_a_later_paragraph_that_somebody_signs_is_a_statement_of_its_own() -> None:
    text = "« Le puits est sec, a dit Ana Prat.\n\n« La source aussi, a ajouté Jo Riou. »"
    first = draft(text, "Le puits est sec", cue="dit", speaker=("Ana Prat",))
    second = draft(text, "La source aussi", cue="ajouté", speaker=("Jo Riou",))
    assert contents(text, first, second) == [["Le puits est sec"], ["La source aussi"]]


@pytest.mark.parametrize("bullet", ["- ", "• ", "1. ", "2) "])
def test_items_of_a_list_that_nobody_utters_are_no_statements(bullet: str) -> None:
    text = f"À prévoir :\n{bullet}des bottes ;\n{bullet}une gourde."
    items = [draft(text, w, form="narrated") for w in ("des bottes", "une gourde")]
    assert contents(text, *items) == []


def test_an_item_goes_with_the_item_before_it() -> None:
    text = "Les élus exigent :\n- un car ;\n- une classe."
    first = draft(text, "un car", cue="exigent", speaker=("Les élus",), form="narrated")
    assert contents(text, first, draft(text, "une classe", form="narrated")) == [
        ["un car"],
        ["une classe"],
    ]


def test_a_turn_with_a_dash_is_no_item() -> None:
    text = "— Il pleut."
    assert contents(text, draft(text, "Il pleut.")) == [["Il pleut."]]


def test_a_speaker_stands_in_one_sentence() -> None:
    text = "Elle a dit que tout allait bien. Lui a juré que rien n’allait."
    one = draft(text, "que rien n’allait", cue="juré", speaker=("Elle", "Lui"), form="indirect")
    quotes = segment.quotes(text, segment.paragraphs(text))
    (found,) = bounded(text, [one], quotes)
    assert [s.of(text) for s in found.speaker] == ["Lui"]


def test_two_speakers_of_one_sentence_are_kept() -> None:
    text = "Ana Prat, élue, et M. Riou, maire, ont dit que tout allait bien."
    one = draft(text, "que tout allait bien", cue="dit", speaker=("Ana Prat", "M. Riou"))
    quotes = segment.quotes(text, segment.paragraphs(text))
    (found,) = bounded(text, [one], quotes)
    assert len(found.speaker) == 2


def test_a_quotation_in_a_quotation_ends_with_its_mark() -> None:
    text = "« Jo Riou a crié : “Au feu !” et nous avons fui », raconte Ana Prat."
    inner = draft(text, "Au feu !", "nous avons fui", cue="crié", speaker=("Jo Riou",))
    assert contents(text, inner) == [["Au feu !"]]


def test_nothing_is_lost_without_marks() -> None:
    assert contents("") == []
    text = "Ana Prat dit qu’il pleut."
    assert contents(text, draft(text, "qu’il pleut", cue="dit", form="indirect")) == [
        ["qu’il pleut"]
    ]
