"""The library file: schema, adding, versions, copies, runs, kills, faults."""

from __future__ import annotations

import io
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest

from library_made import article, made, reader
from selon import contract, export
from selon.errors import SelonError
from selon.library import add, fetch, find, runs, schema, store
from selon.library.find import Query
from selon.library.store import Library
from selon.records import Article, Failure

HERE = Path(__file__).parent
MAKER = runs.Maker("0", "test")


@pytest.fixture
def shared() -> Path:
    place = Path(os.environ.get("SELON_SHARED", HERE.parent.parent / "shared"))
    if not (place / "gold/fr/dev.jsonl").exists():
        pytest.skip("needs the shared gold: set SELON_SHARED to the folder that holds gold/")
    return place


def dump(path: Path) -> list[str]:
    """Everything in the file but the search index's inner pages."""
    connection = sqlite3.connect(path)
    rows = [line for line in connection.iterdump() if "words_" not in line]
    connection.close()
    return rows


def filled(path: Path, count: int = 3) -> Library:
    library = Library(path, create=True)
    add.add(library, (article(n) for n in range(count)), reader, MAKER)
    return library


def test_what_goes_in_comes_out(tmp_path: Path) -> None:
    with filled(tmp_path / "a.db") as library:
        out = list(fetch.current(library.connection))
    assert [contract.to_json(r) for r in out] == [
        contract.to_json(made(article(n))) for n in range(3)
    ]


def test_gold_goes_in_and_comes_out(tmp_path: Path, shared: Path) -> None:
    lines = (shared / "gold/fr/dev.jsonl").read_text("utf-8").splitlines()[:20]
    readings = [contract.from_json(json.loads(line)) for line in lines]
    with Library(tmp_path / "a.db", create=True) as library:
        tally = add.load(library, readings, MAKER)
        out = list(fetch.current(library.connection))
    assert tally.added == len(readings)
    for before, after in zip(readings, out, strict=True):
        left, right = contract.to_json(before), contract.to_json(after)
        left["statements"].sort(key=lambda s: s["id"])
        right["statements"].sort(key=lambda s: s["id"])
        assert left == right


def test_the_score_of_a_speaker_is_kept_beside_that_of_the_words(tmp_path: Path) -> None:
    reading = made(article(1))
    sure, doubtful, unknown = 0.91, 0.4, "unknown"
    judgements = list(reading.judgements)
    spoken = [n for n, j in enumerate(judgements) if j.subject.endswith("/speaker")]
    judgements[spoken[0]] = replace(judgements[spoken[0]], score=doubtful)
    judgements[spoken[1]] = replace(
        judgements[spoken[1]], relation=unknown, object=None, score=sure
    )
    with Library(tmp_path / "a.db", create=True) as library:
        add.load(library, [replace(reading, judgements=tuple(judgements))], MAKER)
        rows = library.connection.execute("select speaker_score from statement order by id")
        # Nobody is told: there is nobody to doubt.
        assert [row[0] for row in rows] == [doubtful, None]


def test_adding_twice_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    filled(path).close()
    before = dump(path)
    with Library(path) as library:
        tally = add.add(library, (article(n) for n in range(3)), reader, MAKER)
    assert (tally.added, tally.known) == (0, 3)
    assert dump(path) == before


def test_versions_are_kept_with_their_readings(tmp_path: Path) -> None:
    first = article(1)
    second = replace(first, text=first.text.replace("Fin.", "« Bravo », a dit Anna Lissac."))
    with Library(tmp_path / "a.db", create=True) as library:
        add.add(library, [first], reader, MAKER)
        tally = add.add(library, [second, first], reader, MAKER)
        connection = library.connection
        assert (tally.added, tally.versions, tally.known) == (1, 1, 1)
        assert connection.execute("select count(*) from article").fetchone()[0] == 1
        assert connection.execute("select count(*) from version").fetchone()[0] == 2
        assert [r.article.text for r in fetch.current(connection)] == [second.text]
        shown = connection.execute("select count(*) from statements_wide").fetchone()[0]
        kept = connection.execute("select count(*) from statement").fetchone()[0]
    assert (shown, kept) == (3, 5)


