"""Notebooks are run, recipes in R where R is, what they ask for and recipes in SQL by SQLite and DuckDB."""

from __future__ import annotations

import re
import shutil
import sqlite3
import subprocess
from pathlib import Path

import duckdb
import nbformat
import pytest

import selon
from numbers_made import filled
from selon.cli import main
from selon.export import codebook

ROOT = Path(__file__).parent.parent
NOTEBOOKS = sorted((ROOT / "examples" / "notebooks").glob("*.ipynb"))


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    filled(tmp_path / "press.db", 2).close()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SELON_LANG", "en")
    return tmp_path


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_a_notebook_runs_and_has_prose_in_both_tongues(desk: Path, path: Path) -> None:
    book = nbformat.read(path, as_version=4)
    nbformat.validate(book)
    known: dict[str, object] = {}
    for cell in book.cells:
        if cell.cell_type == "code":
            *before, last = cell.source.rstrip().split("\n")
            exec(cell.source, known)
            # A cell whose last line is an expression shows it.
            if before or not re.match(r"\w+ =|import", last):
                shown = known.get(last.strip())
                assert shown is None or len(str(shown)) > 0
    prose = " ".join(c.source for c in book.cells if c.cell_type == "markdown")
    assert re.search(r"\b(qui|les|une)\b", prose, re.I)
    assert re.search(r"\b(who|the|whom)\b", prose, re.I)


def test_there_are_three_notebooks() -> None:
    assert [p.stem for p in NOTEBOOKS] == ["life", "relays", "women"]


def recipes(tongue: str) -> list[str]:
    text = (ROOT / "docs" / "en" / "how-to" / "numbers.md").read_text("utf-8")
    return re.findall(rf"```sql {tongue}\n(.*?)```", text, re.S)


def test_recipes_in_sql(desk: Path) -> None:
    base = sqlite3.connect("press.db")
    told = [base.execute(sql).fetchall() for sql in recipes("sqlite")]
    assert len(told) == 2
    assert all(told)
    # Women by outlet and month, as published: the first recipe.
    assert ("La Gazette", "2026-01", 2, 3) in told[0]
    main(["export", "parquet", "--details", "--library", "press.db", "-o", "statements.parquet"])
    (sql,) = recipes("duckdb")
    assert ("La Gazette", "2026-01", 2, 3) in duckdb.sql(sql).fetchall()


def test_what_the_r_recipes_ask_for_is_there_and_right(desk: Path) -> None:
    """R is not everywhere: their columns and SQL are asked through DuckDB and SQLite."""
    main(["export", "parquet", "--details", "--library", "press.db", "-o", "statements.parquet"])
    script = (ROOT / "examples" / "r" / "tidyverse.R").read_text("utf-8")
    columns = {
        row[0] for row in duckdb.sql("describe select * from 'statements.parquet'").fetchall()
    }
    asked = set(re.findall(r"\b(?:speaker_\w+|outlet|month)\b", script))
    assert asked == {"speaker_kind", "speaker_gender", "outlet", "month"}
    assert asked <= columns
    assert columns == {v.name for v in codebook.variables()}
    # What its `filter`, `group_by` and `summarise` say.
    told = duckdb.sql(
        "select outlet, month, sum((speaker_gender is null)::int), count(speaker_gender),"
        " sum((speaker_gender = 'female')::int) from 'statements.parquet'"
        " where speaker_kind in ('person', 'someone') group by all"
    ).fetchall()
    with selon.open("press.db") as press:
        table = press.cross("gender", "outlet", "month")
    right = {
        (*g.key, g.unknown[0].n, g.cells[0].published.of, g.cells[0].published.n)
        for g in table.groups
    }
    assert {(o, m, u or 0, k, w or 0) for o, m, u, k, w in told} == right
    script = (ROOT / "examples" / "r" / "quanteda.R").read_text("utf-8")
    (sql,) = re.findall(r'dbGetQuery\(base, "(.*?)"\)', script, re.S)
    cursor = sqlite3.connect("press.db").execute(sql)
    assert [c[0] for c in cursor.description] == ["id", "content", "outlet", "speaker_gender"]
    genders = [row[3] for row in cursor]
    assert (genders.count("female"), genders.count("male")) == (9, 5)
    script = (ROOT / "examples" / "r" / "duckdb.R").read_text("utf-8")
    ((before, after),) = re.findall(r'paste0\("(.*?)", path, "(.*?)"\)', script, re.S)
    found = duckdb.sql(f"{before}'statements.parquet'{after}")
    assert found.columns == ["outlet", "form", "n", "women", "known"]
    with selon.open("press.db") as press:
        table = press.cross("gender", "outlet", "form")
    right = {(*g.key, g.unknown[0].of, g.cells[0].published.of) for g in table.groups}
    assert {(o, f, n, k) for o, f, n, _w, k in found.fetchall()} == right


@pytest.mark.parametrize(
    ("script", "packages"),
    [
        ("tidyverse", "dplyr arrow"),
        ("duckdb", "DBI duckdb"),
        ("quanteda", "DBI RSQLite quanteda quanteda.textstats"),
    ],
)
def test_recipes_in_r(desk: Path, script: str, packages: str) -> None:
    if shutil.which("Rscript") is None:
        pytest.skip("no R here")
    for name in packages.split():
        told = subprocess.run(
            ["Rscript", "-e", f"library({name})"], capture_output=True, check=False
        )
        if told.returncode:
            pytest.skip(f"no R package {name} here")
    main(["export", "parquet", "--details", "--library", "press.db", "-o", "statements.parquet"])
    source = "press.db" if script == "quanteda" else "statements.parquet"
    path = ROOT / "examples" / "r" / f"{script}.R"
    done = subprocess.run(
        ["Rscript", str(path), source], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
