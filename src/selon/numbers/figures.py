"""The figures that a library is shown by: a name each, the table behind it, and how it is drawn."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, replace
from typing import Final

from selon.i18n import catalogue
from selon.library.find import Query
from selon.numbers import plots
from selon.numbers.cross import cross


@dataclass(frozen=True, slots=True)
class Figure:
    """A kind of plot, of what, in which groups, and whose share (nothing: counts, or all shares)."""

    kind: str
    of: str
    by: tuple[str, ...]
    value: str | None = None


FIGURES: Final = {
    "women-over-time": Figure("time", "gender", ("month",), "female"),
    "women-by-outlet": Figure("bars", "gender", ("outlet",), "female"),
    "women-by-outlet-and-month": Figure("time", "gender", ("outlet", "month"), "female"),
    "speakers-by-outlet": Figure("heat", "speaker", ("outlet",)),
    "speakers-by-outlet-and-year": Figure("heat", "speaker", ("outlet", "year")),
    "forms-by-outlet": Figure("parts", "form", ("outlet",)),
    "voices-by-outlet": Figure("parts", "voice", ("outlet",)),
    "unnamed-by-outlet": Figure("bars", "named", ("outlet",), "unnamed"),
    "verbs-by-speaker": Figure("heat", "verb", ("speaker",)),
}


def heading(name: str, language: str) -> str:
    """What a figure shows, in words."""
    _ = catalogue(language).gettext
    return {
        "women-over-time": _("Women’s share of statements, by month"),
        "women-by-outlet": _("Women’s share of statements, by outlet"),
        "women-by-outlet-and-month": _("Women’s share of statements, by outlet and month"),
        "speakers-by-outlet": _("Who is quoted where: statements of each speaker in each outlet"),
        "speakers-by-outlet-and-year": _("Who is quoted where, year by year"),
        "forms-by-outlet": _("Direct, indirect and narrated speech, by outlet"),
        "voices-by-outlet": _("How outlets take up what is said: quoted, reported, with reserve"),
        "unnamed-by-outlet": _("Speakers without a name, by outlet"),
        "verbs-by-speaker": _("The words that introduce each speaker"),
    }[name]


def figure_plot(
    connection: sqlite3.Connection,
    name: str,
    language: str,
    *,
    query: Query | None = None,
    side: str = "independent",
) -> plots.Plot:
    """A figure of the statements that a query asks for.

    `side` is `independent` (wire copy once) or `published`. Raises `SelonError` where there is
    nothing to draw (no woman, no date), `KeyError` for a name that there is not.
    """
    figure = FIGURES[name]
    value = (figure.value,) if figure.value else None
    limits = replace(plots.DRAWN, value=value)
    table = cross(connection, (figure.of,), figure.by, query=query, limits=limits)
    wish = plots.PlotOptions(language, value, side, title=heading(name, language))
    return plots.plot(figure.kind, table, wish)
