"""Time expressions and when a thing was said: worked cases, properties, floors on the gold."""

from __future__ import annotations

import datetime
import hashlib
import json
import os
import re
import subprocess
import sys
import tomllib
from itertools import pairwise
from pathlib import Path

import pytest
from edtf import parse_edtf
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from selon import edtf as edtf_dates
from selon.edtf import intervals
from selon.lang.fr.times import grammar
from selon.reading import times as time_tagging
from selon.records import Party, Sentence, Span, Statement, Time, Token

HERE = Path(__file__).parent
SHARED = Path(os.environ.get("SELON_SHARED", HERE.parent.parent / "shared"))
GOLD = SHARED / "gold" / "times" / "fr-dev.jsonl"
DIGEST = "dace4187188e64bffba1f6c9725e443ac0602c052e576b9203b3b25df99db13f"
FLOORS = {"value_f1": 0.953, "found_f1": 0.93, "set_wrong": 4}
CASES = tomllib.loads((HERE / "times_cases.toml").read_text(encoding="utf-8"))["case"]
FR = grammar()


def marked(text: str) -> tuple[str, list[tuple[Span, str | None]]]:
    """A case's text without its braces, and what stood in them."""
    plain, found = "", []
    for piece in re.split(r"(\{[^{}]*\|[^{}|]*\})", text):
        if piece.startswith("{"):
            words, value = piece[1:-1].split("|")
            found.append(
                (Span(len(plain), len(plain) + len(words)), None if value == "-" else value)
            )
            piece = words
        plain += piece
    return plain, found


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(
            c,
            id=c["about"],
            marks=[pytest.mark.xfail(strict=True)] if c.get("expect") == "fail" else [],
        )
        for c in CASES
    ],
)
def test_case(case: dict[str, str]) -> None:
    text, wanted = marked(case["text"])
    found = [(t.span, t.edtf) for t in time_tagging.find_times(text, case.get("published"), FR)]
    assert [(s.of(text), e) for s, e in found] == [(s.of(text), e) for s, e in wanted]
    assert found == wanted


def test_every_value_of_the_cases_is_edtf() -> None:
    for case in CASES:
        for time in time_tagging.find_times(marked(case["text"])[0], case.get("published"), FR):
            if time.edtf:
                assert str(parse_edtf(time.edtf)).replace(", ", ",") == time.edtf


def test_the_parser_s_tense_comes_before_the_guess() -> None:
    text = "Le vote lundi"
    future = time_tagging.find_times(text, "2020-03-04", FR, lambda span: "future")
    assert future[0].edtf == "2020-03-09"
    assert (
        time_tagging.find_times(text, "2020-03-04", FR, lambda span: "past")[0].edtf == "2020-03-02"
    )


@pytest.mark.parametrize(
    ("words", "since", "edtf"),
    [
        ("24 janvier 2016", None, "2016-01-24"),
        ("1er septembre 2016", None, "2016-09-01"),
        ("Publié le samedi 4 janvier 2020 à 10h12, mis à jour le 5 janvier", None, "2020-01-04"),
        ("mars 2020", None, "2020-03"),
        ("2020-03", None, "2020-03"),
        ("2024-01-05T10:00:00+01:00", None, "2024-01-05"),
        ("3 mars", "2020", "2020-03-03"),
        ("28 décembre", "2020-01", "2019-12-28"),
        ("5 janv. 2024", None, "2024-01-05"),
        ("31 février 2020", None, None),
        ("lundi", "2020-03", None),
        ("3 mars", None, None),
        ("", None, None),
    ],
)
def test_date_of(words: str, since: str | None, edtf: str | None) -> None:
    assert time_tagging.date_of(words, FR, since) == edtf


