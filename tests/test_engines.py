"""Processes and engines: the same records in the same order, whoever dies."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from itertools import chain
from pathlib import Path

import pytest

from selon import read_many
from selon.engines import shards
from selon.errors import SelonError
from selon.ingest import ReadOptions
from selon.library import add, fetch, runs
from selon.library.store import Library
from selon.records import Article, Failure, Reading
from selon.workers.ipc import decode, encode
from selon.workers.pool import BATCHES_PER_WORKER, WorkerPool
from toy_work import Toy, lost

SRC = str(Path(__file__).parent.parent / "src")
NAMES = ("Odile Vasseur", "Marc Tellier", "Inès Garmond", "Paul Ostrowe")


def said(n: int) -> str:
    """A short article of our own; each is another one."""
    who, other = NAMES[n % 4], NAMES[(n + 1) % 4]
    return (
        f"La digue numéro {n} de Port-Aubin tiendra, a affirmé mardi {who}. « Nous avons fait "
        f"{n} relevés », a précisé le maire de Port-Aubin à l’agence Littoral. Selon {other}, "
        f"les travaux ont coûté {n + 3} millions d’euros. Il a plu sur la côte."
    )


def article(n: int) -> Article:
    return Article(f"a{n}", said(n), "fr", published="2024-03-12", outlet="La Gazette")


# The pool, with toy work


def crew(tmp_path: Path, jobs: int = 2) -> WorkerPool[str, tuple[str, int]]:
    return WorkerPool(jobs, Toy(tmp_path / "marker"), lost)


def in_twos(words: Sequence[str]) -> list[Sequence[str]]:
    return [words[n : n + 2] for n in range(0, len(words), 2)]


def test_results_come_in_order_and_from_several_processes(tmp_path: Path) -> None:
    words = [f"w{n}" for n in range(200)]
    found = list(crew(tmp_path).results(in_twos(words)))
    assert [w for w, _ in found] == [w.upper() for w in words]
    assert os.getpid() not in {p for _, p in found}


def test_batches_are_drawn_as_they_are_needed(tmp_path: Path) -> None:
    drawn = 0

    def batches() -> Iterator[Sequence[str]]:
        nonlocal drawn
        for n in range(1000):
            drawn += 1
            yield [f"w{n}"]

    found = crew(tmp_path).results(batches())
    next(found)
    assert drawn <= BATCHES_PER_WORKER * 2 + 1
    found.close()  # type: ignore[attr-defined]
    assert drawn <= BATCHES_PER_WORKER * 2 + 1


def test_a_killed_worker_loses_nothing(tmp_path: Path) -> None:
    words = [*(f"w{n}" for n in range(20)), "frail", *(f"x{n}" for n in range(20))]
    found = [w for w, _ in crew(tmp_path).results(in_twos(words))]
    assert found == [w.upper() for w in words]
    assert (tmp_path / "marker").exists()


def test_an_item_that_kills_again_is_lost_and_no_other(tmp_path: Path) -> None:
    words = [*(f"w{n}" for n in range(8)), "poison", *(f"x{n}" for n in range(8)), "poison"]
    found = [w for w, _ in crew(tmp_path).results(in_twos(words))]
    assert found == [f"lost {w}" if w == "poison" else w.upper() for w in words]


# Readings


def test_a_reading_is_the_same_after_its_way_between_processes() -> None:
    (reading,) = read_many([article(1)])
    assert isinstance(reading, Reading)
    assert reading.statements
    assert reading.judgements
    assert decode(encode(reading)) == reading
    odd = Reading(Article("x", "half a character: \ud800", "fr"))
    assert decode(encode(odd)) == odd


def test_several_processes_read_as_one_does() -> None:
    many: list[Article] = [article(n) for n in range(40)]
    many[17] = Article("seventeen", "Nein, sagte er.", "qq")
    one = list(read_many(many))
    two = list(read_many(many, jobs=2))
    assert one == two
    assert isinstance(two[17], Failure)
    assert type(two[0].statements) is type(one[0].statements)  # type: ignore[union-attr]


def test_a_few_articles_start_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    def no(*_: object, **__: object) -> None:
        raise AssertionError("a pool was started")

    monkeypatch.setattr("selon.workers.pool.pool", no)
    assert len(list(read_many([article(1)], jobs=8))) == 1


def test_a_script_without_a_guard_is_run_once(tmp_path: Path) -> None:
    """No `if __name__ == "__main__":` around it, as scripts of a few lines are."""
    script = tmp_path / "script.py"
    script.write_text(
        "from selon import read_many\n"
        "from selon.records import Article\n"
        "print('run')\n"
        "many = (Article(str(n), 'Odile Brun dit oui.', 'fr') for n in range(40))\n"
        "print(*sorted({type(r).__name__ for r in read_many(many, jobs=2)}))\n"
        "import __main__\n"
        "print(__main__.__file__)\n",
        "utf-8",
    )
    done = subprocess.run(
        [sys.executable, str(script)], capture_output=True, text=True, timeout=120, check=False
    )
    assert done.stdout.split("\n") == ["run", "Reading", str(script), ""], done.stderr
    assert done.stderr == ""


# Shards


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six files of articles, one with a line that is no article, one as Parquet, one as WARC."""
    folder = tmp_path_factory.mktemp("articles")
    for k in range(4):
        lines = [
            json.dumps({"id": f"{k}-{n}", "text": said(100 * k + n), "language": "fr"})
            for n in range(20)
        ]
        if k == 1:
            lines.insert(3, "no JSON")
        (folder / f"part{k}.jsonl").write_text("\n".join(lines), "utf-8")
    import polars

    rows = [{"id": f"p-{n}", "texte": said(500 + n), "date": "2024-03-12"} for n in range(20)]
    polars.DataFrame(rows).write_parquet(folder / "table.parquet")
    (folder / "pages.warc").write_bytes(b"".join(page(n) for n in range(4)))
    return folder


