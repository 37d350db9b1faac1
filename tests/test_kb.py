"""Knowledge bases: readers, builds, look-ups; public office-holders are facts."""

from __future__ import annotations

import bz2
import gzip
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb_made import claim, day, made, wikidata_item
from selon.errors import SelonError
from selon.kb import ftm, table, wikidata
from selon.kb.build import build
from selon.kb.days import window
from selon.kb.records import Item, KbEntity, KbFault, Occupancy, Position
from selon.kb.roles import parse
from selon.kb.store import Kb

HERE = Path(__file__).parent
SHARED = Path(os.environ.get("SELON_SHARED", HERE.parent.parent / "shared"))
SOURCE = HERE.parent / "src"


PERSON = wikidata_item(
    "Q900001",
    "Zélie Karmadi",
    {
        "P31": [claim("P31", {"id": "Q5"})],
        "P21": [claim("P21", {"id": "Q6581072"})],
        "P27": [claim("P27", {"id": "Q794"})],
        "P39": [
            claim("P39", {"id": "Q900002"}, P580=day("2015-03-02"), P582=day("2018-00-00", 9)),
            claim("P39", {"id": "Q900003"}, P580=day("2019-01-05")),
        ],
    },
    "Zelie Qarmadi",
)
OFFICE = wikidata_item(
    "Q900002",
    "ministre iranien de l'Énergie",
    {"P31": [claim("P31", {"id": "Q4164871"})], "P1001": [claim("P1001", {"id": "Q794"})]},
)
DUMP = b"[\n" + PERSON + b",\n{broken\n" + OFFICE + b",\n[]\n\xff\xfe,\n]\n"

CSV = """\
id,name,aliases,type,gender,country,role,org,start,end
p1,Ondine Brask,O. Brask|Ondine Brasque,person,f,FR,ministre de la Mer,,2015-01-10,2018-06-01
p1,Ondine Brask,,person,f,FR,Premier ministre,,2020-02-01,
p2,Marceau Tilbury,,person,m,FR,ministre de la Mer,,2018-06-01,
p3,Ilan Vosk,,person,m,UA,chef,Agence Zarya,2001,2003-05
p4,Aurel Dunoyer,,person,m,FR,ministre de la Culture par intérim,,2016-01-01,2016-05-01
a1,Agence Zarya,AZ,organisation,,UA,,,,
"""


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Kb]:
    kb, _ = made(tmp_path, CSV)
    with kb:
        yield kb


# Readers


def test_wikidata_dump_lines() -> None:
    items = list(wikidata.read(DUMP.splitlines(keepends=True)))
    faults = [i for i in items if isinstance(i, KbFault)]
    assert [f.line for f in faults] == [3, 5, 6]
    assert items[0] == KbEntity(
        "Q900001", "person", ("Zélie Karmadi", "Zelie Qarmadi"), "f", ("IR",)
    )
    held = [i for i in items if isinstance(i, Occupancy)]
    assert [(h.post, h.start, h.end) for h in held] == [
        ("Q900002", "2015-03-02", "2018"),
        ("Q900003", "2019-01-05", None),
    ]
    assert Position("Q900002", ("ministre iranien de l'Énergie",), ("IR",)) in items


@pytest.mark.parametrize("pack", [None, gzip.compress, bz2.compress])
def test_a_dump_packed_or_not(tmp_path: Path, pack: Callable[[bytes], bytes] | None) -> None:
    ending = "" if pack is None else ".gz" if pack is gzip.compress else ".bz2"
    kb, report = made(tmp_path, pack(DUMP) if pack else DUMP, f"dump.json{ending}")
    with kb:
        window_ = window("2016-05")
        assert window_ is not None
        found = kb.holders(parse("ministre de l'Énergie iranien"), "IR", window_)
        assert found.why == "found"
        assert found.holders == ("Q900001",)
        assert kb.named("Zélie Karmadi")[0].exact
    assert report.faults["not JSON"] == 2
    assert report.faults["office without a name"] == 1