PUBLISHED = st.one_of(
    st.none(),
    st.text(max_size=24),
    st.from_regex(r"\A(\[)?\d{4}(-\d\d)?(-\d\d)?([,/]|\.\.)?\d{0,4}(-\d\d)?(-\d\d)?\]?[~?%]?\Z"),
    st.dates().map(str),
    st.dates().map(lambda d: str(d)[:7]),
)
SCRAPS = """lundi le 3 31 février mars 2020 hier à 18 h 30 , . dernier prochain la veille dans deux
jours il y a semaine nuit de au XIXe siècle années 60 Noël cet été « » a dit Mardi 10:30 en 98"""
WORDS = st.lists(st.sampled_from([*SCRAPS.split(), "\n"]), max_size=30).map(" ".join)


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=200), WORDS), PUBLISHED)
def test_no_input_raises_and_spans_lie_in_the_text(text: str, published: str | None) -> None:
    times = time_tagging.find_times(text, published, FR)
    end = 0
    for time in times:
        assert end <= time.span.start < time.span.end <= len(text)
        assert time.edtf is None or edtf_dates.bounds(time.edtf) is not None
        assert time.why
        end = time.span.end
    time_tagging.date_of(text, FR, published)


@settings(max_examples=100, deadline=None)
@given(WORDS, st.dates(datetime.date(1900, 1, 1), datetime.date(2100, 1, 1)))
def test_a_month_never_contradicts_its_days(text: str, when: datetime.date) -> None:
    """What the day gives lies in what the month gives; weekdays at its edges excepted."""
    # A weekday narrows the days that the month leaves, and with them the other expressions.
    assume(not re.search("lundi|mardi", text, re.IGNORECASE))
    by_day = time_tagging.find_times(text, when.isoformat(), FR)
    by_month = time_tagging.find_times(text, when.isoformat()[:7], FR)
    assert [t.span for t in by_day] == [t.span for t in by_month]
    for day, month in zip(by_day, by_month, strict=True):
        if day.why in ("deictic", "this_part", "month_year", "ago", "aimed_unit") and day.edtf:
            inner, outer = edtf_dates.bounds(day.edtf), edtf_dates.bounds(month.edtf)
            assert inner
            assert outer
            assert outer[0] <= inner[0]
            assert inner[1] <= outer[1]


def test_a_day_named_twice_narrows_where_the_month_allows_it() -> None:
    """« hier, mardi » is believed; beside a day of publication that it belies it has no value."""
    text = "Il a plu hier. Elle est partie hier, mardi."
    fits = [t.edtf for t in time_tagging.find_times(text, "1999-08-25", FR)]
    assert fits == ["1999-08-24", "1999-08-24"]
    belied = [t.edtf for t in time_tagging.find_times(text, "1999-08-26", FR)]
    assert belied == ["1999-08-25", None]
    tuesdays = "[1999-08-03,1999-08-10,1999-08-17,1999-08-24]"
    # The month's first day is a Sunday: 31 August is a Tuesday too, but was no yesterday in August.
    assert [t.edtf for t in time_tagging.find_times(text, "1999-08", FR)] == [tuesdays, tuesdays]


@pytest.mark.parametrize(
    "words", ["31 février 2020", "le 31 avril", "lundi 32 mars", "le 29 février 2019", "31/02/2020"]
)
def test_impossible_dates_are_spans_without_a_value(words: str) -> None:
    text = f"Il viendra {words}, dit-on."
    (time,) = time_tagging.find_times(text, "2020-03-04", FR)
    assert (time.span.of(text), time.edtf) == (words, None)


def test_a_long_text_without_blanks_is_read_in_time() -> None:
    text = "lundi3mars" * 100_000
    began = datetime.datetime.now(tz=datetime.UTC)
    time_tagging.find_times(text, "2020-03", FR)
    assert (datetime.datetime.now(tz=datetime.UTC) - began).total_seconds() < 60


@pytest.mark.parametrize(
    ("edtf", "first", "last"),
    [
        ("2020-03", "2020-03-01", "2020-03-31"),
        ("2020-24", "2020-12-01", "2021-02-28"),
        ("19XX", "1900-01-01", "1999-12-31"),
        ("[2020-03-02,2020-03-09]", "2020-03-02", "2020-03-09"),
        ("[2020-03-02..2020-03-09]", "2020-03-02", "2020-03-09"),
        ("2020-03-02/2020-04", "2020-03-02", "2020-04-30"),
        ("2020-03-02T10:00:00Z", "2020-03-02", "2020-03-02"),
        ("2020-02~", "2020-02-01", "2020-02-29"),
    ],
)
def test_hull(edtf: str, first: str, last: str) -> None:
    hull = edtf_dates.bounds(edtf)
    assert hull
    assert (str(hull[0]), str(hull[1])) == (first, last)


