"""Heat maps: counts of values in groups as shades, with the numbers in them."""

from __future__ import annotations

from selon.numbers import specs
from selon.numbers.cross import CrossTable
from selon.numbers.specs import GREEN, INK, Plot, PlotOptions, Row, Spec


def heat(table: CrossTable, wish: PlotOptions) -> Plot:
    """Counts of values in groups: darker is more; further groups are panels."""
    first, *rest = table.by
    values = [c.value for c in table.total.cells[: wish.top]]
    groups = [g for g in table.groups if None not in g.key]
    kept = specs.largest(table, groups, [first], wish)
    panels = specs.largest(table, groups, rest, wish) if rest else []
    rows: list[Row] = []
    for group in groups:
        name = specs.group_label(table, group, [first], wish.language)
        panel = specs.group_label(table, group, rest, wish.language)
        if name not in kept or (rest and panel not in panels):
            continue
        cells = {c.value: getattr(c, wish.side) for c in group.cells}
        rows += [
            {
                "group": name,
                "panel": panel,
                "value": specs.together(table.of, value, wish.language),
                "n": cells[value].n,
            }
            for value in values
        ]
    x: Spec = {"field": "group", "type": "nominal", "sort": kept, "title": None}
    x["axis"] = {"orient": "top", "labelAngle": -30, "labelAlign": "left", "labelLimit": 130}
    order = [specs.together(table.of, v, wish.language) for v in values]
    y: Spec = {"field": "value", "type": "nominal", "sort": order, "title": None}
    y["axis"] = {"labelLimit": 200}
    most = max((r["n"] for r in rows), default=1) or 1
    scale = {"range": ["#eef2f0", GREEN], "domain": [0, most]}
    shade: Spec = {"field": "n", "type": "quantitative", "scale": scale, "legend": None}
    on = {"condition": {"test": f"datum.n > {most * 0.68}", "value": "white"}, "value": INK}
    layer: Spec = {
        "layer": [
            {
                "mark": {"type": "rect", "stroke": "white"},
                "encoding": {"x": x, "y": y, "color": shade},
            },
            {
                "mark": {"type": "text", "fontSize": 10},
                "transform": [
                    {"calculate": "datum.n > 0 ? format(datum.n, ',') : '·'", "as": "told"}
                ],
                "encoding": {"x": x, "y": y, "text": {"field": "told"}, "color": on},
            },
        ],
        "width": {"step": 38},
        "height": {"step": 22},
    }
    if not rest:
        return specs.whole(layer, table, wish, (rows, ("group", "value", "n")))
    facet: Spec = {"field": "panel", "type": "nominal", "title": None, "sort": sorted(panels)}
    # The names of the columns stand above.
    facet["header"] = {"labelFontWeight": 600, "labelColor": INK, "labelOrient": "bottom"}
    body = {"facet": facet, "columns": 3, "spec": layer}
    return specs.whole(body, table, wish, (rows, ("panel", "group", "value", "n")))
