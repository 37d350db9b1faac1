"""Corpora for textometry: IRaMuTeQ and Alceste (`**** *source_…`), TXM's texts and `metadata.csv`."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any, BinaryIO, Final

from selon.i18n import _
from selon.ingest import dates
from selon.ingest.charset import decode
from selon.ingest.documents import Piece, article
from selon.ingest.field_names import fields_of
from selon.ingest.markup import prose
from selon.ingest.nitf import drop
from selon.ingest.options import ReadOptions
from selon.ingest.page_numbers import page_number
from selon.ingest.sources import FoundArticle, InputSource, Unreadable, empty, in_one
from selon.ingest.word_lists import fold_words
from selon.records import Failure

_STARS: Final = re.compile(r"^(?:\*{4}|\d{4})[ \t]+\*.*$", re.MULTILINE)
_STAR: Final = re.compile(r"\*([^\s_*]+)_(\S+)")
_THEME: Final = re.compile(r"^-\*\S+[ \t]*$")
METADATA: Final = "metadata.csv"


def read(
    source: InputSource, stream: BinaryIO, options: ReadOptions
) -> Iterator[FoundArticle | Failure]:
    """The texts of an IRaMuTeQ or Alceste corpus, in their order."""
    text = decode(in_one(stream)).replace("\r\n", "\n")
    marks = list(_STARS.finditer(text))
    if not marks:
        raise Unreadable(_("it contains no article"), _("save or export it again"))
    ends = [m.start() for m in marks[1:]] + [len(text)]
    for n, (mark, end) in enumerate(zip(marks, ends, strict=True), 1):
        where = f"{source.name}:{n}"
        lines = text[mark.end() : end].split("\n")
        words = "\n".join(line for line in lines if not _THEME.match(line)).strip()
        if not words:
            yield empty(where)
            continue
        yield FoundArticle(
            where, article(_starred_piece(words, dict(_STAR.findall(mark[0]))), options)
        )


def _starred_piece(text: str, stars: dict[str, str]) -> Piece:
    known = _fields({k: v.replace("_", " ") for k, v in stars.items()})
    if "published" not in known and (day := _day_in_parts(stars)):
        known["published"] = day
    authors = tuple(a for a in [known.get("authors")] if a)
    return Piece(
        text,
        known.get("title"),
        known.get("outlet"),
        known.get("published"),
        authors,
        page=page_number(known.get("page")),
    )


def _day_in_parts(stars: dict[str, str]) -> str | None:
    """The date of stars that have it in pieces (`*annee_2026 *mois_03 *jour_12`), as precise as they are."""
    low = {fold_words(name): value for name, value in stars.items()}
    found = [
        next((low[n] for n in names if low.get(n)), "")
        for names in (("annee", "an", "year"), ("mois", "month"), ("jour", "day"))
    ]
    if not re.fullmatch(r"\d{4}", found[0]):
        return None
    parts = found[:1]
    for part in found[1:]:
        if not re.fullmatch(r"\d{1,2}", part):
            break
        parts.append(part.zfill(2))
    return dates.parse_date("-".join(parts)) or found[0]


def _fields(values: dict[str, str]) -> dict[str, str]:
    """The values by our fields' names, as tables call them; a date that is none is left out."""
    known = fields_of({name: value.strip() for name, value in values.items()})
    found = {k: v[0] if isinstance(v, list) else str(v) for k, v in known.items()}
    if "published" in found:
        try:
            day = dates.parse_date(_date_with_signs(found["published"]), "day-first")
        except dates.Ambiguous:
            day = None
        if day is None:
            del found["published"]
        else:
            found["published"] = day
    return found


def _date_with_signs(date: str) -> str:
    """A star's date with signs between its numbers: `2026 03 14`, `12032026`."""
    digits = re.fullmatch(r"(\d\d)(\d\d)((?:19|20)\d\d)", date)
    if digits and not re.fullmatch(r"(?:19|20)\d\d(?:0\d|1[0-2])[0-3]\d", date):
        return "/".join(digits.groups())
    return date.replace(" ", "-")


def metadata_beside(path: str) -> Piece | None:
    """What TXM's `metadata.csv` in the folder says of a text; None without one."""
    if not path.lower().endswith(".txt"):
        return None
    file = Path(path)
    try:
        stamp = (file.parent / METADATA).stat().st_mtime_ns
    except (OSError, ValueError):
        return None
    known = _metadata(str(file.parent), stamp).get(file.stem)
    return _article_fields(known) if known is not None else None


