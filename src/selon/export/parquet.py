"""Statements as Parquet, in batches: never the whole corpus in memory."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Any, BinaryIO, Final

from selon.errors import SelonError
from selon.export.options import PLAIN, ExportOptions
from selon.export.table import columns, headings, rows
from selon.i18n import _
from selon.records import Reading

_BATCH: Final = 10_000


def write(readings: Iterable[Reading], out: BinaryIO, options: ExportOptions = PLAIN) -> None:
    """Write Parquet with zstd; all columns text but `score`."""
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError as error:
        raise SelonError(
            _("Parquet needs one more package: pip install 'selon[parquet]'.")
        ) from error
    keys, names = columns(options), headings(options)
    schema: Any = pyarrow.schema(
        [
            (name, pyarrow.float64() if key == "score" else pyarrow.string())
            for key, name in zip(keys, names, strict=True)
        ]
    )
    with parquet.ParquetWriter(out, schema, compression="zstd") as writer:
        pending = rows(readings, options)
        while batch := list(islice(pending, _BATCH)):
            told = [{n: row[k] for k, n in zip(keys, names, strict=True)} for row in batch]
            writer.write_table(pyarrow.Table.from_pylist(told, schema=schema))
