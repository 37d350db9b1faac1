"""Plots of tables, as Vega-Lite: over time, heat maps, ranked bars, parts of a whole.

A plot is plain data in a grammar of graphics (Satyanarayan, A., and others (2017), IEEE TVCG 23),
with the rows that it shows inside it. Every plot reads in grey: shades differ in lightness
(cividis, Nuñez, Anderton and Renslow 2018), and numbers stand beside or inside the marks.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from selon.faults import SelonError
from selon.numbers import labels
from selon.numbers.cross import CrossTable, Figure, Group
from selon.numbers.facts import PERIODS
from selon.tongue import speaking

Spec = dict[str, Any]
Row = dict[str, Any]
INK: Final = "#1b1d1f"
PALE: Final = "#5a5e62"
GREEN: Final = "#0d5546"
# From dark to light; what stands on the first three is white.
SHADES: Final = ("#00224e", "#35456c", "#666970", "#948e77", "#c8b866", "#fee838")
_DARK: Final = 3
_FORMATS: Final = {"year": "%Y", "month": "%b %Y", "week": "%d %b %Y", "day": "%d %b %Y"}


@dataclass(frozen=True, slots=True)
class Wish:
    """What a plot shows: `value` one value's share (none: the most frequent value's).

    `side` is `independent` (wire copy once) or `published`; `top` how many of each axis at most.
    """

    tongue: str = "en"
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


def plot(kind: str, table: CrossTable, wish: Wish) -> Plot:
    """A plot of a table; raises `SelonError` where the table has not what the kind needs."""
    _ = speaking("numbers").gettext
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


def _time(table: CrossTable, wish: Wish) -> Plot:
    """A value's share over time with its interval; what is not known beneath; a panel a group."""
    period = next(n for n in table.by if n in PERIODS)
    groups = [g for g in table.groups if _part(table, g, period) is not None]
    others = [n for n in table.by if n != period]
    kept = _largest(table, groups, others, wish)
    value = _value(table, wish)
    rows: list[Row] = []
    for group in groups:
        name = _named(table, group, others, wish.tongue)
        if others and name not in kept:
            continue
        told = _part(table, group, period) or ""
        row = {"period": told, "start": _start(told), "group": name}
        rows.append(row | _share(group, value, wish.side))
    # A panel without a single share is no panel.
    shown = {r["group"] for r in rows if r["share"] is not None}
    rows = [r for r in rows if r["group"] in shown] if others else rows
    kept = [name for name in kept if name in shown]
    rows += _without(rows, period)
    rows.sort(key=lambda r: (kept.index(r["group"]) if others else 0, r["start"]))
    panel = _panel(period, wish, table)
    if others:
        facet: Spec = {"field": "group", "type": "nominal", "title": None, "sort": kept}
        facet["header"] = {"labelFontWeight": 600, "labelAnchor": "start", "labelColor": INK}
        body: Spec = {"facet": facet, "columns": 3, "spec": {**panel, "width": 210, "height": 120}}
    else:
        panels = [{**panel, "width": 520, "height": 230}]
        if any(row["unknown"] for row in rows):
            panels.append(_beneath(period, wish, len(rows)))
        body = {"vconcat": panels, "spacing": 12}
    columns = ("group", "period", *_SHARE) if others else ("period", *_SHARE)
    return _whole(body, table, wish, (rows, columns))


def _without(rows: list[Row], period: str) -> list[Row]:
    """Rows of nothing for the months and years of which there is nothing: the line breaks there."""
    if period not in ("month", "year"):
        return []
    step = 12 if period == "year" else 1
    out = []
    for group in dict.fromkeys(row["group"] for row in rows):
        had = {_months(r["start"]) for r in rows if r["group"] == group}
        for n in range(min(had), max(had), step):
            if n not in had:
                start = f"{n // 12:04d}-{n % 12 + 1:02d}-01"
                told = start[: 4 if period == "year" else 7]
                nothing = dict.fromkeys(_SHARE) | {"n": 0, "of": 0}
                out.append({"period": told, "start": start, "group": group} | nothing)
    return out


def _months(start: str) -> int:
    return int(start[:4]) * 12 + int(start[5:7]) - 1


