"""Python looks for garbage less often while articles are read.

A reading makes tens of thousands of small records that live a moment, and Python takes each seven
hundred of them for a reason to look for cycles, at times through all that is loaded: six hundredths
of the time of a reading. Looking after twenty thousand finds the same few cycles.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Final

# Records made between two looks; looks between two deeper ones.
THRESHOLDS: Final = (20_000, 20, 20)


class _Readers:
    """How many read at the moment, and how often Python looked for garbage before the first did."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.count = 0
        self.before = gc.get_threshold()


_readers: Final = _Readers()


@contextmanager
def fewer_collections() -> Iterator[None]:
    """Fewer looks for garbage inside; as before where the last reader of the process leaves."""
    with _readers.lock:
        if not _readers.count:
            _readers.before = gc.get_threshold()
            # Leave gc alone where the caller has switched it off or set higher thresholds.
            if 0 < _readers.before[0] < THRESHOLDS[0]:
                gc.set_threshold(*THRESHOLDS)
        _readers.count += 1
    try:
        yield
    finally:
        with _readers.lock:
            _readers.count -= 1
            if not _readers.count:
                gc.set_threshold(*_readers.before)