def test_copies_are_tied_and_kept(tmp_path: Path) -> None:
    body = " ".join(f"mot{n} de la dépêche{n % 7}" for n in range(80)) + "."
    other = " ".join(f"autre{n} récit{n % 5} d’une main" for n in range(80)) + "."
    items = [
        article(1, body + " « Oui », a dit Anna Lissac.", url="https://a.example/1"),
        article(2, other, url="https://b.example/2"),
        article(3, "BRÉNAC — " + body + " « Oui », a dit Anna Lissac.", url="https://c.example/3"),
    ]
    with Library(tmp_path / "a.db", create=True) as library:
        tally = add.add(library, items, reader, MAKER)
        rows = library.connection.execute("select id, copy_of from article order by id").fetchall()
    assert tally.copies == 1
    assert [tuple(r) for r in rows] == [(1, None), (2, None), (3, 1)]


def test_failures_are_rows_until_mended(tmp_path: Path) -> None:
    with Library(tmp_path / "a.db", create=True) as library:
        bad = article(7, "PANNE")
        lost = Failure("x.html", "ingest", "vide", "voir le fichier")
        lone = article(9, "un demi \ud800 caractère")
        tally = add.add(library, [bad, lost, article(1), lone], reader, MAKER)
        assert (tally.added, tally.failed) == (1, 3)
        sources = {f.source for f in add.failures(library.connection)}
        assert sources == {"art-7", "x.html", "art-9"}
        add.add(library, [replace(bad, text="Rien.")], reader, MAKER)
        add.clear_resolved(library, ["x.html"], set())
        assert [f.source for f in add.failures(library.connection)] == ["art-9"]


def test_a_new_program_reads_beside_the_old(tmp_path: Path) -> None:
    def later(articles):  # type: ignore[no-untyped-def]
        for reading in reader(articles):
            yield replace(reading, statements=reading.statements[:1])

    with filled(tmp_path / "a.db") as library:
        newer = runs.Maker("1", "test")
        assert add.reread(library, later, newer).added == 3
        assert add.reread(library, later, newer).added == 0
        assert [r["readings"] for r in runs.runs(library.connection)] == [3, 3]
        pairs = list(runs.pairs(library.connection, 1, 2))
        assert [(len(a.statements), len(b.statements)) for a, b in pairs] == [(2, 1)] * 3
        assert all(a.article.text == b.article.text for a, b in pairs)
        back = list(runs.pairs(library.connection, 2, 1))
        assert back == [(b, a) for a, b in pairs]
        with pytest.raises(SelonError, match="3"):
            list(runs.pairs(library.connection, 1, 3))
        assert all(len(r.statements) == 1 for r in fetch.current(library.connection))
        assert all(len(r.statements) == 2 for r in fetch.of_run(library.connection, 1))


_ADDING = """
import sys, time
sys.path.insert(0, sys.argv[2])
from library_made import article, reader
from selon.library import add, runs
from selon.library.store import Library
def slow(articles):
    for reading in reader(articles):
        time.sleep(0.002)
        yield reading
add._BATCH = 8
with Library(sys.argv[1], create=True) as library:
    add.add(library, (article(n) for n in range(120)), slow, runs.Maker("0", "test"))
"""


def adding(path: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", _ADDING, str(path), str(HERE)],
        env={**os.environ, "PYTHONPATH": str(HERE.parent / "src")},
    )