def _article_fields(known: Mapping[str, str]) -> Piece:
    """What a table of metadata says of a text; the text's own name is its id."""
    return replace(_known_piece("", dict(known)), number=None)


@lru_cache(maxsize=8)
def _metadata(folder: str, _stamp: int) -> dict[str, dict[str, str]]:
    try:
        return rows_by_id((Path(folder) / METADATA).read_bytes())
    except OSError:
        return {}


def metadata_of_bytes(data: bytes) -> dict[str, Piece]:
    """What a `metadata.csv` inside an archive says of the texts beside it, by their names."""
    return {name: _article_fields(known) for name, known in rows_by_id(data).items()}


def rows_by_id(data: bytes) -> dict[str, dict[str, str]]:
    """The rows of a table of metadata by our fields' names; none where it is no such table."""
    try:
        text = decode(data)
    except Unreadable:
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


def tei(root: Any, source: InputSource, options: ReadOptions) -> Iterator[FoundArticle | Failure]:
    """The texts of a TEI document or corpus, TXM's among them: the text's attributes, else its header."""
    found = root.xpath("descendant-or-self::*[local-name() = 'TEI' or local-name() = 'TEI.2']")
    if not found:
        raise Unreadable(_("it contains no article"), _("save or export it again"))
    for n, item in enumerate(found, 1):
        where = f"{source.name}:{n}" if len(found) > 1 else source.name
        texts_ = item.xpath("*[local-name() = 'text']")
        words = _body(texts_[0]) if texts_ else ""
        if not words:
            yield empty(where)
            continue
        known = _header(item) | _attributes(texts_[0])
        yield FoundArticle(where, article(_known_piece(words, known), options))


def _body(text: Any) -> str:
    """The words of a text without notes and without what a tagger laid beside each word."""
    text = deepcopy(text)
    for aside in text.xpath(
        ".//*[local-name() = 'ana' or local-name() = 'note' or local-name() = 'teiHeader']"
    ):
        drop(aside)
    return prose(text)


def _header(item: Any) -> dict[str, str]:
    head = "*[local-name() = 'teiHeader']//*[local-name() = $a]"

    def said(above: str, name: str) -> str | None:
        path = f"string(({head}//*[local-name() = $n])[1])"
        return " ".join(item.xpath(path, a=above, n=name).split()) or None

    def day(above: str) -> str | None:
        stamp = item.xpath(f"string(({head}//*[local-name() = 'date']/@when)[1])", a=above)
        return str(stamp) or said(above, "date")

    pages = item.xpath(
        f"string(({head}//*[local-name() = 'biblScope'][@unit='page' or @unit='pp' or @type='pp'])[1])",
        a="sourceDesc",
    )
    values = {
        "title": said("titleStmt", "title"),
        "author": said("titleStmt", "author"),
        "outlet": said("sourceDesc", "title") or said("publicationStmt", "publisher"),
        "published": day("sourceDesc") or day("publicationStmt"),
        "page": pages or None,
    }
    return _fields({k: v for k, v in values.items() if v})


def _attributes(item: Any) -> dict[str, str]:
    return _fields({str(k).rpartition("}")[2]: str(v) for k, v in item.attrib.items()})


def _known_piece(words: str, known: dict[str, str]) -> Piece:
    return Piece(
        words,
        known.get("title"),
        known.get("outlet"),
        known.get("published"),
        tuple(a for a in [known.get("authors")] if a),
        known.get("id"),
        url=known.get("url"),
        page=page_number(known.get("page")),
    )


def texts(root: Any, source: InputSource, options: ReadOptions) -> Iterator[FoundArticle | Failure]:
    """The `<text …>` elements of TXM's XML, with their attributes."""
    items = root.xpath("descendant-or-self::*[local-name() = 'text'][@*]")
    if not items:
        raise Unreadable(_("it contains no article"), _("save or export it again"))
    for n, item in enumerate(items, 1):
        where = f"{source.name}:{n}" if len(items) > 1 else source.name
        words = _body(item)
        if not words:
            yield empty(where)
            continue
        yield FoundArticle(where, article(_known_piece(words, _attributes(item)), options))
