"""The page `/numbers`: cross-tables and plots of a search, to be read and to be saved."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any, Final

from litestar import Response, get
from litestar.params import FromPath

from selon.errors import SelonError
from selon.library.store import Library
from selon.numbers.facts import DIMENSIONS, PERIODS
from selon.numbers.specs import Plot
from selon.web import crossing, templating
from selon.web.count_cache import MAX_WAIT_S, PATIENCE_S
from selon.web.crossing import CrossTables, TableQuery
from selon.web.query_params import query_with_dates
from selon.web.templating import Asked

# What is counted, and what it is counted in; the finest periods come last.
VALUE_DIMENSIONS: Final = tuple(n for n in DIMENSIONS if n not in ("named", *PERIODS))
GROUP_DIMENSIONS: Final = (
    *("outlet", "month", "year", "week", "day"),
    *("speaker", "gender", "kind", "role", "form", "voice", "stance", "relay", "addressee"),
    *("verb", "reviewed"),
)
FILTERS: Final = ("words", "speaker", "outlet", "since", "until")
TABLES: Final = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
    "parquet": "application/vnd.apache.parquet",
}
# The last has the rows behind the drawing.
PLOTS: Final = {
    "svg": "image/svg+xml",
    "png": "image/png",
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
}


@get("/numbers", sync_to_thread=True)
def numbers(request: Asked) -> Response[str]:
    """The table that an address asks for; the first page counts women and men by outlet."""
    wish, wrong = _table_query(request)
    say = templating.locale_of(request)
    patience = MAX_WAIT_S if request.query_params.get("counts") == "wait" else PATIENCE_S
    shown, fresh, fault, drawn = None, True, "", False
    if not wrong:
        try:
            done = templating.library_of(request).counts.soon(*_count_request(wish), patience)
            fresh = done is not None and done.fresh
            if done is not None:
                shown = crossing.table_page(done.value, wish, say.language)
                drawn = _can_be_drawn(done.value, wish, say.language)
        except SelonError as error:
            fault = str(error)
    return templating.page(
        request,
        "numbers",
        400 if wrong or fault else 200,
        door="stats",
        asked=[(k, v) for k, v in templating.address_parameters(request) if k != "counts"],
        wish=wish,
        given={k: request.query_params.get(k, "").strip() for k in FILTERS},
        wrong=wrong,
        fault=fault,
        t=shown,
        fresh=fresh,
        called=_column_names(say.language),
        of=VALUE_DIMENSIONS,
        within=GROUP_DIMENSIONS,
        plots=PLOTS if drawn else {},
        can_draw=_can_draw(),
        tables=TABLES,
    )


@get("/numbers/table/{form:str}", sync_to_thread=True)
def table(request: Asked, form: FromPath[str]) -> Response[bytes]:
    """The whole table as a file, with the intervals and both ways of counting copies."""
    from selon.export import writing
    from selon.numbers import rows

    if form not in TABLES:
        raise SelonError(
            templating.locale_of(request).gettext("This format is not available here.")
        )
    found, _wished = _cached_tables(request)
    out = BytesIO()
    writing.write(rows.rows(found.table), rows.columns(found.table), out, form)
    return templating.file_response(out.getvalue(), f"selon-table.{form}", TABLES[form])


@get("/numbers/plot/{form:str}", sync_to_thread=True)
def plot(request: Asked, form: FromPath[str]) -> Response[bytes]:
    """The table drawn: over time, as a heat map, or as bars."""
    from selon.numbers import draw

    if form not in PLOTS:
        raise SelonError(
            templating.locale_of(request).gettext("This format is not available here.")
        )
    found, wish = _cached_tables(request)
    language = templating.locale_of(request).language
    out = BytesIO()
    draw.draw(_plot(found, wish, language), form, out, language)
    return templating.file_response(
        out.getvalue(), f"selon-plot.{form}", PLOTS[form], inline=form == "svg"
    )


def _plot(found: CrossTables, wish: TableQuery, language: str) -> Plot:
    """What is drawn of a table; SelonError where there is nothing to draw."""
    from selon.numbers import plots

    value = crossing.table_page(found, wish, language).value
    wanted = plots.PlotOptions(language=language, value=(value,) if value else None, side=wish.side)
    over = {wish.rows, wish.columns} & set(PERIODS)
    kind = "time" if over else "heat" if wish.columns else "bars"
    return plots.plot(kind, found.table, wanted)


def _cached_tables(request: Asked) -> tuple[CrossTables, TableQuery]:
    wish, wrong = _table_query(request)
    if wrong:
        raise SelonError(next(iter(wrong.values())))
    return templating.library_of(request).counts.whole(*_count_request(wish)).value, wish


def _table_query(request: Asked) -> tuple[TableQuery, dict[str, str]]:
    """What an address asks for; what it cannot mean is as on the first page."""
    query, wrong = query_with_dates(request)
    asked = request.query_params

    def one(name: str, choice: tuple[str, ...], otherwise: str) -> str:
        return asked[name] if asked.get(name) in choice else otherwise

    of = one("of", VALUE_DIMENSIONS, "gender")
    rows = one("rows", GROUP_DIMENSIONS, "outlet")
    columns = one("columns", ("", *GROUP_DIMENSIONS), "")
    if rows == of:
        rows = next(n for n in GROUP_DIMENSIONS if n != of)
    wish = TableQuery(
        of,
        rows,
        "" if columns in (of, rows) else columns,
        asked.get("value", "")[:300],
        one("measure", crossing.MEASURES, "statements"),
        one("side", ("independent", "published"), "independent"),
        query,
    )
    return wish, wrong


def _count_request(wish: TableQuery) -> tuple[tuple[Any, ...], Callable[[Library], CrossTables]]:
    key = ("cross", wish.of, wish.rows, wish.columns, wish.measure, wish.query)
    return key, lambda held: crossing.count_cross_tables(held, wish)


def _column_names(language: str) -> dict[str, str]:
    from selon.numbers import labels

    names = {*VALUE_DIMENSIONS, *GROUP_DIMENSIONS}
    told = {name: labels.dimension(name, language) for name in names}
    return told | {m: labels.label("measure", m, language) for m in crossing.MEASURES}


def _can_be_drawn(found: CrossTables, wish: TableQuery, language: str) -> bool:
    """Whether drawings can be made here, and the table has anything to draw."""
    if not _can_draw():
        return False
    try:
        _plot(found, wish, language)
    except SelonError:
        return False
    return True


def _can_draw() -> bool:
    """Whether the package that draws is installed."""
    from importlib.util import find_spec

    return find_spec("vl_convert") is not None


ROUTES: Final[list[Any]] = [numbers, table, plot]
