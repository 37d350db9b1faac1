"""The learnt reader: tokens and their places, spans by dynamic programming, the model file."""

from __future__ import annotations

import itertools
import shutil
import zipfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from selon.api import read_many
from selon.contract import to_json
from selon.errors import SelonError, UntrainedLanguageWarning
from selon.reading import reader, segment
from selon.reading.reader import decode, edges
from selon.reading.reader import network as networks
from selon.reading.reader.spans import best_spans
from selon.reading.reader.tokens import Tokens, tokenize, windows
from selon.records import Article, Draft, Failure, Reading, Span

WORDS = st.text(
    alphabet=st.sampled_from(
        "aàéœßñŁžЖ字😀 \n\t\u00a0\u202f«»“”„\"‹›'’-–—.,;:!?()[]0123\u200b\u0301\u202e"
    ),
    max_size=400,
)


@pytest.fixture(scope="module")
def network() -> reader.Network:
    return reader.load()


def tokens_of(text: str, network: reader.Network) -> Tokens:
    paragraphs = segment.paragraphs(text)
    return tokenize(text, paragraphs, segment.quotes(text, paragraphs), network.tokenizer)


def test_glued_words_are_parted_and_marks_stand_alone(network: reader.Network) -> None:
    text = 'Il a promis un décollageSelon Ana, « c\'est "faux". »Le maire'
    tokens = tokens_of(text, network)
    cuts = {int(s) for s in tokens.starts}
    assert text.index("Selon") in cuts
    assert text.index("Le maire") in cuts
    words = [text[a:b] for a, b in zip(tokens.starts, tokens.ends, strict=True)]
    assert {"«", "»"} <= set(words)
    assert words.count('"') == 2


@given(WORDS)
@settings(max_examples=150, deadline=None)
def test_tokens_lie_in_the_text_in_order(text: str) -> None:
    tokens = tokens_of(text, reader.load())
    assert (tokens.starts < tokens.ends).all()
    assert (tokens.starts[1:] >= tokens.starts[:-1]).all()
    assert all(
        text[a:b].strip() == text[a:b] for a, b in zip(tokens.starts, tokens.ends, strict=True)
    )
    assert not len(tokens) or tokens.ends[-1] <= len(text)


@given(st.integers(0, 3000), st.integers(20, 510), st.integers(0, 19))
def test_each_token_is_told_by_one_window(count: int, size: int, overlap: int) -> None:
    none = np.zeros(count, np.int32)
    found = windows(Tokens(none, none, none, none, none), size, overlap)
    told = [n for w in found for n in range(w.first, w.last)]
    assert told == list(range(count))
    assert all(w.start <= w.first <= w.last <= w.end <= w.start + size for w in found)


def brute_force(scores: np.ndarray, edge: float) -> float:
    """The best sum over all sets of spans, by trying each."""
    count = len(scores)
    best = 0.0
    for marks in itertools.product("OBI", repeat=count):
        row = "".join(marks)
        if row.startswith("I") or "OI" in row:
            continue
        total = 0.0
        for n, mark in enumerate(row):
            if mark != "O":
                total += scores[n, 0] + edge * scores[n, 1] * (mark == "B")
                last = n + 1 == count or row[n + 1] != "I"
                total += edge * scores[n, 2] * last
        best = max(best, total)
    return best


@given(st.lists(st.tuples(*[st.floats(-7, 7, width=32)] * 3), min_size=1, max_size=6))
@settings(max_examples=200, deadline=None)
def test_the_best_spans_are_the_best(rows: list[tuple[float, float, float]]) -> None:
    scores = np.array(rows, np.float32)
    (spans,) = best_spans(scores[None])
    got = sum(scores[a:b, 0].sum() + 2 * (scores[a, 1] + scores[b - 1, 2]) for a, b in spans)
    assert got == pytest.approx(brute_force(scores, 2.0), abs=1e-3)


def read(text: str, language: str | None = "fr", **known: str) -> Reading:
    (found,) = read_many([Article("a", text, language, **known)], kb=None, reader="encoder")
    assert not isinstance(found, Failure), found
    return found


def test_a_quotation_its_cue_and_who_goes_on() -> None:
    text = (
        "Le viaduc restera fermé, a annoncé mardi la préfète, Solange Arbois. "
        "« Nous rouvrirons quand les câbles seront changés », a-t-elle ajouté."
    )
    found = to_json(read(text))
    names = [s["speaker"]["name"] for s in found["statements"]]
    assert names == ["Solange Arbois", "Solange Arbois"]
    assert [s["form"] for s in found["statements"]] == ["indirect", "direct"]
    assert all(0 <= s["speaker_score"] <= 1 for s in found["statements"])


def test_where_nobody_says_anything_nothing_is_read() -> None:
    assert not read("Le pont a été repeint en vert. Il mesure huit cents mètres.").statements


def test_a_language_without_a_pack_is_read_and_said_to_be_untrained() -> None:
    text = "„Die Brücke bleibt bis Mai gesperrt“, sagte Bürgermeisterin Karla Immhoff am Dienstag."
    with pytest.warns(UntrainedLanguageWarning, match="'de'"):
        reading = read(text, None)
    assert reading.article.language == "de"
    (statement,) = reading.statements
    assert statement.content == (Span(1, text.index("“")),)
    assert "untrained:de" in statement.why
    assert "Karla Immhoff" in reading.entities[0].name


