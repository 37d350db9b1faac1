"""`selon.open("press.db")`: a library's numbers as data frames and plots, for notebooks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from selon.closing import Closeable
from selon.errors import SelonError
from selon.i18n import _
from selon.library.find import Query
from selon.library.store import Library
from selon.numbers import draw, plots, rows
from selon.numbers.cross import ALL, CrossTable, Limits, cross


class OpenLibrary(Closeable):
    """A library to be counted; use it in a `with` statement, or `close` it. Nothing is written.

    Filters are those of `selon.library.find.Query`: `outlet="La Gazette", since="2026-03"`.
    """

    def __init__(self, path: str | Path) -> None:
        self._library = Library(path, read_only=True)

    def close(self) -> None:
        """Close the file."""
        self._library.close()

    def cross(
        self, value: str | Sequence[str], *by: str, measure: str = "statements", **filters: Any
    ) -> CrossTable:
        """The table as records: see `selon.numbers.cross`; `limits` keeps the most frequent."""
        of = (value,) if isinstance(value, str) else tuple(value)
        limits = filters.pop("limits", None) or filters.pop("most", ALL)
        query = _query(filters)
        return cross(self._library.connection, of, by, measure=measure, query=query, limits=limits)

    def table(
        self,
        value: str | Sequence[str],
        *by: str,
        measure: str = "statements",
        top: int | None = None,
        **filters: Any,
    ) -> Any:
        """A pandas DataFrame: the shares of a dimension's values, in groups of the others.

        `table("gender", "outlet", "month")`: a row for each value in each group, its columns those
        of `selon stats --format csv`; with `top`, so many of the most frequent values. Raises
        `SelonError` without pandas.
        """
        told = self.cross(value, *by, measure=measure, limits=Limits(top), **filters)
        return _pandas().DataFrame(list(rows.rows(told)), columns=list(rows.columns(told)))

    def compare(
        self, value: str, *by: str, against: str = "others", only: str | None = None, **filters: Any
    ) -> Any:
        """A pandas DataFrame of differences between groups: see `selon.numbers.differences`."""
        from selon.numbers.differences import differences

        found = differences(
            self._library.connection,
            (value,),
            by,
            against=against,
            value=None if only is None else (only,),
            query=_query(filters),
        )
        figures = ("share", "against", "difference", "low", "high", "h", "p", "holm", "articles")
        told = [
            dict(zip(by, one.one, strict=True))
            | {value: one.value[0], "other": one.other}
            | {name: getattr(one, name) for name in figures}
            for one in found
        ]
        return _pandas().DataFrame(told, columns=[*by, value, "other", *figures])

    def statements(self, **filters: Any) -> Any:
        """A pandas DataFrame of the statements, with all that is known of their speakers."""
        from selon.export import table
        from selon.export.options import ExportOptions
        from selon.library import fetch
        from selon.numbers import export_details

        connection, query = self._library.connection, _query(filters)
        options = ExportOptions(details=export_details.details(connection, query))
        told = list(table.rows(fetch.readings_of_query(connection, query), options))
        return _pandas().DataFrame(told, columns=list(table.columns(options)))

    def sql(self, query: str, *values: Any) -> Any:
        """A pandas DataFrame of a query of your own; the file cannot be written to by it.

        Tables and views: `docs/en/reference/tables.md`.
        """
        found = self._library.connection.execute(query, values)
        columns = [c[0] for c in found.description or ()]
        return _pandas().DataFrame([tuple(row) for row in found], columns=columns)

    def plot(
        self, kind: str, value: str | Sequence[str], *by: str, only: str | None = None, **more: Any
    ) -> DrawnPlot:
        """A plot that a notebook shows: see `selon.numbers.plots`.

        `more` has `measure`, `language` (`fr`), `top`, `title`, and filters.
        """
        if "tongue" in more:  # as the release before called it
            more["language"] = more.pop("tongue")
        wish = {name: more.pop(name) for name in ("language", "top", "title") if name in more}
        chosen = plots.PlotOptions(value=None if only is None else (only,), **wish)
        limits = Limits(chosen.top + 12, max(chosen.top, 200), chosen.value)
        told = self.cross(value, *by, limits=limits, **more)
        return DrawnPlot(plots.plot(kind, told, chosen), chosen.language)


@dataclass(frozen=True, slots=True)
class DrawnPlot:
    """A plot; a notebook shows it as SVG."""

    plot: plots.Plot
    language: str

    def _repr_svg_(self) -> str:
        return draw.svg(self.plot, self.language)

    def save(self, path: str | Path) -> None:
        """Write it: .svg, .png, .html, .json (Vega-Lite) or .csv."""
        from selon.export import writing

        target = Path(path)
        form = target.suffix[1:].lower()
        writing.save_whole(target, lambda out: draw.draw(self.plot, form, out, self.language))


def open(path: str | Path) -> OpenLibrary:
    """A library file, to be counted."""
    return OpenLibrary(path)


def _query(filters: dict[str, Any]) -> Query:
    try:
        return Query(**filters, limit=None)
    except TypeError:
        choice = "words speaker about addressee via outlet form voice stance since until"
        raise SelonError(
            _("The filters are {choice}.").format(choice=", ".join(choice.split()))
        ) from None


def _pandas() -> Any:
    try:
        return import_module("pandas")
    except ImportError:
        raise SelonError("pandas is not installed; pip install pandas") from None