def page(n: int) -> bytes:
    """A WARC record of a web page."""
    body = (
        f"<html lang=fr><head><title>La digue {n}</title></head><body><article><h1>La digue {n}"
        f"</h1><p>{said(700 + n)}</p><p>{said(800 + n)}</p></article></body></html>"
    ).encode()
    reply = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + body
    return (
        (
            b"WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http;msgtype=response\r\n"
            b"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-%012d>\r\n"
            b"WARC-Target-URI: https://gazette.example/%d\r\nWARC-Date: 2024-03-12T08:00:00Z\r\n"
            b"Content-Length: %d\r\n\r\n" % (n, n, len(reply))
        )
        + reply
        + b"\r\n\r\n"
    )


@pytest.fixture(scope="module")
def made(folder: Path) -> Path:
    """The shards that one process makes."""
    out = folder.with_name("shards")
    for task in shards.tasks([folder], out, ReadOptions(lang="fr")):
        shards.write(task)
    return out


def contents(out: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in sorted(out.glob("*"))}


def test_a_shard_has_a_row_for_every_article_and_every_failure(made: Path) -> None:
    counts = {p.name: list(shards.readings(p)) for p in made.glob("*.parquet")}
    assert {n: len(found) for n, found in counts.items()} == {
        "part0.jsonl.parquet": 20,
        "part1.jsonl.parquet": 21,
        "part2.jsonl.parquet": 20,
        "part3.jsonl.parquet": 20,
        "table.parquet.parquet": 20,
        "pages.warc.parquet": 4,
    }
    failures = [
        (name, n)
        for name, found in counts.items()
        for n, one in enumerate(found)
        if isinstance(one, Failure)
    ]
    assert failures == [("part1.jsonl.parquet", 3)]


def test_a_shard_has_the_records_of_selon_read(folder: Path, made: Path) -> None:
    lines = selon("read", str(folder / "part2.jsonl"), "--lang", "fr", "--json").stdout
    import polars

    frame = polars.read_parquet(made / "part2.jsonl.parquet")
    assert frame["reading"].to_list() == lines.splitlines()


def test_polars_and_duckdb_read_shards_as_they_are(made: Path) -> None:
    import duckdb
    import polars

    wanted = sum(
        len(one.statements)
        for path in made.glob("*.parquet")
        for one in shards.readings(path)
        if isinstance(one, Reading)
    )
    frame = polars.concat([polars.read_parquet(p) for p in sorted(made.glob("*.parquet"))])
    rows = frame.explode("statements").unnest("statements", separator="_")
    assert rows["statements_content"].drop_nulls().len() == wanted
    assert {"statements_speaker", "statements_start", "outlet", "error"} <= set(rows.columns)
    query = f"from (select unnest(statements) as s from '{made}/*.parquet') select s.name, count(*)"
    named = dict(duckdb.sql(f"{query} group by all").fetchall())
    assert sum(named.values()) == wanted
    assert named["Odile Vasseur"] > 5


def test_shards_go_into_a_library(made: Path, tmp_path: Path) -> None:
    done = selon("load", str(made), "--library", "l.db", cwd=tmp_path)
    assert "104 articles added" in done.stderr, done.stderr
    with Library(tmp_path / "l.db") as library:
        kept = runs.runs(library.connection)
        assert [(r["program"], r["pack"]) for r in kept] == [
            (runs.maker().program, runs.pack_digest())
        ]
        assert len(add.failures(library.connection)) == 1
        row = library.connection.execute(
            "select r.id from reading r join version v on v.id = r.version_id"
            " join article a on a.id = v.article_id where a.key = '2-7'"
        ).fetchone()
        shard = list(shards.readings(made / "part2.jsonl.parquet"))
        assert fetch.one(library.connection, row[0]).statements == shard[7].statements  # type: ignore[union-attr]


