"""The formats that can be read: a line each, in the order in which contents are looked at."""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, BinaryIO, Final, Protocol, cast

from selon.ingest import compression
from selon.ingest.sources import AnnouncedPage, FoundArticle, InputSource
from selon.records import Failure

if TYPE_CHECKING:
    from selon.ingest.options import ReadOptions


class FormatReader(Protocol):
    """What a format's module has."""

    def read(
        self, source: InputSource, stream: BinaryIO, options: ReadOptions
    ) -> Iterator[FoundArticle | Failure | AnnouncedPage]:
        """The articles of a stream; may raise `Unreadable`, OSError, nothing else."""


@dataclass(frozen=True, slots=True)
class InputFormat:
    """A format: its module, the suffixes that mean it, and how a file of it begins.

    `sure`: nothing else begins so, whatever the file is called.
    """

    name: str
    module: str
    suffixes: tuple[str, ...]
    begins: re.Pattern[bytes]
    sure: bool = False


# White space and the UTF-8 byte order mark may come first.
_FIRST: Final = rb"(?:\xef\xbb\xbf)?\s*"
_BEFORE: Final = rb"(?:<!--.{0,500}?-->\s*|<\?xml[^>]{0,200}>\s*){0,5}"
_HTML: Final = _BEFORE + rb"<(?:!doctype\s+html|html|head|body)\b"
_ANYTHING: Final = re.compile(b"")
# Only where it is asked for by name.
_NEVER: Final = re.compile(b"(?!)")
_TIMES: Final = rb"(?:\d+:)?\d\d:\d\d[,.]\d{3}[ \t]*-->"
_FIELDS: Final = (
    rb"(?:From|To|Subject|Date|Return-Path|Received|Delivered-To|MIME-Version|Message-ID|Reply-To"
    rb"|Snapshot-Content-Location|List-[A-Za-z]+|DKIM-Signature|Content-Type|X-[A-Za-z-]+)"
)

