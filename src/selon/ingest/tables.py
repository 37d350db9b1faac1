"""Tables of articles: CSV, TSV and Parquet; a column is known by its usual names."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, BinaryIO, Final

from selon.errors import SelonError
from selon.i18n import _
from selon.ingest import dates, ninjs
from selon.ingest.charset import decode, likely
from selon.ingest.dates import Order
from selon.ingest.field_names import FIELDS, columns_of, is_french
from selon.ingest.fields import article_of_fields
from selon.ingest.options import ReadOptions
from selon.ingest.sources import FoundArticle, InputSource, Joined, Unreadable, empty
from selon.records import Failure

# A cell may hold a whole article, but not a film.
_MAX_CELL_CHARS: Final = 20_000_000
_SEPARATOR: Final = re.compile(r"\"?sep=(?:[,;|]|\t)?\"?", re.IGNORECASE)
_DELIMITERS: Final = ",;\t|"
# Larger tables are read line by line.
_WHOLE: Final = 20_000_000
_MAX_HEADING_CHARS: Final = 400
_ROWS: Final = 256


def read(
    source: InputSource, stream: BinaryIO, options: ReadOptions
) -> Iterator[FoundArticle | Failure]:
    """The articles row by row; a Parquet file by batches, a CSV in its own encoding."""
    head = stream.peek(4)[:4] if isinstance(stream, io.BufferedReader) else b""
    own = dict(options.columns)
    rows: Iterator[tuple[int, dict[str, Any] | Unreadable]]
    if head == b"PAR1":
        rows = _parquet(stream, own)
    else:
        text, lines = _open_workbook(stream)
        options = replace(options, dates=options.dates or _order(text, own))
        rows = _csv(text, lines, own)
    some = False
    for number, row in rows:
        if not row:
            continue
        some = True
        where = f"{source.name}:{number}"
        yield (
            row.at(where) if isinstance(row, Unreadable) else article_of_fields(row, where, options)
        )
    if not some:
        yield empty(source.name)


def _open_workbook(stream: BinaryIO) -> tuple[str, Iterable[str]]:
    """How a table begins (all of it, where it is not large), and its lines."""
    begins = stream.read(_WHOLE + 1)
    csv.field_size_limit(_MAX_CELL_CHARS)
    if len(begins) <= _WHOLE:
        text = _bared(decode(begins))
        return text, io.StringIO(text, newline="")
    whole = begins[: begins.rfind(b"\n") + 1] or begins
    encoding = likely(whole)
    lines = io.TextIOWrapper(
        io.BufferedReader(Joined(begins, stream), 1 << 16), encoding, newline=""
    )
    text = whole.decode(encoding, "replace")
    bare = _bared(text)
    if len(bare) < len(text):
        lines.readline()
    return bare, lines


def _order(text: str, own: Mapping[str, str]) -> Order | None:
    """What comes first in the dates of a table: as its own dates tell, then as its headings' language.

    One date of its column with a number over twelve settles it for all.
    """
    try:
        rows = _rows(text)
        heading: list[str] = next(rows, [])
        column = map_columns(heading, own).get("published")
        if column is None:
            return None
        seen = {o for row in rows if column < len(row) and (o := dates.order_of(row[column]))}
    except (csv.Error, Unreadable):
        # Told where the rows are read.
        return None
    if seen:
        return seen.pop() if len(seen) == 1 else None
    return "day-first" if is_french(heading) or _delimiter(text) == ";" else None


def _bared(text: str) -> str:
    # Spreadsheets are told by a first line which sign parts the cells.
    first, mark, rest = text.partition("\n")
    return rest if mark and _SEPARATOR.fullmatch(first.strip("\ufeff\r ")) else text


def looks_like_table(text: str) -> bool:
    """Whether a text is a table by another name: a heading of known names, and rows that are as wide."""
    first, _, rest = text.lstrip("\ufeff").partition("\n")
    sign = "\t" if first.count("\t") > 1 else ";" if first.count(";") > 1 else None
    if sign is None or len(first) > _MAX_HEADING_CHARS:
        return False
    names = [name.strip(' "\r') for name in first.split(sign)]
    known = columns_of(names)
    row = rest.partition("\n")[0]
    return (
        "text" in known
        and len(known) > 2
        and all(names)
        and (row.count(sign) >= len(names) - 1 or '"' in row)
    )


def _delimiter(text: str) -> str:
    first = text.split("\n", 1)[0]
    # The delimiter of the heading: cells are full of commas, headings are not.
    return max(_DELIMITERS, key=first.count)


def _rows(text: str) -> Any:
    csv.field_size_limit(_MAX_CELL_CHARS)
    return csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))


def _csv(
    text: str, lines: Iterable[str], own: Mapping[str, str]
) -> Iterator[tuple[int, dict[str, Any] | Unreadable]]:
    """The rows of lines that begin as `text` does, each with its number."""
    kept = _Kept(lines)
    try:
        reader = csv.reader(kept, delimiter=_delimiter(text))
        heading: list[str] = next(reader, [])
        names = map_columns(heading, own)
        # One row behind: what the last one was written as is looked at when it is known to be it.
        last: list[str] | None = None
        number = begun = reader.line_num
        written = kept.taken()
        for row in reader:
            if last is not None:
                yield number, _of_cells(last, heading, names)
            begun, last, number, written = number, row, reader.line_num, kept.taken()
        if last is not None and _open(written, text):
            # What is left of a row is no article, and may have swallowed others.
            yield number, _unclosed(begun + 1)
        elif last is not None:
            yield number, _of_cells(last, heading, names)
    except csv.Error as fault:
        raise _broken("CSV", fault) from None
    except UnicodeDecodeError as fault:
        raise _broken("CSV", fault) from None


class _Kept:
    """Lines on their way to the reader of rows; those of the row at hand are remembered."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = iter(lines)
        self._held: list[str] = []

    def __iter__(self) -> _Kept:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self._held.append(line)
        return line

    def taken(self) -> list[str]:
        """The lines since they were taken last."""
        held, self._held = self._held, []
        return held


