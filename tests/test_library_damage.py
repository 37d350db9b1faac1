"""Bytes flipped anywhere in a library: each command answers in a sentence, never with a traceback."""

from __future__ import annotations

import random
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from library_made import article, reader
from selon.cli import main
from selon.errors import SelonError
from selon.library import add, db_errors, doctor
from selon.library.runs import Maker
from selon.library.store import Library

MAKER = Maker("0", "test")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("whole") / "a.db"
    with Library(path, create=True) as library:
        add.add(library, (article(n) for n in range(30)), reader, MAKER)
        library.connection.execute("pragma wal_checkpoint(truncate)")
    return path.read_bytes()


def flipped(data: bytes, seed: int) -> bytes:
    """Forty bytes changed, anywhere behind the header; every fourth seed in the list of tables."""
    chance = random.Random(seed)
    made = bytearray(data)
    most = 4096 if seed % 4 == 0 else len(made)
    for _n in range(40):
        made[chance.randrange(100, most)] ^= chance.randrange(1, 256)
    return bytes(made)


COMMANDS = (
    ["stats", "--by", "speaker"],
    ["search", "école"],
    ["person", "Zélie Coeurdeloup"],
    ["errors"],
    ["export", "csv", "--output", "OUT"],
    ["backup", "BACKUP"],
    ["remove", "3"],
    ["edit", "3", "--outlet", "Le Phare", "--no-reading"],
    ["doctor"],
)


@pytest.mark.parametrize("seed", range(12))
def test_every_command_answers_in_a_sentence(
    tmp_path: Path, whole: bytes, seed: int, capfd: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.db"
    data = flipped(whole, seed)
    for command in COMMANDS:
        for end in ("", "-wal", "-shm"):
            Path(f"{path}{end}").unlink(missing_ok=True)
        path.write_bytes(data)
        words = [
            {"OUT": str(tmp_path / "o.csv"), "BACKUP": str(tmp_path / "b.db")}.get(w, w)
            for w in command
        ]
        # What is no sentence would be raised here.
        code = main([*words, "--library", str(path)])
        assert code in (0, 1, 2), command
        assert "Traceback" not in capfd.readouterr().err


def test_the_room_answers_in_a_sentence(tmp_path: Path, whole: bytes) -> None:
    pytest.importorskip("litestar")
    from litestar.testing import TestClient

    from selon.web.app import create

    path = tmp_path / "a.db"
    path.write_bytes(whole)
    connection = sqlite3.connect(path)
    (root,) = connection.execute(
        "select rootpage from sqlite_master where name = 'statement'"
    ).fetchone()
    (size,) = connection.execute("pragma page_size").fetchone()
    connection.close()
    data = bytearray(whole)
    data[(root - 1) * size : root * size] = b"\xa5" * size
    path.write_bytes(data)
    with TestClient(
        create(path), base_url="http://127.0.0.1:8000", raise_server_exceptions=False
    ) as client:
        answer = client.get("/article/1?lang=en")
    assert answer.status_code == 503, answer.text[:500]
    assert "damaged" in answer.text
    assert "selon doctor" in answer.text
    assert str(tmp_path) not in answer.text


def test_an_error_of_the_program_is_none_of_the_file(tmp_path: Path, whole: bytes) -> None:
    path = tmp_path / "a.db"
    path.write_bytes(whole)
    for error in (ValueError("a"), TypeError("a"), sqlite3.OperationalError("no such column: x")):
        assert db_errors.explain(error, path) is None
    assert db_errors.explain(ValueError("a"), tmp_path / "none.db") is None


def test_what_the_room_keeps_is_saved(tmp_path: Path, whole: bytes) -> None:
    path = tmp_path / "a.db"
    path.write_bytes(whole)
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("create table room_watch (id integer primary key, name text not null)")
    connection.execute("insert into room_watch (name) values ('Zélie')")
    connection.close()
    kept: dict[str, Any] = {p.table: p for p in doctor.save(path, tmp_path / "b.db")}
    assert kept["room_watch"].read == 1
    with Library(tmp_path / "b.db") as library:
        assert library.connection.execute("select name from room_watch").fetchone()[0] == "Zélie"


def _pages_of_the_list(data: bytes) -> list[int]:
    """The pages that hold the list of tables: the first, and those that it leads to."""
    count = int.from_bytes(data[103:105], "big")
    if data[100] != 5:
        return [1]
    cells = [int.from_bytes(data[112 + 2 * n : 114 + 2 * n], "big") for n in range(count)]
    return [
        1,
        int.from_bytes(data[108:112], "big"),
        *(int.from_bytes(data[c : c + 4], "big") for c in cells),
    ]


def test_a_damaged_list_of_tables_loses_no_article(tmp_path: Path, whole: bytes) -> None:
    chance = random.Random(18)
    size = int.from_bytes(whole[16:18], "big")
    path, target = tmp_path / "a.db", tmp_path / "b.db"
    path.write_bytes(whole)
    right = {p.table: p.read for p in doctor.save(path, target)}
    kept = 0
    for _turn in range(20):
        page = chance.choice(_pages_of_the_list(whole))
        broken = bytearray(whole)
        broken[(page - 1) * size + chance.randrange(200, size)] ^= 1 << chance.randrange(8)
        path.write_bytes(broken)
        target.unlink()
        doctor.examine(path)
        found = {p.table: p.read for p in doctor.save(path, target)}
        kept += all(found[t] == right[t] for t in ("article", "version", "reading", "statement"))
        # No copy that was mended is left behind.
        assert sorted(p.name for p in tmp_path.iterdir() if p.name.startswith(".")) == []
    # A bit in the number of a table's first page cannot be mended.
    assert kept >= 18


def test_what_holds_nothing_makes_no_library(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    path.write_bytes(b"SQLite format 3\x00" + bytes(4080))
    with pytest.raises(SelonError, match="could be read"):
        doctor.save(path, tmp_path / "b.db")
    assert not (tmp_path / "b.db").exists()
