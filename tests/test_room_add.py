"""Adding in the browser: files sent, read in a process of their own, failures with their remedies."""

from __future__ import annotations

import sqlite3
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("litestar")

from litestar.datastructures import UploadFile
from litestar.testing import TestClient
from playwright.sync_api import expect

from room_browser import Visit, axe, chromium, faults_of, read_once, room, shoot, visit
from room_made import HOSTILE, broken, slow
from selon.ingest import ReadOptions
from selon.web import import_job
from selon.web.app import create
from selon.web.import_job import ImportJob, safe_file_name
from selon.web.job_queue import JobQueue
from selon.web.settings import Settings

__all__ = ["axe", "chromium", "read_once", "room", "visit"]

QUAI = "« Le quai sera refait », a dit Prune Delattre à Basile Ortéga.".encode()
LINES = (
    '{"id": "z1", "text": "« Nous verrons », a déclaré Prune Delattre.", "title": "'
    + HOSTILE.replace('"', "'")
    + '"}\n{"id": "z2"}\n'
).encode()
SENT = (
    ("quai.txt", QUAI),
    ("vide.txt", b""),
    (f"{HOSTILE}.bin", bytes(range(256)) * 9),
    ("lignes.jsonl", LINES),
)
BASE = "http://127.0.0.1:8000"


def _files(many: tuple[tuple[str, bytes], ...]) -> list[dict[str, Any]]:
    return [{"name": n, "mimeType": "text/plain", "buffer": content} for n, content in many]


@pytest.fixture
def path(tmp_path: Path, read_once: Path) -> Path:
    copy = tmp_path / "a.db"
    copy.write_bytes(read_once.read_bytes())
    return copy


@pytest.fixture
def client(path: Path) -> Iterator[TestClient[Any]]:
    with TestClient(create(path), base_url=BASE) as client:
        client.headers["accept-language"] = "en"
        yield client


def _post(client: TestClient[Any], files: Any, **data: str) -> Any:
    client.get("/add")
    data["_csrf_token"] = client.cookies["selon_csrf"]
    return client.post("/add", data=data, files=files, follow_redirects=False)


def _ended(client: TestClient[Any], number: int = 1) -> dict[str, Any]:
    until = time.monotonic() + 300
    while time.monotonic() < until:
        job: dict[str, Any] = next(
            j for j in client.get("/add/jobs").json() if j["number"] == number
        )
        if not job["under_way"]:
            return job
        time.sleep(0.2)
    raise AssertionError("the job did not end")


def test_files_are_sent_and_their_progress_seen(visit: Visit, axe: str) -> None:
    tab = visit("/add?lang=en", bypass_csp=True)
    tab.set_default_timeout(120_000)
    tab.locator("#files").set_input_files(_files(SENT))
    tab.locator(".send summary").click()
    tab.locator("#outlet").fill(f"Le Quai {HOSTILE}")
    with tab.expect_navigation():
        tab.locator(".send button").press("Enter")
    tab.wait_for_selector(".job.done")
    told = tab.locator(".job.done").inner_text()
    assert "2 articles added, 3 failed, 2 statements" in told
    assert "vide.txt: it contains no text" in told
    assert "lignes.jsonl:2: there is no “text”" in told
    assert tab.title() != "run"
    assert [f for f in faults_of(tab, axe) if f[1] in ("serious", "critical")] == []
    shoot(tab, "add-done")
    # The page made by the server says what the script had made.
    tab.reload()
    expect(tab.locator(".job.done")).to_have_text(told, use_inner_text=True)
    with tab.expect_navigation():
        tab.locator(".job.done details a").first.click()
    expect(tab.locator("main")).to_contain_text("Le quai sera refait", use_inner_text=True)


def test_without_script_the_page_loads_itself_again(visit: Visit) -> None:
    tab = visit("/add?lang=en", java_script_enabled=False)
    tab.locator("#files").set_input_files(_files((("nuit.txt", QUAI + b" La nuit tombe."),)))
    tab.locator(".send button").press("Enter")
    done = tab.locator(".job.done", has_text="nuit.txt")
    done.wait_for(timeout=300_000)
    expect(done).to_contain_text("1 article added", use_inner_text=True)


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_telephone(visit: Visit, lang: str, scheme: str) -> None:
    tab = visit(f"/add?lang={lang}", viewport={"width": 360, "height": 700}, color_scheme=scheme)
    assert tab.evaluate("document.documentElement.scrollWidth") <= 360
    tab.locator("#files").set_input_files(_files((("a" * 300 + ".txt", b"x"),)))
    assert tab.evaluate("document.documentElement.scrollWidth") <= 360
    shoot(tab, f"add-360-{lang}-{scheme}")


