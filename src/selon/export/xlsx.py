"""Statements as a spreadsheet, one a row; cells are words and numbers, never formulas."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

from selon.export import writing
from selon.export.options import PLAIN, ExportOptions
from selon.export.table import columns, headings, rows
from selon.records import Reading


def write(readings: Iterable[Reading], out: BinaryIO, options: ExportOptions = PLAIN) -> None:
    """Write .xlsx; raises `SelonError` for more rows than a sheet holds."""
    keys, names = columns(options), headings(options)
    told = (
        {n: row[k] for k, n in zip(keys, names, strict=True)} for row in rows(readings, options)
    )
    writing.write(told, names, out, "xlsx")