@pytest.mark.parametrize("edtf", ["", "x", "2020-13", "2020-02-30", "2020-03-09/2020-03-02", "[]"])
def test_unreadable_references_allow_nothing(edtf: str) -> None:
    assert edtf_dates.days_of(edtf) == ()


def test_easter() -> None:
    assert str(intervals.easter(2020)) == "2020-04-12"
    assert str(intervals.easter(1999)) == "1999-04-04"


# --- when a thing was said ------------------------------------------------------------------


def scene(text: str, cue: str, content: str, published: str | None = "2020-03-04") -> str | None:
    """The `said` of the statement with that cue and content, without a parse."""
    at, of = text.index(cue), text.index(content)
    statement = Statement(
        "s", "direct", (Span(of, of + len(content)),), (Span(at, at + len(cue)),), Party()
    )
    cuts = [0, *(m.end() for m in re.finditer(r"\. ", text)), len(text)]
    sentences = tuple(Sentence(Span(a, b), 0) for a, b in pairwise(cuts))
    times = time_tagging.find_times(text, published, FR)
    done = time_tagging.date_statements(
        (statement,), times, sentences, published, time_tagging.find_meetings(text, FR)
    )
    return done[0].said


@pytest.mark.parametrize(
    ("text", "cue", "content", "said"),
    [
        ("Il a déclaré lundi que tout irait.", "a déclaré", "que tout irait", "2020-03-02"),
        ("Lundi, Anne a déclaré : « Non. »", "a déclaré", "Non.", "2020-03-02"),
        ("« Le vote vendredi », a dit Anne.", "a dit", "Le vote vendredi", None),
        ("« Le vote vendredi », a dit hier Anne.", "a dit", "Le vote vendredi", "2020-03-03"),
        ("Il répète souvent que non.", "répète", "que non", None),
        ("Il a vu Paul lundi. « Non », a dit Anne.", "a dit", "Non", None),
        ("Il s'est entretenu lundi avec Paul. « Non », a-t-il dit.", "a-t-il dit", "Non",
         "2020-03-02"),
        ("Il s'est entretenu avec Paul pendant deux heures. « Non », a-t-il dit.", "a-t-il dit",
         "Non", None),
        ("Anne le dira vendredi prochain : « Non. »", "dira", "Non.", None),
        ("L'élue a parlé mardi sur le quai. « Non », a-t-elle dit.", "a-t-elle dit", "Non",
         "2020-03-03"),
        ("L'élue est arrivée mardi. « Non », a-t-elle dit.", "a-t-elle dit", "Non", None),
    ],
)  # fmt: skip
def test_said(text: str, cue: str, content: str, said: str | None) -> None:
    assert scene(text, cue, content) == said


def test_said_is_cut_at_the_publication() -> None:
    text = "Il a déclaré lundi que non."
    assert scene(text, "a déclaré", "que non", None) is None
    statement = Statement("s", "indirect", (Span(19, 26),), (Span(3, 12),))
    monday = Time(Span(13, 18), "[2020-03-02,2020-03-09]", "bare_weekday")
    sentence = Sentence(Span(0, 27), 0)
    done = time_tagging.date_statements((statement,), (monday,), (sentence,), "2020-03-05")
    assert done[0].said == "2020-03-02"
    assert done[0].why == ("said:cue_time", "time:bare_weekday")


def tokens(*rows: tuple[str, str, str, int]) -> tuple[Token, ...]:
    """Words with their part of speech, relation and head, one blank apart."""
    at, out = 0, []
    for word, pos, dep, head in rows:
        out.append(Token(Span(at, at + len(word)), word, word, pos, "", dep, head))
        at += len(word) + 1
    return tuple(out)


