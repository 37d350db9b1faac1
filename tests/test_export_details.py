"""What a library adds to exports: details, French words, an Excel form, ties; read back by others."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from pathlib import Path

import networkx
import openpyxl
import pandas
import pytest
from pyarrow import parquet

from library_made import article, made, spoken
from numbers_made import filled
from selon import export, ingest
from selon.cli import main
from selon.export import codebook, table
from selon.export.options import ExportOptions
from selon.export.said import plain_name
from selon.labels import LANGUAGES
from selon.library import add, fetch, runs
from selon.library.find import Query
from selon.library.store import Library
from selon.numbers import export_details
from selon.records import KINDS, Article

HERE = Path(__file__).parent


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    filled(tmp_path / "selon.db").close()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SELON_LANG", "en")
    return tmp_path


def test_excel_opens_a_csv_by_a_double_click(desk: Path) -> None:
    wild = made(
        article(7, '« Voici ; = "ça" », a dit Mme Ana Lissac. « =A1 😀 œuf », a dit M. Él Tard.')
    )
    with Library(desk / "selon.db") as library:
        add.load(library, [wild], runs.Maker("test", ""))
    assert main(["export", "csv", "-o", "plain.csv"]) == 0
    assert main(["export", "csv", "--excel", "-o", "excel.csv"]) == 0
    plain, excel = (desk / "plain.csv").read_bytes(), (desk / "excel.csv").read_bytes()
    assert not plain.startswith(b"\xef\xbb\xbf")
    assert excel.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(excel.decode("utf-8-sig")), delimiter=";"))
    assert rows == list(csv.reader(io.StringIO(plain.decode("utf-8"))))
    assert {len(row) for row in rows} == {len(table.COLUMNS)}
    assert len(rows) == 13
    contents = [row[table.COLUMNS.index("content")] for row in rows]
    assert 'Voici ; = "ça"' in contents
    assert "'=A1 😀 œuf" in contents


def test_both_forms_of_csv_are_read_again(desk: Path) -> None:
    own = (("text", "content"), ("id", "statement"))
    for name, option in (("a.csv", []), ("b.csv", ["--excel"])):
        main(["export", "csv", *option, "-o", name])
        got = list(ingest.articles(name, ingest.ReadOptions(columns=own)))
        assert [a.text for a in got][:2] == ["Voici phrase 0 a", "Voici phrase 0 b"]
        assert len(got) == 10


def test_details_in_french_as_csv_parquet_and_spreadsheet(desk: Path) -> None:
    for name in ("t.csv", "t.parquet", "t.xlsx"):
        form = name.partition(".")[2]
        assert main(["export", form, "--details", "--names", "fr", "-o", name]) == 0
    frame = pandas.read_csv("t.csv", dtype=str)
    assert list(frame.columns) == [v.french for v in codebook.variables()]
    people = frame[["locuteur_nom", "locuteur_genre", "locuteur_nature", "mois", "annee"]]
    assert Counter(map(tuple, people.fillna("").values)) == {
        ("Ana Lissac", "femme", "personne", "2026-01", "2026"): 3,
        ("Ana Lissac", "femme", "personne", "2026-02", "2026"): 2,
        ("Bruno Tard", "homme", "personne", "2026-01", "2026"): 2,
        ("Bruno Tard", "homme", "personne", "2026-02", "2026"): 1,
        ("Vorx Quelm", "", "personne", "2026-02", "2026"): 2,
    }
    assert set(frame["locuteur_genre_selon"].dropna()) == {"civilité"}
    assert frame["locuteur_id"].nunique() == 3
    assert all("Voici phrase" in words for words in frame["contexte"])
    rows = parquet.read_table("t.parquet").to_pylist()
    genders = frame["locuteur_genre"].fillna("").tolist()
    assert [r["locuteur_genre"] or "" for r in rows] == genders
    sheet = openpyxl.load_workbook("t.xlsx").active
    cells = list(sheet.iter_rows(values_only=True))
    assert list(cells[0]) == list(frame.columns)
    assert [c[cells[0].index("score")] for c in cells[1:]] == [0.9] * 10


def test_the_codebook_names_every_column_once(desk: Path) -> None:
    names = [v.name for v in codebook.variables()]
    assert tuple(names) == (*table.COLUMNS, *table.DETAILED)
    assert len({v.french for v in codebook.variables()}) == len(names)
    for tongue in ("fr", "en"):
        main(["export", "--codebook", "--names", tongue, "-o", f"{tongue}.csv"])
        text = Path(f"{tongue}.csv").read_text("utf-8")
        rows = list(csv.DictReader(io.StringIO(text, newline="")))
        assert [r["variable"] for r in rows] == names
        assert all(r["meaning"] for r in rows)
    assert main(["export", "-o", "x"]) == 2


def read_iramuteq(text: str) -> list[tuple[dict[str, str], str]]:
    """By the rules of IRaMuTeQ's manual: `****`, then starred variables, then the words."""
    out = []
    for block in re.split(r"^(?=\*\*\*\*)", text, flags=re.M):
        if block.strip():
            head, _, words = block.partition("\n")
            pairs = re.findall(r"\*([a-z]+)_([A-Za-z0-9-]+)(?= |$)", head)
            assert " ".join(["****", *(f"*{k}_{v}" for k, v in pairs)]) == head
            out.append((dict(pairs), words.strip()))
    return out


