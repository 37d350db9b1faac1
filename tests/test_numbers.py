"""Cross-tables: every number exact on a made-up library, intervals that cover as they say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats as scipy_stats

from numbers_made import facts, filled
from selon.errors import SelonError
from selon.library import judge
from selon.library.find import Query
from selon.library.store import Library
from selon.numbers import intervals, text_tables
from selon.numbers.cross import CrossTable, cross, cross_table
from selon.numbers.differences import differences, differences_of_facts
from selon.numbers.facts import DIMENSIONS, Facts, gather


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with filled(tmp_path / "a.db") as library:
        yield library


def told(table: CrossTable, side: str = "published") -> dict[object, dict[object, int]]:
    out: dict[object, dict[object, int]] = {}
    for group in table.groups:
        cells = {c.value: getattr(c, side).n for c in group.cells if getattr(c, side).n}
        unknown = group.unknown[side == "independent"].n
        out[group.key] = {**cells, **({None: unknown} if unknown else {})}
    return out


def test_women_by_outlet_and_month(library: Library) -> None:
    table = cross(library.connection, ("gender",), ("outlet", "month"))
    f, m = ("female",), ("male",)
    assert told(table) == {
        ("La Gazette", "2026-01"): {f: 2, m: 1},
        ("La Gazette", "2026-02"): {f: 1, None: 1},
        ("Le Courrier", "2026-01"): {f: 1, m: 1},
        ("Le Courrier", "2026-02"): {f: 1, m: 1, None: 1},
    }
    assert told(table, "independent") == told(table)
    total = table.total
    women, men = total.cells
    assert (women.value, women.published[:2]) == (("female",), (5, 8))
    assert (men.published.n, total.unknown[0][:2]) == (3, (2, 10))
    assert women.published.share == 0.625
    assert women.published.interval == pytest.approx(
        scipy_stats.binomtest(5, 8).proportion_ci(0.95, "wilson"), abs=1e-6
    )


@pytest.mark.parametrize(
    ("dimension", "right"),
    [
        ("outlet", {("La Gazette",): 5, ("Le Courrier",): 5}),
        ("year", {("2026",): 10}),
        ("month", {("2026-01",): 5, ("2026-02",): 5}),
        ("week", {("2026-W02",): 3, ("2026-W03",): 2, ("2026-W07",): 5}),
        ("form", {("direct",): 10}),
        ("stance", {("asserted",): 10}),
        ("voice", {("quoted",): 10}),
        ("reviewed", {("no",): 10}),
        ("verb", {("dire",): 10}),
        ("speaker", {("Ana Lissac",): 5, ("Bruno Tard",): 3, ("Vorx Quelm",): 2}),
        ("named", {("named",): 10}),
        ("kind", {("person",): 10}),
        ("gender", {("female",): 5, ("male",): 3, None: 2}),
        ("role", {None: 10}),
        ("relay", {("Mediapluie",): 1, None: 9}),
        ("addressee", {("Odile Prat",): 1, None: 9}),
    ],
)
def test_each_dimension(library: Library, dimension: str, right: dict[object, int]) -> None:
    assert told(cross(library.connection, (dimension,))) == {(): right}


def test_measures(library: Library) -> None:
    of = ("gender",)
    f, m = ("female",), ("male",)

    def by(measure: str) -> dict[object, dict[object, int]]:
        return told(cross(library.connection, of, measure=measure))

    assert by("words") == {(): {f: 20, m: 12, None: 8}}
    assert by("articles") == {(): {f: 4, m: 3}}
    assert by("persons") == {(): {f: 1, m: 1, None: 1}}


def test_filters_are_those_of_find(library: Library) -> None:
    query = Query(outlet="La Gazette", since="2026-02")
    assert told(cross(library.connection, ("speaker",), query=query)) == {
        (): {("Ana Lissac",): 1, ("Vorx Quelm",): 1}
    }


def test_a_rejected_statement_is_not_counted_and_a_judged_one_is_reviewed(library: Library) -> None:
    judge.reject(library, 1, "ana")
    judge.accept(library, 2, "ana")
    assert told(cross(library.connection, ("reviewed",))) == {(): {("yes",): 1, ("no",): 8}}


def test_merged_people_are_one(library: Library) -> None:
    rows = library.connection.execute("select key, name from entity where type = 'person'")
    keys = {name: key for key, name in rows}
    judge.merge(library, keys["Vorx Quelm"], keys["Bruno Tard"], "ana")
    table = cross(library.connection, ("gender",), measure="persons")
    assert told(table) == {(): {("female",): 1, ("male",): 1}}


@pytest.mark.parametrize("copies", [1, 5])
def test_copies_change_no_independent_number(tmp_path: Path, copies: int) -> None:
    with filled(tmp_path / "a.db") as alone, filled(tmp_path / "b.db", copies) as copied:
        for measure in ("statements", "words", "articles", "persons"):
            for of in (("gender",), ("speaker", "form"), ("relay",)):
                one = cross(alone.connection, of, measure=measure)
                other = cross(copied.connection, of, measure=measure)
                assert told(one, "independent") == told(other, "independent"), (measure, of)
                assert [c.independent for c in one.total.cells] == [
                    c.independent for c in other.total.cells
                ]
        assert told(cross(copied.connection, ("gender",)))[()] == {
            ("female",): 5 + 2 * copies,
            ("male",): 3 + copies,
            None: 2,
        }
        outlets = told(cross(copied.connection, ("outlet",)), "independent")[()]
        assert outlets == {("La Gazette",): 5, ("Le Courrier",): 5}


def test_an_empty_library_and_nothing_found(tmp_path: Path, library: Library) -> None:
    with Library(tmp_path / "empty.db", create=True) as empty:
        assert told(cross(empty.connection, ("gender",), ("month",))) == {}
    none = cross(library.connection, ("speaker",), query=Query("introuvable"))
    assert told(none) == {(): {}}


@pytest.mark.parametrize(
    ("of", "by", "measure"),
    [
        (("colour",), (), "statements"),
        ((), (), "words"),
        (("form",), ("form",), "words"),
        (("form",), (), "colours"),
    ],
)
def test_what_cannot_be_counted_is_said(
    library: Library, of: tuple[str, ...], by: tuple[str, ...], measure: str
) -> None:
    with pytest.raises(SelonError):
        cross(library.connection, of, by, measure=measure)


def test_dates_that_are_coarse_or_odd_are_unknown() -> None:
    from selon.numbers.facts import _VALUES

    odd = [None, "", "2026", "2026-13", "2026-03", "2026-03-04T10:00", "2026-02-31", "20260304"]
    assert [_VALUES["month"](v) for v in odd] == [
        *[None] * 4,
        "2026-03",
        "2026-03",
        "2026-02",
        None,
    ]
    assert [_VALUES["year"](v) for v in odd] == [None, None, *["2026"] * 5, None]
    assert [_VALUES["week"](v) for v in odd] == [*[None] * 5, "2026-W10", None, None]


@settings(deadline=None, max_examples=40)
@given(st.lists(st.tuples(st.integers(0, 5), st.integers(-1, 2), st.integers(-1, 1)), max_size=40))
def test_any_table_is_what_counting_one_by_one_gives(rows: list[tuple[int, int, int]]) -> None:
    table = cross_table(facts(rows), ("gender",), ("outlet",), "statements")
    right = Counter((g, v) for _a, g, v in rows)
    names = {None: -1, "a": 0, "b": 1, "c": 2, "female": 0, "male": 1}
    for group in table.groups:
        g = names[group.key[0]]
        known = right[g, 0] + right[g, 1]
        assert group.unknown[0][:2] == (right[g, -1], known + right[g, -1])
        for cell in group.cells:
            assert cell.published[:2] == (right[g, names[cell.value[0]]], known)
            if known:
                n, of = zip(
                    *(
                        (
                            sum(1 for x in rows if x == (a, g, names[cell.value[0]])),
                            sum(1 for x in rows if x[:2] == (a, g) and x[2] >= 0),
                        )
                        for a in range(6)
                    ),
                    strict=True,
                )
                assert cell.published.effective == pytest.approx(
                    intervals.effective(np.array(n), np.array(of))
                )
    assert sum(u.unknown[0].of for u in table.groups) == len(rows)


def test_no_interval_where_more_than_a_third_are_of_unknown_gender() -> None:
    rows = [(n, 0, 0) for n in range(20)] + [(n, 0, -1) for n in range(10)]
    rows += [(n, 1, 0) for n in range(20)] + [(n, 1, -1) for n in range(11)]
    table = cross_table(facts(rows), ("gender",), ("outlet",), "statements")
    ranged = {g.key[0]: g.cells[0].published for g in table.groups}
    assert ranged["a"].interval
    assert ranged["a"].clustered
    assert (ranged["b"].interval, ranged["b"].clustered, ranged["b"].share) == (None, None, 1.0)
    assert "No interval" in " ".join(text_tables.lines(table, 0))
    other = cross_table(facts(rows), ("outlet",), ("gender",), "statements")
    assert all(c.published.interval for g in other.groups for c in g.cells)


def simulated(chance: np.random.Generator, articles: int, alike: float) -> Facts:
    """Four statements an article, three tenths by women, those of one article more or less alike."""
    share = chance.beta(0.3 * alike, 0.7 * alike, articles)
    women = chance.random((articles, 4)) < share[:, None]
    rows = [(a, 0, 0 if w else 1) for a in range(articles) for w in women[a]]
    return facts(rows)


def test_intervals_cover_as_they_say() -> None:
    chance = np.random.default_rng(3)
    single = clustered = 0
    for _run in range(400):
        table = cross_table(simulated(chance, 80, 1.0), ("gender",), (), "statements")
        figure = next(c.published for c in table.total.cells if c.value == ("female",))
        assert figure.interval
        assert figure.clustered
        single += figure.interval[0] <= 0.3 <= figure.interval[1]
        clustered += figure.clustered[0] <= 0.3 <= figure.clustered[1]
    # 400 runs tell 95 % to two points; statements of one article taken apart cover far less.
    assert 0.925 <= clustered / 400 <= 0.975
    assert single / 400 < 0.88


def test_a_difference_that_there_is_not_is_rarely_found() -> None:
    chance = np.random.default_rng(5)
    found = covered = 0
    for _run in range(100):
        one, other = simulated(chance, 60, 1.0), simulated(chance, 60, 1.0)
        rows = [
            *((a, 0, v) for a, v in zip(one.article, one.columns["gender"].codes, strict=True)),
            *(
                (a + 60, 1, v)
                for a, v in zip(other.article, other.columns["gender"].codes, strict=True)
            ),
        ]
        told = differences_of_facts(
            facts(rows), ("gender",), ("outlet",), value=("female",), draws=199
        )
        found += told[0].p < 0.05
        covered += told[0].low <= 0 <= told[0].high
    assert found / 100 <= 0.12
    assert 0.88 <= covered / 100 <= 1.0


def test_the_difference_is_that_of_scipys_bootstrap() -> None:
    rows = [(a, a % 2, int((a * 7 + k * k) % 5 > 1 + a % 2)) for a in range(60) for k in range(4)]
    (one, *_rest) = differences_of_facts(facts(rows), ("gender",), ("outlet",), value=("female",))
    n = np.array(
        [[sum(v == 0 for x, g, v in rows if x == a and g == b) for b in (0, 1)] for a in range(60)]
    )
    m = np.array(
        [[sum(1 for x, g, _v in rows if x == a and g == b) for b in (0, 1)] for a in range(60)]
    )

    def gap(places: np.ndarray) -> np.ndarray:
        a, b = n[places].sum(axis=-2), m[places].sum(axis=-2)
        return a[..., 0] / b[..., 0] - a[..., 1] / b[..., 1]

    right = scipy_stats.bootstrap(
        (np.arange(60),),
        lambda x, axis: gap(x),
        vectorized=True,
        n_resamples=4_000,
        method="percentile",
        rng=np.random.default_rng(1),
    )
    assert one.difference == pytest.approx(gap(np.arange(60)))
    interval = right.confidence_interval
    assert (one.low, one.high) == pytest.approx((interval.low, interval.high), abs=0.02)


def test_differences_of_a_library(library: Library) -> None:
    told = differences(
        library.connection, ("gender",), ("outlet",), value=("female",), against="others"
    )
    assert [(d.one, d.other) for d in told] == [(("La Gazette",), None), (("Le Courrier",), None)]
    assert told[0].share == pytest.approx(3 / 4)
    assert told[0].against == pytest.approx(2 / 4)
    assert told[0].holm >= told[0].p
    months = differences(library.connection, ("gender",), ("outlet", "month"), against="previous")
    # One article in each: nothing is told of how articles differ.
    assert months == ()
    with pytest.raises(SelonError):
        differences(library.connection, ("gender",), ("outlet",), against="previous")


def test_every_dimension_can_be_gathered_at_once(library: Library) -> None:
    got = gather(library.connection, DIMENSIONS, words=True)
    assert got.exploded
    assert sorted(got.columns) == sorted(DIMENSIONS)
    assert got.words.tolist() == [4] * 10
