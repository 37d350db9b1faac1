"""Plain text: one file, one article, not a character changed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from selon.ingest.charset import decoded
from selon.ingest.options import Options
from selon.ingest.sources import Found, Source, empty, identity
from selon.records import Article, Failure


def read(source: Source, stream: BinaryIO, options: Options) -> Iterator[Found | Failure]:
    """The file as an article; newlines stay as they are, a byte order mark is dropped."""
    text = decoded(stream.read())
    if not text.strip():
        yield empty(source.name)
        return
    yield Found(
        source.name,
        Article(identity(None, text), text, outlet=options.outlet, published=options.date),
    )
