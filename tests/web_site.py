"""The news site of `web_host.py` in a process of its own, for a test."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest


@dataclass
class Site:
    url: str
    log: Path

    def asked(self, but: str = "/robots.txt") -> list[str]:
        return [r["path"] for r in self.requests() if r["path"] != but]

    def requests(self) -> list[dict[str, Any]]:
        lines = self.log.read_text("utf-8").splitlines() if self.log.exists() else ()
        return [json.loads(line) for line in lines]

    def becomes(self, **state: object) -> None:
        self.log.with_suffix(".state").write_text(json.dumps(state), "utf-8")
        self.log.unlink(missing_ok=True)


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    monkeypatch.setenv("SELON_LANG", "en")
    log = tmp_path / "web.log"
    script = Path(__file__).parent / "web_host.py"
    with subprocess.Popen(
        [sys.executable, str(script), str(log)], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        yield Site(f"http://127.0.0.1:{process.stdout.readline().strip()}", log)
        process.kill()
