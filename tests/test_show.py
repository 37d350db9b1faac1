from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from selon.i18n import catalogue
from selon.records import Article, Party, Reading, Span, Statement, Voice
from selon.show import account, notebook, page, segments, terminal
from selon.show.dates import date_in_words
from show_readings import TEXT, hostile, long, overlapping, pool

SGR = re.compile(r"\x1b\[[0-9;]*m")
WIDTHS = (40, 60, 79, 80, 120, 200)
SHOW = Path(page.__file__).parent


def plain(reading: Reading, width: int = 100, why: bool = False) -> str:
    return terminal.render(reading, width, colour=False, language="en", why=why)


# --- the account: who, says, to whom, through whom


def test_each_statement_has_its_parties_by_name() -> None:
    entries = account.entries(pool())
    assert [e.number for e in entries] == [1, 2, 3, 4, 5, 6, 7]
    torn, pronoun, relayed, nested = entries[:4]
    assert torn.content == "Nous ouvrirons quand l’eau sera chaude […] et pas un jour plus tôt"
    assert (pronoun.who.name, pronoun.who.words) == ("Hélène Vautrin", "elle")
    assert [w.label for w in relayed.chain] == ["Karim Delmotte", "Agence Relais"]
    assert [w.label for w in nested.chain] == [
        *("la direction technique", "Karim Delmotte", "Agence Relais")
    ]
    assert [w.label for w in nested.to] == ["Mairie de Valmont-sur-Orge"]
    assert [e.voice for e in entries[:4]] == ["quoted", "reported", "reported", "hedged"]


def test_a_ring_of_statements_ends() -> None:
    ring = tuple(
        replace(s, within=w)
        for s, w in zip(pool().statements[:2], ("s2", "s1"), strict=True)
    )  # fmt: skip
    assert len(account.entries(replace(pool(), statements=ring))) == 2


def test_shares_add_up_to_a_hundred() -> None:
    percents = account.percentages(account.shares(pool()))
    assert sum(percents.values()) == 100
    quoted = sum(v.span.end - v.span.start for v in pool().voices if v.voice == "quoted")
    assert percents["quoted"] == pytest.approx(100 * quoted / len(TEXT), abs=1)
    assert account.shares(overlapping()) == {}, "no map, no figures"


@pytest.mark.parametrize(
    ("edtf", "french", "english"),
    [
        ("2024-03-01", "1er mars 2024", "1 March 2024"),
        ("2024-12", "décembre 2024", "December 2024"),
        ("1998~", "vers 1998", "around 1998"),
        ("2024-01-02T08:30", "2 janvier 2024, 08:30", "2 January 2024, 08:30"),
        ("2023/..", "2023 – …", "2023 – …"),
        ("2024-21", "2024-21", "2024-21"),
        ("whenever", "whenever", "whenever"),
    ],
)
def test_dates_are_said_in_words(edtf: str, french: str, english: str) -> None:
    assert (date_in_words(edtf, "fr"), date_in_words(edtf, "en")) == (french, english)


# --- pieces and lanes


def test_pieces_are_the_text_without_its_line_ends() -> None:
    reading = pool()
    lines = list(segments.lines(reading, account.entries(reading)))
    said = ["".join(p.span.of(TEXT) for p in line) for line in lines]
    assert said == [line for line in TEXT.split("\n") if line]


def test_overlapping_statements_have_lanes_of_their_own() -> None:
    reading = overlapping()
    entries = account.entries(reading)
    lanes = segments.lanes(reading.article.text, entries)
    for one in entries:
        for other in entries:
            if one.number < other.number and one.statement.content[0].meets(
                other.statement.content[0]
            ):
                assert lanes[one.number] != lanes[other.number]
    drawn = {m.lane for line in segments.lines(reading, entries) for p in line for m in p.marks}
    assert drawn == set(range(segments.LANES))


def test_nested_statements_hang_under_the_one_around_them() -> None:
    reading = pool()
    lanes = segments.lanes(TEXT, account.entries(reading))
    assert (lanes[3], lanes[4], lanes[5], lanes[6]) == (0, 1, 0, 1)


def test_spans_outside_the_text_are_left_out() -> None:
    wild = Statement("w", "direct", (Span(-5, 3), Span(5, 5), Span(2, 10**9)), (Span(9, 2),))
    voices = (Voice(Span(0, 99), "quoted"), Voice(Span(3, 1), "scare"))
    reading = Reading(Article("a", "court"), (wild,), voices=voices)
    assert "court" in plain(reading)
    assert "court" in page.render([reading], "fr")


