"""Five read, two review, one adds and one watches a feed, all at once, in real processes: nothing is lost."""

from __future__ import annotations

import http.client
import multiprocessing
import re
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import quote, urlencode

import orjson
import pytest

pytest.importorskip("litestar")

from room_browser import room_over
from selon.bench.library import readings
from selon.library import add, runs
from selon.library.store import Library

READERS, REVIEWERS, JUDGED, ADDED = 5, 2, 40, 150
PAGES = (
    *("/", "/?words=ba", "/?counts=wait", "/review", "/outlet", "/stats?by=speaker"),
    *(
        "/article/{n}",
        "/person/{n}",
        "/family/{n}",
        "/api/statements?limit=50",
        "/check?words=ba+ce",
    ),
)
NEW = "select distinct url from article where url like 'https://load.example/%'"
# What the adding wrote to its standard error.
TOLD = "adding.txt"
FORKED = multiprocessing.get_context("fork")


@pytest.mark.slow
def test_nothing_is_lost_while_all_are_at_work(tmp_path: Path) -> None:
    path = tmp_path / "busy.db"
    with Library(path, create=True) as library:
        add.load(library, readings(150), runs.Maker("test", ""))
    ids = _ids(path, "select id from statement order by id")
    with room_over(path) as address:
        port = int(address.rpartition(":")[2])
        adding = _adding(tmp_path, path)
        told: multiprocessing.Queue[list[str]] = FORKED.Queue()
        stop = FORKED.Event()
        readers = [FORKED.Process(target=_read, args=(port, n, stop, told)) for n in range(READERS)]
        reviewers = [
            FORKED.Process(target=_review, args=(port, f"Rev{n}", ids[n :: REVIEWERS + 1], told))
            for n in range(REVIEWERS)
        ]
        # Both judge these, in the same moment as it may be.
        both = [
            FORKED.Process(
                target=_review, args=(port, f"Rev{n}", ids[2 :: REVIEWERS + 1][:9], told)
            )
            for n in range(REVIEWERS)
        ]
        feed = FORKED.Process(target=_watch, args=(port, stop, told))
        for process in (*readers, feed):
            process.start()
        # Judged while the adding writes, not before.
        until = time.monotonic() + 90
        while not _ids(path, NEW) and time.monotonic() < until and adding.poll() is None:
            time.sleep(0.05)
        assert adding.poll() is None, "the adding was over before anybody judged"
        for process in (*reviewers, *both):
            process.start()
        assert adding.wait(200) == 0, (tmp_path / TOLD).read_text("utf-8")
        for process in (*reviewers, *both):
            process.join(60)
        stop.set()
        many = READERS + 2 * REVIEWERS + 1
        faults = [fault for _ in range(many) for fault in told.get(timeout=60)]
    assert faults == []
    _whole(path, ids)


def _whole(path: Path, ids: list[int]) -> None:
    connection = sqlite3.connect(path)
    try:
        assert connection.execute("pragma integrity_check").fetchall() == [("ok",)]
        assert connection.execute("pragma foreign_key_check").fetchall() == []
        for index in ("words", "names"):
            connection.execute(f"insert into {index} ({index}, rank) values ('integrity-check', 1)")
        judged = connection.execute(
            "select j.by, t.statement_id, count(*) from judgement j"
            " join attachment t on t.judgement_id = j.id where j.by like 'human:Rev%' group by 1, 2"
        ).fetchall()
        wanted = {
            (f"human:Rev{n}", i, 1)
            for n in range(REVIEWERS)
            for i in (*ids[n :: REVIEWERS + 1][:JUDGED], *ids[2 :: REVIEWERS + 1][:9])
        }
        assert set(judged) == wanted
        assert len(connection.execute(NEW).fetchall()) == ADDED
        said = connection.execute(
            "select count(*) from statement where content like 'La digue numéro % tiendra'"
        ).fetchone()
        assert said[0] == ADDED
        assert connection.execute("select count(*) from failure").fetchone()[0] == 0
    finally:
        connection.close()


