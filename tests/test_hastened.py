"""A pipeline that takes fewer steps a word answers as spaCy's own does."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy as np
import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from selon import lang
from selon.reading import parse
from selon.reading.spacy_model import tokenizer, windows
from selon.records import Span

ATTRIBUTES = ["ORTH", "NORM", "PREFIX", "SUFFIX", "SHAPE", "SPACY", "IS_SPACE", "IDX", "LENGTH"]
TEXTS = (
    "L' Île-d'Yeu, c'est-à-dire Port-Joinville, n'a-t-elle pas voté pour ? a demandé Zoé Đặng.",
    "Mme. Lévêque, ex-préfète des Hauts-de-France (https://gazette.example/a-b?c=d), préfère 5 %…",
    "Aujourd'hui, J.-C. Vasseur n'est  plus\nlà.",
    "She said she'd rather not: the U.S. Navy's 12.5kg buoys aren't Okafor's, don't you think?",
    ".",
)
WORDS = "aujourd'hui peut-être l' qu'il ex-préfète don't U.S. 5kg km2 N.B. saint-malo Œuvre ÇA où"


@lru_cache(maxsize=2)
def pair(code: str) -> tuple[Any, Any]:
    """The pipeline as Selon loads it, and as spaCy does."""
    model = lang.load(code).model
    plain = spacy.load(model.package, exclude=[n for n in parse.UNREAD if n not in model.needs])
    return parse.load(model.package, model.needs), plain


def told(doc: Any) -> list[list[int]]:
    found: list[list[int]] = doc.to_array(ATTRIBUTES).tolist()
    return found


pieces = st.sampled_from([*WORDS.split(), *"-–'.,;:!?()…/@ \n0€"]) | st.characters()


@given(st.sampled_from(["fr", "en"]), st.lists(pieces, max_size=8).map("".join))
@settings(max_examples=600, deadline=None)
def test_any_text_has_the_tokens_that_spacy_gives_it(code: str, text: str) -> None:
    ours, plain = pair(code)
    # Twice: a word that was met is answered from the cache.
    assert told(ours.make_doc(text)) == told(plain.make_doc(text)) == told(ours.make_doc(text))


@given(st.sampled_from(["fr", "en"]), st.from_regex(tokenizer.PLAIN, fullmatch=True))
@settings(max_examples=1500, deadline=None)
def test_no_expression_finds_anything_in_plain_letters(code: str, word: str) -> None:
    tokenizer = pair(code)[1].tokenizer
    for name in ("prefix_search", "suffix_search", "token_match", "url_match"):
        looked: Callable[[str], object] | None = getattr(tokenizer, name)
        assert looked is None or looked(word) is None
    assert list(tokenizer.infix_finditer(word)) == []


@pytest.mark.parametrize("code", ["fr", "en"])
def test_the_parser_reads_the_same_trees(code: str) -> None:
    ours, plain = pair(code)
    for text in TEXTS:
        assert ours(text).to_json() == plain(text).to_json()


@pytest.mark.parametrize("times", [1, 80], ids=["short", "too long for the desk"])
@pytest.mark.parametrize("code", ["fr", "en"])
def test_the_encoder_differs_by_not_a_bit(
    code: str, times: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours, _ = pair(code)
    assert len(ours.get_pipe("tok2vec").model.layers) == 1
    monkeypatch.setattr(windows, "layers", lambda model: None)
    model = lang.load(code).model
    other = parse.load(model.package, model.needs)
    assert len(other.get_pipe("tok2vec").model.layers) == 2
    found, expected = (
        nlp.get_pipe("tok2vec").predict([nlp.make_doc(text) for text in ("", *TEXTS)] * times)
        for nlp in (ours, other)
    )
    assert [len(one) for one in found] == [len(one) for one in expected]
    assert (sum(map(len, found)) > windows.ROWS) == (times > 1)
    # What was answered is not written over by the next article.
    ours.get_pipe("tok2vec").predict([ours.make_doc("Autre chose.")])
    for one, another in zip(found, expected, strict=True):
        assert np.array_equal(one, another)


def test_an_encoder_of_another_make_is_left_alone() -> None:
    encoder = pair("fr")[1].get_pipe("tok2vec").model
    assert windows.layers(encoder.layers[1]) is not None
    assert windows.layers(encoder.layers[0]) is None
    wide = encoder.layers[1].layers[0].layers[0].layers[0].layers[0]
    assert wide.name == "expand_window"
    wide.attrs["window_size"] = 2
    try:
        assert windows.layers(encoder.layers[1]) is None
    finally:
        wide.attrs["window_size"] = 1


def test_white_space_is_no_token_and_no_head() -> None:
    parser = parse.Parser(lang.load("fr").model)
    text = "\nLe maire\n\n\nhier dit oui ."
    plain = parse._Copy(text, tuple(range(len(text))), tuple(range(1, len(text) + 1)), ())
    (tokens,) = parser.tokens([plain])
    assert [t.text for t in tokens] == ["Le", "maire", "hier", "dit", "oui", "."]
    assert [text[t.span.start : t.span.end] for t in tokens] == [t.text for t in tokens]
    assert all(0 <= t.head < len(tokens) for t in tokens)
    assert parse._copy(text, Span(0, 0), [], "X").words == ""