def test_iramuteq_in_french_with_rare_speakers_as_one(desk: Path) -> None:
    main(["export", "iramuteq", "--least", "3", "-o", "c.txt"])
    told = read_iramuteq(Path("c.txt").read_text("utf-8"))
    assert len(told) == 10
    assert Counter(t["locuteur"] for t, _w in told) == {"AnaLissac": 5, "BrunoTard": 3, "Autres": 2}
    assert Counter(t["genre"] for t, _w in told) == {"femme": 5, "homme": 3, "inconnu": 2}
    ids = Counter(t["locuteurid"] for t, _w in told)
    assert sorted(ids.values()) == [2, 3, 5]
    assert ids["Autres"] == 2
    first, words = told[0]
    assert (first["mois"], first["annee"], first["forme"]) == ("2026-01", "2026", "direct")
    assert (first["voix"], first["nature"], words) == ("citee", "personne", "Voici phrase 0 a")
    assert Counter(t["agence"] for t, _w in told) == {"Aucune": 9, "Mediapluie": 1}


def test_txm_has_the_same_metadata(desk: Path) -> None:
    main(["export", "txm", "--least", "3", "-o", "txm"])
    frame = pandas.read_csv("txm/metadata.csv", dtype=str, keep_default_na=False)
    assert all(re.fullmatch("[a-z]+", name) for name in frame.columns)
    main(["export", "iramuteq", "--least", "3", "-o", "c.txt"])
    stars = [t for t, _w in read_iramuteq(Path("c.txt").read_text("utf-8"))]
    assert frame["genre"].replace("", "inconnu").tolist() == [t["genre"] for t in stars]
    assert frame["mois"].tolist() == [t["mois"] for t in stars]
    assert set(frame["locuteur"]) == {"Ana Lissac", "Bruno Tard", "autres"}
    for row in frame.to_dict("records"):
        assert Path("txm", f"{row['id']}.txt").read_text("utf-8").startswith("Voici phrase")


# A speaker of each kind: what stands before, the name, the type, how it is named, roles.
SPEAKERS = (
    ("Mme ", "Odile Varenne", "person", "name", ("préfète de la Creuse",)),
    ("", "une pompière", "person", "nominal", ()),
    ("", "La Gazette du Loir", "organisation", "name", ()),
    ("", "la mairie de Brénac", "organisation", "nominal", ()),
    ("", "les riverains", "group", "nominal", ()),
    ("", "une banderole", "work", "nominal", ()),
    ("", "le silence", "unknown", "nominal", ()),
)
NATURES = (
    *("personne", "personne sans nom", "média", "organisation", "groupe", "document", "autre"),
)


