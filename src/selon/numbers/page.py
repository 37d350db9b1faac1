"""Tables and figures on one HTML page that stands alone: no script, nothing from elsewhere."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from selon.i18n import catalogue
from selon.numbers import labels
from selon.numbers.cross import CrossTable, Figure, Group
from selon.show.visible import on_page

HERE: Final = Path(__file__).parent
# More columns than this are not read on paper.
WIDE: Final = 12


@dataclass(frozen=True, slots=True)
class GridEntry:
    """One cell: what is said large, what small beside it."""

    large: str
    small: str = ""
    thin: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: its caption, headings, and lines of a name and entries."""

    caption: str
    headings: tuple[str, ...]
    lines: tuple[tuple[str, tuple[GridEntry, ...]], ...]
    total: int = 0
    """How many lines at the end are sums."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A figure: its picture as SVG, and what it shows in words."""

    svg: str
    words: str

    @property
    def address(self) -> str:
        """The picture as an address that needs no network."""
        return "data:image/svg+xml;base64," + b64encode(self.svg.encode()).decode()


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a page: a title, paragraphs, then tables, figures and notes."""

    title: str
    paragraphs: tuple[str, ...] = ()
    grids: tuple[Grid, ...] = ()
    drawings: tuple[Drawing, ...] = ()
    notes: tuple[str, ...] = ()
    pasted: str = ""
    """A paragraph to be copied, in a box of its own."""


def document(title: str, lead: str, sections: Sequence[Section], language: str) -> str:
    """The page as HTML."""
    style = (HERE / "numbers.css").read_text("utf-8")
    digest = b64encode(sha256(style.encode()).digest()).decode()
    environment = Environment(
        loader=FileSystemLoader(HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: on_page(value) if type(value) is str else value,
    )
    return environment.get_template("numbers.html").render(
        title=title,
        lead=lead,
        sections=sections,
        language=language,
        style=Markup(style),
        policy=f"default-src 'none'; img-src data:; style-src 'sha256-{digest}'; base-uri 'none'",
    )


def grid(table: CrossTable, language: str, *, limit: int = WIDE, side: str = "published") -> Grid:
    """A cross-table as groups × values; the share large, its interval and n small.

    No share of fewer than twenty. `side` is `published` or `independent`.
    """
    _ = catalogue(language).gettext
    values = table.values[:limit]
    shown = [_group_name(table.of, value, language) for value in values]
    lines = [(_name(table, g, language), _entries(g, limit, side, language)) for g in table.groups]
    sums = 0
    if table.by:
        lines.append((_("all"), _entries(table.total, limit, side, language)))
        sums = 1
    names = ", ".join(labels.dimension(name, language) for name in table.of)
    groups = ", ".join(labels.dimension(name, language) for name in table.by)
    measure = labels.label("measure", table.measure, language)
    caption = (
        _("{measure}: {names}, by {groups}") if table.by else _("{measure}: {names}")
    ).format(measure=measure, names=names, groups=groups)
    headings = (groups, *shown, _unknown(table, language))
    return Grid(caption, headings, tuple(lines), sums)


def _unknown(table: CrossTable, language: str) -> str:
    return labels.value(table.of[0], None, language)


def _name(table: CrossTable, group: Group, language: str) -> str:
    _ = catalogue(language).gettext
    return _group_name(table.by, group.key, language) if table.by else _("all")


def _group_name(names: Sequence[str], key: Sequence[str | None], language: str) -> str:
    return " · ".join(
        labels.spoken_month(labels.value(name, part, language), language)
        if name == "month"
        else labels.value(name, part, language)
        for name, part in zip(names, key, strict=True)
    )


def _entries(group: Group, limit: int, side: str, language: str) -> tuple[GridEntry, ...]:
    told = [entry(getattr(c, side), language) for c in group.cells[:limit]]
    beside = group.unknown[0 if side == "published" else 1]
    share = labels.percent(beside.share, language) if beside.share is not None else "–"
    return (
        *told,
        GridEntry(
            share, f"{labels.whole(beside.n, language)} / {labels.whole(beside.of, language)}"
        ),
    )


def entry(figure: Figure, language: str) -> GridEntry:
    """A figure in words: « 27 % », « 20–36 · 31 / 113 »."""
    count = f"{labels.whole(figure.n, language)} / {labels.whole(figure.of, language)}"
    if figure.share is None:
        return GridEntry("–", "n = 0", True)
    if figure.thin:
        return GridEntry(labels.label("column", "thin", language), count, True)
    told = figure.clustered or figure.interval
    between = f"{100 * told[0]:.0f}–{100 * told[1]:.0f} · " if told else ""
    return GridEntry(labels.percent(figure.share, language), between + count)
