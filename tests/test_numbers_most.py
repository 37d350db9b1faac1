"""Large tables: the most frequent values and groups, the same numbers; figures; fields of activity."""

from __future__ import annotations

import io
from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from library_made import spoken
from numbers_made import facts, filled
from selon.bench import errors
from selon.bench import numbers as bench
from selon.cli import main
from selon.cli import plot as plot_command
from selon.errors import SelonError
from selon.library import add, runs
from selon.library.store import Library
from selon.numbers import correction, draw, figures, plots, verbs
from selon.numbers.columns import Column, compact
from selon.numbers.copies import first_copies
from selon.numbers.cross import CrossTable, Limits, cross, cross_table
from selon.numbers.fields import field
from selon.records import FORMS

ROWS = st.lists(st.tuples(st.integers(0, 5), st.integers(-1, 2), st.integers(-1, 1)), max_size=40)


def cells(table: CrossTable) -> dict[object, object]:
    return {(g.key, c.value): c for g in table.groups for c in g.cells}


@settings(deadline=None, max_examples=60)
@given(ROWS, st.integers(1, 3), st.integers(1, 3))
def test_what_is_kept_has_the_numbers_of_the_whole_table(
    rows: list[tuple[int, int, int]], values: int, groups: int
) -> None:
    whole = cross_table(facts(rows), ("gender",), ("outlet",), "statements")
    part = cross_table(facts(rows), ("gender",), ("outlet",), "statements", Limits(values, groups))
    assert part.values == whole.values[:values]
    assert part.more[0] == len(whole.values) - len(part.values)
    all_ = cells(whole)
    for key, cell in cells(part).items():
        assert cell == all_[key]
    sizes = Counter(g for _a, g, _v in rows if g >= 0)
    kept = {g.key[0] for g in part.groups if g.key[0] is not None}
    largest = sorted(sizes, key=lambda g: (-sizes[g], g))[:groups]
    assert kept == {"abc"[g] for g in largest}
    by_key = {g.key: g for g in whole.groups}
    assert all(g.unknown == by_key[g.key].unknown for g in part.groups)
    assert list(part.total.cells) == list(whole.total.cells[:values])


def test_a_value_that_is_asked_for_is_kept_however_rare() -> None:
    rows = [(n, 0, 1) for n in range(9)] + [(9, 0, 0)]
    table = cross_table(
        facts(rows), ("gender",), ("outlet",), "statements", Limits(1, None, ("female",))
    )
    assert table.values == (("male",), ("female",))
    assert table.groups[0].cells[1].published[:2] == (1, 10)


def test_speakers_by_outlets_of_a_large_library_are_drawn_and_a_whole_table_is_refused() -> None:
    count = 3_000
    article = np.arange(count)
    told = replace(
        facts([(n, 0, 0) for n in range(count)]),
        columns={
            "speaker": Column(article % 2_500, tuple(f"P{n:04d}" for n in range(2_500))),
            "outlet": Column(article % 1_500, tuple(f"O{n:04d}" for n in range(1_500))),
        },
    )
    with pytest.raises(SelonError):
        cross_table(told, ("speaker",), ("outlet",), "statements")
    table = cross_table(told, ("speaker",), ("outlet",), "statements", plots.DRAWN)
    plot = plots.plot("heat", table, plots.PlotOptions(top=5))
    assert len(plot.rows) == 25
    assert table.more[0] > 0


def test_compact_is_unique_of_close_and_far_numbers() -> None:
    for numbers in ([5, 3, 3, 9], [10**9, 3, 3, -(10**9)], [], [7]):
        array = np.array(numbers, np.int64)
        unique, places = compact(array)
        right = np.unique(array, return_inverse=True)
        assert (unique == right[0]).all()
        assert (places == right[1]).all()


def test_a_copy_repeats_the_nth_of_the_same_words_only(tmp_path: Path) -> None:
    with filled(tmp_path / "a.db", 1) as library:
        connection = library.connection
        rows = connection.execute("select id, article_id from statement order by id desc")
        number, article = np.array([tuple(r) for r in rows], np.int64).T
        ids, codes = compact(article)
        _lead, again = first_copies(connection, number, (codes, ids))
        copied = {r[0] for r in connection.execute("select id from article where copy_of > 0")}
    assert {int(a) for a in article[again]} == copied
    assert int(again.sum()) == 3