# --- terminal


def test_without_colour_the_voices_stand_in_brackets() -> None:
    said = plain(pool())
    assert "\x1b" not in said
    flat = " ".join(said.split())
    assert '[1" Nous ouvrirons quand l’eau sera chaude "], ' not in flat
    assert '« [1" Nous ouvrirons quand l’eau sera chaude "] », a déclaré' in flat
    assert '[4~ que les pompes « ~] [4" ne tiendraient pas l’hiver "] »' in flat
    assert "« [! concertation !] »" in flat


def test_with_colour_the_voices_differ_by_more_than_colour() -> None:
    said = terminal.render(pool(), 100, colour=True, language="fr")
    attributes = {}
    for voice, words in (
        ("quoted", "touche à sa fin"),
        ("reported", "que le carrelage"),
        ("hedged", "dès le mois"),
        ("scare", "concertation"),
    ):
        before = said[: said.index(words)]
        codes = SGR.findall(before)[-1][2:-1].split(";")
        attributes[voice] = {c for c in codes if not 30 <= int(c) <= 37}
    assert all(attributes.values())
    assert len({frozenset(a) for a in attributes.values()}) == 4


def test_the_ledger_names_all_the_parties() -> None:
    wide = " ".join(plain(pool(), 160).split())
    assert "3 Karim Delmotte D’après · la direction technique" in wide
    assert "Agence Relais" in wide
    assert "(reportedly) prévenu" in wide
    assert "5 March 2024" in wide
    narrow = plain(pool(), 50)
    assert "    via: Agence Relais" in narrow


def test_why_names_the_rules_and_the_score() -> None:
    assert "score 0.97 · fr.quote.inverted › fr.quote.continued" in plain(pool(), 100, why=True)
    assert "fr.quote" not in plain(pool(), 100)
    assert "no rule named" in plain(pool(), 44, why=True)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(
    "words",
    [
        "é" * 9,
        "e\u0301" * 9,
        "日本語の新聞記事",
        "שלום עולם",
        "👩‍👩‍👧‍👦" * 4,
        "x" * 300,
        "a\u00adb\u200bc",
    ],
)
def test_no_line_is_wider_than_asked(width: int, words: str) -> None:
    text = f"{words} dit que {words} {words} » fin."
    start = len(words)
    reading = Reading(
        Article("w", text, outlet=words, title=words),
        (Statement("w1", "indirect", (Span(start + 5, len(text)),), (Span(start + 1, start + 4),),
                   Party((Span(0, start),)), (Party((Span(0, start),)),), said="2024"),),
        voices=(Voice(Span(0, start), "outlet"), Voice(Span(start, len(text)), "reported", "w1")),
    )  # fmt: skip
    for colour in (False, True):
        said = SGR.sub("", terminal.render(reading, width, colour, "fr", why=True))
        assert max(cell_len(line) for line in said.splitlines()) <= width


def test_columns_stand_under_each_other_whatever_the_script() -> None:
    reading = pool()
    names = ["Zoé", "e\u0301e\u0301", "日本", "שלום", "Zoe\u200d"]
    entities = tuple(replace(e, name=n) for e, n in zip(reading.entities, names, strict=True))
    said = plain(replace(reading, entities=entities), 120)
    rows = said[said.index("─") :].splitlines()[1:]
    starts = {
        cell_len(row[: row.index(" · ")].rsplit("  ", 1)[0]) + 2 for row in rows if " · " in row
    }
    assert len(starts) == 1


def test_a_right_to_left_cell_cannot_reorder_its_neighbours() -> None:
    reading = pool()
    entities = tuple(replace(e, name="שלום") for e in reading.entities)
    said = plain(replace(reading, entities=entities), 120)
    assert "שלום\u200e  " in said


@pytest.mark.parametrize(
    "payload",
    [
        "\x1b[2J\x1b]0;pwned\x07",
        "\x9b31m",
        "\x08\x08",
        "\r\rX",
        "\u202egnp",
        "\x00",
        "\ud800",
        "\x7f",
    ],
)
@pytest.mark.parametrize("width", [50, 120])
def test_no_control_character_reaches_the_terminal(payload: str, width: int) -> None:
    for colour in (False, True):
        said = SGR.sub("", terminal.render(hostile(payload), width, colour, "en", why=True))
        said.encode()
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", said)


