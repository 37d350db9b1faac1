"""A cross-table as the page `/numbers` lays it out: what is not known first, then the share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from selon.errors import SelonError
from selon.i18n import _, catalogue
from selon.library.find import Query
from selon.library.store import Library

if TYPE_CHECKING:
    from selon.numbers.cross import CrossTable, Figure, Group
    from selon.numbers.facts import Facts

MEASURES: Final = ("statements", "persons", "words", "articles")
# What a page can show; the files have all of it.
MAX_ROWS: Final = 40
MAX_COLUMNS: Final = 12
MAX_CELLS: Final = 400_000
Key = tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class TableQuery:
    """What is asked: shares of the values of `of`, in `rows`, one value of them over `columns`."""

    of: str = "gender"
    rows: str = "outlet"
    columns: str = ""
    value: str = ""
    measure: str = "statements"
    side: str = "independent"
    query: Query = field(default_factory=Query)


@dataclass(frozen=True, slots=True)
class CrossTables:
    """The tables behind a page: all of it, and what sums its rows and its columns up."""

    table: CrossTable
    by_row: CrossTable
    by_column: CrossTable | None


@dataclass(frozen=True, slots=True)
class Cell:
    """What one cell says: the share unknown, the share, its interval with n; what it is about."""

    unknown: str
    share: str
    beside: str
    about: str
    thin: bool = False
    width: float = 0.0


@dataclass(frozen=True, slots=True)
class TablePage:
    """A table to be shown: headings, lines of a name and cells (the last is the sum), what is left out."""

    headings: tuple[str, ...]
    lines: tuple[tuple[str, tuple[Cell, ...]], ...]
    values: tuple[tuple[str, str], ...]
    value: str
    unknown: tuple[int, int]
    total: Cell
    rows_left: int
    columns_left: int


def count_cross_tables(library: Library, wish: TableQuery) -> CrossTables:
    """Count what is asked; `SelonError` where it cannot be counted."""
    from selon.numbers import cross
    from selon.numbers.facts import gather

    names = [n for n in (wish.of, wish.rows, wish.columns) if n]
    if len(set(names)) < len(names):
        # As `cross` refuses it.
        cross.cross(library.connection, (wish.of,), tuple(names[1:]))
    facts = gather(library.connection, names, wish.query, words=wish.measure == "words")
    _refuse_too_many_cells(facts, wish)
    of = (wish.of,)

    def counted(*by: str) -> CrossTable:
        return cross.cross_table(facts, of, by, wish.measure)

    by_row = counted(wish.rows)
    if not wish.columns:
        return CrossTables(by_row, by_row, None)
    return CrossTables(counted(wish.rows, wish.columns), by_row, counted(wish.columns))


def _refuse_too_many_cells(facts: Facts, wish: TableQuery) -> None:
    """Refuse a table of more cells than a room should keep for one visitor."""
    import numpy as np

    groups = facts.columns[wish.rows].codes
    if wish.columns:
        over = facts.columns[wish.columns]
        groups = groups * (len(over.values) + 1) + over.codes
    if len(np.unique(groups)) * (len(facts.columns[wish.of].values) + 1) > MAX_CELLS:
        raise SelonError(_("This table is too large for a page: narrow it, or use selon stats."))


def table_page(found: CrossTables, wish: TableQuery, language: str) -> TablePage:
    """The page's table, in a language."""
    from selon.numbers import labels

    table = found.by_row
    values = [v[0] for v in table.values]
    value = wish.value if wish.value in values else values[0] if values else ""
    groups = list(table.groups)[:MAX_ROWS]
    if found.by_column is None:
        keys: Sequence[Key] = [(v,) for v in values[:MAX_COLUMNS]]
        names = [labels.value(wish.of, v, language) for v in values[:MAX_COLUMNS]]
        lines = [_by_value(g, keys, names, wish, language) for g in [*groups, table.total]]
        left = len(values) - len(keys)
    else:
        keys = [g.key for g in found.by_column.groups][-MAX_COLUMNS:]
        names = [_value_label(wish.columns, k[0], language) for k in keys]
        lines = _by_column(found, (value, keys, names), wish, language)
        left = len(found.by_column.groups) - len(keys)
        names = [*names, catalogue(language).gettext("in all")]
    beside = table.total.unknown[_side(wish)]
    named = [_value_label(wish.rows, g.key[0], language) for g in groups]
    sums = catalogue(language).gettext("in all")
    return TablePage(
        headings=tuple(names),
        lines=tuple(zip([*named, sums], map(tuple, lines), strict=True)),
        values=tuple((v, labels.value(wish.of, v, language)) for v in values[:60]),
        value=value,
        unknown=(beside.n, beside.of),
        total=_cell(table.total, value, wish, sums, language),
        rows_left=len(table.groups) - len(groups),
        columns_left=left,
    )


def _by_value(
    group: Group, keys: Sequence[Key], names: Sequence[str], wish: TableQuery, language: str
) -> list[Cell]:
    return [
        _cell(group, key[0] or "", wish, name, language)
        for key, name in zip(keys, names, strict=True)
    ]


def _by_column(
    found: CrossTables,
    shown: tuple[str, Sequence[Key], Sequence[str]],
    wish: TableQuery,
    language: str,
) -> list[list[Cell]]:
    value, keys, names = shown
    cells = {group.key: group for group in found.table.groups}
    sums = catalogue(language).gettext("in all")
    lines = []
    for row in list(found.by_row.groups)[:MAX_ROWS]:
        line = [
            _cell(cells.get((*row.key, *key)), value, wish, name, language)
            for key, name in zip(keys, names, strict=True)
        ]
        lines.append([*line, _cell(row, value, wish, sums, language)])
    columns = {g.key: g for g in found.by_column.groups} if found.by_column else {}
    last = [
        _cell(columns.get(key), value, wish, name, language)
        for key, name in zip(keys, names, strict=True)
    ]
    return [*lines, [*last, _cell(found.by_row.total, value, wish, sums, language)]]


def _cell(group: Group | None, value: str, wish: TableQuery, about: str, language: str) -> Cell:
    from selon.numbers import labels
    from selon.numbers.page import entry

    if group is None:
        return Cell("", "–", "n = 0", about, True)
    side = _side(wish)
    beside = group.unknown[side]
    unknown = labels.percent(beside.share, language) if beside.share is not None else ""
    figure = _figure(group, value, side)
    if figure is None:
        return Cell(unknown, "–", "n = 0", about, True)
    told = entry(figure, language)
    width = 0.0 if figure.thin or figure.share is None else round(100 * figure.share, 1)
    return Cell(unknown, told.large, told.small, about, told.thin, width)


def _figure(group: Group, value: str, side: int) -> Figure | None:
    for cell in group.cells:
        if cell.value == (value,):
            return cell.independent if side else cell.published
    return None


def _side(wish: TableQuery) -> int:
    return 1 if wish.side == "independent" else 0


def _value_label(name: str, told: str | None, language: str) -> str:
    from selon.numbers import labels

    spoken = labels.value(name, told, language)
    return labels.spoken_month(spoken, language) if name == "month" else spoken
