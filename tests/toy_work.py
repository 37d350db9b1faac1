"""Work for worker processes in tests: it must be importable in them."""

from __future__ import annotations

import os
import signal
from collections.abc import Sequence
from pathlib import Path


class Toy:
    """Answers with each word in capitals and its process; some words kill whoever works on them.

    `poison` kills always, `frail` only while the marker is not there.
    """

    def __init__(self, marker: Path) -> None:
        self.marker = marker

    def __call__(self, words: Sequence[str]) -> list[tuple[str, int]]:
        for word in words:
            if word == "frail" and not self.marker.exists():
                self.marker.touch()
                os.kill(os.getpid(), signal.SIGKILL)
            if word == "poison":
                os.kill(os.getpid(), signal.SIGKILL)
        return [(word.upper(), os.getpid()) for word in words]


def lost(word: str) -> tuple[str, int]:
    return (f"lost {word}", 0)
