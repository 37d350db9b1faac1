"""Corpora for textometry: IRaMuTeQ and Alceste (`**** *source_…`), TXM's texts and `metadata.csv`."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, BinaryIO, Final

from selon.ingest import days
from selon.ingest.charset import decoded
from selon.ingest.documents import Piece, article
from selon.ingest.markup import prose
from selon.ingest.options import Options
from selon.ingest.sources import Found, Source, Unreadable, empty, within
from selon.ingest.tables import COLUMNS
from selon.records import Failure
from selon.tongue import speaking

_STARS: Final = re.compile(r"^(?:\*{4}|\d{4})[ \t]+\*.*$", re.MULTILINE)
_STAR: Final = re.compile(r"\*([^\s_*]+)_(\S+)")
_THEME: Final = re.compile(r"^-\*\S+[ \t]*$")
METADATA: Final = "metadata.csv"


def read(source: Source, stream: BinaryIO, options: Options) -> Iterator[Found | Failure]:
    """The texts of an IRaMuTeQ or Alceste corpus, in their order."""
    text = decoded(within(stream, 500_000_000)).replace("\r\n", "\n")
    marks = list(_STARS.finditer(text))
    if not marks:
        _ = speaking("ingest").gettext
        raise Unreadable(_("it contains no article"), _("save or export it again"))
    ends = [m.start() for m in marks[1:]] + [len(text)]
    for n, (mark, end) in enumerate(zip(marks, ends, strict=True), 1):
        where = f"{source.name}:{n}"
        lines = text[mark.end() : end].split("\n")
        words = "\n".join(line for line in lines if not _THEME.match(line)).strip()
        if not words:
            yield empty(where)
            continue
        yield Found(where, article(_starred(words, dict(_STAR.findall(mark[0]))), options))


def _starred(text: str, stars: dict[str, str]) -> Piece:
    known = _fields({k: v.replace("_", " ") for k, v in stars.items()})
    authors = tuple(a for a in [known.get("authors")] if a)
    return Piece(text, known.get("title"), known.get("outlet"), known.get("published"), authors)


def _fields(values: dict[str, str]) -> dict[str, str]:
    """The values by our fields' names, as tables call them; a date that is none is left out."""
    low = {name.strip().lower(): value.strip() for name, value in values.items()}
    found = {
        field: next(low[n] for n in names if low.get(n))
        for field, names in COLUMNS.items()
        if any(low.get(n) for n in names)
    }
    if "published" in found:
        try:
            day = days.written(found["published"].replace(" ", "-"), "day-first")
        except days.Ambiguous:
            day = None
        if day is None:
            del found["published"]
        else:
            found["published"] = day
    return found


def beside(path: str) -> Piece | None:
    """What TXM's `metadata.csv` in the folder says of a text; None without one."""
    if not path.lower().endswith(".txt"):
        return None
    file = Path(path)
    try:
        stamp = (file.parent / METADATA).stat().st_mtime_ns
    except (OSError, ValueError):
        return None
    known = _metadata(str(file.parent), stamp).get(file.stem)
    if known is None:
        return None
    authors = tuple(a for a in [known.get("authors")] if a)
    return Piece(
        "",
        known.get("title"),
        known.get("outlet"),
        known.get("published"),
        authors,
        url=known.get("url"),
    )


@lru_cache(maxsize=8)
def _metadata(folder: str, _stamp: int) -> dict[str, dict[str, str]]:
    try:
        text = decoded((Path(folder) / METADATA).read_bytes())
    except (OSError, Unreadable):
        return {}
    first = text.split("\n", 1)[0]
    rows: list[dict[str, Any]] = []
    try:
        rows = list(csv.DictReader(io.StringIO(text), delimiter=max(",;\t", key=first.count)))
    except csv.Error:
        return {}
    found = {}
    for row in rows:
        values = {str(k): v for k, v in row.items() if isinstance(k, str) and isinstance(v, str)}
        name = next((v for k, v in values.items() if k.strip().lower() == "id"), None)
        if name:
            found[name.strip()] = _fields(values)
    return found


def texts(root: Any, source: Source, options: Options) -> Iterator[Found | Failure]:
    """The `<text …>` elements of TXM's XML, with their attributes."""
    items = root.xpath("descendant-or-self::*[local-name() = 'text'][@*]")
    if not items:
        _ = speaking("ingest").gettext
        raise Unreadable(_("it contains no article"), _("save or export it again"))
    for n, item in enumerate(items, 1):
        where = f"{source.name}:{n}" if len(items) > 1 else source.name
        words = prose(item)
        if not words:
            yield empty(where)
            continue
        known = _fields({str(k).rpartition("}")[2]: str(v) for k, v in item.attrib.items()})
        piece = Piece(
            words,
            known.get("title"),
            known.get("outlet"),
            known.get("published"),
            tuple(a for a in [known.get("authors")] if a),
            known.get("id"),
        )
        yield Found(where, article(piece, options))
