"""Where bytes come from, and what a format's module hands to the door."""

from __future__ import annotations

import hashlib
import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, BinaryIO, cast

from selon.i18n import _
from selon.records import Article, Failure

STDIN = "-"


@dataclass(frozen=True, slots=True)
class InputSource:
    """A file, or standard input; `name` is how it is spoken of, always fit for UTF-8."""

    path: str
    name: str
    # What a table that lies beside the file says of it: pieces.Piece.
    beside: object = None

    @classmethod
    def of(cls, path: str | os.PathLike[str]) -> InputSource:
        """The source of a path; bytes of a file name that are no UTF-8 are shown as U+FFFD."""
        given = os.fspath(path)
        try:
            # Python carries such bytes about as lone surrogates, which no output can hold.
            name = os.fsencode(given)
        except UnicodeEncodeError:
            name = given.encode("utf-8", "replace")
        return cls(given, name.decode("utf-8", "replace"))

    @contextmanager
    def opened(self) -> Iterator[io.BufferedReader]:
        """Its bytes; OSError where it cannot be opened. Standard input stays open."""
        if self.path != STDIN:
            with open(_possible(self.path), "rb") as file:
                yield file
            return
        stream = _standard_input()
        try:
            yield stream
        finally:
            if stream is not getattr(sys.stdin, "buffer", None):
                stream.detach()


@dataclass(frozen=True, slots=True)
class FoundArticle:
    """An article as its format gave it, and where it stood (`file.jsonl:12`)."""

    where: str
    article: Article


@dataclass(frozen=True, slots=True)
class AnnouncedPage:
    """An article that a feed or sitemap only tells of; `listing`: another sitemap.

    `stamp` is when it was changed last, as the list says it: the same again, nothing is new.
    """

    where: str
    url: str
    stamp: str | None = None
    title: str | None = None
    outlet: str | None = None
    published: str | None = None
    listing: bool = False

    def failure(self) -> Failure:
        """What a file's reader makes of it, who fetches nothing."""
        return Failure(
            self.where,
            "ingest",
            _("the entry gives no text of the article"),
            _("fetch the page it links to: {url}").format(url=f"selon add {self.url}"),
        )


class Unreadable(Exception):
    """What a file holds cannot be read: why, and the remedy. Never leaves ingest."""

    def __init__(self, error: str, remedy: str) -> None:
        super().__init__(error)
        self.error = error
        self.remedy = remedy

    def at(self, where: str) -> Failure:
        """The failure that a run lists."""
        return Failure(where, "ingest", self.error, self.remedy)


def identity(url: str | None, text: str) -> str:
    """An article's id where none is given: 16 hexadecimal digits of the SHA-256 of url and text."""
    return hashlib.sha256(f"{url or ''}\n{text}".encode()).hexdigest()[:16]


def within(stream: BinaryIO, max_bytes: int = 50_000_000) -> bytes:
    """All bytes of a stream; `Unreadable` where there are more than `max_bytes`."""
    data = stream.read(max_bytes + 1)
    if len(data) > max_bytes:
        raise too_large(max_bytes)
    return data


def in_one(stream: BinaryIO, max_bytes: int = 50_000_000) -> bytes:
    """All bytes of a file that is read in one; `Unreadable` says how to part a larger one."""
    data = stream.read(max_bytes + 1)
    if len(data) > max_bytes:
        raise Unreadable(
            _("the file is larger than {size} MB").format(size=max_bytes // 1_000_000),
            _("split it into several files, or write its articles as CSV or JSON Lines"),
        )
    return data


class Joined(io.RawIOBase):
    """What was read of a stream already, then the rest of it."""

    def __init__(self, begins: bytes, rest: BinaryIO) -> None:
        self._begins, self._rest = memoryview(begins), rest

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: Any) -> int:
        """The next bytes."""
        data: Any = self._begins[: len(buffer)]
        if data:
            self._begins = self._begins[len(data) :]
        else:
            data = self._rest.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


def too_large(max_bytes: int) -> Unreadable:
    """What is said of a record that is larger than so many bytes."""
    return Unreadable(
        _("a record is larger than {size} MB").format(size=max_bytes // 1_000_000),
        _("leave it out"),
    )


def open_failure(source: InputSource, fault: OSError) -> Failure:
    """The failure of a file that cannot be opened or read to its end."""
    if isinstance(fault, FileNotFoundError):
        error, remedy = (
            _("there is no such file"),
            _("check the path; put quotes around it if it contains spaces"),
        )
    elif isinstance(fault, IsADirectoryError):
        error, remedy = _("this is a folder"), _("name its files: FOLDER/*.txt")
    elif isinstance(fault, PermissionError):
        error, remedy = (
            _("permission to read the file was denied"),
            _("ask its owner, or: chmod +r FILE"),
        )
    else:
        why = getattr(fault, "strerror", None) or str(fault)
        error = _("the file cannot be read: {why}").format(why=why)
        remedy = _("check the path and the disk it is on")
    return Failure(source.name, "ingest", error, remedy)


def empty(where: str) -> Failure:
    """The failure of an article without a word."""
    return Failure(where, "ingest", _("it contains no text"), _("remove it, or save it again"))


def _possible(path: str) -> str:
    """The same path; OSError, not ValueError, where no file can be called so."""
    try:
        if b"\x00" not in os.fsencode(path):
            return path
    except UnicodeEncodeError:
        pass
    raise FileNotFoundError(path)


def _standard_input() -> io.BufferedReader:
    stream = getattr(sys.stdin, "buffer", None)
    if stream is None:
        words = sys.stdin.read() if sys.stdin else ""
        stream = io.BytesIO(words.encode("utf-8", "replace"))
    if isinstance(stream, io.BufferedReader):
        return stream
    # Something that stands in for standard input: it may lack `peek`.
    return io.BufferedReader(cast("io.RawIOBase", cast(BinaryIO, stream)))
