"""A table as rows: a value in a group each, for CSV, Parquet, spreadsheets, JSON and data frames."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from selon.names import fold
from selon.numbers import labels
from selon.numbers.cross import Cell, CrossTable, Figure, Group

_SIDES: Final = ("published", "independent")
_FIGURES: Final = ("n", "of", "share", "low", "high", "clustered_low", "clustered_high", "unknown")
Row = dict[str, Any]


def columns(table: CrossTable) -> tuple[str, ...]:
    """The columns, in their order; their English names are their keys."""
    figures = tuple(f"{side}_{name}" for side in _SIDES for name in _FIGURES)
    return (*table.by, *table.of, *figures, "thin")


def rows(table: CrossTable, limit: int | None = None) -> Iterator[Row]:
    """One row a value in a group, with zeros; the values as the library has them.

    With a `limit`, the most frequent values (the first, for periods) of each group. `unknown` is
    of the whole group; `thin` says that fewer than 20 are known, as published.
    """
    for group in table.groups:
        for cell in group.cells[: limit or None]:
            yield _row(table, group, cell)


def _row(table: CrossTable, group: Group, cell: Cell) -> Row:
    row: Row = dict(zip(table.by, group.key, strict=False))
    row |= dict(zip(table.of, cell.value, strict=True))
    for side, figure, beside in zip(
        _SIDES, (cell.published, cell.independent), group.unknown, strict=True
    ):
        row |= {f"{side}_{name}": told for name, told in figures(figure).items()}
        row[f"{side}_unknown"] = beside.n
    row["thin"] = cell.published.thin
    return row


def figures(figure: Figure) -> Row:
    """A figure's parts by name."""
    low, high = figure.interval or (None, None)
    inner, outer = figure.clustered or (None, None)
    return {
        "n": figure.n,
        "of": figure.of,
        "share": figure.share,
        "low": low,
        "high": high,
        "clustered_low": inner,
        "clustered_high": outer,
    }


def translate_row(row: Row, table: CrossTable, language: str) -> Row:
    """A row in a language: its values and the names of its columns."""
    told = {**row}
    for name in (*table.by, *table.of):
        told[name] = labels.value(name, row[name], language)
    return {column(name, language): v for name, v in told.items()}


def column(name: str, language: str) -> str:
    """The name of a column: the key in English; in French words without accents or blanks."""
    if language == "en":
        return name
    side, _, rest = name.partition("_")
    if side in _SIDES and rest:
        return f"{_FRENCH[side]}_{_FRENCH[rest]}"
    return _FRENCH.get(name, fold(labels.dimension(name, language)).replace(" ", "_"))


_FRENCH: Final = {
    "published": "publies",
    "independent": "independants",
    "n": "n",
    "of": "sur",
    "share": "part",
    "low": "bas",
    "high": "haut",
    "clustered_low": "bas_grappes",
    "clustered_high": "haut_grappes",
    "unknown": "inconnus",
    "thin": "trop_peu",
}
