"""A pipeline that starts sooner answers as spaCy's own does."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import weakref
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from selon import lang
from selon.reading import parse
from selon.reading.spacy_model import loading
from selon.records import Span

SRC = str(Path(__file__).parent.parent / "src")
WORDS = "anti après-midi l' homm entr' grande black out burn peut-être saint Marie vill la en des"
SIGNS = "-–—‐‑'’.aàéßſİıKﬁяЁω漢한 \n0_"
FRENCH = (
    "L’Île-d’Yeu, c’est-à-dire Port-Joinville, n’a-t-elle pas voté « pour » ? a demandé Zoé Đặng.",
    "Rendez-vous au pet-en-l'air du black-out, prud'homalement, aujourd'hui, à 10h30, J.-C. !",
    "L'anti-漢字 de Владимир Зеленский-le-Grand coûte 12,5 M€ (https://gazette.example/a-b?c=d).",
    "Mme. Lévêque, ex-préfète des Hauts-de-France, aurait-on dit, préfère l’entr’acte aux 5 %…",
)


@lru_cache(maxsize=1)
def long() -> str:
    """The expression that takes spaCy's French seconds to compile, of the installed package."""
    from spacy.lang.fr import French

    found = [_pattern(plain("fr").tokenizer.token_match), _pattern(French.Defaults.token_match)]
    return max(found, key=len)


def _pattern(match: Any) -> str:
    return str(match.__self__.pattern)


@lru_cache(maxsize=2)
def plain(code: str) -> Any:
    """The pipeline as spaCy loads it."""
    model = lang.load(code).model
    return spacy.load(model.package, exclude=[n for n in parse.UNREAD if n not in model.needs])


@lru_cache(maxsize=1)
def both() -> tuple[re.Pattern[str], re.Pattern[str]]:
    return re.compile(long()), re.compile(loading.factor_pattern(long()))


def test_the_expression_of_french_is_much_shorter_with_the_same_alphabets() -> None:
    short = loading.factor_pattern(long())
    assert len(short) < len(long()) / 50
    assert set(loading.ALPHABET.findall(short)) == set(loading.ALPHABET.findall(long()))


def test_the_shorter_expression_matches_what_the_long_one_does() -> None:
    """Every alternative alone: what it begins with, before and after the letters it asks for."""
    one, other = both()
    heads = [re.sub(r"\[(.)[^\]]*\]|\(\?:|\)|\||\?", r"\1", h) for h in alternatives()]
    assert len(heads) > 240
    told = [
        bool(found)
        for head in heads
        for end in ("", "e", "é", "漢", "x-y", "x’y", "1", "e\n", "-", ".")
        for found in [one.match(head + end)]
        if bool(found) == bool(other.match(head + end)) or pytest.fail(head + end)
    ]
    assert 0.2 < sum(told) / len(told) < 0.9


def alternatives() -> list[str]:
    shape = loading.ALPHABET.sub("A", long()).removeprefix("(?iu)(?:^").removesuffix(")")
    return [part.split("A")[0] or f"a{part[2:-3]}a" for part in shape.split(")|(?:^")]


texts = st.lists(st.sampled_from([*WORDS.split(), *SIGNS]) | st.characters(), max_size=8)


@given(texts.map("".join))
@settings(max_examples=1500, deadline=None)
def test_the_shorter_expression_matches_any_text_as_the_long_one(text: str) -> None:
    one, other = both()
    assert bool(one.match(text)) == bool(other.match(text))


@pytest.mark.parametrize(
    "pattern",
    [
        "abc",
        "(?:a|b",
        "(?:^(x)A+$)|(?:^(y)A+$)",
        "(?:^aA+|bA+$)|(?:^cA+$)",
        "(?:^a)|(?:^b))",
        r"(?:^(?P<n>a)A+$)|(?:^\1A+$)",
        "\ue000(?:^aA$)|(?:^bA$)",
    ],
)
def test_an_expression_of_another_make_is_left_alone(pattern: str) -> None:
    alphabet = "[" + "".join(map(chr, range(0x4E00, 0x5400))) + "]"
    assert loading.factor_pattern(pattern.replace("A", alphabet)) == pattern.replace("A", alphabet)


def test_what_alternatives_share_is_written_once() -> None:
    a = "[" + "".join(map(chr, range(0x4E00, 0x5400))) + "]"
    made = loading.factor_pattern(f"(?i)(?:^x{a}+$)|(?:^y{a}+$)|(?:^{a}+-b{a}+$)|(?:^{a}+-c{a}+$)")
    assert made.replace(a, "A") == "(?i)(?:^x|^y)A+$|^A+(?:-b|-c)A+$"


@pytest.mark.parametrize("code", ["fr", "en"])
def test_the_pipeline_answers_as_spacys_own(code: str) -> None:
    model = lang.load(code).model
    try:
        nlp = loading.pipeline(model.package, [n for n in parse.UNREAD if n not in model.needs])
    except OSError:
        pytest.skip(f"{model.package} is not installed")
    other = plain(code)
    assert nlp.pipe_names == other.pipe_names
    for text in FRENCH:
        assert nlp(text).to_json() == other(text).to_json()


def test_the_pipeline_knows_how_its_labels_are_spelt() -> None:
    nlp = loading.pipeline(lang.load("fr").model.package, parse.UNREAD)
    labels = nlp.pipe_labels["parser"]
    assert len(labels) > 30
    assert [label for label in labels if label not in nlp.vocab.strings] == []
    # These are spelt out, and learnt as they are met.
    features = nlp.get_pipe("morphologizer").cfg["labels_morph"].values()
    assert {type(spelt) for spelt in features} == {str}
    assert len(nlp.vocab.strings) < 20_000


def test_a_pipeline_is_loaded_anew_and_nothing_is_left_of_the_old(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    parser = parse.Parser(lang.load("fr").model)
    copies = [parse._copy(text, Span(0, len(text)), [], "Citation") for text in FRENCH]
    first = list(parser.tokens(copies))
    old = weakref.ref(parser.nlp)
    assert list(parser.tokens(copies)) == first
    assert parser.nlp is old()
    monkeypatch.setattr(parse, "KEPT", 1)
    assert list(parser.tokens(copies)) == first
    assert old() is None


def test_spacy_has_its_command_line_when_it_is_asked_for() -> None:
    script = """
import sys
from selon import lang, parse
parse.loaded(lang.load("fr").model)
assert not any(name.startswith("spacy.cli") for name in sys.modules)
import re, spacy
assert "lang" not in spacy.info(silent=True) and spacy.info(silent=True)["spacy_version"]
import spacy.cli
assert spacy.cli.download.__module__ == "spacy.cli.download"
assert re.compile.__module__ == "re"
"""
    done = subprocess.run(
        [sys.executable, "-c", script],
        env=os.environ | {"PYTHONPATH": SRC},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
