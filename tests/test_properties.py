"""What holds of any text: the reading validates, voices partition it, spans lie inside."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from functools import cache
from pathlib import Path

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from selon import contract, lang, pipeline
from selon.api import read_many
from selon.records import Article, Failure, Reading, Spans

ROOT = Path(__file__).parent.parent
SHARED = Path(os.environ.get("SELON_SHARED", ROOT.parent / "shared"))
SHIPPED = ROOT / "src" / "selon" / "contract.schema.json"
# Pieces that reports are made of, so that texts come near to news.
PIECES = (
    *("« ", " »", "“", "”", '"', "'", "’", "‹", "›", "— ", "- ", ": ", ", ", ". ", "\n", "\n\n"),
    *("Selon ", "a déclaré ", "a-t-il ajouté", "Paul Eskar", "la ministre ", "que ", "pour "),
    *("d’après ", "le pont tombe", "Et de poursuivre ", "2020", "12 mars 2024", "(AFP) — "),
    *("\u202f", "\u200f", "\u202e", "\x00", "\x07", "\ufeff", "\U0001f600", "e\u0301", "مرحبا "),
)
TEXTS = st.one_of(
    st.text(max_size=200), st.lists(st.sampled_from(PIECES), max_size=40).map("".join)
)


@cache
def validator() -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(json.loads(SHIPPED.read_text("utf-8")))


def sound(reading: Reading) -> None:
    """Raises where a reading breaks the contract."""
    text = reading.article.text
    value = contract.to_json(reading)
    validator().validate(value)
    for s in reading.statements:
        parts: list[Spans] = [s.content, s.cue, s.speaker.spans]
        parts += [a.spans for a in s.addressees] + [v.spans for v in s.via]
        parts += [v.cue for v in s.via]
        for span in (span for part in parts for span in part):
            assert 0 <= span.start < span.end <= len(text)
        assert s.content
    for mention in (m for e in reading.entities for m in e.mentions):
        assert 0 <= mention.span.start < mention.span.end <= len(text)
    assert "".join(v.span.of(text) for v in reading.voices) == text
    ids = [s.id for s in reading.statements]
    assert len(ids) == len(set(ids))
    assert {s.within for s in reading.statements} - {None} <= set(ids)
    again = contract.from_json(json.loads(json.dumps(value)))
    assert contract.to_json(again) == value


def read(text: str) -> Reading:
    result = next(iter(read_many([Article("a", text, "fr")])))
    assert isinstance(result, Reading), result
    return result


@given(TEXTS)
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_text_gives_a_sound_reading(text: str) -> None:
    sound(read(text))


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\n\t",
        "« « « « «",
        "» » » »",
        '" ' * 99,
        "« “ " * 60,
        "« Un “ deux » trois ” quatre »",
        "\x00\x01\x02\x1b[31m Paul a dit « non ».\x7f",
        "\u202e Paul a dit : « non ». \u202c",
        "قال الوزير: «لن نغادر». وأضاف أن الطريق مغلقة.",
        "A" * 50_000,
        "Selon " * 2_000,
        "que " * 3_000,
        "\n" * 5_000,
        "\ud800",
    ],
)
def test_odd_texts(text: str) -> None:
    sound(read(text))


def test_a_text_in_pieces_reads_as_its_bytes_came() -> None:
    for newline in ("\n", "\r\n", "\r"):
        text = newline.join(["Titre", "", "« Non », a dit Paul Eskar.", "Il est parti."])
        reading = read(text)
        sound(reading)
        assert [s.content[0].of(text) for s in reading.statements] == ["Non"]


def test_an_unknown_language_is_said_so() -> None:
    good = Article("a", "« Non », a dit Paul Eskar.", "fr")
    results = list(read_many([Article("b", "Nein, sagte er.", "qq"), good]))
    assert isinstance(results[0], Failure)
    assert "qq" in results[0].error
    assert isinstance(results[1], Reading)


def test_one_bad_article_stops_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    finish = pipeline.finish

    def bad(prepared: pipeline.Prepared, pack: lang.Pack, network: object = None) -> Reading:
        if prepared.article.id == "bad":
            raise RuntimeError("broken")
        return finish(prepared, pack)

    monkeypatch.setattr(pipeline, "finish", bad)
    articles = [Article(name, "« Non », a dit Paul.", "fr") for name in ("a", "bad", "c")]
    results = list(read_many(articles))
    assert [type(r) for r in results] == [Reading, Failure, Reading]
    assert isinstance(results[1], Failure)
    assert "broken" in results[1].error


@pytest.mark.slow
def test_a_hundred_thousand_marks() -> None:
    sound(read('"' * 100_000))
    sound(read("« » " * 25_000))


@pytest.mark.slow
@pytest.mark.parametrize("joint", [" ", "\n\n"], ids=["one line", "paragraphs"])
def test_twice_the_text_takes_about_twice_the_time(joint: str) -> None:
    # The bound is wide: it tells a square from a line, on a busy machine too.
    piece = "« Le pont tombe », a déclaré Paul Eskar. Il a ajouté que la route serait fermée."
    pack = lang.load("fr")

    def taken(count: int) -> float:
        text = joint.join([piece] * count)
        start = time.process_time()
        list(pipeline.read([Article("a", text, "fr")], pack))
        return time.process_time() - start

    taken(50)
    small, large = taken(300), taken(1200)
    assert large < 8 * small


def test_the_shipped_schema_is_the_contract() -> None:
    path = SHARED / "contract" / "reading.schema.json"
    if not path.exists():
        pytest.skip("no ../shared/contract here")
    shipped = json.loads(SHIPPED.read_text("utf-8"))
    # The contract may grow by fields that nobody need give.
    for name in ("page",):
        assert name not in shipped["required"]
        assert "null" in shipped["properties"].pop(name)["type"]
    assert shipped == json.loads(path.read_text("utf-8"))


def test_importing_is_quick() -> None:
    # Processor time: other tests run beside this one.
    code = "import time; t = time.process_time(); import selon; print(time.process_time() - t)"
    env = os.environ | {"PYTHONPATH": str(ROOT / "src")}
    times = [
        float(subprocess.run([sys.executable, "-c", code], env=env, capture_output=True).stdout)
        for _ in range(5)
    ]
    assert min(times) < 0.15
    code = "import sys, selon; print({'spacy', 'numpy', 'lxml', 'rich'} & set(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True).stdout
    assert loaded.strip() == b"set()"
