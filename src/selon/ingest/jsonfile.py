"""A JSON file: one article, or a list of articles."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO, Final

from selon.ingest import jsonlines, ninjs
from selon.ingest.fields import article_of_named_fields
from selon.ingest.options import ReadOptions
from selon.ingest.sources import FoundArticle, InputSource, empty, in_one
from selon.records import Failure

_HEAD: Final = 1 << 16


def read(
    source: InputSource, stream: BinaryIO, options: ReadOptions
) -> Iterator[FoundArticle | Failure]:
    """The articles of the file; one of JSON Lines by another name is read as such."""
    if isinstance(stream, io.BufferedReader) and _is_lines(stream.peek(_HEAD)):
        yield from jsonlines.read(source, stream, options)
        return
    data = jsonlines.without_bom(in_one(stream))
    if not data.strip():
        yield empty(source.name)
        return
    if _is_lines(data):
        yield from jsonlines.read(source, io.BytesIO(data), options)
        return
    values = jsonlines.parse_json(data)
    if isinstance(values, dict) and "jsonfeed.org" in str(values.get("version")):
        # A feed is called as its paper is.
        name = values.get("title")
        options = replace(options, outlet=options.outlet or (str(name) if name else None))
    inner = None if "text" in dict(options.columns) else ninjs.list_of_answer(values)
    if inner is not None and not (isinstance(values, dict) and "text" in values):
        values = inner
    if not isinstance(values, list):
        yield article_of_named_fields(values, source.name, options)
        return
    for number, value in enumerate(values, 1):
        yield article_of_named_fields(value, f"{source.name}#{number}", options)
    if not values:
        yield empty(source.name)


def _is_lines(data: bytes) -> bool:
    """Whether the first of several lines is a whole object."""
    first, _, rest = data.lstrip().partition(b"\n")
    if not rest.strip() or not first.startswith(b"{"):
        return False
    try:
        json.loads(first)
    except (ValueError, RecursionError):
        return False
    return True
