"""Tables and differences as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from selon.i18n import _, catalogue, preferred_language
from selon.numbers import labels
from selon.numbers.cross import CrossTable, Figure, Group
from selon.numbers.differences import Difference
from selon.show.visible import in_terminal, with_no_break_spaces


def lines(table: CrossTable, limit: int) -> Iterator[str]:
    """The table: its groups below each other, the unknown of each at its end."""
    language = preferred_language()
    names = [labels.dimension(name, language) for name in (*table.by, *table.of)]
    heads = [*names, _("as published"), _("independent (wire copy once)")]
    told = [row for group in table.groups for row in _group(table, group, limit, language)]
    if table.by:
        told += _group(table, table.total, limit, language)
    yield from _align(heads, told)
    left = len(table.values) + table.more[0] - limit if limit else 0
    if left > 0:
        yield _("… and {n} more; --limit 0 shows all").format(n=left)
    if table.more[1]:
        yield _("… and {n} more in groups; --groups 0 shows all").format(n=table.more[1])
    yield _(
        "{measure}; shares of what is known, 95 % intervals ({method}); no share below {n} known"
    ).format(
        measure=labels.label("measure", table.measure, language),
        method=_("Wilson, articles as draws") if _has_clusters(table) else "Wilson",
        n=20,
    )
    if not has_intervals(table):
        yield no_interval(language)


def has_intervals(table: CrossTable) -> bool:
    """Whether no group has too many unknown for its shares to have intervals."""
    return all(c.published.ranged for g in (*table.groups, table.total) for c in g.cells)


def no_interval(language: str) -> str:
    """Why some shares of women and men have no interval."""
    _ = catalogue(language).gettext
    return _(
        "No interval where more than a third are of unknown gender: who is known is no draw from "
        "all, and titles and feminine roles tell women more often than men."
    )


def _has_clusters(table: CrossTable) -> bool:
    return any(c.published.clustered for c in table.total.cells)


def _group(table: CrossTable, group: Group, limit: int, language: str) -> list[list[str]]:
    if group.key or not table.by:
        key = [_value(name, part, language) for name, part in zip(table.by, group.key, strict=True)]
    else:
        key = [labels.label("word", "all", language), *([""] * (len(table.by) - 1))]
    out = []
    for cell in group.cells[: limit or None]:
        if not cell.published.n and limit:
            continue
        values = [
            _value(name, part, language) for name, part in zip(table.of, cell.value, strict=True)
        ]
        out.append([*key, *values, _figure(cell.published), _figure(cell.independent)])
    blank = [labels.value(table.of[0], None, language), *([""] * (len(table.of) - 1))]
    beside = [f"{f.n}/{f.of}" for f in group.unknown]
    return [*out, [*key, *blank, *beside]]


def _value(name: str, part: str | None, language: str) -> str:
    return labels.value(name, part, language)


def _figure(figure: Figure) -> str:
    words = f"{figure.n}/{figure.of}"
    told = figure.clustered or figure.interval
    if figure.share is None or figure.thin:
        return words
    if told is None:
        return f"{words}  {100 * figure.share:.1f} %"
    low, high = (round(100 * x, 1) for x in told)
    return f"{words}  {100 * figure.share:.1f} % [{low}–{high}]"


def difference_lines(
    found: Sequence[Difference], names: tuple[tuple[str, ...], tuple[str, ...]]
) -> Iterator[str]:
    """The differences, a line each, in percentage points."""
    language = preferred_language()
    of, by = names
    if not found:
        yield _("Nothing to compare: at least two groups of two articles each are needed.")
        return
    heads = [
        *(labels.dimension(n, language) for n in (*by, *of)),
        _("against"),
        _("share"),
        _("there"),
        _("points [95 %]"),
        "h",
        "p",
        _("p (Holm)"),
        "articles",
    ]
    rows = []
    for one in found:
        key = [_value(n, p, language) for n, p in zip(by, one.one, strict=True)]
        value = [_value(n, p, language) for n, p in zip(of, one.value, strict=True)]
        other = (
            labels.label("word", "others", language)
            if one.other is None
            else " ".join(_value(n, p, language) for n, p in zip(by, one.other, strict=True))
        )
        rows.append([*key, *value, other, *_difference_cells(one)])
    yield from _align(heads, rows)
    yield _(
        "h: Cohen’s (0.2 small, 0.5 middling, 0.8 large). Intervals and p: bootstrap over "
        "articles, copies as one; Holm: for all lines together."
    )


def _difference_cells(one: Difference) -> list[str]:
    return [
        f"{100 * one.share:.1f} %",
        f"{100 * one.against:.1f} %",
        f"{100 * one.difference:+.1f} [{100 * one.low:+.1f}, {100 * one.high:+.1f}]",
        f"{one.h:+.2f}",
        _p(one.p),
        _p(one.holm),
        str(one.articles),
    ]


def _p(value: float) -> str:
    return "<.001" if value < 0.001 else f"{value:.3f}"


def _align(heads: list[str], rows: list[list[str]]) -> Iterator[str]:
    shown = [[_plain(cell) for cell in row] for row in [heads, *rows]]
    widths = [min(max(map(len, column)), 48) for column in zip(*shown, strict=True)]
    for number, row in enumerate(shown):
        cut = [c if len(c) <= 48 else c[:47] + "…" for c in row]
        yield "  ".join(c.ljust(w) for c, w in zip(cut, widths, strict=True)).rstrip()
        if not number:
            yield "─" * (sum(widths) + 2 * len(widths) - 2)


def _plain(words: str) -> str:
    return " ".join(with_no_break_spaces(in_terminal(words)).split())