def test_the_command_draws_figures_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(tmp_path / "selon.db").close()
    monkeypatch.chdir(tmp_path)
    assert tuple(figures.FIGURES) == plot_command.FIGURES
    assert main(["plot", "verbs-by-speaker", "--names", "en", "-o", "v.csv"]) == 0
    assert Path("v.csv").read_text("utf-8").splitlines() == [
        "group,value,n",
        "Ana Lissac,dire,5",
        "Bruno Tard,dire,3",
        "Vorx Quelm,dire,2",
    ]
    for words in ("verbs-by-speaker verb", "heat verb", "heat --by outlet"):
        assert main(["plot", *words.split(), "-o", "w.csv"]) == 2
    assert not Path("w.csv").exists()


# Nobody is without a name there, and no outlet has twenty known in a month: nothing is drawn.
NONE = ("unnamed-by-outlet", "women-by-outlet-and-month")


def test_figures_of_a_library(tmp_path: Path) -> None:
    with filled(tmp_path / "a.db") as library:
        for name in figures.FIGURES:
            for tongue in ("en", "fr"):
                assert figures.heading(name, tongue)
            if name in NONE:
                with pytest.raises(SelonError):
                    figures.figure_plot(library.connection, name, "en")
                continue
            plot = figures.figure_plot(library.connection, name, "fr")
            assert plot.spec["title"]["text"] == figures.heading(name, "fr")
            assert plot.rows
        plot = figures.figure_plot(library.connection, "verbs-by-speaker", "en")
        told = {(r["group"], r["value"]): r["n"] for r in plot.rows}
        assert told == {
            ("Ana Lissac", "dire"): 5,
            ("Bruno Tard", "dire"): 3,
            ("Vorx Quelm", "dire"): 2,
        }
        stream = io.BytesIO()
        draw.draw(plot, "svg", stream)
        assert b"style=" not in stream.getvalue()


@pytest.mark.parametrize(
    ("cue", "language", "right"),
    [
        ("a fait savoir", "fr", "faire savoir"),
        ("a-t-il fait remarquer", "fr", "faire remarquer"),
        ("a déclaré", "fr", "déclarer"),
        ("Selon", "fr", "selon"),
        ("told reporters", "en", "tell"),
        ("sagte", "de", "sagte"),
        ("", "fr", None),
    ],
)
def test_the_verb_of_a_cue(cue: str, language: str, right: str | None) -> None:
    assert verbs.lemma(cue, language) == right


@pytest.mark.parametrize(
    ("role", "right"),
    [
        ("préfète de la Creuse", "administration"),
        ("porte-parole de la police nationale", "security"),
        ("ministre de la Santé", "politics"),
        ("un médecin du CHU", "health"),
        ("les habitants du quartier", "citizen"),
        ("une mère de famille", "citizen"),
        ("procureur de la République", "justice"),
        ("a nurse in Leeds", "health"),
        ("secrétaire générale de la CGT", "labour"),
        ("une source proche du dossier", None),
        ("un proche de la victime", "citizen"),
        ("directrice", None),
        ("", None),
    ],
)
def test_the_field_of_a_role(role: str, right: str | None) -> None:
    assert field(role) == right


def test_speakers_by_field(tmp_path: Path) -> None:
    told = [
        spoken(1, "Mme ", "Odile Varenne", "person", roles=("préfète de la Creuse",)),
        spoken(2, "", "une pompière", "person", form="nominal", roles=()),
        spoken(3, "M. ", "Bruno Tard", "person", roles=()),
    ]
    with Library(tmp_path / "a.db", create=True) as library:
        add.load(library, told, runs.Maker("test", ""))
        table = cross(library.connection, ("field",))
    assert {c.value: c.published.n for c in table.total.cells} == {
        ("administration",): 1,
        ("security",): 1,
    }
    assert table.total.unknown[0][:2] == (1, 3)