@pytest.fixture
def kinds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A library with a statement of each kind of speaker."""
    with Library(tmp_path / "selon.db", create=True) as library:
        told = [
            spoken(n, before, name, type_, form=form, roles=roles)
            for n, (before, name, type_, form, roles) in enumerate(SPEAKERS)
        ]
        add.load(library, told, runs.Maker("test", ""))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SELON_LANG", "en")
    return tmp_path


def test_a_speaker_is_the_same_in_every_format(kinds: Path) -> None:
    main(["export", "csv", "--names", "fr", "-o", "t.csv"])
    main(["export", "iramuteq", "-o", "c.txt"])
    main(["export", "txm", "-o", "txm"])
    frame = pandas.read_csv("t.csv", dtype=str, keep_default_na=False)
    assert tuple(frame["locuteur_nature"]) == NATURES
    assert frame["locuteur_genre"].tolist() == ["femme", "femme", "", "", "", "", ""]
    assert frame["locuteur_genre_selon"].tolist()[:2] == ["civilité", "forme de la fonction"]
    assert frame["locuteur_fonction"].tolist()[:3] == ["préfète de la Creuse", "une pompière", ""]
    metadata = pandas.read_csv("txm/metadata.csv", dtype=str, keep_default_na=False)
    for here, there in (("id", "id"), ("nature", "nature"), ("genre", "genre")):
        assert metadata[there.replace("id", "locuteurid")].tolist() == (
            frame[f"locuteur_{here}"].tolist()
        )
    assert metadata["fonction"].tolist() == frame["locuteur_fonction"].tolist()
    stars = [t for t, _w in read_iramuteq(Path("c.txt").read_text("utf-8"))]
    assert [t["nature"] for t in stars] == [
        *("personne", "personneSansNom", "media", "organisation", "groupe", "document", "autre"),
    ]
    assert [t["genre"] for t in stars] == [g or "inconnu" for g in frame["locuteur_genre"]]
    roles = [plain_name(words) or "Inconnue" for words in frame["locuteur_fonction"]]
    assert [t["fonction"] for t in stars] == roles


def test_someone_counts_as_a_person_and_each_kind_is_counted(
    kinds: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    def told(*words: str) -> list[dict[str, object]]:
        capfd.readouterr()
        assert main(["stats", *words, "--format", "json"]) == 0
        found: list[dict[str, object]] = json.loads(capfd.readouterr().out)
        return found

    counted = {r["kind"]: r["published_n"] for r in told("kind")}
    assert counted == dict.fromkeys(KINDS, 1)
    persons = [(r["gender"], r["published_n"], r["published_of"]) for r in told("gender")]
    assert persons == [("female", 2, 2)]
    of_all = told("gender", "--measure", "statements")
    assert [(r["published_n"], r["published_unknown"]) for r in of_all] == [(2, 5)]
    # Five of seven are unknown: no interval over the two.
    assert of_all[0]["published_low"] is None
    assert main(["stats", "gender", "--measure", "statements"]) == 0
    assert "No interval" in capfd.readouterr().out


def test_one_column_of_shares_is_the_same_as_a_table(
    desk: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    for dimension in ("gender", "kind", "outlet", "form"):
        main(["stats", dimension, "--format", "jsonl"])
        plain = [json.loads(line) for line in capfd.readouterr().out.splitlines()]
        main(["stats", dimension, "--format", "json"])
        crossed = json.loads(capfd.readouterr().out)
        assert [(r["value"], r["published_n"], r["independent_n"]) for r in plain[:-1]] == [
            (r[dimension], r["published_n"], r["independent_n"]) for r in crossed
        ]
        assert plain[-1]["published_n"] == crossed[0]["published_unknown"]


def test_each_value_of_a_column_has_words_in_both_tongues() -> None:
    from selon import labels

    for column, values in codebook.VALUES.items():
        for told in values:
            section = "kind" if column == "speaker_kind" else column
            assert (section, told) in labels._words(), (column, told)
            assert all(codebook.value(column, told, tongue) for tongue in LANGUAGES)


def graph(data: bytes) -> tuple[dict[str, dict[str, str]], dict[tuple[str, str], int]]:
    read = networkx.read_gexf(io.BytesIO(data))
    label = {n: d["label"] for n, d in read.nodes(data=True)}
    edges = {(label[a], label[b]): int(d["weight"]) for a, b, d in read.edges(data=True)}
    return {d["label"]: d for _n, d in read.nodes(data=True)}, edges


@pytest.mark.parametrize(
    ("tie", "edges"),
    [
        (
            "quotes",
            {
                ("La Gazette", "Ana Lissac"): 3,
                ("La Gazette", "Bruno Tard"): 1,
                ("La Gazette", "Vorx Quelm"): 1,
                ("Le Courrier", "Ana Lissac"): 2,
                ("Le Courrier", "Bruno Tard"): 2,
                ("Le Courrier", "Vorx Quelm"): 1,
            },
        ),
        ("relays", {("Mediapluie", "Ana Lissac"): 1}),
        ("to", {("Ana Lissac", "Odile Prat"): 1}),
    ],
)
def test_ties_of_a_network(desk: Path, tie: str, edges: dict[tuple[str, str], int]) -> None:
    main(["export", "gexf", "--tie", tie, "-o", "n.gexf"])
    nodes, found = graph(Path("n.gexf").read_bytes())
    assert found == edges
    if tie == "quotes":
        assert (nodes["Ana Lissac"]["gender"], nodes["La Gazette"]["kind"]) == ("female", "outlet")
        assert nodes["Vorx Quelm"].get("gender") is None
        main(["export", "gexf", "--tie", tie, "--least", "2", "-o", "n.gexf"])
        assert set(graph(Path("n.gexf").read_bytes())[1].values()) == {2, 3}


def test_only_who_has_a_name_is_a_node(desk: Path) -> None:
    reading = made(Article("x", "« Oui », a dit Mme Ana Lissac.", "fr", None, "La Gazette"))
    from dataclasses import replace

    nominal = replace(reading.entities[0].mentions[0], form="nominal")
    nobody = replace(reading, entities=(replace(reading.entities[0], mentions=(nominal,)),))
    stream = io.BytesIO()
    export.write("gexf", [nobody], stream)
    assert graph(stream.getvalue()) == ({}, {})
    stream = io.BytesIO()
    export.write("gexf", [reading], stream)
    assert graph(stream.getvalue())[1] == {("La Gazette", "Ana Lissac"): 1}


def test_an_option_that_would_not_be_heeded_is_refused(desk: Path) -> None:
    for words in (
        ["gexf", "--excel"],
        ["iramuteq", "--names", "fr"],
        ["csv", "--tie", "to"],
        ["csv", "--least", "2"],
        ["brat", "--details"],
        ["txm", "--details"],
        ["gexf", "--least", "2"],
    ):
        assert main(["export", *words]) == 2


def test_two_articles_with_one_id_keep_their_speakers(tmp_path: Path) -> None:
    one = Article("same", "« Oui oui », a dit Mme Ana Lissac.", "fr", url="https://a.example/1")
    two = Article("same", "« Oui oui », a dit M. Ano Lissac.", "fr", url="https://a.example/2")
    with Library(tmp_path / "a.db", create=True) as library:
        add.load(library, [made(one), made(two)], runs.Maker("test", ""))
        known = export_details.details(library.connection, Query())
        rows = list(table.rows(fetch.current(library.connection), ExportOptions(details=known)))
    assert [r["speaker_gender"] for r in rows] == ["female", "male"]


def test_json_of_a_table_reads_as_json(
    desk: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert main(["stats", "gender", "--by", "outlet", "--format", "json"]) == 0
    rows = json.loads(capfdbinary.readouterr().out)
    assert [(r["outlet"], r["gender"], r["published_n"]) for r in rows] == [
        ("La Gazette", "female", 3),
        ("La Gazette", "male", 1),
        ("Le Courrier", "female", 2),
        ("Le Courrier", "male", 2),
    ]
