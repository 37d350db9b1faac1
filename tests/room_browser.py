"""The room as a real process and a real Chromium, for tests: imported as fixtures."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

import room_made

CHROMIUM = os.environ.get("SELON_CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
FLAGS = ("--no-sandbox", "--headless", "--disable-gpu", "--disable-background-networking")
AXE = "axe-core@4.11"
# A room that does not come up is told so; a busy machine takes its time.
START_SECONDS = 300
Visit = Callable[..., Any]


def _free() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


def _answers(port: int) -> bool:
    with socket.socket() as one:
        return one.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture(scope="session")
def read_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The library, read once; each test file works on a copy."""
    return room_made.library(tmp_path_factory.mktemp("read"))


@contextmanager
def room_over(path: Path, *options: str, by: str = "Anouk R.") -> Iterator[str]:
    """`selon serve` over a library, in a process of its own; its address.

    `by` signs for those who give no name of their own; empty: they are asked for one.
    """
    port = _free()
    order = [sys.executable, "-m", "selon", "serve", "--library", str(path), "--port", str(port)]
    # What the process says before it dies by itself is told, where and why in C too.
    settings = {**os.environ, "SELON_BY": by, "PYTHONFAULTHANDLER": "1"}
    with tempfile.TemporaryFile() as log:
        served = subprocess.Popen(
            [*order, *options], stdout=subprocess.DEVNULL, stderr=log, env=settings
        )
        try:
            until = time.monotonic() + START_SECONDS
            while not _answers(port):
                assert served.poll() is None, f"selon serve ended with {served.returncode}"
                assert time.monotonic() < until, f"selon serve was not up in {START_SECONDS} s"
                time.sleep(0.1)
            yield f"http://127.0.0.1:{port}"
        finally:
            died = served.poll()
            served.terminate()
            served.wait(20)
            if died is not None:
                log.seek(0)
                said = log.read().decode(errors="replace")[-6000:]
                raise RuntimeError(f"selon serve ended by itself with {died}:\n{said}")


@pytest.fixture(scope="module")
def room(read_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """`selon serve` over a copy of the library; its address."""
    path = tmp_path_factory.mktemp("room") / "brenac.db"
    shutil.copy(read_once, path)
    with room_over(path) as address:
        yield address


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """One browser for a file's tests (Playwright is started once at a time)."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if not Path(CHROMIUM).exists():
        pytest.skip("no Chromium here (apt-get install chromium)")
    with playwright.sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium: Any, room: str) -> Iterator[Visit]:
    """Opens a page of the room; at the end nothing complained and nothing came from elsewhere."""
    contexts, faults = [], []

    def visited(at: str, **options: Any) -> Any:
        options.setdefault("locale", "fr-FR")
        context = chromium.new_context(**options)
        contexts.append(context)
        context.set_default_timeout(60_000)
        tab = context.new_page()
        tab.on("console", lambda m: faults.append(f"{at}: {m.text}") if _ours(m) else None)
        tab.on("pageerror", lambda e: faults.append(f"{at}: {e}"))
        tab.on("dialog", lambda d: faults.append(f"dialog: {d.message}"))
        tab.on("request", lambda r: None if r.url.startswith(room) else faults.append(r.url))
        tab.goto(room + at)
        return tab

    yield visited
    for context in contexts:
        context.close()
    assert faults == [], faults


def _ours(message: Any) -> bool:
    # A browser asks for an icon by itself.
    return "favicon" not in str(message.location)


@pytest.fixture(scope="session")
def axe(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The script of axe-core, fetched from npm for this run."""
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("no npm here to fetch axe-core with")
    folder = tmp_path_factory.mktemp("axe")
    subprocess.run([npm, "pack", "--silent", AXE], cwd=folder, capture_output=True, timeout=120)
    packed = next(folder.glob("axe-core-*.tgz"), None)
    if packed is None:
        pytest.skip("axe-core could not be fetched from npm")
    with tarfile.open(packed) as archive:
        member = archive.extractfile("package/axe.min.js")
        assert member is not None
        return member.read().decode()


def shoot(tab: Any, name: str) -> None:
    """Keep a screenshot where `SELON_SHOTS` names a folder (CI keeps it)."""
    folder = os.environ.get("SELON_SHOTS")
    if folder:
        tab.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=True)


def faults_of(tab: Any, axe: str) -> list[Any]:
    """What axe says of a page; open it with `bypass_csp`."""
    tab.evaluate(axe)
    found = tab.evaluate("axe.run({resultTypes: ['violations']}).then(r => r.violations)")
    return [(v["id"], v["impact"], [n["html"][:120] for n in v["nodes"][:3]]) for v in found]