def _ids(path: Path, query: str) -> list[int]:
    connection = sqlite3.connect(path)
    found = [row[0] for row in connection.execute(query)]
    connection.close()
    return found


def _adding(folder: Path, library: Path) -> subprocess.Popen[bytes]:
    made = folder / "new.jsonl"
    made.write_bytes(
        b"".join(
            orjson.dumps(
                {
                    "id": f"n{n}",
                    "url": f"https://load.example/{n}",
                    "text": f"« La digue numéro {n} tiendra », a déclaré Flore Tardieu mardi.",
                    "outlet": f"Le Phare {n % 5}",
                    "published": "2026-03-02",
                    "language": "fr",
                }
            )
            + b"\n"
            for n in range(ADDED)
        )
    )
    order = [sys.executable, "-m", "selon", "add", str(made), "--library", str(library)]
    with (folder / TOLD).open("wb") as told:
        return subprocess.Popen(
            [*order, "--jobs", "1", "--quiet"], stdout=subprocess.DEVNULL, stderr=told
        )


def _ask(
    port: int, method: str, address: str, body: str = "", cookies: str = ""
) -> tuple[int, str, list[str]]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {"cookie": cookies} if cookies else {}
    if body:
        headers["content-type"] = "application/x-www-form-urlencoded"
    connection.request(method, address, body or None, headers)
    answer = connection.getresponse()
    text = answer.read().decode()
    given = [v.split(";")[0] for k, v in answer.getheaders() if k.lower() == "set-cookie"]
    connection.close()
    return answer.status, text, given


def _read(port: int, start: int, stop, told) -> None:  # type: ignore[no-untyped-def]
    faults, n = [], start
    try:
        while not stop.is_set():
            address = PAGES[n % len(PAGES)].format(n=1 + n % 97)
            status, text, _ = _ask(port, "GET", address)
            if (
                status >= 500
                or "database is locked" in text
                or (status >= 400 and "{n}" not in PAGES[n % len(PAGES)])
            ):
                faults.append(f"{status} {address} {text[:200]}")
            n += 1
            time.sleep(0.05)
    except Exception as error:
        faults.append(repr(error))
    told.put(faults)


def _watch(port: int, stop, told) -> None:  # type: ignore[no-untyped-def]
    """Saves a search, asks its feed until all is done; what is added must come, and stay."""
    faults: list[str] = []
    try:
        _, page, cookies = _ask(port, "GET", "/watch?words=digue")
        found = re.search(r'name="_csrf_token" value="([^"]+)"', page)
        assert found
        jar = "; ".join([*cookies, "selon_reviewer=Veille"])
        body = urlencode({"words": "digue", "name": "La digue", "_csrf_token": found[1]})
        status, text, _ = _ask(port, "POST", "/watch", body, jar)
        if status != 303:
            faults.append(f"{status} /watch {text[:200]}")
        before = 0
        while True:
            last = stop.is_set()
            status, text, _ = _ask(port, "GET", "/watch/1/feed", cookies=jar)
            now = text.count("<entry>")
            if status != 200 or now < before:
                faults.append(f"{status} feed: {now} entries after {before}")
            before = now
            if last:
                break
            time.sleep(0.2)
        if not before:
            faults.append("nothing came by the feed")
    except Exception as error:
        faults.append(repr(error))
    told.put(faults)


def _review(port: int, name: str, ids: list[int], told) -> None:  # type: ignore[no-untyped-def]
    faults = []
    try:
        _, page, cookies = _ask(port, "GET", "/review")
        found = re.search(r'name="_csrf_token" value="([^"]+)"', page)
        assert found
        jar = "; ".join([*cookies, f"selon_reviewer={quote(name)}"])
        for n, one in enumerate(ids[:JUDGED]):
            deed = "accept" if n % 2 else "reject"
            body = urlencode({"deed": f"{deed} {one}", "_csrf_token": found[1]})
            status, text, _ = _ask(port, "POST", "/review/statement", body, jar)
            if status != 303:
                faults.append(f"{status} {deed} {one} {text[:200]}")
    except Exception as error:
        faults.append(repr(error))
    told.put(faults)
