"""JSON Lines: one article a line; a broken line is a failure, and the next is read."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator
from typing import BinaryIO, Final

from selon.i18n import _
from selon.ingest.fields import article_of_named_fields
from selon.ingest.options import ReadOptions
from selon.ingest.sources import FoundArticle, InputSource, Unreadable, empty, too_large
from selon.records import Failure

# A line is one article.
MAX_LINE_BYTES: Final = 50_000_000


def read(
    source: InputSource, stream: BinaryIO, options: ReadOptions
) -> Iterator[FoundArticle | Failure]:
    """The articles line by line, in the order of the file; one line is held in memory."""
    number = 0
    lines = False
    for number, line in enumerate(_lines(stream), 1):
        if len(line) > MAX_LINE_BYTES:
            lines = True
            yield too_large(MAX_LINE_BYTES).at(f"{source.name}:{number}")
            continue
        if number == 1:
            line = without_bom(line)
        if not line.strip():
            continue
        lines = True
        where = f"{source.name}:{number}"
        try:
            values = parse_json(line)
        except Unreadable as fault:
            yield fault.at(where)
        else:
            yield article_of_named_fields(values, where, options)
    if not lines:
        yield empty(source.name)


def _lines(stream: BinaryIO) -> Iterator[bytes]:
    """The lines; of one that is too long, its beginning."""
    while line := stream.readline(MAX_LINE_BYTES + 1):
        yield line
        if len(line) > MAX_LINE_BYTES:
            # The rest of it, in pieces.
            while line and not line.endswith(b"\n"):
                line = stream.readline(1 << 20)


def parse_json(data: bytes) -> object:
    """The JSON value of UTF-8 bytes; `Unreadable` says where it breaks."""
    try:
        return json.loads(data.decode("utf-8"))
    except UnicodeDecodeError as fault:
        raise Unreadable(
            _("this is not UTF-8 (byte {at})").format(at=fault.start),
            _("JSON must be UTF-8: iconv -f latin1 -t utf-8 FILE > NEW"),
        ) from None
    except json.JSONDecodeError as fault:
        raise Unreadable(
            _("this is not JSON: {why} (line {line}, column {column})").format(
                why=fault.msg, line=fault.lineno, column=fault.colno
            ),
            _("write the file again with a JSON library, one object a line for .jsonl"),
        ) from None
    except (ValueError, RecursionError):
        raise Unreadable(
            _("this JSON is nested too deeply, or one of its numbers is too long"),
            _("keep the article's own fields: id, text, title, outlet, published, url, authors"),
        ) from None


def without_bom(line: bytes) -> bytes:
    """The bytes without the mark of UTF-8; `Unreadable` where they are marked as UTF-16."""
    if line.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise Unreadable(
            _("this is UTF-16"), _("JSON must be UTF-8: iconv -f utf-16 -t utf-8 FILE > NEW")
        )
    return line.removeprefix(codecs.BOM_UTF8)