def test_said_follows_the_parse() -> None:
    """« Le tribunal qui siégeait lundi a affirmé que non »: Monday is the sitting's."""
    words = tokens(
        ("Le", "DET", "det", 1), ("tribunal", "NOUN", "nsubj", 6), ("qui", "PRON", "nsubj", 3),
        ("siégeait", "VERB", "acl:relcl", 1), ("lundi", "NOUN", "obl", 3), ("a", "AUX", "aux", 6),
        ("affirmé", "VERB", "ROOT", 6), ("que", "SCONJ", "mark", 8), ("non", "ADV", "ccomp", 6),
    )  # fmt: skip
    cue, content = words[6].span, Span(words[7].span.start, words[8].span.end)
    statement = Statement("s", "indirect", (content,), (cue,))
    time = Time(words[4].span, "2020-03-02", "bare_weekday")
    whole = Sentence(Span(0, content.end), 0, words)
    assert (
        time_tagging.date_statements((statement,), (time,), (whole,), "2020-03-04")[0].said is None
    )
    moved = tuple(
        Token(t.span, t.text, t.lemma, t.pos, t.morph, t.dep, 6) if n == 4 else t
        for n, t in enumerate(words)
    )
    done = time_tagging.date_statements(
        (statement,), (time,), (Sentence(whole.span, 0, moved),), "2020-03-04"
    )
    assert done[0].said == "2020-03-02"


@pytest.mark.parametrize(
    ("speaker", "pos", "said"),
    [("délégué", "NOUN", None), ("elle", "PRON", "2020-03-03"), ("rectrice", "NOUN", "2020-03-03")],
)
def test_a_time_is_carried_only_to_who_was_there(speaker: str, pos: str, said: str | None) -> None:
    """« La rectrice a parlé mardi. Non, réagit le délégué. »: another scene."""
    words = tokens(
        ("rectrice", "NOUN", "nsubj", 1), ("parlé", "VERB", "ROOT", 1), ("mardi", "NOUN", "obl", 1),
        ("Non", "ADV", "ccomp", 4), ("réagit", "VERB", "ROOT", 4), (speaker, pos, "nsubj", 4),
    )  # fmt: skip
    rows = [
        Token(t.span, t.text, t.lemma, t.pos, t.morph, t.dep, t.head - (3 if n > 2 else 0))
        for n, t in enumerate(words)
    ]
    first, second = tuple(rows[:3]), tuple(rows[3:])
    statement = Statement(
        "s", "direct", (words[3].span,), (words[4].span,), Party((words[5].span,))
    )
    sentences = (
        Sentence(Span(0, words[2].span.end), 0, first),
        Sentence(Span(words[3].span.start, words[5].span.end), 0, second),
    )
    time = Time(words[2].span, "2020-03-03", "bare_weekday")
    done = time_tagging.date_statements(
        (statement,), (time,), sentences, "2020-03-04", (words[1].span,)
    )
    assert done[0].said == said


# --- floors on the gold -----------------------------------------------------------------------


def scored(tmp_path: Path, cut: int) -> dict[str, object]:
    """The scorer's answer for fr-dev, the publication cut to so many characters."""
    predicted = tmp_path / "predicted.jsonl"
    with predicted.open("w", encoding="utf-8") as out:
        for line in GOLD.read_text(encoding="utf-8").splitlines():
            reading = json.loads(line)
            times = time_tagging.find_times(reading["text"], reading["published"][:cut], FR)
            rows = [{"span": [t.span.start, t.span.end], "edtf": t.edtf} for t in times]
            out.write(json.dumps({"id": reading["id"], "text": reading["text"], "times": rows}))
            out.write("\n")
    scorer = SHARED / "score" / "score_times.py"
    command = [sys.executable, str(scorer), str(GOLD), str(predicted), "--month", "--json"]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    answer: dict[str, object] = json.loads(done.stdout)
    return answer


@pytest.mark.skipif(not GOLD.exists(), reason="the shared gold of time expressions is not here")
def test_floors_on_the_french_timebank(tmp_path: Path) -> None:
    digest = hashlib.sha256(GOLD.read_bytes()).hexdigest()
    assert digest == DIGEST, "another gold: measure again and pin its floors"
    by_day, by_month = scored(tmp_path, 10), scored(tmp_path, 7)
    assert by_day["value_f1"] >= FLOORS["value_f1"]  # type: ignore[operator]
    assert by_day["found"]["f1"] >= FLOORS["found_f1"]  # type: ignore[index]
    assert by_month["month"]["single_wrong"] == 0  # type: ignore[index]
    assert by_month["month"]["set_wrong"] <= FLOORS["set_wrong"]  # type: ignore[index]