def _panel(period: str, wish: Wish, table: CrossTable) -> Spec:
    x = _period_axis(period)
    y: Spec = {
        "type": "quantitative",
        "axis": {"format": ".0%", "tickCount": 5},
        "scale": {"domainMin": 0},
        "title": _share_title(table, wish),
    }
    return {
        "layer": [
            {
                "mark": {"type": "area", "color": GREEN, "opacity": 0.18},
                "encoding": {"x": x, "y": {"field": "low", **y}, "y2": {"field": "high"}},
            },
            {
                "mark": {"type": "line", "color": GREEN, "strokeWidth": 1.75},
                "encoding": {"x": x, "y": {"field": "share", **y}},
            },
            {
                "mark": {
                    "type": "point",
                    "color": GREEN,
                    "fill": "white",
                    "size": 34,
                    "opacity": 1,
                },
                "encoding": {"x": x, "y": {"field": "share", **y}},
            },
        ]
    }


def _beneath(period: str, wish: Wish, count: int) -> Spec:
    _ = speaking("numbers", wish.tongue).gettext
    # Without a unit of time a bar stands around its day, as the points above do.
    x: Spec = {k: v for k, v in _period_axis(period).items() if k != "timeUnit"}
    return {
        "width": 520,
        "height": 48,
        "mark": {"type": "bar", "color": "#c9c9c1", "size": max(2, min(40, 300 // max(count, 1)))},
        "encoding": {
            "x": {**x, "axis": None, "scale": {"type": "utc"}},
            "y": {
                "field": "unknown",
                "type": "quantitative",
                "axis": {"format": ".0%", "tickCount": 2},
                "scale": {"domain": [0, 1]},
                "title": _("unknown"),
            },
        },
    }


def _period_axis(period: str) -> Spec:
    unit = {"year": "utcyear", "month": "utcyearmonth"}.get(period, "utcyearmonthdate")
    return {
        "field": "start",
        "type": "temporal",
        "timeUnit": unit,
        "title": None,
        "axis": {"format": _FORMATS[period], "labelOverlap": True, "grid": False},
    }


def _heat(table: CrossTable, wish: Wish) -> Plot:
    """Counts of values in groups: darker is more; further groups are panels."""
    first, *rest = table.by
    values = [c.value for c in table.total.cells[: wish.top]]
    groups = [g for g in table.groups if None not in g.key]
    kept = _largest(table, groups, [first], wish)
    panels = _largest(table, groups, rest, wish) if rest else []
    rows: list[Row] = []
    for group in groups:
        name = _named(table, group, [first], wish.tongue)
        panel = _named(table, group, rest, wish.tongue)
        if name not in kept or (rest and panel not in panels):
            continue
        cells = {c.value: getattr(c, wish.side) for c in group.cells}
        rows += [
            {
                "group": name,
                "panel": panel,
                "value": _together(table.of, value, wish.tongue),
                "n": cells[value].n,
            }
            for value in values
        ]
    x: Spec = {"field": "group", "type": "nominal", "sort": kept, "title": None}
    x["axis"] = {"orient": "top", "labelAngle": -30, "labelAlign": "left", "labelLimit": 130}
    order = [_together(table.of, v, wish.tongue) for v in values]
    y: Spec = {"field": "value", "type": "nominal", "sort": order, "title": None}
    y["axis"] = {"labelLimit": 200}
    most = max((r["n"] for r in rows), default=1) or 1
    scale = {"range": ["#eef2f0", GREEN], "domain": [0, most]}
    shade: Spec = {"field": "n", "type": "quantitative", "scale": scale, "legend": None}
    on = {"condition": {"test": f"datum.n > {most * 0.55}", "value": "white"}, "value": INK}
    layer: Spec = {
        "layer": [
            {
                "mark": {"type": "rect", "stroke": "white"},
                "encoding": {"x": x, "y": y, "color": shade},
            },
            {
                "mark": {"type": "text", "fontSize": 10},
                "transform": [{"filter": "datum.n > 0"}],
                "encoding": {"x": x, "y": y, "text": {"field": "n"}, "color": on},
            },
        ],
        "width": {"step": 38},
        "height": {"step": 22},
    }
    if not rest:
        return _whole(layer, table, wish, (rows, ("group", "value", "n")))
    facet: Spec = {"field": "panel", "type": "nominal", "title": None, "sort": sorted(panels)}
    facet["header"] = {"labelFontWeight": 600, "labelColor": INK}
    body = {"facet": facet, "columns": 3, "spec": layer}
    return _whole(body, table, wish, (rows, ("panel", "group", "value", "n")))


def _bars(table: CrossTable, wish: Wish) -> Plot:
    """A value's share in each group with its interval, the largest share first."""
    value = _value(table, wish)
    groups = [g for g in table.groups if None not in g.key]
    kept = _largest(table, groups, table.by, wish)
    rows: list[Row] = [
        {"group": name} | _share(group, value, wish.side)
        for group in groups
        if (name := _named(table, group, table.by, wish.tongue)) in kept
    ]
    rows.sort(key=lambda r: (r["share"] is None, -(r["share"] or 0), r["group"]))
    for row in rows:
        row["label"] = _told(row, wish.tongue)
    y: Spec = {
        "field": "group",
        "type": "nominal",
        "sort": [r["group"] for r in rows],
        "title": None,
    }
    y["axis"] = {"labelLimit": 240}
    title = _share_title(table, wish)
    scale = {"domain": [0, max([r["high"] or 0 for r in rows] + [0.1])], "nice": True}
    x: Spec = {"type": "quantitative", "axis": {"format": ".0%", "tickCount": 5}, "title": title}
    x["scale"] = scale
    body = {
        "layer": [
            {
                "mark": {"type": "bar", "color": "#a9c4ba", "height": {"band": 0.62}},
                "encoding": {"y": y, "x": {"field": "share", **x}},
            },
            {
                "mark": {"type": "rule", "color": INK, "strokeWidth": 1.5},
                "encoding": {"y": y, "x": {"field": "low", **x}, "x2": {"field": "high"}},
            },
            {
                "mark": {"type": "text", "align": "left", "dx": 8, "fontSize": 10, "color": PALE},
                "encoding": {
                    "y": y,
                    "x": {"field": "edge", **x},
                    "text": {"field": "label"},
                },
                "transform": [{"calculate": "datum.high == null ? 0 : datum.high", "as": "edge"}],
            },
        ],
        "width": 380,
        "height": {"step": 26},
    }
    return _whole(body, table, wish, (rows, ("group", *_SHARE)))


def _told(row: Row, tongue: str) -> str:
    if row["share"] is None:
        return f"{labels.label('column', 'thin', tongue)} (n = {row['of']})"
    return f"{labels.percent(row['share'], tongue)} (n = {labels.whole(row['of'], tongue)})"


def _parts(table: CrossTable, wish: Wish) -> Plot:
    """What each group is made of: the shares of its values beside each other, out of all known."""
    most = len(SHADES)
    values = [c.value for c in table.total.cells[:most]]
    if len(table.values) > most:
        _ = speaking("numbers").gettext
        raise SelonError(_("A plot of parts shows at most {n} values: use heat.").format(n=most))
    groups = [g for g in table.groups if None not in g.key]
    kept = _largest(table, groups, table.by, wish)
    names = [_together(table.of, v, wish.tongue) for v in values]
    rows: list[Row] = []
    for group in groups:
        name = _named(table, group, table.by, wish.tongue)
        if name in kept:
            cells = {c.value: getattr(c, wish.side) for c in group.cells}
            for place, value in enumerate(values):
                row = {"group": name, "value": names[place], "place": place}
                rows.append(row | _figured(cells[value]))
    shades = list(SHADES if len(values) > 4 else (SHADES[0], SHADES[2], SHADES[4], "#f3ead0"))
    dark = 3 if len(values) > 4 else 2
    y: Spec = {"field": "group", "type": "nominal", "sort": kept, "title": None}
    y["axis"] = {"labelLimit": 240}
    x: Spec = {"field": "share", "type": "quantitative", "stack": "zero"}
    x |= {"axis": {"format": ".0%", "tickCount": 5}, "title": None, "scale": {"domain": [0, 1]}}
    colour: Spec = {
        "field": "value",
        "type": "nominal",
        "sort": names,
        "scale": {"domain": names, "range": shades[: len(names)]},
        "legend": {"orient": "top", "title": None, "columns": len(names), "symbolType": "square"},
    }
    on = {"condition": {"test": f"datum.place < {dark}", "value": "white"}, "value": INK}
    order = {"field": "place"}
    body = {
        "layer": [
            {
                "mark": {"type": "bar", "stroke": "white", "height": {"band": 0.7}},
                "encoding": {"y": y, "x": x, "color": colour, "order": order},
            },
            {
                "mark": {"type": "text", "fontSize": 10},
                "transform": [{"filter": "datum.share >= 0.06"}],
                "encoding": {
                    "y": y,
                    "x": {**x, "bandPosition": 0.5},
                    "order": order,
                    "detail": {"field": "value"},
                    "text": {"field": "share", "format": ".0%"},
                    "color": on,
                },
            },
        ],
        "width": 420,
        "height": {"step": 28},
    }
    return _whole(body, table, wish, (rows, ("group", "value", *_SHARE)))


KINDS: Final[dict[str, Callable[[CrossTable, Wish], Plot]]] = {
    "time": _time,
    "heat": _heat,
    "bars": _bars,
    "parts": _parts,
}
_SHARE: Final = ("n", "of", "share", "low", "high", "unknown")


def _whole(
    body: Spec, table: CrossTable, wish: Wish, told: tuple[list[Row], tuple[str, ...]]
) -> Plot:
    rows, columns = told
    if not rows:
        _ = speaking("numbers").gettext
        raise SelonError(_("Nothing to plot: no statement has both values."))
    title = wish.title or _title(table, wish)
    spec = {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "title": {"text": title, "subtitle": _subtitle(table, wish, "share" in columns)},
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


def _title(table: CrossTable, wish: Wish) -> str:
    _ = speaking("numbers", wish.tongue).gettext
    return _("{measure}: {names}, by {groups}").format(
        measure=labels.label("measure", table.measure, wish.tongue).capitalize(),
        names=", ".join(labels.dimension(n, wish.tongue) for n in table.of),
        groups=", ".join(labels.dimension(n, wish.tongue) for n in table.by),
    )


def _subtitle(table: CrossTable, wish: Wish, shares: bool) -> list[str]:
    _ = speaking("numbers", wish.tongue).gettext
    beside: Figure = table.total.unknown[0 if wish.side == "published" else 1]
    copies = _("wire copy counted once") if wish.side == "independent" else _("as published")
    unknown = labels.value(table.of[0], None, wish.tongue)
    share = labels.percent(beside.share or 0, wish.tongue)
    one = _("n = {n}, {copies}; {unknown}: {share}").format(
        n=labels.whole(beside.of, wish.tongue), copies=copies, unknown=unknown, share=share
    )
    return (
        [one, _("95 % intervals where shown; no share below 20 known values")] if shares else [one]
    )


def _share_title(table: CrossTable, wish: Wish) -> str:
    _ = speaking("numbers", wish.tongue).gettext
    name = _together(table.of, _value(table, wish), wish.tongue)
    return _("share: {name}").format(name=name)


def _value(table: CrossTable, wish: Wish) -> tuple[str, ...]:
    if wish.value is not None:
        return wish.value
    if not table.values:
        _ = speaking("numbers").gettext
        raise SelonError(_("Nothing to plot: no statement has both values."))
    return table.values[0]


def _share(group: Group, value: tuple[str, ...], side: str) -> Row:
    figure = next(getattr(c, side) for c in group.cells if c.value == value)
    beside = group.unknown[0 if side == "published" else 1]
    return _figured(figure) | {"unknown": beside.share}


def _figured(figure: Figure) -> Row:
    """A figure's parts; no share of fewer than twenty."""
    told = figure.clustered or figure.interval
    shown = figure.share is not None and not figure.thin
    low, high = told if told and shown else (None, None)
    share = figure.share if shown else None
    return {"n": figure.n, "of": figure.of, "share": share, "low": low, "high": high}


def _largest(
    table: CrossTable, groups: Sequence[Group], names: Sequence[str], wish: Wish
) -> list[str]:
    """The largest groups by some dimensions, the largest first; periods in time."""
    sizes: dict[str, int] = {}
    for group in groups:
        name = _named(table, group, names, wish.tongue)
        sizes[name] = sizes.get(name, 0) + group.unknown[0].of
    if all(name in PERIODS for name in names):
        return list(sizes)[-wish.top :]
    return sorted(sizes, key=lambda n: (-sizes[n], n))[: wish.top]


def _part(table: CrossTable, group: Group, name: str) -> str | None:
    return group.key[table.by.index(name)]


def _named(table: CrossTable, group: Group, names: Sequence[str], tongue: str) -> str:
    return _together(names, [_part(table, group, n) for n in names], tongue)


def _together(names: Sequence[str], key: Sequence[str | None], tongue: str) -> str:
    return " · ".join(labels.value(n, p, tongue) for n, p in zip(names, key, strict=True))


def _start(told: str) -> str:
    """The first day of a period."""
    if "-W" in told:
        year, week = told.split("-W")
        return date.fromisocalendar(int(year), int(week), 1).isoformat()
    return told + "-01-01"[: 10 - len(told)] if len(told) == 4 else (told + "-01")[:10]
