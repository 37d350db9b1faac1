"""ZIP files: a document that is one (DOCX, ODT, EPUB, WACZ), or an archive of files, read in turn.

Nothing is unpacked to the disk but what must be searched back and forth; a member that unpacks to
more than it may, or is locked, is a failure, and the next is read.
"""

from __future__ import annotations

import io
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from importlib import import_module
from pathlib import PurePosixPath
from typing import IO, BinaryIO, Final, cast

from selon.i18n import _
from selon.ingest.compression import ARCHIVE_ERRORS
from selon.ingest.options import ReadOptions
from selon.ingest.pieces import Piece
from selon.ingest.sources import AnnouncedPage, FoundArticle, InputSource, Unreadable, too_large
from selon.records import Failure

# Prose packs to a quarter, tables of one value to a hundredth; past this, a bomb.
MAX_UNPACKED_BYTES: Final = 200
FREE_BYTES: Final = 20_000_000
# A part of a document is held whole.
MAX_PART_BYTES: Final = 40_000_000
_IN_MEMORY: Final = 16_000_000
_MAX_DEPTH: Final = 2
# What TXM calls the table of a folder of texts.
METADATA: Final = "metadata.csv"
_MAX_MEMBERS: Final = 200_000
_KINDS: Final = (
    ("word/document.xml", "docx"),
    ("xl/workbook.xml", "XLSX"),
    ("xl/workbook.bin", "XLSB"),
    ("ppt/presentation.xml", "PPTX"),
    ("visio/document.xml", "VSDX"),
)
_MIMETYPES: Final = {
    "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.oasis.opendocument.text-template": "odt",
    "application/epub+zip": "epub",
    "application/vnd.oasis.opendocument.spreadsheet": "ODS",
    "application/vnd.oasis.opendocument.presentation": "ODP",
}
_BESIDE: Final = ("_files", "_fichiers", ".files", ".fichiers")
_PAGES: Final = (".html", ".htm", ".xhtml")
_NO_TEXT: Final = (
    "thumbs.db", "desktop.ini", ".css", ".js", ".mjs", ".map", ".woff", ".woff2", ".ttf", ".otf", ".eot", ".ico",
)  # fmt: skip
_TABLES: Final = ("XLSX", "XLSB", "ODS")


def read(
    source: InputSource, stream: BinaryIO, options: ReadOptions, depth: int = 0
) -> Iterator[FoundArticle | Failure | AnnouncedPage]:
    """The articles of the document or of each file in the archive."""
    with searchable(stream) as file, open_archive(file) as archive:
        kind = _kind(archive)
        if kind in ("docx", "odt", "epub"):
            # By name: the modules of these formats ask for parts of the package.
            module = import_module(f"selon.ingest.{kind}")
            yield from module.read_package(archive, source, options)
        elif kind == "wacz":
            from selon.ingest import warc

            file.seek(0)
            yield from warc.read(source, io.BufferedReader(cast(io.RawIOBase, file)), options)
        elif kind:
            raise _unread(kind)
        else:
            yield from _members(archive, source, options, depth)


def searchable(stream: BinaryIO) -> IO[bytes]:
    """The stream, or a copy of it on the disk where one cannot go back in it."""
    # A file in an archive would be unpacked again for each step back.
    packed = isinstance(getattr(stream, "raw", None), zipfile.ZipExtFile)
    if stream.seekable() and not packed:
        return cast("IO[bytes]", _KeptFile(stream))
    copy = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115
    shutil.copyfileobj(stream, copy, 1 << 20)
    copy.seek(0)
    return cast("IO[bytes]", copy)


