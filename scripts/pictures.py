"""Makes docs/assets/application-{fr,en}.png: an invented article in the application, by a real browser.

`python scripts/pictures.py`: the sample articles are read into a library that is dropped after, `selon serve`
shows them, Chromium (Playwright; SELON_CHROMIUM names the program) takes the pictures.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

from playwright.sync_api import sync_playwright

ROOT: Final = Path(__file__).parent.parent
SAMPLE: Final = ROOT / "src" / "selon" / "data" / "sample.jsonl"
ASSETS: Final = ROOT / "docs" / "assets"
CHROMIUM: Final = os.environ.get("SELON_CHROMIUM") or shutil.which("chromium")
SIZE: Final = {"width": 1200, "height": 720}
START_SECONDS: Final = 300


def main() -> None:
    """Read, serve, take the pictures."""
    ASSETS.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        library = Path(folder) / "press.db"
        selon = [sys.executable, "-m", "selon"]
        subprocess.run(
            [*selon, "add", str(SAMPLE), "--library", str(library), "--quiet"], check=True
        )
        port = _free_port()
        served = subprocess.Popen(
            [*selon, "serve", "--library", str(library), "--port", str(port), "--no-browser"],
            env={**os.environ, "SELON_BY": "Ana"},
        )
        try:
            _wait_for(port)
            _take(f"http://127.0.0.1:{port}")
        finally:
            served.terminate()
            served.wait(20)


def _take(address: str) -> None:
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for lang, locale in (("fr", "fr-FR"), ("en", "en-GB")):
            page = browser.new_context(locale=locale, viewport=SIZE).new_page()
            page.goto(f"{address}/article/1?lang={lang}")
            page.wait_for_load_state("networkidle")
            page.screenshot(path=ASSETS / f"application-{lang}.png")
        browser.close()


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _wait_for(port: int) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        with socket.socket() as one:
            if one.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    raise SystemExit(f"selon serve was not up in {START_SECONDS} s")


if __name__ == "__main__":
    main()
