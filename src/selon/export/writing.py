"""Rows written out: CSV (also as a French Excel opens it), JSON, Parquet, a spreadsheet."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO, Final

import orjson

from selon.errors import SelonError
from selon.i18n import _

Row = Mapping[str, Any]
FORMATS: Final = ("csv", "jsonl", "json", "parquet", "xlsx")
BOM: Final = "\ufeff"
# A cell that begins so would be run as a formula by a spreadsheet; the guard is one apostrophe.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
# A spreadsheet holds no more of either.
_MAX_ROWS: Final = 1_048_575
_MAX_CELL_CHARS: Final = 32_767


def write(
    rows: Iterable[Row],
    columns: Sequence[str],
    out: BinaryIO,
    form: str,
    *,
    excel: bool = False,
    comma: bool = False,
) -> None:
    """Write rows as `FORMATS` say, with these columns in this order.

    `excel` is for CSV: a byte order mark and `;`, so that a double click opens it; `comma` writes
    decimals as `0,5`. Raises `SelonError` where a package is missing.
    """
    if form not in _WRITERS:
        raise SelonError(
            _("There is no format {name}; choose from {choice}.").format(
                name=form, choice=", ".join(FORMATS)
            )
        )
    if form == "csv":
        _csv(rows, columns, out, excel, comma)
    else:
        _WRITERS[form](rows, columns, out)


def save_whole(target: Path, write_to: Callable[[BinaryIO], object]) -> None:
    """Write a file that appears under its name only when it is whole."""
    part = target.with_name(target.name + ".part")
    try:
        with part.open("wb") as out:
            write_to(out)
        os.replace(part, target)
    except OSError as error:
        raise SelonError(
            _("{path} cannot be written ({error}).").format(path=target, error=error)
        ) from error
    finally:
        part.unlink(missing_ok=True)


def safe(value: Any) -> Any:
    """A value that no spreadsheet takes for a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def _csv(
    rows: Iterable[Row], columns: Sequence[str], out: BinaryIO, excel: bool, comma: bool
) -> None:
    text = io.TextIOWrapper(out, "utf-8", errors="replace", newline="", write_through=True)
    if excel:
        text.write(BOM)
    writer = csv.writer(text, delimiter=";" if excel else ",", lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_cell(row[c], comma) for c in columns])
    text.flush()
    text.detach()


def _cell(value: Any, comma: bool) -> Any:
    if isinstance(value, bool):
        return int(value)
    if comma and isinstance(value, float):
        return repr(value).replace(".", ",")
    return safe(value)


def _jsonl(rows: Iterable[Row], columns: Sequence[str], out: BinaryIO) -> None:
    for row in rows:
        out.write(orjson.dumps({c: row[c] for c in columns}) + b"\n")


def _json(rows: Iterable[Row], columns: Sequence[str], out: BinaryIO) -> None:
    told = [{c: row[c] for c in columns} for row in rows]
    out.write(orjson.dumps(told, option=orjson.OPT_INDENT_2) + b"\n")


def _parquet(rows: Iterable[Row], columns: Sequence[str], out: BinaryIO) -> None:
    pyarrow = _package("pyarrow", "parquet")
    parquet = _package("pyarrow.parquet", "parquet")
    told = list(rows)
    arrays = {c: pyarrow.array([row[c] for row in told]) for c in columns}
    # A column of nothing has no type that other programs know.
    cast = {
        c: a.cast(pyarrow.string()) if pyarrow.types.is_null(a.type) else a
        for c, a in arrays.items()
    }
    parquet.write_table(pyarrow.table(cast), out, compression="zstd")


def _xlsx(rows: Iterable[Row], columns: Sequence[str], out: BinaryIO) -> None:
    xlsxwriter = _package("xlsxwriter", "numbers")
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(out, options)
    sheet = book.add_worksheet()
    bold, share = book.add_format({"bold": True}), book.add_format({"num_format": "0.0%"})
    for n, name in enumerate(columns):
        sheet.write_string(0, n, name, bold)
    sheet.freeze_panes(1, 0)
    for line, row in enumerate(rows, 1):
        if line > _MAX_ROWS:
            raise SelonError(_("A spreadsheet holds 1,048,575 rows: narrow it, or choose csv."))
        for n, name in enumerate(columns):
            value = row[name]
            if isinstance(value, bool):
                sheet.write_boolean(line, n, value)
            elif isinstance(value, (int, float)):
                sheet.write_number(line, n, value, share if name.endswith(_SHARES) else None)
            elif value is not None:
                sheet.write_string(line, n, _for_cell(str(value)))
    book.close()


_SHARES: Final = ("share", "low", "high", "part", "bas", "haut", "grappes")


def _for_cell(text: str) -> str:
    """The text without what a spreadsheet's XML cannot hold, and no longer than a cell."""
    plain = "".join(c if c >= " " or c in "\t\n" else "\ufffd" for c in text)
    plain = plain.encode("utf-8", "replace").decode().replace("\uffff", "\ufffd")
    return plain if len(plain) <= _MAX_CELL_CHARS else plain[: _MAX_CELL_CHARS - 1] + "…"


def _package(name: str, extra: str) -> Any:
    from importlib import import_module

    try:
        return import_module(name)
    except ImportError as error:
        raise SelonError(
            _("This needs one more package: pip install 'selon[{extra}]'.").format(extra=extra)
        ) from error


_WRITERS: Final[dict[str, Callable[..., None]]] = {
    "csv": _csv,
    "jsonl": _jsonl,
    "json": _json,
    "parquet": _parquet,
    "xlsx": _xlsx,
}