def test_the_command_keeps_the_largest_groups(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    filled(tmp_path / "selon.db", 3).close()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SELON_LANG", "en")
    assert main(["stats", "speaker", "--by", "outlet", "--groups", "1", "--limit", "1"]) == 0
    told = capsys.readouterr().out
    assert "Le Courrier" not in told.replace("La Gazette", "", 1) or "La Gazette" not in told
    assert "and 2 more" in told
    assert "Ana Lissac" in told
    assert "Bruno" not in told


# Of each form read (columns; nothing last) and of each there is (rows; nothing last: made up).
CONFUSED = np.array(
    [
        [0.80, 0.05, 0.05, 0.00, 0.10],
        [0.02, 0.68, 0.05, 0.05, 0.20],
        [0.10, 0.10, 0.65, 0.00, 0.15],
        [0.00, 0.20, 0.00, 0.40, 0.40],
    ]
)
TRUE = np.array([0.35, 0.40, 0.10, 0.15])
INVENTED = np.array([0.02, 0.05, 0.01, 0.04])


def test_corrected_shares_cover_as_they_say(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(correction, "_DRAWS", 200)
    chance = np.random.default_rng(11)
    # What a large library is read as.
    read = TRUE @ CONFUSED[:, :-1] + INVENTED
    counts = {form: int(100_000 * n) for form, n in zip(FORMS, read, strict=True)}
    inside = naive = 0
    for _run in range(150):
        gold = np.zeros((80, 5, 5))
        for one in gold:
            # Articles differ in what they are made of.
            made = chance.dirichlet(TRUE * 6)
            for form, n in enumerate(chance.multinomial(12, made)):
                one[form] += chance.multinomial(n, CONFUSED[form])
            one[4, :4] += chance.poisson(12 * INVENTED)
        told = correction.correct_shares(counts, correction.Errors(gold, gold))
        inside += sum(c.low <= t <= c.high for c, t in zip(told, TRUE, strict=True))
        naive += sum(abs(c.read - t) < 0.02 for c, t in zip(told, TRUE, strict=True))
    assert 0.92 <= inside / 600 <= 0.98
    # As read they are wrong by more than two points: the correction is needed.
    assert naive / 600 < 0.6


def test_a_made_up_library_has_its_copies_and_every_table_is_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bench, "_BASE", 10)
    bench.make_library(tmp_path / "a.db", 240)
    with Library(tmp_path / "a.db", read_only=True) as library:
        table = cross(library.connection, ("form",))
        published = sum(c.published.n for c in table.total.cells)
        independent = sum(c.independent.n for c in table.total.cells)
        # Of ten articles two are copied twice, eight statements each.
        assert (published, independent) == (240, 240 - 32)
        assert len(list(bench._timed(library.connection))) == len(bench.TABLES)


def test_the_reader_s_errors_are_counted_by_form(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "« Voici la digue », dit Ana. Il pleuvra, dit Bruno. Rien de plus. Tout va bien."

    def place(words: str) -> list[list[int]]:
        return [[text.index(words), text.index(words) + len(words)]]

    def said(form: str, words: str, who: str | None = None) -> dict[str, object]:
        speaker = {"spans": place(who) if who else [], "name": None}
        return {"form": form, "content": place(words), "cue": [], "speaker": speaker}

    first, second = ("Voici la digue", "Ana"), ("Il pleuvra", "Bruno")
    gold = [said("direct", *first), said("indirect", *second), said("narrated", "Rien de plus")]
    got = [said("mixed", first[0], "Bruno"), said("indirect", *second), said("direct", "Tout va")]
    for name, told in (("gold", gold), ("got", got)):
        one = {"id": "x", "text": text, "statements": told, "entities": []}
        (tmp_path / f"{name}.jsonl").write_bytes(orjson.dumps(one))
    target = tmp_path / "errors.tsv"
    words = ["errors", f"{tmp_path}/gold.jsonl", "--readings", f"{tmp_path}/got.jsonl"]
    monkeypatch.setattr("sys.argv", [*words, "--weights", "made up", "-o", str(target)])
    assert errors.main() == 0
    lines = [line.split("\t") for line in target.read_text("utf-8").splitlines()]
    assert ["# reader: encoder"] in lines
    assert ["# weights: made up"] in lines
    assert [line for line in lines if len(line) > 1] == [
        ["1", "-", "direct", "0", "1"],
        ["1", "direct", "mixed", "0", "1"],
        ["1", "indirect", "indirect", "1", "1"],
        ["1", "narrated", "-", "0", "1"],
    ]
