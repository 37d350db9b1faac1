"""Plots of shares without time: ranked bars with intervals, and what each group is made of.

Every plot reads in grey: shades differ in lightness (cividis, Nuñez, Anderton and Renslow 2018).
"""

from __future__ import annotations

from typing import Final

from selon.errors import SelonError
from selon.i18n import _
from selon.numbers import labels, specs
from selon.numbers.cross import CrossTable
from selon.numbers.specs import INK, PALE, SHARE, Plot, PlotOptions, Row, Spec

# From dark to light; what stands on the first three is white.
SHADES: Final = ("#00224e", "#35456c", "#666970", "#948e77", "#c8b866", "#fee838")


def bars(table: CrossTable, wish: PlotOptions) -> Plot:
    """A value's share in each group with its interval, the largest share first."""
    value = specs.chosen(table, wish)
    groups = [g for g in table.groups if None not in g.key]
    kept = specs.largest(table, groups, table.by, wish)
    rows: list[Row] = [
        {"group": name} | specs.share(group, value, wish.side)
        for group in groups
        if (name := specs.group_label(table, group, table.by, wish.language)) in kept
    ]
    rows.sort(key=lambda r: (r["share"] is None, -(r["share"] or 0), r["group"]))
    for row in rows:
        row["label"] = _share_text(row, wish.language)
    y: Spec = {
        "field": "group",
        "type": "nominal",
        "sort": [r["group"] for r in rows],
        "title": None,
    }
    y["axis"] = {"labelLimit": 240}
    title = specs.share_title(table, wish)
    # Where there is no interval the bar itself is what must fit.
    furthest = max([r["high"] or r["share"] or 0 for r in rows] + [0.1])
    scale = {"domain": [0, furthest], "nice": True}
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
                "transform": [
                    {
                        "calculate": "datum.high != null ? datum.high : datum.share || 0",
                        "as": "edge",
                    }
                ],
            },
        ],
        "width": 380,
        "height": {"step": 26},
    }
    return specs.whole(body, table, wish, (rows, ("group", *SHARE)))


def _share_text(row: Row, language: str) -> str:
    if row["share"] is None:
        return f"{labels.label('column', 'thin', language)} (n = {row['of']})"
    return f"{labels.percent(row['share'], language)} (n = {labels.whole(row['of'], language)})"


def parts(table: CrossTable, wish: PlotOptions) -> Plot:
    """What each group is made of: the shares of its values beside each other, out of all known."""
    most = len(SHADES)
    values = [c.value for c in table.total.cells[:most]]
    if len(table.values) + table.more[0] > most:
        raise SelonError(_("A plot of parts shows at most {n} values: use heat.").format(n=most))
    groups = [g for g in table.groups if None not in g.key]
    kept = specs.largest(table, groups, table.by, wish)
    names = [specs.together(table.of, v, wish.language) for v in values]
    rows: list[Row] = []
    for group in groups:
        name = specs.group_label(table, group, table.by, wish.language)
        if name in kept:
            cells = {c.value: getattr(c, wish.side) for c in group.cells}
            for place, value in enumerate(values):
                row = {"group": name, "value": names[place], "place": place}
                rows.append(row | specs.figured(cells[value]))
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
    return specs.whole(body, table, wish, (rows, ("group", "value", *SHARE)))