def test_what_is_no_shard_says_so(folder: Path) -> None:
    with pytest.raises(SelonError, match="not a shard"):
        list(shards.readings(folder / "table.parquet"))
    with pytest.raises(SelonError, match="not a shard"):
        list(shards.readings(folder / "part0.jsonl"))


def test_a_shard_that_is_there_is_not_made_again(folder: Path, tmp_path: Path) -> None:
    (task,) = shards.tasks([folder / "part0.jsonl"], tmp_path, ReadOptions(lang="fr"))
    assert shards.finished_shard(task) is None
    first = shards.write(task)
    assert shards.finished_shard(task) == first
    (other,) = shards.tasks([folder / "part0.jsonl"], tmp_path, ReadOptions(lang="fr", outlet="X"))
    assert shards.finished_shard(other) is None


def test_files_of_one_name_have_shards_of_their_own(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "x.jsonl").touch()
    names = [t.target.name for t in shards.tasks([tmp_path], tmp_path / "out", ReadOptions())]
    assert names == ["x.jsonl.parquet", "x.jsonl-2.parquet"]


# Engines, in real processes


def selon(*words: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "selon", *words],
        cwd=cwd,
        env=os.environ | {"PYTHONPATH": SRC, "SELON_LANG": "en"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
    )


def below(pid: int) -> list[tuple[int, int, str]]:
    """The processes under one, each with its parent and command line."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
            words = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        except (OSError, ValueError):
            continue
        found.append((int(entry.name), parent, words))
    own = {pid}
    for _ in range(8):
        own |= {p for p, parent, _ in found if parent in own}
    return [(p, parent, words) for p, parent, words in found if p in own and p != pid]


def killed_under_load(words: Sequence[str], worker: str, out: Path) -> str:
    """Run the command, kill -9 one of its workers once it has written something; what it said."""
    process = subprocess.Popen(
        [sys.executable, "-m", "selon", *words],
        env=os.environ | {"PYTHONPATH": SRC, "SELON_LANG": "en"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    victim = 0
    deadline = time.monotonic() + 240
    while process.poll() is None and time.monotonic() < deadline:
        begun = any(out.glob(".*.part")) if out.is_dir() else False
        alike = [(p, parent) for p, parent, line in below(process.pid) if worker in line]
        # The common server of the workers is none itself, though it has their command line.
        workers = [p for p, _ in alike if p not in {parent for _, parent in alike}]
        if begun and workers and not victim:
            victim = workers[-1]
            os.kill(victim, signal.SIGKILL)
        time.sleep(0.05)
    assert victim, "no worker was seen"
    _, told = process.communicate(timeout=240)
    assert process.returncode == 1, told  # one line is no article
    return told


linux = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc")


@linux
@pytest.mark.slow
@pytest.mark.parametrize(
    ("engine", "worker"),
    [
        pytest.param("processes", "forkserver", id="processes"),
        pytest.param(
            "daft",
            "daft.execution.udf_worker",
            id="daft",
            marks=pytest.mark.skipif(not find_spec("daft"), reason="selon[daft] is not installed"),
        ),
        pytest.param(
            "spark",
            "pyspark.daemon",
            id="spark",
            marks=pytest.mark.skipif(
                not find_spec("pyspark") or not shutil.which("java"),
                reason="Spark needs selon[spark] and Java (apt-get install default-jre-headless)",
            ),
        ),
    ],
)
def test_an_engine_with_a_killed_worker_makes_the_same_shards(
    engine: str, worker: str, folder: Path, made: Path, tmp_path: Path
) -> None:
    words = ["read", str(folder), "--lang", "fr", "--jobs", "2", "--engine", engine]
    killed_under_load([*words, "--out", str(tmp_path / "out")], worker, tmp_path / "out")
    assert contents(tmp_path / "out") == contents(made)


def test_engines_are_told_what_they_lack(folder: Path, tmp_path: Path) -> None:
    done = selon("read", str(folder), "--engine", "processes")
    assert done.returncode == 2
    assert "--out" in done.stderr
    done = selon("read", "none.jsonl", "--out", str(tmp_path))
    assert done.returncode == 2
    assert "none.jsonl" in done.stderr
    assert selon("read", str(folder / "part0.jsonl"), "--jobs", "0").returncode == 2


def test_the_statements_of_a_shard_are_those_of_its_readings(made: Path) -> None:
    import polars

    frame = polars.read_parquet(made / "part3.jsonl.parquet")
    for nested, line in zip(frame["statements"], frame["reading"], strict=True):
        value = json.loads(line)
        assert [s["id"] for s in nested] == [s["id"] for s in value["statements"]]
        spans = chain.from_iterable(s["content"] for s in value["statements"])
        assert all(0 <= a < b <= len(value["text"]) for a, b in spans)
