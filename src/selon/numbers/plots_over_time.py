"""Plots over time: a value's share by period with its interval; a panel for each further group."""

from __future__ import annotations

from datetime import date
from typing import Final

from selon.i18n import catalogue
from selon.numbers import specs
from selon.numbers.cross import CrossTable
from selon.numbers.facts import PERIODS
from selon.numbers.specs import GREEN, INK, PALE, SHARE, Plot, PlotOptions, Row, Spec

# Beyond so many bars their numbers would run into each other.
_LABELLED: Final = 15
_BESIDE: Final = 20
# So many names of periods stand beside each other under a panel, and under a wide plot.
_LABELS: Final = 3
_LABELS_WIDE: Final = 8
_FORMATS: Final = {"year": "%Y", "month": "%b %Y", "week": "%d %b %Y", "day": "%d %b %Y"}


def over_time(table: CrossTable, wish: PlotOptions) -> Plot:
    """A value's share over time with its interval; what is not known beneath; a panel a group."""
    period = next(n for n in table.by if n in PERIODS)
    groups = [g for g in table.groups if specs.part(table, g, period) is not None]
    others = [n for n in table.by if n != period]
    kept = specs.largest(table, groups, others, wish)
    value = specs.chosen(table, wish)
    rows: list[Row] = []
    for group in groups:
        name = specs.group_label(table, group, others, wish.language)
        if others and name not in kept:
            continue
        told = specs.part(table, group, period) or ""
        row = {"period": told, "start": _start(told), "group": name}
        rows.append(row | specs.share(group, value, wish.side))
    # A panel without a single share is no panel.
    shown = {r["group"] for r in rows if r["share"] is not None}
    rows = [r for r in rows if r["group"] in shown] if others else rows
    kept = [name for name in kept if name in shown]
    rows += _without(rows, period)
    rows.sort(key=lambda r: (kept.index(r["group"]) if others else 0, r["start"]))
    for group in dict.fromkeys(row["group"] for row in rows):
        known = [r for r in rows if r["group"] == group and r["share"] is not None]
        if known:
            known[-1]["last"] = True
    starts = sorted({row["start"] for row in rows})
    axis = _period_axis(period, starts, _LABELS if others else _LABELS_WIDE)
    panel = _panel(axis, wish, table)
    if others:
        facet: Spec = {"field": "group", "type": "nominal", "title": None, "sort": kept}
        facet["header"] = {"labelFontWeight": 600, "labelAnchor": "start", "labelColor": INK}
        # An axis under each: the last row may have holes.
        body: Spec = {
            "facet": facet,
            "columns": 2 if len(kept) in (2, 4) else 3,
            "spec": {**panel, "width": 210, "height": 120},
            "resolve": {"axis": {"x": "independent"}},
        }
    else:
        panels = [{**panel, "width": 520, "height": 230}]
        if any(row["unknown"] for row in rows):
            panels.append(_beneath(axis, wish, len(rows)))
        body = {"vconcat": panels, "spacing": 12}
    columns = ("group", "period", *SHARE) if others else ("period", *SHARE)
    return specs.whole(body, table, wish, (rows, columns))


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
                nothing = dict.fromkeys(SHARE) | {"n": 0, "of": 0}
                out.append({"period": told, "start": start, "group": group} | nothing)
    return out


def _months(start: str) -> int:
    return int(start[:4]) * 12 + int(start[5:7]) - 1


def _panel(x: Spec, wish: PlotOptions, table: CrossTable) -> Spec:
    y: Spec = {
        "type": "quantitative",
        "axis": {"format": ".0%", "tickCount": 5},
        "scale": {"domainMin": 0, "nice": True},
        "title": specs.share_title(table, wish),
    }
    return {
        "layer": [
            {
                "mark": {"type": "area", "color": GREEN, "opacity": 0.18},
                "encoding": {"x": x, "y": {"field": "low", **y}, "y2": {"field": "high"}},
            },
            {
                # A share between two that have no interval has no area.
                "mark": {"type": "rule", "color": GREEN, "opacity": 0.3},
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
            {
                # The last share in words, as a reader looks for it first; beside the line.
                "mark": {
                    "type": "text",
                    "align": "left",
                    "dx": 8,
                    "fontWeight": 600,
                    "color": INK,
                },
                "transform": [{"filter": "datum.last"}],
                "encoding": {
                    "x": x,
                    "y": {"field": "share", **y},
                    "text": {"field": "share", "format": ".0%"},
                },
            },
        ]
    }


def _beneath(axis: Spec, wish: PlotOptions, count: int) -> Spec:
    _ = catalogue(wish.language).gettext
    # Without a unit of time a bar stands around its day, as the points above do.
    x: Spec = {k: v for k, v in axis.items() if k != "timeUnit"}
    y: Spec = {
        "field": "unknown",
        "type": "quantitative",
        "axis": {"format": ".0%", "tickCount": 2, "labels": count > _LABELLED, "ticks": False},
        "scale": {"domain": [0, 1]},
        "title": _("unknown"),
    }
    place = {"x": {**x, "axis": None}, "y": y}
    size = max(2, min(40, 300 // max(count, 1)))
    bars: Spec = {"mark": {"type": "bar", "color": "#c9c9c1", "size": size}, "encoding": place}
    layer = [bars]
    if count <= _LABELLED:
        text = {"text": {"field": "unknown", "format": ".0%"}}
        mark = {"type": "text", "dy": -6, "fontSize": 9, "color": PALE}
        layer.append({"mark": mark, "encoding": {**place, **text}})
    return {"width": 520, "height": 52, "layer": layer}


def _period_axis(period: str, starts: list[str], max_labels: int) -> Spec:
    """Time from left to right; `max_labels` of the periods are named, at even steps up to the last."""
    unit = {"year": "utcyear", "month": "utcyearmonth"}.get(period, "utcyearmonthdate")
    step = max(1, -(-len(starts) // max_labels))
    return {
        "field": "start",
        "type": "temporal",
        "timeUnit": unit,
        "title": None,
        # Bars stand around their day: the first and the last need room.
        "scale": {"type": "utc", "padding": _BESIDE},
        "axis": {
            "format": _FORMATS[period],
            "labelOverlap": True,
            "grid": False,
            "values": [_moment(start) for start in starts[::-1][::step][::-1]],
        },
    }


def _moment(day: str) -> Spec:
    return {"year": int(day[:4]), "month": int(day[5:7]), "date": int(day[8:10]), "utc": True}


def _start(told: str) -> str:
    """The first day of a period."""
    if "-W" in told:
        year, week = told.split("-W")
        return date.fromisocalendar(int(year), int(week), 1).isoformat()
    return told + "-01-01"[: 10 - len(told)] if len(told) == 4 else (told + "-01")[:10]