def test_no_narrated_report_is_told_in_a_language_that_nobody_trained_on() -> None:
    """In German, nine of ten that the network sees are none."""
    text = (
        "Den Ausbau der Linie 4 begrüßte Bürgermeisterin Karla Immhoff. Die Stadt bedankte sich für "
        "die Hilfe der Nachbarn.\n\n„Die Brücke bleibt bis Mai gesperrt“, sagte sie am Dienstag."
    )
    with pytest.warns(UntrainedLanguageWarning, match="'de'"):
        forms = {s.form for s in read(text, None).statements}
    assert forms == {"direct"}


def test_the_same_text_gives_the_same_reading_alone_and_among_others() -> None:
    texts = ["« Non », dit Ana.", "« Oui », a dit Jo Marle, maire de Lampe. " * 60]
    together = list(
        read_many(
            [Article(str(n), t, "fr") for n, t in enumerate(texts)], kb=None, reader="encoder"
        )
    )
    for n, text in enumerate(texts):
        (alone,) = read_many([Article(str(n), text, "fr")], kb=None, reader="encoder")
        assert alone == together[n]


def test_a_damaged_model_is_named_with_the_remedy(tmp_path: Path) -> None:
    whole = networks.SHIPPED.read_bytes()
    cut = tmp_path / "cut.zip"
    cut.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(SelonError, match=r"cut\.zip.*damaged.*install"):
        networks.Network(cut)
    with pytest.raises(SelonError, match="missing"):
        networks.Network(tmp_path / "none.zip")


def test_a_model_with_other_weights_is_refused(tmp_path: Path) -> None:
    changed = tmp_path / "changed.zip"
    shutil.copy(networks.SHIPPED, changed)
    with zipfile.ZipFile(changed) as old, zipfile.ZipFile(tmp_path / "new.zip", "w") as new:
        for name in networks.MEMBERS:
            data = old.read(name)
            new.writestr(name, data[:-1] + bytes([data[-1] ^ 1]) if name == "words.q4" else data)
    with pytest.raises(SelonError, match=r"damaged \(words\.q4\)"):
        networks.Network(tmp_path / "new.zip")


def test_an_unknown_reader_is_refused_by_name() -> None:
    with pytest.raises(SelonError, match=r"oracle.*encoder, grammar"):
        list(read_many([], reader="oracle"))  # type: ignore[arg-type]


def _direct(text: str, words: str) -> Draft:
    start = text.index(words)
    return Draft(form="direct", content=(Span(start, start + len(words)),))


def test_a_quotation_whose_rest_is_nobodys_is_had_whole() -> None:
    text = "« Il pleut. Je rentre. », a dit Anne Orsel. « Non », dit Paul Virey."
    quotes = segment.quotes(text, segment.paragraphs(text))

    def contents(*words: str) -> list[str]:
        drafts = [_direct(text, w) for w in words]
        return [d.content[0].of(text) for d in edges.whole_quotations(drafts, quotes)]

    assert contents("Je rentre.", "Non") == ["Il pleut. Je rentre.", "Non"]
    assert contents("Il pleut.", "Je rentre.") == ["Il pleut.", "Je rentre."]
    assert contents("a dit Anne") == ["a dit Anne"]


@pytest.mark.parametrize("count", [0, 1, 99, 100, 101, 250, 1000])
def test_windows_are_even_and_each_token_is_told_once(count: int) -> None:
    tokens = Tokens(*(np.zeros(count, np.int64) for _ in range(5)))
    found = windows(tokens, 100, 30)
    sizes = {w.end - w.start for w in found}
    assert len(sizes) == min(count, 1)
    assert all(size <= 100 for size in sizes)
    assert [n for w in found for n in range(w.first, w.last)] == list(range(count))


def _detection(content: Span, cue: Span, score: float) -> decode._Detection:
    draft = Draft("indirect", (content,), (cue,), score=score)
    held = frozenset(range(content.start, content.end))
    return decode._Detection(draft, decode.NOTHING, decode.NOTHING, held)


def test_of_two_statements_that_share_most_of_their_words_one_stays() -> None:
    one = _detection(Span(0, 80), Span(90, 100), 0.9)
    other = _detection(Span(10, 80), Span(92, 100), 0.95)
    assert decode._without_overlaps([one, other], True) == [other]


def test_what_is_surely_said_within_what_is_said_stays_beside_it() -> None:
    # « L'étude démontre que l'isolement suffit », a dit la ministre.
    outer = _detection(Span(0, 80), Span(90, 100), 0.95)
    inner = _detection(Span(20, 80), Span(8, 18), 0.9)
    doubtful = _detection(Span(20, 80), Span(8, 18), 0.6)
    assert decode._without_overlaps([outer, inner], True) == [outer, inner]
    assert decode._without_overlaps([outer, inner], False) == [outer]
    assert decode._without_overlaps([outer, doubtful], True) == [outer]
