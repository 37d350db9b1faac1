"""The sentence around a statement's words: whole, however badly its paragraphs are glued."""

from __future__ import annotations

import pytest

from selon.web.snippet import snippet

GLUED = (
    "Le marché a fermé tôt."
    'En mai, Zélie Coeurdeloup avait promis "une digue neuve", souligne M. Prat.'
    'Elle parle d\'un "retard"."Nous n\'attendrons pas", a dit B. Ortéga. Il pleuvait.'
)


@pytest.mark.parametrize(
    ("words", "before", "after"),
    [
        ("une digue neuve", 'En mai, Zélie Coeurdeloup avait promis "', '", souligne M. Prat.'),
        ("retard", "Elle parle d'un \"", '".'),
        ("Nous n'attendrons pas", '"', '", a dit B. Ortéga.'),
    ],
)
def test_sentences_end_where_they_end(words: str, before: str, after: str) -> None:
    assert snippet(GLUED, words) == (before, words, after)


def test_long_sentences_are_cut_between_words() -> None:
    before, words, after = snippet(f"{'mots ' * 200}la digue{' encore' * 200}.", "la digue")
    assert (before[:6], words, after[-2:]) == ("… mots", "la digue", " …")
    assert set(after[:-2].split()) == {"encore"}


def test_words_that_are_not_there_stand_alone() -> None:
    assert snippet("Rien.", "autre chose") == ("", "autre chose", "")
