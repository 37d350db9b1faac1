"""The formats that can be read: a line each, in the order in which contents are looked at."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import PurePath
from typing import TYPE_CHECKING, BinaryIO, Final, Protocol, cast

from selon.ingest.sources import Announced, Found, Source
from selon.records import Failure

if TYPE_CHECKING:
    from selon.ingest.options import Options


class Reader(Protocol):
    """What a format's module has."""

    def read(
        self, source: Source, stream: BinaryIO, options: Options
    ) -> Iterator[Found | Failure | Announced]:
        """The articles of a stream; may raise `Unreadable`, OSError, nothing else."""


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its module, the suffixes that mean it, and how a file of it begins."""

    name: str
    module: str
    suffixes: tuple[str, ...]
    begins: re.Pattern[bytes]


# White space and the UTF-8 byte order mark may come first.
_FIRST: Final = rb"(?:\xef\xbb\xbf)?\s*"
_BEFORE: Final = rb"(?:<!--.{0,500}?-->\s*|<\?xml[^>]{0,200}>\s*){0,5}"
_HTML: Final = _BEFORE + rb"<(?:!doctype\s+html|html|head|body)\b"
_ANYTHING: Final = re.compile(b"")
# Only where it is asked for by name.
_NEVER: Final = re.compile(b"(?!)")

FORMATS: Final = (
    Format(
        "html",
        "selon.ingest.webpage",
        (".html", ".htm", ".xhtml", ".shtml"),
        re.compile(_FIRST + _HTML, re.IGNORECASE | re.DOTALL),
    ),
    Format(
        "json",
        "selon.ingest.jsonfile",
        (".json",),
        re.compile(_FIRST + rb'(?:\[\s*\{\s*"|\{\s*[\r\n]\s*")'),
    ),
    Format(
        "jsonl",
        "selon.ingest.jsonlines",
        (".jsonl", ".ndjson", ".jsonlines"),
        re.compile(_FIRST + rb'\{\s*"'),
    ),
    Format("table", "selon.ingest.tables", (".csv", ".tsv", ".parquet"), re.compile(b"PAR1")),
    Format("warc", "selon.ingest.warc", (".warc", ".warc.gz", ".wacz"), re.compile(rb"WARC/1\.")),
    Format(
        "newsml",
        "selon.ingest.newsml",
        (".newsml",),
        re.compile(_FIRST + _BEFORE + rb"<(?:\w+:)?(?:newsItem|newsMessage)\b"),
    ),
    Format(
        "feed",
        "selon.ingest.feeds",
        (".rss", ".atom"),
        re.compile(_FIRST + _BEFORE + rb"<(?:\w+:)?(?:rss|feed|RDF|urlset|sitemapindex)\b"),
    ),
    Format("europresse", "selon.ingest.europresse", (), _NEVER),
    Format("text", "selon.ingest.plain", (".txt", ".text"), _ANYTHING),
)
# Bytes looked at to tell the format of standard input or of a file with another suffix.
HEAD: Final = 4096


def of(source: str, head: bytes, wanted: str | None) -> Format:
    """The format wanted of a file by its name, or that the suffix means, or that the first bytes look like.

    A page saved as `.txt` is a page all the same.
    """
    if wanted is not None:
        return next(f for f in FORMATS if f.name == wanted)
    name = PurePath(source).name.lower()
    meant = next((f for f in FORMATS if name.endswith(f.suffixes)), None)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        head = head.decode("utf-16", "ignore").encode("utf-8", "ignore")
    looks = next(f for f in FORMATS if f.begins.match(head[:HEAD]))
    if meant is None or (meant.name == "text" and looks.name == "html"):
        return looks
    return meant


def reader(chosen: Format) -> Reader:
    """A format's module, imported when first needed."""
    return cast(Reader, import_module(chosen.module))
