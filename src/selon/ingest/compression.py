"""A file packed with gzip, read as the file that is in it (`articles.jsonl.gz`)."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from typing import Any, BinaryIO, Final

from selon.i18n import _
from selon.ingest.sources import Unreadable

MAGIC: Final = b"\x1f\x8b"
SUFFIXES: Final = (".gz", ".gzip")
# Text packs to a tenth; a hundredth and more, past this many bytes, is made to fill a memory.
RATIO: Final = 100
FREE_BYTES: Final = 50_000_000
# What reading an archive or a part of one may raise.
ARCHIVE_ERRORS: Final = (
    zipfile.BadZipFile, OSError, ValueError, RuntimeError, EOFError, zlib.error, NotImplementedError,
    MemoryError,
)  # fmt: skip


def open_compressed(stream: BinaryIO) -> io.BufferedReader:
    """The bytes inside; reading raises `Unreadable` where they are broken or beyond measure."""
    return io.BufferedReader(_Inside(stream), 1 << 16)


def bare(name: str) -> str:
    """A file's name without the suffix that tells that it is packed."""
    return next((name[: -len(s)] for s in SUFFIXES if name.lower().endswith(s)), name)


class _CountedStream:
    """The packed bytes, counted on their way."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream, self.count = stream, 0

    def read(self, max_bytes: int = -1) -> bytes:
        data = self._stream.read(max_bytes)
        self.count += len(data)
        return data


class _Inside(io.RawIOBase):
    def __init__(self, stream: BinaryIO) -> None:
        self._packed = _CountedStream(stream)
        self._file = gzip.GzipFile(fileobj=self._packed)  # type: ignore[call-overload]
        self._given = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        try:
            data = self._file.read1(len(buffer))
        except (EOFError, zlib.error, gzip.BadGzipFile):
            raise Unreadable(
                _("the file is not valid {kind}").format(kind="GZIP"), _("pack or copy it again")
            ) from None
        self._given += len(data)
        if self._given > FREE_BYTES + RATIO * self._packed.count:
            raise Unreadable(
                _("the compressed file expands to over {n} times its size").format(n=RATIO),
                _("unpack it and check its content"),
            )
        buffer[: len(data)] = data
        return len(data)
