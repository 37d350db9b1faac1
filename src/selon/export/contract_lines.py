"""The exchange contract: one whole reading a line."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

import orjson

from selon.contract import to_json
from selon.records import Reading


def write(readings: Iterable[Reading], out: TextIO) -> None:
    """Write readings as JSON Lines."""
    for reading in readings:
        out.write(orjson.dumps(to_json(reading)).decode() + "\n")
