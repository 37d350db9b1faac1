"""`selon stats`: shares with n, the unknown, intervals, and wire copy counted once."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from selon.cli import library_options
from selon.i18n import _, preferred_language
from selon.labels import dimension, label

if TYPE_CHECKING:
    from selon.library.stats import Count, StatsLine, StatsTable

_COLUMNS: Final = (
    "by",
    "value",
    "published_n",
    "published_of",
    "published_share",
    "published_low",
    "published_high",
    "independent_n",
    "independent_of",
    "independent_share",
    "independent_low",
    "independent_high",
)

_CHOICE: Final = (
    *("outlet", "year", "month", "week", "day", "form", "stance", "voice", "reviewed", "verb"),
    *("speaker", "named", "kind", "gender", "role", "field", "relay", "addressee"),
)
_EXAMPLES: Final = """\
selon stats gender --by outlet month
selon stats gender --by outlet --compare others --value female
selon stats voice --by outlet --measure words -o voices.xlsx --names fr"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """What to count, in which groups, filters, format and file."""
    from selon.cli import tables

    parser.epilog = _EXAMPLES
    parser.add_argument(
        "dimensions",
        nargs="*",
        metavar=_("DIMENSION"),
        help=_("what to count: {choice} (default: outlet)").format(choice=", ".join(_CHOICE)),
    )
    parser.add_argument("--words", help=_("only statements with these words"))
    library_options.library_option(parser)
    library_options.filters(parser)
    tables.options(parser)
    parser.add_argument("--limit", type=int, default=20, help=_("how many (0: all; default: 20)"))


def run(args: argparse.Namespace) -> int:
    """Print the table; the unknown comes last, of genders first."""
    from selon.cli import tables
    from selon.library.stats import BY, stats
    from selon.library.store import Library

    dimensions = library_options.dimensions(args.dimensions) or ("outlet",)
    if len(dimensions) > 1 or dimensions[0] not in BY or tables.is_cross_table(args, dimensions):
        return tables.run(args, dimensions)
    with Library(args.library) as library:
        found = stats(
            library.connection, dimensions[0], library_options.query(args, args.words, None)
        )
    rows = list(_rows(found, args.limit))
    if args.format == "jsonl":
        library_options.lines(rows)
    elif args.format == "csv":
        library_options.table(rows, _COLUMNS)
    else:
        _print(found, args.limit)
    return 0


def _rows(table: StatsTable, limit: int) -> Iterator[dict[str, Any]]:
    for line in (*table.lines[: limit or None], table.unknown):
        known = line is not table.unknown
        yield {
            "by": table.by,
            "value": line.value if known else None,
            **_figures("published", line.published),
            **_figures("independent", line.independent),
        }


def _figures(name: str, count: Count) -> dict[str, Any]:
    low, high = count.interval or (None, None)
    return {
        f"{name}_n": count.n,
        f"{name}_of": count.of,
        f"{name}_share": count.share,
        f"{name}_low": low,
        f"{name}_high": high,
    }


def _print(table: StatsTable, limit: int) -> None:
    kept = table.lines[: limit or None]
    persons = table.unit == "persons"
    if persons:
        head = _("{by}, persons: as published | independent (reprints counted once), share")
    else:
        head = _("{by}: as published | independent (reprints counted once), share [95 % interval]")
    language = preferred_language()
    print(head.format(by=dimension(table.by, language)))
    names = [library_options.printable(label(table.by, line.value, language)) for line in kept]
    lines: list[StatsLine] = list(kept)
    where = 0 if persons else len(lines)
    names.insert(where, _("unknown"))
    lines.insert(where, table.unknown)
    width = max(map(len, names))
    for name, line in zip(names, lines, strict=True):
        print(f"{name:<{width}}  {_share(line.published)}  |  {_share(line.independent)}")
    if persons and not table.ranged:
        print(_why_no_interval())
    if len(kept) < len(table.lines):
        print(_("… and {n} more; --limit 0 shows all").format(n=len(table.lines) - len(kept)))


def _why_no_interval() -> str:
    return _(
        "No interval: the gender of more than a third is unknown. Those whose gender is known are"
        " not a random sample: titles and feminine job names reveal women more often than men."
    )


def _share(count: Count) -> str:
    words = f"{count.n}/{count.of}"
    if count.share is None:
        return words
    if count.interval is None:
        return f"{words}  {100 * count.share:.1f} %"
    low, high = (round(100 * x, 1) for x in count.interval)
    return f"{words}  {100 * count.share:.1f} % [{low}–{high}]"
