"""What all plots share: what is wished, titles, names of groups, a figure's share and interval."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from selon.errors import SelonError
from selon.i18n import _, catalogue
from selon.numbers import labels
from selon.numbers.cross import CrossTable, Figure, Group
from selon.numbers.facts import PERIODS
from selon.old_names import renamed_fields

Spec = dict[str, Any]
Row = dict[str, Any]
INK: Final = "#1b1d1f"
PALE: Final = "#5a5e62"
GREEN: Final = "#0d5546"
SHARE: Final = ("n", "of", "share", "low", "high", "unknown")


@renamed_fields(tongue="language")
@dataclass(frozen=True, slots=True)
class PlotOptions:
    """What a plot shows: `value` one value's share (none: the most frequent value's).

    `side` is `independent` (wire copy once) or `published`; `top` how many of each axis at most.
    """

    language: str = "en"
    value: tuple[str, ...] | None = None
    side: str = "independent"
    top: int = 12
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Plot:
    """A plot with the rows behind it."""

    spec: Spec
    rows: tuple[Row, ...]
    columns: tuple[str, ...]


def whole(
    body: Spec, table: CrossTable, wish: PlotOptions, told: tuple[list[Row], tuple[str, ...]]
) -> Plot:
    """A plot of a body: its title, what it counts, its rows and the look that all share."""
    rows, columns = told
    if not rows:
        raise SelonError(_("Nothing to plot: no statement has both values."))
    title = wish.title or _title(table, wish)
    spec = {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "title": {"text": title, "subtitle": _subtitle(table, wish, columns)},
        "description": title,
        "data": {"values": rows},
        **body,
        "background": "white",
        "padding": 12,
        "config": _CONFIG,
    }
    return Plot(spec, tuple({c: row.get(c) for c in columns} for row in rows), columns)


_CONFIG: Final[Spec] = {
    "font": "sans-serif",
    "title": {
        "anchor": "start",
        "fontSize": 15,
        "fontWeight": 600,
        "color": INK,
        "subtitleColor": PALE,
        "subtitleFontSize": 11,
        "subtitlePadding": 5,
        "offset": 14,
    },
    "axis": {
        "labelColor": INK,
        "titleColor": PALE,
        "titleFontWeight": "normal",
        "labelFontSize": 11,
        "titleFontSize": 11,
        "gridColor": "#e2e2dc",
        "domainColor": "#9a9a94",
        "tickColor": "#9a9a94",
    },
    "view": {"stroke": None},
    "legend": {"labelFontSize": 11, "labelColor": INK},
}


def _title(table: CrossTable, wish: PlotOptions) -> str:
    _ = catalogue(wish.language).gettext
    return _("{measure}: {names}, by {groups}").format(
        measure=labels.label("measure", table.measure, wish.language).capitalize(),
        names=", ".join(labels.dimension(n, wish.language) for n in table.of),
        groups=", ".join(labels.dimension(n, wish.language) for n in table.by),
    )


def _subtitle(table: CrossTable, wish: PlotOptions, columns: Sequence[str]) -> list[str]:
    _ = catalogue(wish.language).gettext
    beside: Figure = table.total.unknown[0 if wish.side == "published" else 1]
    copies = _("wire copy counted once") if wish.side == "independent" else _("as published")
    unknown = labels.value(table.of[0], None, wish.language)
    share = labels.percent(beside.share or 0, wish.language)
    one = _("n = {n}, {copies}; {unknown}: {share}").format(
        n=labels.whole(beside.of, wish.language), copies=copies, unknown=unknown, share=share
    )
    if "share" not in columns:
        return [one]
    if "value" in columns:
        # Parts of a whole are drawn without intervals.
        return [one, _("no share below 20 known")]
    lines = [one, _("95 % intervals where shown; no share below 20 known values")]
    if not all(c.published.ranged for g in table.groups for c in g.cells):
        lines.append(_("no interval where more than a third are of unknown gender"))
    return lines


def share_title(table: CrossTable, wish: PlotOptions) -> str:
    """What an axis of shares says: of what."""
    _ = catalogue(wish.language).gettext
    name = together(table.of, chosen(table, wish), wish.language)
    return _("share: {name}").format(name=name)


def chosen(table: CrossTable, wish: PlotOptions) -> tuple[str, ...]:
    """The value whose share is shown: the one that is wished, else the most frequent."""
    if wish.value is not None:
        return wish.value
    if not table.values:
        raise SelonError(_("Nothing to plot: no statement has both values."))
    return table.values[0]


def share(group: Group, value: tuple[str, ...], side: str) -> Row:
    """A value's figure in a group, and the share that is not known there."""
    figure = next(getattr(c, side) for c in group.cells if c.value == value)
    beside = group.unknown[0 if side == "published" else 1]
    return figured(figure) | {"unknown": beside.share}


def figured(figure: Figure) -> Row:
    """A figure's parts; no share of fewer than twenty."""
    told = figure.clustered or figure.interval
    shown = figure.share is not None and not figure.thin
    low, high = told if told and shown else (None, None)
    share = figure.share if shown else None
    return {"n": figure.n, "of": figure.of, "share": share, "low": low, "high": high}


def largest(
    table: CrossTable, groups: Sequence[Group], names: Sequence[str], wish: PlotOptions
) -> list[str]:
    """The largest groups by some dimensions, the largest first; periods in time."""
    sizes: dict[str, int] = {}
    for group in groups:
        name = group_label(table, group, names, wish.language)
        sizes[name] = sizes.get(name, 0) + group.unknown[0].of
    if all(name in PERIODS for name in names):
        return list(sizes)[-wish.top :]
    return sorted(sizes, key=lambda n: (-sizes[n], n))[: wish.top]


def part(table: CrossTable, group: Group, name: str) -> str | None:
    """What a group's key says of one dimension."""
    return group.key[table.by.index(name)]


def group_label(table: CrossTable, group: Group, names: Sequence[str], language: str) -> str:
    """What a group is called by some of its dimensions."""
    return together(names, [part(table, group, n) for n in names], language)


def together(names: Sequence[str], key: Sequence[str | None], language: str) -> str:
    """Several values as one name."""
    return " · ".join(labels.value(n, p, language) for n, p in zip(names, key, strict=True))