def test_killed_at_random_it_goes_on_and_loses_nothing(tmp_path: Path) -> None:
    path, chance = tmp_path / "a.db", random.Random(4)
    killed = 0
    for _ in range(8):
        process = adding(path)
        wait_for(path)
        time.sleep(chance.random() * 0.3)
        process.send_signal(signal.SIGKILL)
        killed += process.wait() == -signal.SIGKILL
    assert adding(path).wait() == 0
    assert killed >= 3
    with Library(path) as library:
        connection = library.connection
        assert connection.execute("pragma integrity_check").fetchone()[0] == "ok"
        connection.execute("insert into words (words, rank) values ('integrity-check', 1)")
        out = sorted(fetch.current(connection), key=lambda r: int(r.article.id[4:]))
    assert [contract.to_json(r) for r in out] == [
        contract.to_json(made(article(n))) for n in range(120)
    ]


def wait_for(path: Path) -> None:
    for _ in range(200):
        if path.exists():
            return
        time.sleep(0.02)


def test_two_writers_wait(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    first, second = adding(path), adding(path)
    assert (first.wait(), second.wait()) == (0, 0)
    with Library(path) as library:
        assert library.connection.execute("select count(*) from reading").fetchone()[0] == 120


def test_a_reader_never_blocks(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with filled(path) as library, library.transaction() as connection:
        connection.execute("delete from failure")
        seen: list[int] = []

        def look() -> None:
            with Library(path, read_only=True) as other:
                seen.append(other.connection.execute("select count(*) from article").fetchone()[0])

        thread = threading.Thread(target=look)
        thread.start()
        thread.join(5)
        assert seen == [3]


OUTSIDE = """
import sqlite3, sys
print(sqlite3.connect(sys.argv[1]).execute("pragma journal_mode = delete").fetchone()[0])
"""


def test_opening_it_again_keeps_the_locks_of_this_process(tmp_path: Path) -> None:
    # A file opened and closed beside SQLite drops them: another program then took itself to be
    # alone, and threw away what this one had written.
    path = tmp_path / "a.db"
    with Library(path, create=True) as library:
        library.connection.execute("select count(*) from article").fetchone()
        with Library(path):
            pass
        with Library(path, read_only=True):
            pass
        asked = subprocess.run(
            [sys.executable, "-c", OUTSIDE, str(path)], capture_output=True, text=True, check=False
        )
        assert "locked" in asked.stderr or asked.stdout.strip() == "wal"


def test_a_full_disk_leaves_a_library_that_opens(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with filled(path) as library:
        pages = library.connection.execute("pragma page_count").fetchone()[0]
        # SQLite's own limit raises the very error of a full disk (SQLITE_FULL).
        library.connection.execute(f"pragma max_page_count = {pages + 2}")
        with pytest.raises(SelonError, match=r"full|plein"):
            add.add(library, (article(n) for n in range(3, 400)), reader, MAKER)
    with Library(path) as library:
        assert library.connection.execute("pragma integrity_check").fetchone()[0] == "ok"
        assert library.connection.execute("select count(*) from reading").fetchone()[0] >= 3


@pytest.mark.parametrize("name", ["foreign.db", "text.db", "damaged.db", "newer.db", "folder.db"])
def test_other_files_are_refused_with_a_sentence(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    if name == "foreign.db":
        with sqlite3.connect(path) as connection:
            connection.execute("create table theirs (x)")
    elif name == "text.db":
        path.write_text("ceci n’est pas une base")
    elif name == "damaged.db":
        filled(tmp_path / "a.db").close()
        path.write_bytes((tmp_path / "a.db").read_bytes()[:5000].replace(b"e", b"\x00"))
    elif name == "newer.db":
        filled(path).close()
        with sqlite3.connect(path) as connection:
            connection.execute("pragma user_version = 999")
    else:
        path.mkdir()
    with pytest.raises(SelonError, match=name):
        Library(path, create=True)


def test_no_library_no_new_file(tmp_path: Path) -> None:
    with pytest.raises(SelonError, match=r"none\.db"):
        Library(tmp_path / "none.db")
    assert not (tmp_path / "none.db").exists()


def test_migrations_run_once_each_and_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    filled(path).close()
    more = (
        *schema.MIGRATIONS,
        "create table note (x text) strict;\ninsert into note values ('a');",
    )
    connection = sqlite3.connect(path, isolation_level=None)
    with pytest.raises(sqlite3.Error):
        store.migrate(connection, (*schema.MIGRATIONS, "create table note (x);\ninsert into no;"))
    assert connection.execute("pragma user_version").fetchone()[0] == len(schema.MIGRATIONS)
    store.migrate(connection, more)
    store.migrate(connection, more)
    assert connection.execute("select count(*) from note").fetchone()[0] == 1


@pytest.mark.parametrize("old", sorted((HERE / "library_schemas").glob("*.db"), key=str))
def test_every_former_schema_opens(tmp_path: Path, old: Path) -> None:
    path = tmp_path / old.name
    shutil.copy(old, path)
    with Library(path) as library:
        assert [r.article.id for r in fetch.current(library.connection)] == ["art-0", "art-1"]
        assert add.add(library, [article(0), article(5)], reader, MAKER).added == 1
        # The index of names is filled from what was there and from what is added.
        spoken = list(find.find(library.connection, Query(speaker="Ortega")))
        assert {row["title"] for row in spoken} >= {"Titre 0", "Titre 5"}
        # How sure each speaker is was in the readings, and is in a column now.
        scores = library.connection.execute("select distinct speaker_score from statement")
        assert [tuple(row) for row in scores] == [(1.0,)]


def test_every_former_schema_exports_the_same(tmp_path: Path) -> None:
    written: dict[str, set[str]] = {"contract": set(), "prov": set(), "ftm": set()}
    for old in (HERE / "library_schemas").glob("*.db"):
        path = tmp_path / old.name
        shutil.copy(old, path)
        with Library(path) as library:
            for name, texts in written.items():
                out = io.StringIO()
                export.write(name, fetch.current(library.connection), out)
                texts.add(out.getvalue())
    assert {name: len(texts) for name, texts in written.items()} == dict.fromkeys(written, 1)
    assert all("Titre 0" in text for text in written["contract"])


def test_every_reference_says_which_column_it_means(tmp_path: Path) -> None:
    # Datasette answers 500 for a table whose foreign keys leave it out.
    filled(tmp_path / "a.db").close()
    connection = sqlite3.connect(tmp_path / "a.db")
    tables = [r[0] for r in connection.execute("select name from sqlite_master where type='table'")]
    keys = [k for t in tables for k in connection.execute(f"pragma foreign_key_list({t})")]
    assert len(keys) > 10
    assert {k[4] for k in keys} == {"id"}
    assert connection.execute("pragma integrity_check").fetchone() == ("ok",)
    assert not connection.execute("pragma foreign_key_check").fetchall()


def test_every_former_schema_is_kept() -> None:
    kept = {path.stem for path in (HERE / "library_schemas").glob("*.db")}
    assert kept == {f"v{n}" for n in range(1, len(schema.MIGRATIONS))}


def test_any_text_is_kept_as_it_is(tmp_path: Path) -> None:
    texts = [
        "",
        "a\x00b",
        "\u202eابج",
        "𝄞 « Où », a dit Anna Lissac",
        "x" * 1_000_000,
        "\r\n\ufeff",
    ]
    with Library(tmp_path / "a.db", create=True) as library:
        add.add(library, (Article(f"t{n}", t) for n, t in enumerate(texts)), reader, MAKER)
        assert [r.article.text for r in fetch.current(library.connection)] == texts


def test_words_are_found_without_accents_or_ligatures(tmp_path: Path) -> None:
    with filled(tmp_path / "a.db", 1) as library:
        for query in ("coeur", "cœur", "ecole", "ÉCOLE", "rouvrirons"):
            found = library.connection.execute(
                "select count(*) from words where words match ?", (query.replace("œ", "oe"),)
            ).fetchone()[0]
            assert found >= 1, query
