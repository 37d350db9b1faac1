"""Plots of tables, as Vega-Lite: over time, heat maps, ranked bars, parts of a whole.

A plot is plain data in a grammar of graphics (Satyanarayan, A., and others (2017), IEEE TVCG 23),
with the rows that it shows inside it. Numbers stand beside or inside the marks, so that every plot
reads in grey.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from selon.errors import SelonError
from selon.i18n import _
from selon.numbers import plots_of_counts, plots_of_shares, plots_over_time
from selon.numbers.cross import CrossTable, Limits
from selon.numbers.facts import PERIODS
from selon.numbers.specs import Plot, PlotOptions

__all__ = ["DRAWN", "KINDS", "Plot", "PlotOptions", "plot"]

# Of a table that is to be drawn: more values and groups than any plot shows.
DRAWN: Final = Limits(60, 200)
KINDS: Final[dict[str, Callable[[CrossTable, PlotOptions], Plot]]] = {
    "time": plots_over_time.over_time,
    "heat": plots_of_counts.heat,
    "bars": plots_of_shares.bars,
    "parts": plots_of_shares.parts,
}


def plot(kind: str, table: CrossTable, wish: PlotOptions) -> Plot:
    """A plot of a table; raises `SelonError` where the table has not what the kind needs."""
    if kind not in KINDS:
        raise SelonError(
            _("There is no plot {name}; choose from {choice}.").format(
                name=kind, choice=", ".join(KINDS)
            )
        )
    if not table.by:
        raise SelonError(_("A plot needs groups: give --by."))
    if kind == "time" and not set(table.by) & set(PERIODS):
        raise SelonError(
            _("A plot over time needs --by one of {choice}.").format(choice=", ".join(PERIODS))
        )
    if wish.value is not None and wish.value not in table.values:
        raise SelonError(
            _("{word} is not a value there; choose from {choice}.").format(
                word=" ".join(wish.value), choice=", ".join(" ".join(v) for v in table.values[:20])
            )
        )
    return KINDS[kind](table, wish)
