"""Gold articles from files."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

Article = dict[str, Any]


def read_gold(paths: Sequence[Path], held_out: frozenset[str] = frozenset()) -> list[Article]:
    """The articles of JSON Lines files but for those held out."""
    found = []
    for path in paths:
        for line in path.read_text("utf-8").splitlines():
            if line.strip() and (article := json.loads(line))["id"] not in held_out:
                found.append(article)
    return found


def held_out(path: Path) -> frozenset[str]:
    """The ids of a list, one a line; `#` begins a remark."""
    lines = path.read_text("utf-8").splitlines()
    return frozenset(line.strip() for line in lines if line.strip() and line[0] != "#")