def test_what_was_sent_is_in_the_library_and_compared(
    client: TestClient[Any], path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    answer = _post(client, [("files", ("quai.txt", QUAI))], outlet="Le Quai", date="2026-03-05")
    assert (answer.status_code, answer.headers["location"]) == (303, "/add#job1")
    job = _ended(client)
    assert (job["state"], job["failures"]) == ("done", [])
    assert job["articles"][0]["title"].startswith("« Le quai sera refait »")
    connection = sqlite3.connect(path)
    key, outlet, published = connection.execute(
        "select key, outlet, published from article order by id desc"
    ).fetchone()
    assert (outlet, published) == ("Le Quai", "2026-03-05")
    assert "/" not in key
    assert connection.execute("select count(*) from folding").fetchone()[0] > 0
    # The same file again is known; another of its name is another article.
    two = [("files", ("quai.txt", QUAI)), ("files", ("quai.txt", QUAI + b" Il pleut."))]
    _post(client, two, outlet="Le Quai", date="2026-03-05")
    assert "1 article added" in _ended(client, 2)["counts"]
    assert "1 already known" in _ended(client, 2)["counts"]
    # What is known of it has changed: a new version, as with `selon add`.
    _post(client, two[:1])
    assert "1 article added, 1 of them a new version" in _ended(client, 3)["counts"]
    connection.close()
    assert list(temporary.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\Zélie\\Le pont.html", "Le pont.html"),
        ("\u202ecod.exe", "cod.exe"),
        ("a\x00b\x1b[31mc\n.txt", "a b [31mc.txt"),
        ("..", "file"),
        ("", "file"),
        (".htaccess", "htaccess"),
        ("-", "file"),
        ("http://gazette.example/x.html", "x.html"),
        ("archive.warc.gz", "archive.warc.gz"),
        ("Été à Brénac – 3e édition.jsonl", "Été à Brénac – 3e édition.jsonl"),
        ("سلام.txt", "سلام.txt"),
    ],
)
def test_names_lead_out_of_no_folder(name: str, kept: str) -> None:
    assert safe_file_name(name) == kept


def test_long_names_keep_their_ending(tmp_path: Path) -> None:
    for letter in ("a", "é", "語"):
        kept = safe_file_name(letter * 300 + ".jsonl")
        assert kept.endswith(".jsonl")
        assert len(kept.encode()) <= 150
        assert (
            tmp_path / import_job.save_upload(tmp_path, letter * 300 + ".jsonl", b"{}")
        ).exists()


def test_files_of_a_refused_form_are_closed(
    client: TestClient[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[UploadFile] = []
    before = UploadFile.__init__

    def noted(self: UploadFile, *args: Any, **given: Any) -> None:
        before(self, *args, **given)
        sent.append(self)

    monkeypatch.setattr(UploadFile, "__init__", noted)
    files = [("files", ("a.txt", b"x")), ("files", ("b.txt", b"y"))]
    assert client.post("/add", files=files).status_code == 403
    assert _post(client, files, lang="xx").status_code == 400
    assert len(sent) == 4
    assert all(one.file.closed for one in sent)


def test_what_may_not_be_sent(client: TestClient[Any], path: Path) -> None:
    one = [("files", ("a.txt", b"x"))]
    assert _post(client, None).status_code == 400
    assert "date" in _post(client, one, date=HOSTILE).text
    assert HOSTILE not in _post(client, one, date=HOSTILE).text
    assert _post(client, one, lang="xx").status_code == 400
    assert _post(client, one, columns=f"{HOSTILE}=x").status_code == 400
    assert client.post("/add", files=one).status_code == 403
    cross = client.post(
        "/add",
        files=one,
        data={"_csrf_token": client.cookies["selon_csrf"]},
        headers={"origin": "http://elsewhere.example"},
    )
    assert cross.status_code == 403
    assert client.get("/add/jobs").json() == []
    small = Settings(post_megabytes=1)
    with TestClient(create(path, small), base_url=BASE) as other:
        big = [("files", ("a.txt", b"x" * 1_500_000))]
        assert _post(other, big).status_code == 413
        assert other.get("/add/jobs").json() == []


def test_a_read_only_room_has_no_such_page(path: Path) -> None:
    with TestClient(create(path, Settings(read_only=True)), base_url=BASE) as client:
        assert client.get("/add").status_code == 404
        assert client.get("/add/jobs").status_code == 404
        assert 'href="/add"' not in client.get("/").text
        token = {"_csrf_token": client.cookies["selon_csrf"]}
        answer = client.post("/add", data=token, files=[("files", ("a.txt", QUAI))])
        assert answer.status_code == 404


def _order(desk: JobQueue, path: Path) -> ImportJob:
    folder = desk.folder()
    return ImportJob(
        path, folder, (import_job.save_upload(folder, "a.txt", QUAI),), ReadOptions(), "en"
    )


def _until(condition: Any) -> None:
    until = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.05)


def test_one_at_a_time_and_stopped_without_a_trace(path: Path) -> None:
    desk = JobQueue(slow)
    orders = [_order(desk, path) for _n in range(3)]
    jobs = [desk.put(order) for order in orders]
    _until(lambda: jobs[0].tally)
    assert [j.state for j in jobs] == ["reading", "waiting", "waiting"]
    desk.stop(2)
    assert (jobs[1].state, orders[1].folder.exists()) == ("stopped", False)
    desk.stop(1)
    _until(lambda: jobs[2].tally)
    assert (jobs[0].state, orders[0].folder.exists()) == ("stopped", False)
    desk.close()
    assert jobs[2].state == "stopped"
    assert not any(order.folder.exists() for order in orders)


def test_a_reader_that_dies_is_told_and_the_next_is_begun(path: Path) -> None:
    desk = JobQueue(broken)
    jobs = [desk.put(_order(desk, path)) for _n in range(2)]
    _until(lambda: not any(j.under_way for j in jobs))
    assert [j.state for j in jobs] == ["failed", "failed"]
    desk.close()


def test_so_many_wait_and_no_more(path: Path) -> None:
    desk = JobQueue(slow)
    while not desk.full():
        desk.put(_order(desk, path))
    assert len(desk.jobs()) == 9
    desk.close()
    assert not any(job.under_way for job in desk.jobs())