def _of_cells(
    row: list[str], heading: list[str], names: Mapping[str, int]
) -> dict[str, Any] | Unreadable:
    if len(row) > len(heading):
        # An unquoted comma would cut the text short, unseen.
        return _overfull()
    return _row({n: row[i] for n, i in names.items() if i < len(row)}) if any(row) else {}


def _open(written: list[str], text: str) -> bool:
    """Whether a row, written so, ends between quotation marks."""
    try:
        list(csv.reader(written, delimiter=_delimiter(text), strict=True))
    except csv.Error as fault:
        return "unexpected end" in str(fault)
    return False


def _unclosed(line: int) -> Unreadable:
    return Unreadable(
        _(
            "a cell that begins in line {line} never ends: the file was cut short,"
            " or a quotation mark is missing"
        ).format(line=line),
        _("export or copy it again"),
    )


def _overfull() -> Unreadable:
    return Unreadable(
        _("the row has more cells than the heading"),
        _("put quotation marks around the cell that contains commas"),
    )


def _row(values: dict[str, Any]) -> dict[str, Any]:
    # In a table, an empty cell is an absent value.
    kept = {k: v for k, v in values.items() if v not in ("", None)}
    if isinstance(text := kept.get("text"), str) and "<" in text:
        # A site's own export has its pages' marks.
        kept["text"] = ninjs.plain_text(text) or text
    if hasattr(kept.get("published"), "isoformat"):
        kept["published"] = kept["published"].isoformat()[:10]
    return kept


def map_columns(heading: list[str], own: Mapping[str, str]) -> Mapping[str, int]:
    """Which column has which field, `own` names first; `Unreadable` where none has the text."""
    plain = [name.strip().strip("\ufeff").lower() for name in heading]
    known = columns_of([name.strip().strip("\ufeff") for name in heading])
    found_ = {field: known.get(field, -1) for field in FIELDS}
    for field, name in own.items():
        wanted = name.strip().lower()
        found_[field] = plain.index(wanted) if wanted in plain else -1
    for field in own:
        if found_[field] < 0:
            raise Unreadable(
                _("the table has no column “{name}” (columns: {columns})").format(
                    name=own[field], columns=", ".join(heading)[:200]
                ),
                _("use one of these: --column {field}=…").format(field=field),
            )
    if found_["text"] < 0:
        raise Unreadable(
            _("the table has no column for the text (columns: {columns})").format(
                columns=", ".join(heading)[:200]
            ),
            _("name the column: --column text=NAME"),
        )
    return {field: i for field, i in found_.items() if i >= 0}


def _parquet(
    stream: BinaryIO, own: Mapping[str, str]
) -> Iterator[tuple[int, dict[str, Any] | Unreadable]]:
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError as error:
        raise missing_extra("parquet") from error
    try:
        file = parquet.ParquetFile(stream)
        names = map_columns(file.schema_arrow.names, own)
        columns = {field: file.schema_arrow.names[i] for field, i in names.items()}
        number = 0
        for batch in file.iter_batches(_ROWS, columns=list(columns.values())):
            for row in batch.to_pylist():
                number += 1
                yield number, _row({field: row[column] for field, column in columns.items()})
    except (pyarrow.ArrowException, OSError, MemoryError) as fault:
        raise _broken("Parquet", fault) from None


def missing_extra(extra: str) -> SelonError:
    """The error that names the extra to install."""
    return SelonError(
        _("this needs one more package: pip install 'selon[{extra}]'").format(extra=extra)
    )


def _broken(kind: str, fault: Exception) -> Unreadable:
    return Unreadable(
        _("the file is not valid {kind}").format(kind=kind) + f" ({str(fault)[:120]})",
        _("save or export it again"),
    )
