"""Web archives: WARC streamed record by record, WACZ member by member; HTML responses only.

A record or a member that unpacks to more than it may is a failure, and the next is read.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any, BinaryIO, Final, cast

from selon.i18n import _
from selon.ingest import webpage
from selon.ingest.compression import ARCHIVE_ERRORS
from selon.ingest.options import ReadOptions
from selon.ingest.sources import FoundArticle, InputSource, Unreadable, identity, too_large
from selon.ingest.tables import missing_extra
from selon.records import Failure

_MAX_PAGE_BYTES: Final = 20_000_000
_CHUNK: Final = re.compile(rb"(?:\r\n)?([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]*)?\r\n")
# A page compresses to a tenth; a bomb to a thousandth.
_MAX_RATIO: Final = 200


def read(
    source: InputSource, stream: BinaryIO, options: ReadOptions
) -> Iterator[FoundArticle | Failure]:
    """The pages of an archive, in its order; other records are passed over."""
    try:
        from fastwarc.warc import ArchiveIterator, WarcRecordType
    except ImportError as error:
        raise missing_extra("warc") from error
    head = stream.peek(4)[:4] if isinstance(stream, io.BufferedReader) else b""
    some = False
    for where, inner in (
        _members(source, stream) if head == b"PK\x03\x04" else ((source.name, stream),)
    ):
        if isinstance(inner, Failure):
            some = True
            yield inner
            continue
        try:
            kinds = WarcRecordType.response | WarcRecordType.resource
            tail = _Tail(inner)
            told = False
            for record in ArchiveIterator(cast(BinaryIO, tail), record_types=kinds):
                for item in _pages(record, where, options):
                    some = True
                    told = isinstance(item, Failure)
                    yield item
            if tail.cut() and not told:
                some = True
                yield _cut().at(f"{where}#end")
        except ARCHIVE_ERRORS as fault:
            yield _broken(fault).at(where)
            some = True
        except BaseException as fault:
            # What fastwarc's compiled part calls a panic is no Exception.
            if type(fault).__name__ != "PanicException":
                raise
            yield _broken(fault).at(where)
            some = True
    if not some:
        raise Unreadable(_("it contains no article"), _("save or export it again"))


class _Tail:
    """A stream that remembers how it began and ended: a record ends with two empty lines."""

    def __init__(self, inner: Any) -> None:
        self._inner = inner
        self._first = self._last = b""
        self._at = 0

    def read(self, size: int = -1) -> bytes:
        data = bytes(self._inner.read(size))
        self._first = (self._first + data)[:5]
        self._last = (self._last + data[-4:])[-4:]
        self._at += len(data)
        return data

    def tell(self) -> int:
        """How many bytes were read."""
        return self._at

    def cut(self) -> bool:
        """Whether an archive that is not packed breaks off."""
        return (
            self._first == b"WARC/"
            and not self._last.rstrip(b" ").endswith(b"\n\r\n")
            and (not self._last.endswith(b"\n\n"))
        )


def _members(source: InputSource, stream: BinaryIO) -> Iterator[tuple[str, Any]]:
    try:
        archive = zipfile.ZipFile(stream)
    except ARCHIVE_ERRORS as fault:
        raise _broken(fault) from None
    with archive:
        for member in archive.infolist():
            path = PurePosixPath(member.filename.replace("\\", "/"))
            where = f"{source.name}!{member.filename}"
            if path.is_absolute() or ".." in path.parts:
                # Nothing is unpacked to the disk; who writes such a name means harm all the same.
                error = _("a file in the archive has an unsafe path ({name})")
                yield where, Unreadable(error.format(name=path), _("leave it out")).at(where)
            elif path.name.endswith((".warc", ".warc.gz")):
                if member.file_size > _MAX_RATIO * max(member.compress_size, 1):
                    error = _("a file in the archive is too large once unpacked")
                    yield where, Unreadable(error, _("leave it out")).at(where)
                else:
                    try:
                        inner = archive.open(member)
                    except ARCHIVE_ERRORS as fault:
                        yield where, _broken(fault).at(where)
                        continue
                    with inner:
                        yield where, inner


def _pages(record: Any, where: str, options: ReadOptions) -> Iterator[FoundArticle | Failure]:
    kind = (record.http_content_type or "").lower() if record.is_http else _own_type(record)
    status = record.http_headers.status_code if record.http_headers else None
    if kind not in ("text/html", "application/xhtml+xml") or status not in (200, None):
        return
    url = str(record.headers.get("WARC-Target-URI") or "").strip("<>")
    place = f"{where} {url}"
    if record.headers.get("WARC-Truncated"):
        # Whoever captured the page left its end out, and says so.
        yield _cut().at(place)
        return
    try:
        data = _body(record)
        for item in webpage.read(InputSource(place, place), io.BytesIO(data), options):
            yield item if isinstance(item, Failure) else _with_address(item, url)
    except Unreadable as fault:
        yield fault.at(place)
    except ARCHIVE_ERRORS as fault:
        yield _broken(fault).at(place)


def _own_type(record: Any) -> str:
    # A resource is the page itself, without the answer around it.
    return str(record.headers.get("Content-Type") or "").partition(";")[0].strip().lower()


def _body(record: Any) -> bytes:
    data = bytes(record.reader.read(_MAX_PAGE_BYTES + 1))
    # What is left of a page that breaks off is no article.
    if len(data) < min(record.content_length, _MAX_PAGE_BYTES):
        raise _cut()
    if len(data) <= _MAX_PAGE_BYTES and record.http_headers:
        if "chunked" in str(record.http_headers.get("Transfer-Encoding") or "").lower():
            data = _join_segments(data)
        data = _decode(data, str(record.http_headers.get("Content-Encoding") or "").lower())
    if len(data) > _MAX_PAGE_BYTES:
        raise too_large(_MAX_PAGE_BYTES)
    return data


def _join_segments(data: bytes) -> bytes:
    """The body whose pieces were sent with their lengths; as it is where they were joined already."""
    joined: list[bytes] = []
    at = 0
    while match := _CHUNK.match(data, at):
        size = int(match[1], 16)
        if size == 0:
            return b"".join(joined)
        at = match.end() + size
        joined.append(data[match.end() : at])
    return data if not joined else b"".join(joined)


def _cut() -> Unreadable:
    return Unreadable(
        _("the article is incomplete: the file is truncated"), _("export or copy it again")
    )


def _decode(data: bytes, encoding: str) -> bytes:
    # fastwarc leaves content encodings alone; a bomb may hide in one.
    import zlib

    if encoding not in ("gzip", "deflate") or data.lstrip()[:1] == b"<":
        return data
    return zlib.decompressobj(47 if encoding == "gzip" else 15).decompress(
        data, _MAX_PAGE_BYTES + 1
    )


def _with_address(item: FoundArticle, url: str) -> FoundArticle:
    # The day of capture is no date of publication: it is left out.
    article = item.article
    address = article.url or url or None
    return FoundArticle(
        item.where, replace(article, url=address, id=identity(address, article.text))
    )


def _broken(fault: BaseException) -> Unreadable:
    return Unreadable(
        _("the file is not valid {kind}").format(kind="WARC/WACZ") + f" ({str(fault)[:120]})",
        _("save or export it again"),
    )
