"""Plots drawn offline, a report that stands alone, samples read back, data frames."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest

import selon
from library_made import made
from numbers_made import article, facts, filled
from selon.cli import main
from selon.errors import SelonError
from selon.library import add, runs
from selon.library.store import Library
from selon.numbers import correction, draw, plots, plots_of_shares, sampling
from selon.numbers.cross import CrossTable, cross, cross_table
from selon.numbers.report import ReportFamily, report


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    filled(tmp_path / "selon.db").close()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SELON_LANG", "en")
    return tmp_path


def table(months: int = 0) -> CrossTable:
    """Women: 30 of 40 in « a », 10 of 40 in « b », 5 of 10 in « c » (too few)."""
    del months
    rows = [
        (article, group, int(n >= women))
        for group, (women, of) in enumerate(((30, 40), (10, 40), (5, 10)))
        for n in range(of)
        for article in [group * 100 + n // 2]
    ]
    return cross_table(facts(rows), ("gender",), ("outlet",), "statements")


def test_bars_show_what_was_counted_the_largest_first() -> None:
    plot = plots.plot("bars", table(), plots.PlotOptions("fr", ("female",)))
    assert [(r["group"], r["n"], r["of"], r["share"]) for r in plot.rows] == [
        ("a", 30, 40, 0.75),
        ("b", 10, 40, 0.25),
        ("c", 5, 10, None),
    ]
    assert plot.rows[0]["low"] < 0.75 < plot.rows[0]["high"]
    values = plot.spec["data"]["values"]
    assert [v["label"] for v in values] == ["75 % (n = 40)", "25 % (n = 40)", "trop peu (n = 10)"]


def test_bars_without_intervals_stay_inside_their_plot() -> None:
    # Half are of unknown gender: shares without intervals.
    rows = [(n, g, 0 if n % 3 else 1) for g in (0, 1) for n in range(60)]
    rows += [(n, g, -1) for g in (0, 1) for n in range(60)]
    shown = cross_table(facts(rows), ("gender",), ("outlet",), "statements")
    plot = plots.plot("bars", shown, plots.PlotOptions())
    assert all(row["high"] is None and row["share"] > 0.6 for row in plot.rows)
    for layer in plot.spec["layer"]:
        assert layer["encoding"]["x"]["scale"]["domain"][1] >= 2 / 3


def test_periods_are_named_at_even_steps_up_to_the_last(desk: Path) -> None:
    with selon.open("selon.db") as press:
        plot = press.plot("time", "gender", "month", only="female").plot
    (first, *_rest) = plot.spec["vconcat"]
    values = first["layer"][0]["encoding"]["x"]["axis"]["values"]
    assert [(v["year"], v["month"]) for v in values] == [(2026, 1), (2026, 2)]


def test_heat_and_parts() -> None:
    heat = plots.plot("heat", table(), plots.PlotOptions())
    assert {(r["group"], r["value"]): r["n"] for r in heat.rows} == {
        ("a", "women"): 30,
        ("a", "men"): 10,
        ("b", "women"): 10,
        ("b", "men"): 30,
        ("c", "women"): 5,
        ("c", "men"): 5,
    }
    parts = plots.plot("parts", table(), plots.PlotOptions(top=1))
    assert {r["group"] for r in parts.rows} == {"a"}
    assert sum(r["share"] for r in parts.rows) == 1


def luminance(colour: str) -> float:
    r, g, b = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def test_shades_are_told_apart_in_grey() -> None:
    shades = [luminance(c) for c in plots_of_shares.SHADES]
    assert shades == sorted(shades)
    assert min(np.diff(shades)) > 0.08


@pytest.mark.parametrize("form", ["svg", "png", "html", "json", "csv"])
@pytest.mark.parametrize("words", ["heat speaker --by outlet month", "time gender --by month"])
def test_drawn_by_the_command_without_a_network(desk: Path, form: str, words: str) -> None:
    kind, value, *rest = words.split()
    assert main(["plot", kind, value, *rest, "--names", "fr", "-o", f"x.{form}"]) == 0
    data = Path(f"x.{form}").read_bytes()
    if form == "svg":
        told = " ".join(t for t in ElementTree.fromstring(data).itertext())
        assert "Propos : " in told
    elif form == "png":
        assert data.startswith(b"\x89PNG")
        assert len(data) > 5_000
    elif form == "html":
        assert not re.search(rb"<(?:script|link)[^>]+(?:src|href)=.https?:", data)
    elif form == "csv":
        rows = list(csv.DictReader(io.StringIO(data.decode())))
        if kind == "heat":
            assert sum(int(r["n"]) for r in rows) == 10
        else:
            assert [(r["period"], r["n"], r["of"], r["share"]) for r in rows] == [
                ("2026-01", "3", "5", ""),
                ("2026-02", "2", "3", ""),
            ]


@pytest.mark.parametrize(
    "words",
    [
        "bars gender --by outlet -o x.gif",
        "time gender --by outlet -o x.svg",
        "bars gender --by outlet --value none -o x.svg",
        "bars gender --by outlet --words introuvable -o x.svg",
    ],
)
def test_what_cannot_be_drawn_is_said(desk: Path, words: str) -> None:
    assert main(["plot", *words.split()]) == 2
    assert not list(desk.glob("x.*"))


@pytest.mark.parametrize("tongue", ["fr", "en"])
def test_the_report_stands_alone_and_has_the_numbers(desk: Path, tongue: str) -> None:
    with Library(desk / "selon.db") as library:
        made = report(
            library.connection,
            tongue,
            families=[ReportFamily("Des mots <b>", "Ana", 4, 3, "2026-01-10")],
        )
    assert "<script" not in made
    assert "style=" not in made
    assert not re.search(r"(?:src|href)=.(?!data:)", made)
    assert "Des mots &lt;b&gt;" in made
    # Women are five of ten, their share not told: eight are known.
    assert "5 / 8" in made
    assert ("Femmes et hommes" if tongue == "fr" else "Women and men") in made
    assert "CITATION.cff" in made
    assert made.count("data:image/svg+xml") >= 2


def test_forms_are_corrected_only_where_the_measured_reader_read(desk: Path) -> None:
    with Library(desk / "selon.db") as library:
        connection = library.connection
        assert "the shares of forms are not corrected" in report(connection, "en", drawn=False)
        connection.execute("update statement set why = '[\"encoder:cue-before\"]'")
        told = report(connection, "en", drawn=False)
    assert "the shares of forms are not corrected" not in told
    assert "Forms, corrected by the errors on gold" in told
    measured = correction.shipped_errors()
    assert measured
    assert measured.articles > 300
    assert measured.reader == "encoder"
    found = correction.correct_shares({"direct": 10}, measured)
    assert sum(c.share for c in found) == pytest.approx(1)
    assert all(c.low <= c.share <= c.high for c in found)


def test_the_report_by_its_command(desk: Path) -> None:
    assert main(["report", "--names", "fr", "--since", "2026-02", "-o", "r.html"]) == 0
    assert "5 propos de 2 articles" in Path("r.html").read_text("utf-8")


def test_each_paragraph_is_drawn_alike_and_never_more_than_asked(desk: Path) -> None:
    with Library(desk / "selon.db") as library:
        drawn = [
            tuple(r["read"] for r in sampling.paragraphs(library.connection, 3, seed=seed))
            for seed in range(200)
        ]
    assert {len(d) for d in drawn} == {3}
    times = Counter(words for d in drawn for words in d)
    assert len(times) == 10
    assert 35 <= min(times.values()) <= max(times.values()) <= 85


def test_the_outlets_of_most_statements_need_not_have_most_articles(tmp_path: Path) -> None:
    # The report tells the first outlets only: these have statements, others have articles.
    said = [
        (f"Le Long {n}", ("Mme Ana Lissac", "M. Bruno Tard", "M. Bruno Tard")) for n in range(30)
    ]
    said += [(f"Le Bref {n // 2}", ("M. Bruno Tard",)) for n in range(60)]
    articles = (article(n, outlet, "2026-01-10", who) for n, (outlet, who) in enumerate(said))
    with Library(tmp_path / "a.db", create=True) as library:
        add.load(library, (made(one) for one in articles), runs.Maker("test", ""))
        told = report(library.connection, "en", drawn=False)
    assert "Le Long" in told


def test_the_report_of_an_empty_library(tmp_path: Path) -> None:
    with Library(tmp_path / "a.db", create=True) as library:
        assert "0 statements of 0 articles" in report(library.connection, "en")


def errors() -> correction.Errors:
    """Two articles of gold: half of the indirect read as direct, a fifth of the direct missed."""
    rows = [
        ["1", "direct", "direct", "1", "40"],
        ["1", "direct", "-", "0", "10"],
        ["1", "indirect", "direct", "1", "10"],
        ["2", "indirect", "indirect", "0", "10"],
        ["2", "mixed", "mixed", "1", "5"],
        ["2", "narrated", "narrated", "1", "5"],
    ]
    found = correction.read(rows)
    assert found is not None
    return found


def test_shares_corrected_by_known_errors() -> None:
    told = {c.form: c for c in correction.correct_shares({"direct": 50, "indirect": 10}, errors())}
    # 50 read as direct are 40 direct, of which a fifth was missed, and 10 indirect: 50 and 20.
    assert told["direct"].share == pytest.approx(50 / 70)
    assert told["indirect"].share == pytest.approx(20 / 70)
    assert told["direct"].read == pytest.approx(50 / 60)
    assert correction.precision(errors()) == pytest.approx((1, 70 / 80, 60 / 70))
    assert correction.correct_shares({}, errors()) == ()


def test_without_errors_nothing_is_corrected() -> None:
    forms = ("direct", "indirect", "mixed", "narrated")
    rows = [[str(a), f, f, "1", "5"] for a in range(3) for f in forms]
    found = correction.read(rows)
    assert found
    counts = {"direct": 4, "indirect": 3, "mixed": 2, "narrated": 1}
    for one in correction.correct_shares(counts, found):
        assert (one.share, one.low, one.high) == pytest.approx((one.read,) * 3)


def test_a_sample_by_strata_read_back(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["sample", "6", "--stratify", "outlet", "-o", "a.csv", "--excel"]
    assert main(words) == 0
    first = Path("a.csv").read_bytes()
    main(words)
    assert Path("a.csv").read_bytes() == first
    text = first.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert [r["stratum"] for r in rows] == ["La Gazette"] * 3 + ["Le Courrier"] * 3
    assert len({r["number"] for r in rows}) == 6
    assert {float(r["weight"]) for r in rows} == {round(5 / 3, 6)}
    for n, row in enumerate(rows):
        row["statement_right"] = "oui" if n else "0"
        row["speaker_right"] = "1" if n != 2 else ""
    with Path("b.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    assert main(["sample", "--coded", "b.csv", "b.csv"]) == 0
    told = capsys.readouterr().out
    assert "statement_right: 83.3 %" in told
    # The first is no statement: its speaker is wrong too; one was left blank.
    assert "speaker_right: 80.0 %" in told
    assert "alpha, statement_right: 1.000 (6 units)" in told


def test_paragraphs_and_recall(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["sample", "50", "--paragraphs", "-o", "p.csv"])
    rows = list(csv.DictReader(io.StringIO(Path("p.csv").read_text("utf-8"), newline="")))
    assert len(rows) == 10
    assert all(": Voici phrase" in r["read"] for r in rows)
    told = [{"number": n, "said": 2, "found": 2 if n % 2 else 1} for n in range(20)]
    found = sampling.recall(told)
    assert found
    assert (found.share, found.n) == (0.75, 40)
    assert found.low < 0.75 < found.high
    assert sampling.recall([{"number": 1, "said": "", "found": ""}]) is None
    with pytest.raises(SelonError):
        sampling.recall([{"number": 1, "said": "1", "found": "2"}])


def test_allocation_is_exact_and_leaves_no_stratum_out() -> None:
    assert sampling._allocate({"a": 90, "b": 9, "c": 1}, 10) == {"a": 8, "b": 1, "c": 1}
    assert sampling._allocate({"a": 3, "b": 3}, 100) == {"a": 3, "b": 3}
    with pytest.raises(SelonError):
        sampling._allocate({"a": 3, "b": 3}, 1)


def test_alpha_is_krippendorffs() -> None:
    # The example of Krippendorff (2011), « Computing Krippendorff's Alpha-Reliability », C.
    observers = (
        "1 2 3 3 2 1 4 1 2 . . .",
        "1 2 3 3 2 2 4 1 2 5 . 3",
        ". 3 3 3 2 3 4 2 2 5 1 .",
        "1 2 3 3 2 4 4 1 2 5 1 .",
    )
    coders: list[list[dict[str, Any]]] = [
        [{"number": n, "said": v.replace(".", "")} for n, v in enumerate(line.split())]
        for line in observers
    ]
    told = sampling.alpha(coders, "said")
    assert told is not None
    assert told[0] == pytest.approx(0.743, abs=5e-4)
    assert told[1] == 11
    assert sampling.alpha(coders[:1], "said") is None


def test_a_code_that_is_none_is_named() -> None:
    with pytest.raises(SelonError, match="peut-être"):
        list(sampling.precision([{"number": 3, "statement_right": "peut-être"}]))


def test_a_library_as_data_frames(desk: Path) -> None:
    with selon.open("selon.db") as press:
        frame = press.table("gender", "outlet", "month")
        told = frame.set_index(["outlet", "month", "gender"])["published_n"]
        assert told["La Gazette", "2026-01", "female"] == 2
        assert told["Le Courrier", "2026-02", "male"] == 1
        assert len(press.statements(outlet="La Gazette")) == 5
        assert set(press.statements()["speaker_gender"].dropna()) == {"female", "male"}
        gaps = press.compare("gender", "outlet", only="female")
        assert gaps["share"].tolist() == [0.75, 0.5]
        assert (
            press.plot("heat", "speaker", "outlet", language="fr")._repr_svg_().startswith("<svg")
        )
        with pytest.raises(SelonError):
            press.table("gender", colour="red")


def test_drawing_says_which_package_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "vl_convert", None)
    plot = plots.plot("heat", table(), plots.PlotOptions())
    with pytest.raises(SelonError, match="numbers"):
        draw.draw(plot, "svg", io.BytesIO())


def test_published_and_independent_are_drawn_apart(tmp_path: Path) -> None:
    with filled(tmp_path / "a.db", 4) as library:
        told = cross(library.connection, ("gender",), ("month",))
    sides = {
        side: [r["of"] for r in plots.plot("time", told, plots.PlotOptions(side=side)).rows]
        for side in ("published", "independent")
    }
    assert sides == {"published": [17, 3], "independent": [5, 3]}


def test_a_table_in_the_terminal_on_a_page_and_in_a_spreadsheet(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["stats", "gender", "--by", "outlet"]) == 0
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert ["La", "Gazette", "women", "3/4", "3/4"] in lines
    assert ["Le", "Courrier", "unknown", "1/5", "1/5"] in lines
    assert ["all", "men", "3/8", "3/8"] in lines
    assert main(["stats", "gender", "--by", "outlet", "--compare", "others"]) == 0
    told = capsys.readouterr().out
    assert "Holm" in told
    assert "+25.0 [" in told
    assert main(["stats", "gender", "--by", "outlet", "--names", "fr", "-o", "t.html"]) == 0
    page = Path("t.html").read_text("utf-8")
    assert "<script" not in page
    assert "propos : genre, par média" in page
    assert "3 / 4" in page
    assert main(["stats", "gender", "--by", "outlet", "-o", "t.xlsx"]) == 0
    from openpyxl import load_workbook

    heading, *rows = load_workbook("t.xlsx").active.iter_rows(values_only=True)
    counts = [dict(zip(heading, row, strict=True))["published_n"] for row in rows]
    assert counts == [3, 1, 2, 2]
    assert main(["stats", "gender", "--by", "colour"]) == 2
    assert main(["stats", "gender", "--by", "outlet", "--format", "xlsx"]) == 2


def test_a_single_column_is_told_as_ever(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["stats", "gender"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[1].startswith("unknown  1/3  33.3 %  |")
    assert lines[2].startswith("women    1/2  50.0 % [9.5–90.5]  |")


def test_characters_that_xml_has_not_end_no_process() -> None:
    told = draw.printable({"a": ["x\x1b\x00y", {"b\ufffe": 1}], "c": "« Été » 😀\n"})
    assert told == {"a": ["x��y", {"b�": 1}], "c": "« Été » 😀\n"}