def test_a_truncated_gzip_keeps_what_came_before(tmp_path: Path) -> None:
    lines = b"".join(
        wikidata_item(f"Q{n}", f"Nom{n} Essai", {"P31": [claim("P31", {"id": "Q5"})]}) + b"\n"
        for n in range(1, 3000)
    )
    whole = gzip.compress(lines)
    kb, report = made(tmp_path, whole[: len(whole) // 2], "dump.json.gz")
    kb.close()
    assert report.faults["file damaged from here on"] >= 1
    assert report.counts["things"] > 100


def test_a_real_item_of_wikidata(tmp_path: Path) -> None:
    samples = sorted((SHARED / "data" / "kb-samples").glob("*q7747*"))
    if not samples:
        pytest.skip("the sample of a real Wikidata item is not here")
    things = [
        i for i in wikidata.read(samples[0].read_bytes().splitlines()) if isinstance(i, KbEntity)
    ]
    assert [(t.id, t.type, t.gender, t.countries) for t in things] == [
        ("Q7747", "person", "m", ("RU",))
    ]


def test_follow_the_money(tmp_path: Path) -> None:
    rows = [
        {"id": "x1", "schema": "Person", "properties":
            {"name": ["Ondine Brask"], "wikidataId": ["Q77"]}},
        {"id": "x2", "schema": "Position", "properties":
            {"name": ["Minister of Defence"], "country": ["fr"]}},
        {"id": "x3", "schema": "Occupancy", "properties":
            {"holder": ["x1"], "post": ["x2"], "startDate": ["2001-05"],
             "endDate": ["2004-01-02"]}},
        {"id": "x4", "schema": "Occupancy", "properties": {"holder": ["x4b"], "post": ["x2"]}},
        {"id": "x5", "schema": "Person", "properties": {}},
        {"id": "x6", "schema": "Occupancy", "properties": {"holder": ["x2"], "post": ["x2"]}},
    ]  # fmt: skip
    kb, report = made(tmp_path, "\n".join(json.dumps(r) for r in rows) + "\nnull\n", "a.ftm.json")
    with kb:
        found = kb.holders(
            parse("ministre français de la Défense"), "FR", ("2002-01-01", "2002-12-31")
        )
        assert found.holders == ("Q77",)
    assert report.faults["holder is not in the sources"] == 1
    assert report.faults["holds itself"] == 1
    assert report.faults["no label"] == 1
    assert report.faults["not an entity as FollowTheMoney writes it"] == 1


def test_a_stray_quotation_mark_costs_one_line() -> None:
    lines = ["id,name\n", 'a,"Jeanne\n', *(f"b{n},Nom{n} Clair\n" for n in range(30))]
    items = list(table.read(line.encode() for line in lines))
    assert len([i for i in items if isinstance(i, KbEntity)]) == 30
    assert [i.line for i in items if isinstance(i, KbFault)] == [2]


def test_a_cell_over_two_lines_and_semicolons() -> None:
    items = list(table.read([b"\xef\xbb\xbfname;id\n", b'"Anne\n', b'Leroy";x\n']))
    assert items == [KbEntity("x", "person", ("Anne\nLeroy",))]


def test_a_table_needs_id_and_name(tmp_path: Path) -> None:
    source = tmp_path / "bad.csv"
    source.write_text("label,born\nx,y\n")
    with pytest.raises(SelonError, match=r"bad\.csv.*id.*name"):
        build(tmp_path / "out.db", [source], "2022-01-01")
    assert list(tmp_path.iterdir()) == [source]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(
            ["id", "type", "labels", "aliases", "claims", "P31", "P39", "fr", "value", "schema",
             "properties", "name", "holder", "post", "mainsnak", "datavalue", "qualifiers", "rank",
             "entities", "time", "precision", "wikidataId", "country", "P582"]
        ),
        inner,
        max_size=5,
    ),
    max_leaves=25,
)  # fmt: skip
READERS: list[Callable[[list[bytes]], Iterator[Item]]] = [
    wikidata.read,
    ftm.read,
    lambda lines: table.read([b"id,name,role,start\n", *lines]),
]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.binary(max_size=80) | JSON.map(lambda v: json.dumps(v).encode()), max_size=6))
def test_garbage_lines_never_raise(lines: list[bytes]) -> None:
    for read in READERS:
        for item in read(lines):
            assert isinstance(item, KbEntity | Position | Occupancy | KbFault)


@settings(max_examples=25, deadline=None)
@given(st.lists(JSON, max_size=8))
def test_garbage_builds_a_whole_file(values: list[Any]) -> None:
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as name:
        kb, _ = made(
            Path(name), PERSON + b"\n" + "\n".join(map(json.dumps, values)).encode(), "a.json"
        )
        with kb:
            assert kb.get("Q900001") is not None


# Builds


def test_duplicate_ids_cycles_and_missing_labels_are_counted(tmp_path: Path) -> None:
    text = CSV + "p2,Quelqu'un D'Autre,,person,,,,,,\n,Sans Id,,,,,,,,\np9,,,,,,,,,\n"
    kb, report = made(tmp_path, text)
    with kb:
        thing = kb.get("p2")
        assert thing is not None
        assert thing.names == ("Marceau Tilbury",)
    assert report.faults["id seen again with another name"] == 1
    assert report.faults["no id"] == 1
    assert report.faults["no label"] == 1
    assert report.counts["ids met again"] == 1
    assert report.counts["tenures"] == 5


def test_bodies_that_own_each_other_load(tmp_path: Path) -> None:
    rows = [
        {"id": "o1", "schema": "Company", "properties": {"name": ["Alpha Sud"]}},
        {"id": "o2", "schema": "Company", "properties": {"name": ["Beta Nord"]}},
        {"id": "m1", "schema": "Directorship", "properties":
            {"director": ["o1"], "organization": ["o2"], "role": ["director"]}},
        {"id": "m2", "schema": "Directorship", "properties":
            {"director": ["o2"], "organization": ["o1"], "role": ["director"]}},
    ]  # fmt: skip
    kb, report = made(tmp_path, "\n".join(map(json.dumps, rows)), "a.json")
    kb.close()
    assert report.counts["tenures"] == 2


