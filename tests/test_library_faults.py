"""A full disk, damaged pages, another's lock: called what they are; nothing lost that was whole."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from library_made import article, reader
from selon.errors import SelonError
from selon.library import add, db_errors, doctor, fetch, store
from selon.library.runs import Maker
from selon.library.store import Library

MAKER = Maker("0", "test")


def filled(path: Path, count: int) -> None:
    with Library(path, create=True) as library:
        add.add(library, (article(n) for n in range(count)), reader, MAKER)
        library.connection.execute("pragma wal_checkpoint(truncate)")


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """A file system of its own with two megabytes."""
    place = tmp_path / "small"
    place.mkdir()
    mount = shutil.which("mount")
    if not mount or os.name != "posix" or os.geteuid() != 0:
        pytest.skip("a small file system can be mounted by root only")
    done = subprocess.run(
        [mount, "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(place)],
        capture_output=True,
        check=False,
    )
    if done.returncode:
        pytest.skip(f"no file system may be mounted here: {done.stderr.decode()[:100]}")
    yield place
    # Lazily: a failed test may still hold a file.
    subprocess.run(["umount", "-l", str(place)], check=False)


def test_a_full_disk_is_called_a_full_disk(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SELON_LANG", "en")
    path = small / "a.db"
    long = "« Nous rouvrirons l’école », a dit Mme Zélie Coeurdeloup. " * 400
    with Library(path, create=True) as library, pytest.raises(SelonError) as refused:
        add.add(library, (article(n, body=f"{n} {long}") for n in range(200)), reader, MAKER)
    assert "full" in str(refused.value)
    assert "damaged" not in str(refused.value)
    assert "restore" not in str(refused.value)
    # What was written is whole, and room lets it go on.
    assert not [f for f in doctor.examine(path) if f.state == "damaged"]
    with Library(path) as library:
        assert all(r.statements for r in fetch.current(library.connection))
    with pytest.raises(SelonError, match="full"):
        doctor.backup(path, small / "copy.db")
    assert sorted(p.name for p in small.iterdir() if "copy" in p.name) == []


def _fill(path: Path) -> None:
    with suppress(OSError), path.open("wb", buffering=0) as file:
        while file.write(b"x" * 4096):
            pass


def test_opening_on_a_full_disk(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SELON_LANG", "en")
    _fill(small / "fill")
    with pytest.raises(SelonError, match="full"):
        Library(small / "new.db", create=True)


def test_a_lock_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SELON_LANG", "en")
    monkeypatch.setattr(store, "_WAIT_SECONDS", 0.2)
    path = tmp_path / "a.db"
    filled(path, 2)
    code = (
        "import sqlite3,sys; c = sqlite3.connect(sys.argv[1], isolation_level=None);"
        "c.execute('begin immediate'); print('held', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        other.stdout.readline()
        with Library(path) as library, pytest.raises(SelonError) as refused:
            add.add(library, [article(7)], reader, MAKER)
        held = db_errors.holders(path)
        other.communicate(b"")
    assert "being written by" in str(refused.value)
    if held:
        assert str(other.pid) in str(refused.value)


def _error(
    path: Path,
) -> sqlite3.DatabaseError | SelonError | ValueError | TypeError | LookupError | None:
    try:
        with Library(path) as library:
            add.add(library, [article(50)], reader, MAKER)
            list(fetch.current(library.connection))
    except (sqlite3.DatabaseError, SelonError, ValueError, TypeError, LookupError) as error:
        return error
    return None


@pytest.mark.parametrize("seed", range(12))
def test_flipped_bytes_give_a_sentence_and_lose_nothing_whole(tmp_path: Path, seed: int) -> None:
    path = tmp_path / "a.db"
    filled(path, 40)
    whole = {f"art-{n}" for n in range(40)}
    chance = random.Random(seed)
    data = bytearray(path.read_bytes())
    page = 4096
    # One page in the middle: never the first, without which nothing says what the file is.
    at = chance.randrange(2, len(data) // page) * page
    for _n in range(200):
        data[at + chance.randrange(page)] = chance.randrange(256)
    path.write_bytes(data)
    found = doctor.examine(path)
    assert found
    # Refused in words, or by an error that the command line tells in words (`db_errors.explain`); a byte
    # flipped inside a text is no damage that a file shows.
    said = _error(path)
    assert isinstance(
        said, SelonError | ValueError | TypeError | LookupError | None
    ) or db_errors.explain(said, path)
    path.write_bytes(data)
    for end in ("-wal", "-shm"):
        Path(f"{path}{end}").unlink(missing_ok=True)
    saved = {part.table: part for part in doctor.save(path, tmp_path / "saved.db")}
    with Library(tmp_path / "saved.db") as library:
        assert library.connection.execute("pragma integrity_check").fetchone()[0] == "ok"
        assert not library.connection.execute("pragma foreign_key_check").fetchall()
        kept = {r[0] for r in library.connection.execute("select record from version")}
    # A page holds at most some forty rows of one table.
    assert len(kept & whole) >= 40 - 25 or saved["version"].read < 15


@pytest.mark.parametrize("cut", [0, 50, 3000, 40_000])
def test_a_file_cut_short(tmp_path: Path, cut: int) -> None:
    path = tmp_path / "a.db"
    filled(path, 20)
    path.write_bytes(path.read_bytes()[:-40_000][: cut or None])
    found = doctor.examine(path)
    assert [f for f in found if f.state in ("damaged", "warning")], found
    with pytest.raises(SelonError):
        doctor.examine(tmp_path / "none.db")


def test_a_library_that_is_whole_is_said_to_be(tmp_path: Path) -> None:
    filled(tmp_path / "a.db", 3)
    assert {f.state for f in doctor.examine(tmp_path / "a.db")} <= {"sound", "warning"}
    saved = doctor.save(tmp_path / "a.db", tmp_path / "b.db")
    assert all(part.read == part.known for part in saved if part.table != "voicing")
    with Library(tmp_path / "a.db") as a, Library(tmp_path / "b.db") as b:
        assert list(fetch.current(a.connection)) == list(fetch.current(b.connection))
    with pytest.raises(SelonError):
        doctor.save(tmp_path / "a.db", tmp_path / "b.db")
