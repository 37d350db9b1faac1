"""Statements as Parquet, in batches: never the whole corpus in memory."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Any, BinaryIO, Final

from selon.export.table import COLUMNS, rows
from selon.faults import SelonError
from selon.records import Reading
from selon.tongue import speaking

_BATCH: Final = 10_000


def write(readings: Iterable[Reading], out: BinaryIO) -> None:
    """Write Parquet with zstd; all columns text but `score`."""
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError as error:
        _ = speaking("library").gettext
        raise SelonError(
            _("Parquet needs one more package: pip install 'selon[parquet]'.")
        ) from error
    schema: Any = pyarrow.schema(
        [(c, pyarrow.float64() if c == "score" else pyarrow.string()) for c in COLUMNS]
    )
    with parquet.ParquetWriter(out, schema, compression="zstd") as writer:
        pending = rows(readings)
        while batch := list(islice(pending, _BATCH)):
            writer.write_table(pyarrow.Table.from_pylist(batch, schema=schema))
