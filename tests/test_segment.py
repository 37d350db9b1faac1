"""Paragraphs, quotations and sentences: what marks and lines divide, and what they do not."""

from __future__ import annotations

import pytest

from selon.reading.parse import _copy
from selon.reading.segment import Marks, paragraphs, quotes, sentences
from selon.records import Span


def quoted(text: str) -> list[str]:
    """The outermost quotations of a text, the pieces of one joined by « | »."""
    found = quotes(text, paragraphs(text))
    return ["|".join(p.of(text) for p in q.pieces) for q in found if q.depth == 0]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("‘The mill is sold,’ said Ann Prew.", ["The mill is sold,"]),
        ("‘We’ll see, the boys’ boat sank,’ she said.", ["We’ll see, the boys’ boat sank,"]),
        ("She called it ‘a farce’ and the Prews’ dog barked.", ["a farce"]),
        ("The farmers’ carts and the Prews’ mill were sold in the ‘90s.", []),
        ("‘He said “no” twice,’ she said.", ["He said “no” twice,"]),
        ("Il l‘a vu aujourd’hui, d’après l’élue.", []),
        ("‘One mill.\n‘Two mills,’ he said.", ["One mill.|Two mills,"]),
        # A closing mark before an item quotes nothing; one that reopens goes on.
        ("» La foire en images\n» Le temps\n\n« Venez », dit Lou.", ["Venez"]),
        ("« Venez tous.\n» Il fera beau », dit Lou.", ["Venez tous.|Il fera beau"]),
        # One mark lost.
        ("Il a plu. Nous rentrerons les foins demain », a dit Lou.",
         ["Nous rentrerons les foins demain"]),
        ("Accueil » Sports » Voile", []),
        ("Il a plu. Oui », a dit Lou.", []),
        ("« Bonsoir, a dit Lou, et merci. La salle s’est levée. Il a plu.",
         ["Bonsoir, a dit Lou, et merci."]),
        ("« Bonsoir. La salle est froide. » Il a plu.", ["Bonsoir. La salle est froide."]),
        ("« Un.\n« Deux. Trois. »", ["Un.|Deux. Trois."]),
    ],
)  # fmt: skip
def test_quotations(text: str, wanted: list[str]) -> None:
    assert quoted(text) == wanted


def test_what_follows_a_lost_mark_is_quoted_by_itself() -> None:
    text = "« Bonsoir, a dit Lou. Elle est venue. Il a dit “non” et “oui”."
    assert quoted(text) == ["Bonsoir, a dit Lou.", "non", "oui"]


def test_a_lost_mark_is_found_by_the_clause_that_reports() -> None:
    text = "« Il pleut. On rentre, a dit Lou. Elle est partie."
    stretches = paragraphs(text)
    (found,) = quotes(text, stretches, lambda words: "a dit" in words)
    assert found.inner.of(text) == "Il pleut. On rentre, a dit Lou."


def test_a_lost_mark_does_not_cut_what_is_quoted_whole() -> None:
    text = 'C’est « un avion". "Après cela, Lou insinue tout. Je démens", dit Max.'
    assert quoted(text) == ['un avion".', "Après cela, Lou insinue tout. Je démens"]


def test_lines_of_a_column_run_on() -> None:
    text = (
        "Le pré-\nfet a dit que la halle\nserait rebâtie.\nIl a plu.\n\nMme Anne-\nLise Kerval rit."
    )
    assert [p.of(text).count("\n") for p in paragraphs(text)] == [2, 0, 1]
    verse = "La halle\nserait rebâtie\nun jour"
    assert len(paragraphs(verse)) == 3, "no word is cut: nothing tells that lines run on"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Le pré-\nfet parle", "Le préfet parle"),
        ("Anne-\nLise parle", "Anne-Lise parle"),
        ("dit-\nelle hier", "dit-elle hier"),
        ("du 3 -\n5 mars", "du 3 - 5 mars"),
    ],
)
def test_the_parser_reads_a_cut_word_as_one(text: str, words: str) -> None:
    copy = _copy(text, Span(0, len(text)), [], "X", frozenset({"elle"}))
    assert " ".join(copy.words.split()) == words
    assert len(copy.starts) == len(copy.ends) == len(copy.words)


def cut(text: str) -> list[str]:
    found = paragraphs(text)
    marks = Marks(frozenset({"me"}), dated=lambda words: words.startswith("mer. 16 déc."))
    return [s.span.of(text) for s in sentences(text, found, quotes(text, found), marks)]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Delmas S.A. (« Delma ») ferme. Lou rit.", 2),
        ("Elle vit aux U.S.A. Le port dort.", 2),
        ("Me J. Ferrand plaide. Lou rit.", 2),
        ("Lou a parlé mer. 16 déc. à la mairie.", 1),
        ("Lou va à la mer. 16 enfants nagent.", 2),
        ("‘It sank.’ The mill burnt.", 2),
    ],
)
def test_sentences(text: str, count: int) -> None:
    assert len(cut(text)) == count
