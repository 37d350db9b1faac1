"""The library that a room serves: opened again by each request, in the thread that answers it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from selon.errors import SelonError
from selon.i18n import _
from selon.library.store import Library
from selon.web.count_cache import CountCache


class LibraryProvider:
    """The library file of a room; a handler opens it with `reading()` or `writing()`.

    SQLite in WAL mode lets any number read while one writes; opening costs well under a
    millisecond, and a connection is never shared between threads.
    """

    def __init__(self, path: Path, read_only: bool = False) -> None:
        self.path = path
        self.read_only = read_only
        self.counts = CountCache(path, self.reading)

    @contextmanager
    def reading(self) -> Iterator[Library]:
        """The library, to look things up only: what writes fails."""
        with Library(self.path, read_only=True) as library:
            library.connection.execute("pragma query_only = on")
            library.connection.execute("pragma mmap_size = 268435456")
            # One moment's state for the whole page, whatever is written meanwhile.
            library.connection.execute("begin")
            yield library

    @contextmanager
    def writing(self) -> Iterator[Library]:
        """The library, to judge or to add; raises `SelonError` where the room is read-only."""
        self.refuse_in_read_only()
        with Library(self.path) as library:
            yield library

    def refuse_in_read_only(self) -> None:
        """Raise `ReadOnlyError` where nothing may be written."""
        if self.read_only:
            raise ReadOnlyError(_("This reading room is read-only."))

    def scrubbed(self, words: str) -> str:
        """Words for a visitor, without this machine's folders."""
        for path in (self.path.absolute(), self.path.resolve(), self.path):
            words = words.replace(str(path), path.name)
        return words


class ReadOnlyError(SelonError):
    """Something was to be written in a read-only room."""


class AbsentError(SelonError):
    """There is nothing of this number in the library."""