FORMATS: Final = (
    InputFormat(
        "pdf",
        "selon.ingest.pdf",
        (".pdf",),
        re.compile(rb".{0,1024}?%PDF-\d", re.DOTALL),
        sure=True,
    ),
    InputFormat("rtf", "selon.ingest.rtf", (".rtf",), re.compile(_FIRST + rb"\{\\rtf"), sure=True),
    InputFormat(
        "zip",
        "selon.ingest.archives",
        (".zip", ".docx", ".odt", ".ott", ".epub"),
        re.compile(rb"PK\x03\x04|PK\x05\x06"),
        sure=True,
    ),
    InputFormat(
        "html",
        "selon.ingest.webpage",
        (".html", ".htm", ".xhtml", ".shtml"),
        re.compile(_FIRST + _HTML, re.IGNORECASE | re.DOTALL),
        sure=True,
    ),
    InputFormat(
        "json",
        "selon.ingest.jsonfile",
        (".json",),
        re.compile(_FIRST + rb'(?:\[\s*\{\s*"|\{\s*[\r\n]\s*")'),
    ),
    InputFormat(
        "jsonl",
        "selon.ingest.jsonlines",
        (".jsonl", ".ndjson", ".jsonlines"),
        re.compile(_FIRST + rb'\{\s*"'),
    ),
    InputFormat("table", "selon.ingest.tables", (".csv", ".tsv", ".parquet"), re.compile(b"PAR1")),
    InputFormat(
        "warc",
        "selon.ingest.warc",
        (".warc", ".warc.gz", ".wacz"),
        re.compile(rb"WARC/1\."),
        sure=True,
    ),
    InputFormat(
        "newsml",
        "selon.ingest.newsml",
        (".newsml",),
        re.compile(_FIRST + _BEFORE + rb"<(?:\w+:)?(?:newsItem|newsMessage)(?![\w.-])"),
        sure=True,
    ),
    InputFormat(
        "feed",
        "selon.ingest.feeds",
        (".rss", ".atom"),
        re.compile(_FIRST + _BEFORE + rb"<(?:\w+:)?(?:rss|feed|RDF|urlset|sitemapindex)(?![\w.-])"),
        sure=True,
    ),
    InputFormat(
        "xml",
        "selon.ingest.xmlfile",
        (".xml", ".nitf", ".fodt"),
        re.compile(
            _FIRST + rb"(?:<\?xml\b|<!DOCTYPE\s+(?!html)|<(?:NewsML|nitf|PPSResponse)\b)",
            re.IGNORECASE,
        ),
        sure=True,
    ),
    InputFormat("europresse", "selon.ingest.europresse", (), _NEVER),
    InputFormat(
        "iramuteq",
        "selon.ingest.corpora",
        (),
        re.compile(_FIRST + rb"(?:\*{4}|0001)[ \t]+\*[^\s*]"),
        sure=True,
    ),
    InputFormat(
        "subtitles",
        "selon.ingest.subtitles",
        (".srt", ".vtt", ".sbv"),
        re.compile(
            _FIRST
            + rb"(?:WEBVTT\b|\d+\s*\r?\n"
            + _TIMES
            + rb"|"
            + _TIMES
            + rb"|\d+:\d\d:\d\d\.\d{3},\d+:\d\d:\d\d\.\d{3}\s)"
        ),
        sure=True,
    ),
    InputFormat(
        "mail",
        "selon.ingest.mail",
        (".eml", ".mbox", ".mbx", ".mht", ".mhtml"),
        re.compile(
            _FIRST + rb"(?:From \S+ .{10,60}\d{4}\s*\r?\n)?" + _FIELDS + rb":[^\r\n]*\r?\n"
            rb"(?:(?:[ \t][^\r\n]*|[A-Za-z][A-Za-z-]*:[^\r\n]*)\r?\n){2,}"
        ),
    ),
    InputFormat("text", "selon.ingest.plain", (".txt", ".text"), _ANYTHING),
)
# Bytes looked at to tell the format of standard input or of a file with another suffix.
HEAD: Final = 4096


def of(source: str, head: bytes, wanted: str | None) -> InputFormat:
    """The format wanted of a file by its name, or that the first bytes surely are, or the suffix means.

    A page saved as `.txt` is a page all the same, an RTF called `.doc` an RTF.
    """
    if wanted is not None:
        return next(f for f in FORMATS if f.name == wanted)
    name = PurePath(source).name.lower()
    meant = next((f for f in FORMATS if name.endswith(f.suffixes)), None)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        head = head.decode("utf-16", "ignore").encode("utf-8", "ignore")
    looks = next(f for f in FORMATS if f.begins.match(head[:HEAD]))
    if looks.sure and not (meant is not None and meant.name == "feed" and looks.name == "xml"):
        # Archives of the web are ZIP files by another name.
        return meant if meant is not None and meant.name == "warc" else looks
    if meant is None or (meant.name == "text" and looks.name == "mail"):
        return looks
    return meant


def reader(chosen: InputFormat) -> FormatReader:
    """A format's module, imported when first needed."""
    return cast(FormatReader, import_module(chosen.module))


def items(
    source: InputSource, stream: io.BufferedReader, options: ReadOptions, depth: int = 0
) -> Iterator[FoundArticle | Failure | AnnouncedPage]:
    """What a stream holds, read as what its name and its first bytes say; `depth`: archives around it."""
    chosen = of(source.name, stream.peek(HEAD), options.format)
    if chosen.name != "warc" and stream.peek(2).startswith(compression.MAGIC):
        stream = compression.open_compressed(stream)
        chosen = of(compression.bare(source.name), stream.peek(HEAD), options.format)
    if chosen.name == "zip" and depth:
        yield from cast(Any, reader(chosen)).read(source, stream, options, depth)
    else:
        yield from reader(chosen).read(source, stream, options)