class _KeptFile:
    """A stream that stays open when who reads it is done."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def __getattr__(self, name: str) -> object:
        return getattr(self._stream, name)

    def __enter__(self) -> _KeptFile:
        return self

    def __exit__(self, *_error: object) -> None:
        return None

    def close(self) -> None:
        return None


def open_archive(file: IO[bytes]) -> zipfile.ZipFile:
    """The archive; `Unreadable` where it is cut or broken."""
    try:
        return zipfile.ZipFile(file)
    except (zipfile.BadZipFile, OSError, ValueError, EOFError, NotImplementedError) as fault:
        raise _broken(fault) from None


def part(archive: zipfile.ZipFile, name: str, max_bytes: int = MAX_PART_BYTES) -> bytes | None:
    """A part of a document, whole; None where it is not there, `Unreadable` where it may not be read."""
    try:
        member = archive.getinfo(name)
    except KeyError:
        return None
    fault = _refusal(member)
    if fault is not None or member.file_size > max_bytes:
        raise fault or too_large(max_bytes)
    try:
        return archive.read(member)
    except ARCHIVE_ERRORS as error:
        raise _broken(error) from None


def _kind(archive: zipfile.ZipFile) -> str | None:
    names = set(archive.namelist())
    for name, kind in _KINDS:
        if name in names:
            return kind
    if "mimetype" in names:
        said = (part(archive, "mimetype", 1000) or b"").decode("ascii", "replace").strip()
        if said in _MIMETYPES:
            return _MIMETYPES[said]
    if "content.xml" in names and "META-INF/manifest.xml" in names:
        return "odt"
    if "META-INF/container.xml" in names:
        return "epub"
    if "datapackage.json" in names and any(n.endswith((".warc", ".warc.gz")) for n in names):
        return "wacz"
    return None


def _members(
    archive: zipfile.ZipFile, source: InputSource, options: ReadOptions, depth: int
) -> Iterator[FoundArticle | Failure | AnnouncedPage]:
    from selon.ingest import formats

    some = False
    members = archive.infolist()
    if len(members) > _MAX_MEMBERS:
        raise Unreadable(
            _("the archive holds more than {n} files").format(n=_MAX_MEMBERS), _("unpack it first")
        )
    tables = _tables(archive, members)
    for member in members:
        # `is_dir` fails for a name of nothing.
        folder = member.filename.endswith("/")
        if folder or _hidden(member.filename) or member.filename in tables:
            continue
        some = True
        path = PurePosixPath(member.filename)
        known = tables.get(str(path.parent / METADATA), {}) if path.suffix == ".txt" else {}
        where = InputSource("", f"{source.name}!{member.filename}", known.get(path.stem))
        fault = _refusal(member) or (_too_deep(where.name) if depth >= _MAX_DEPTH else None)
        if fault is not None:
            yield fault.at(where.name)
            continue
        try:
            with archive.open(member) as inner:
                stream: io.BufferedReader = io.BufferedReader(cast(io.RawIOBase, inner), 1 << 16)
                yield from formats.items(where, stream, options, depth + 1)
        except Unreadable as unread:
            yield unread.at(where.name)
        except ARCHIVE_ERRORS as error:
            yield _broken(error).at(where.name)
    if not some:
        raise Unreadable(_("it contains no article"), _("save or export it again"))


def _tables(
    archive: zipfile.ZipFile, members: list[zipfile.ZipInfo]
) -> dict[str, dict[str, Piece]]:
    """TXM's `metadata.csv` of each folder, by its path: they say what the texts beside them are."""
    from selon.ingest import corpora

    found = {}
    for member in members:
        if PurePosixPath(member.filename).name == METADATA and member.file_size < FREE_BYTES:
            try:
                known = corpora.metadata_of_bytes(part(archive, member.filename) or b"")
            except Unreadable:
                continue
            if known:
                found[member.filename] = known
    return found


def _hidden(name: str) -> bool:
    # What systems put beside the files.
    parts = PurePosixPath(name).parts
    if any(p.startswith((".", "__MACOSX")) for p in parts):
        return True
    # A page that a browser saved has its pictures in a folder beside it; styles and scripts are no text.
    beside = any(p.endswith(_BESIDE) for p in parts[:-1]) and not name.lower().endswith(_PAGES)
    return beside or name.lower().endswith(_NO_TEXT)


def _refusal(member: zipfile.ZipInfo) -> Unreadable | None:
    path = PurePosixPath(member.filename.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts:
        return Unreadable(
            _("a file in the archive has an unsafe path ({name})").format(name=path),
            _("leave it out"),
        )
    if member.flag_bits & 1:
        return Unreadable(_("the file is locked by a password"), _("save it without the password"))
    if member.file_size > FREE_BYTES and member.file_size > MAX_UNPACKED_BYTES * max(
        member.compress_size, 1
    ):
        return Unreadable(_("a file in the archive is too large once unpacked"), _("leave it out"))
    return None


def _too_deep(name: str) -> Unreadable | None:
    if not name.lower().endswith(".zip"):
        return None
    return Unreadable(_("archives are nested too deeply"), _("unpack it first"))


def _unread(kind: str) -> Unreadable:
    remedy = _("save the article as text (.txt) or as a page (.html)")
    if kind in _TABLES:
        remedy = _("save the sheet as CSV")
    return Unreadable(_("this is not a text ({kind})").format(kind=kind), remedy)


def _broken(fault: BaseException) -> Unreadable:
    return Unreadable(
        _("the file is not valid {kind}").format(kind="ZIP") + f" ({str(fault)[:120]})",
        _("pack or copy it again"),
    )