def test_a_killed_build_leaves_the_old_file(tmp_path: Path) -> None:
    out = tmp_path / "world.db"
    small, large = tmp_path / "small.csv", tmp_path / "large.csv"
    small.write_text(CSV)
    build(out, [small], "2022-01-01")
    old = out.read_bytes()
    with large.open("w") as file:
        file.write("id,name\n")
        file.writelines(f"n{n},Prénom{n} Nom{n * 7}\n" for n in range(150_000))
    command = [sys.executable, "-m", "selon.cli", "kb", "build", str(out), str(large)]
    process = subprocess.Popen(command, env={**os.environ, "PYTHONPATH": str(SOURCE)})
    for _ in range(1200):
        left = list(tmp_path.glob(".world.db.*.partial"))
        if left and left[0].stat().st_size > 100_000:
            break
        assert process.poll() is None, "the build was over before it could be killed"
        time.sleep(0.02)
    os.kill(process.pid, signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL
    assert out.read_bytes() == old
    with Kb(out) as kb:
        assert kb.get("p1") is not None
    build(out, [small], "2022-01-01")
    assert list(tmp_path.glob(".world.db.*.partial")) == [], "the next build sweeps up"


def test_a_knowledge_base_of_another_version(tmp_path: Path) -> None:
    kb, _ = made(tmp_path, CSV)
    kb.close()
    db = sqlite3.connect(tmp_path / "out.db")
    db.execute("pragma user_version = 99")
    db.close()
    with pytest.raises(SelonError, match=r"out\.db.*99.*(again|reconstruisez)") as caught:
        Kb(tmp_path / "out.db")
    assert "\n" not in str(caught.value)
    for content in (b"not a database at all", b""):
        other = tmp_path / "other.db"
        other.write_bytes(content)
        with pytest.raises(SelonError, match=r"other\.db"):
            Kb(other)
    with pytest.raises(SelonError, match=r"absent\.db"):
        Kb(tmp_path / "absent.db")


def test_the_default_base_is_what_its_tables_make(tmp_path: Path) -> None:
    data = SOURCE / "selon" / "data"
    build(tmp_path / "again.db", [data / "officeholders.csv", data / "agencies.csv"], "2022-07-23")
    asked = (
        "select thing.id, office.key, office.country, start, end, known, interim from tenure"
        " join office on office.n = office join thing on thing.n = holder"
    )
    rows = []
    for path in (data / "default.db", tmp_path / "again.db"):
        db = sqlite3.connect(path)
        rows.append(Counter(db.execute(asked).fetchall()))
        db.close()
    assert rows[0] == rows[1], "run scripts/default_kb.py file"
    assert (data / "default.db").stat().st_size < 2_000_000


# Look-ups


def test_several_bases_are_asked_together(tmp_path: Path, own: Kb) -> None:
    source = tmp_path / "more.csv"
    source.write_text("id,name,country\np1,Ondine Brask-Delmas,FR\nz,Zoé Unique,FR\n")
    build(tmp_path / "more.db", [source], "2022-01-01")
    with Kb(tmp_path / "out.db", tmp_path / "more.db") as both:
        thing = both.get("p1")
        assert thing is not None
        assert "Ondine Brask-Delmas" in thing.names
        assert len(both.tenures_of("p1")) == 2
        assert both.named("Zoe Unique")[0].thing.id == "z"


def test_a_wider_office_answers_for_a_part_of_its_name() -> None:
    with Kb.default() as kb:
        found = kb.holders(parse("ministre de la Défense"), "IR", ("2015-03-01", "2015-03-31"))
        assert found.why == "found"
        assert found.tenures[0].key == "minister:defence logistics"


# The command line


def run(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "selon.cli", "kb", *words]
    env = {**os.environ, "PYTHONPATH": str(SOURCE), "SELON_LANG": "fr"}
    return subprocess.run(command, env=env, capture_output=True, text=True, check=False)


def test_the_command_line(tmp_path: Path) -> None:
    source = tmp_path / "in.csv"
    source.write_text(CSV + "p9,,,,,,,,,\n")
    built = run("build", str(tmp_path / "o.db"), str(source), "--as-of", "2022-01-01")
    assert (built.returncode, built.stdout.count("mandats")) == (0, 1)
    assert "sans nom" in built.stderr
    asked = run(
        "office", "ministre français de la Mer", "--on", "2016", "--kb", str(tmp_path / "o.db")
    )
    assert asked.stdout.split("\t")[:2] == ["p1", "Ondine Brask"]
    unknown = run("office", "chef du renseignement irakien", "--on", "2020-03")
    assert (unknown.returncode, unknown.stdout) == (1, "")
    assert "fonction" in unknown.stderr
    assert run("name", "Reuters").stdout.startswith("Q130879\t1.00")
    missing = run("name", "x", "--kb", str(tmp_path / "none.db"))
    assert missing.returncode == 2
    assert "Traceback" not in missing.stderr
