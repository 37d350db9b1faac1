"""Counts over the whole library, made beside the visitors: nobody waits long for one.

Some read an index of the whole library through, which takes up to seconds, and every judgement
makes them out of date. So a count is kept; once the library has changed, it is counted again in a
thread of its own, and who comes meanwhile is given what was counted before, told as such.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any, Final, Generic, TypeVar

from selon.library.store import Library

T = TypeVar("T")
Key = tuple[Any, ...]
_MAX_COUNTS: Final = 256
# Most counts are ready by then.
PATIENCE_S: Final = 0.15
MAX_WAIT_S: Final = 60.0


@dataclass(frozen=True, slots=True)
class CachedCount(Generic[T]):
    """A count; `fresh` tells whether it is of the library as it now stands."""

    value: T
    fresh: bool


class CountCache:
    """The counts of one library file; `reading` opens it."""

    def __init__(self, path: Path, reading: Callable[[], AbstractContextManager[Library]]) -> None:
        self._reading = reading
        self._path = path
        self._kept: dict[Key, tuple[tuple[int, ...], Any]] = {}
        self._running: dict[Key, Future[Any]] = {}
        self._ahead: dict[Key, Future[Any]] = {}
        self._lock = Lock()
        self._watch: sqlite3.Connection | None = None
        self._file = (0, 0)
        self._opened = 0
        self._watching = Lock()
        # Two: one long count does not hold up all others.
        self._threads = ThreadPoolExecutor(2, "counts")
        # What nobody has asked for yet holds up nobody who asks.
        self._spare = ThreadPoolExecutor(1, "counts ahead")

    def soon(
        self,
        key: Key,
        count: Callable[[Library], T],
        patience: float = PATIENCE_S,
        *,
        waited: bool = False,
    ) -> CachedCount[T] | None:
        """Return a cached count: the new one if it is ready in time, else the one before, else None.

        Who may be given the one before waits `PATIENCE_S` at most, and not at all who has `waited`
        for another count of the page.
        """
        with self._lock:
            held = self._kept.get(key)
            if held and held[0] == self._state():
                return CachedCount(held[1], True)
            running = self._started(key, count)
        again = 0.0 if waited else min(patience, PATIENCE_S)
        wait([running], timeout=again if held else patience)
        if running.done():
            state, value = running.result()
            return CachedCount(value, state == self._state())
        return CachedCount(held[1], False) if held else None

    def count_ahead(self, key: Key, count: Callable[[Library], T]) -> None:
        """Count what somebody will soon ask for, behind all that is asked for now."""
        with self._lock:
            held = self._kept.get(key)
            if key not in self._running and not (held and held[0] == self._state()):
                self._running[key] = self._ahead[key] = self._spare.submit(self._made, key, count)

    def whole(
        self, key: Key, count: Callable[[Library], T], *, waited: bool = False
    ) -> CachedCount[T]:
        """The count, or the one before it; waited for where it is the first."""
        found = self.soon(key, count, MAX_WAIT_S, waited=waited)
        if found is None:
            raise TimeoutError(key)
        return found

    def close(self) -> None:
        """Begin no further count, and let the file go."""
        for threads in (self._threads, self._spare):
            threads.shutdown(wait=False, cancel_futures=True)
        with self._watching:
            if self._watch is not None:
                self._watch.close()
                self._watch = None

    def _started(self, key: Key, count: Callable[[Library], T]) -> Future[Any]:
        """The count that is being made, or a new one; asked with the lock held."""
        running = self._running.get(key)
        ahead = self._ahead.pop(key, None)
        # One that waits behind others is taken out of their line.
        if running is None or (ahead is running and ahead.cancel()):
            running = self._threads.submit(self._made, key, count)
            self._running[key] = running
        return running

    def _made(self, key: Key, count: Callable[[Library], T]) -> tuple[tuple[int, ...], T]:
        try:
            # Asked before: what is written meanwhile makes the count a former one.
            state = self._state()
            with self._reading() as library:
                made = state, count(library)
            with self._lock:
                self._kept.pop(key, None)
                while len(self._kept) >= _MAX_COUNTS:
                    self._kept.pop(next(iter(self._kept)))
                self._kept[key] = made
            return made
        finally:
            with self._lock:
                self._running.pop(key, None)
                self._ahead.pop(key, None)

    def _state(self) -> tuple[int, ...]:
        """What changes with every commit of anybody, and whenever another file takes the place."""
        told = self._path.stat()
        file = told.st_dev, told.st_ino
        with self._watching:
            if self._watch is None or self._file != file:
                self._file = file
                self._watch = self._watched()
                # The numbers of two connections have nothing to do with each other.
                self._opened += 1
            number = self._watch.execute("pragma data_version").fetchone()[0]
        return self._opened, number

    def _watched(self) -> sqlite3.Connection:
        address = f"{self._path.absolute().as_uri()}?mode=ro"
        return sqlite3.connect(address, uri=True, check_same_thread=False, isolation_level=None)