@given(st.text(max_size=60), st.lists(st.integers(0, 60), min_size=4, max_size=12))
@settings(max_examples=60, deadline=None)
def test_nothing_makes_it_raise(text: str, cuts: list[int]) -> None:
    spans = tuple(Span(a, b) for a, b in pairwise(cuts))
    reading = Reading(
        Article(text, text, "fr", text, text, text),
        (Statement(text, "mixed", spans, spans[:1], Party(spans[1:2]), within=text, said=text),),
        voices=(Voice(spans[0], "quoted", text),),
    )
    for width in (20, 80):
        said = terminal.render(reading, width, False, "fr", why=True)
        assert all(cell_len(line) <= max(width, 20) for line in said.splitlines())
    page.render([reading, reading], "fr").encode()
    notebook.html(reading).encode()


# --- notebook and page, without a browser


def test_a_notebook_fragment_has_no_script_and_a_scoped_style() -> None:
    html = notebook.html(pool(), "fr")
    assert "<script" not in html
    assert " id=" not in html
    style = html[html.index("<style>") + 7 : html.index("</style>")]
    rules = re.findall(r"^([^{}/\n]+)\{", re.sub(r"/\*.*?\*/", "", style, flags=re.S), re.M)
    assert rules
    for selectors in rules:
        assert all(s.strip().startswith(".selon-reading") for s in selectors.split(","))
    assert "Hélène Vautrin" in html
    assert "5 mars 2024" in html


PAYLOADS = [
    "<script>alert(1)</script>",
    "\"'><img src=x onerror=alert(1)>",
    "</style></script>",
    "{{7*7}}",
]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_markup_in_any_field_is_only_text(payload: str) -> None:
    for html in (page.render([hostile(payload)], "en"), notebook.html(hostile(payload))):
        own = html.replace("{{", "") if "{{" not in payload else html
        if "<" in payload:
            assert payload not in own
        else:
            assert payload in html, "shown as written, not evaluated"


def test_a_page_asks_for_nothing_from_outside() -> None:
    html = page.render([pool()], "fr")
    assert not re.search(r"""(?:src|href)=(?!["']?#)""", html)
    assert "url(" not in html
    assert "@import" not in html
    assert not re.search(r"\s(?:style|on\w+)=", html), "the policy forbids inline attributes"


def test_ids_are_unique_and_the_same_each_time() -> None:
    html = page.render([pool(), pool(), overlapping()], "fr")
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert "article.pool.s1" in page.render([pool()], "en")
    assert 'id="article.pool.s1"' in html


def test_every_message_is_said_in_french(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: set[str] = set()
    real = catalogue("fr")

    class Listening:
        def gettext(self, message: str) -> str:
            asked.add(message)
            return real.gettext(message)

    for name in ("terminal", "table", "dates", "notebook", "wording"):
        monkeypatch.setattr(f"selon.show.{name}.catalogue", lambda *_: Listening())
    for reading in (pool(), overlapping()):
        plain(reading, 60, why=True)
        plain(reading, 120, why=True)
        notebook.html(reading)
        page.render([reading, reading], "fr")
    known = real._catalog  # type: ignore[attr-defined]
    assert sorted(m for m in asked if m not in known) == []


def test_the_work_grows_with_the_article_not_with_its_square() -> None:
    """Four times the article gives four times the pieces and the page (timed elsewhere)."""

    def sizes(factor: int) -> tuple[int, int]:
        reading = long(1250 * factor, 40 * factor)
        drawn = [
            len(piece.marks) + 1
            for line in segments.lines(reading, account.entries(reading))
            for piece in line
        ]
        return sum(drawn), len(page.render([reading], "fr")) - len(page.render([], "fr"))

    (few, small), (many, large) = sizes(1), sizes(4)
    assert 3.5 < many / few < 4.5
    assert 3.5 < large / small < 4.5


def test_the_argument_of_the_version_before_still_names_the_language() -> None:
    with pytest.warns(DeprecationWarning, match=r"render\(tongue=…\) is now language=…"):
        said = terminal.render(pool(), 100, colour=False, tongue="fr")  # type: ignore[call-arg]
    assert said == terminal.render(pool(), 100, colour=False, language="fr")
