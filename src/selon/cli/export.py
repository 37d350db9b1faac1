"""`selon export`: the library's statements in the formats of other tools."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from selon.cli import library_options
from selon.errors import SelonError
from selon.i18n import _, preferred_language

if TYPE_CHECKING:
    import sqlite3

    from selon.export.options import ExportOptions
    from selon.library.find import Query

# Formats that are in French whatever the user speaks.
_FRENCH: Final = ("iramuteq", "txm")
_TABLES: Final = ("csv", "parquet", "xlsx")


def arguments(parser: argparse.ArgumentParser) -> None:
    """The format, the library, filters, where to."""
    from selon.export import FORMATS
    from selon.library.network import TIES

    listed = "\n".join(f"  {name:<14} {_(f.words)}" for name, f in FORMATS.items())
    parser.epilog = f"{_('Formats:')}\n{listed}\n\nselon export csv --output statements.csv"
    parser.add_argument("format", nargs="?", choices=tuple(FORMATS), metavar="FORMAT")
    library_options.library_option(parser)
    library_options.filters(parser)
    parser.add_argument("--words", help=_("only statements with these words"))
    parser.add_argument(
        "--output", "-o", type=Path, metavar=_("FILE"), help=_("file or folder (default: stdout)")
    )
    parser.add_argument(
        "--codebook",
        action="store_true",
        help=_("write the codebook instead: what each column of a table means, as CSV"),
    )
    parser.add_argument(
        "--details",
        action="store_true",
        help=_("tables: add month, year, context, and a unique name for each speaker"),
    )
    parser.add_argument(
        "--names", choices=("en", "fr"), help=_("columns and values in English or French words")
    )
    parser.add_argument(
        "--excel",
        action="store_true",
        help=_("CSV that Excel opens on a double click: byte order mark, semicolons"),
    )
    parser.add_argument(
        "--min-count",
        type=int,
        default=1,
        metavar="N",
        help=_(
            "IRaMuTeQ, TXM: group speakers with fewer statements; GEXF: leave out edges with fewer"
        ),
    )
    parser.add_argument(
        "--tie",
        choices=tuple(TIES),
        help=_("GEXF: who quotes whom, relays whom, speaks of whom, speaks to whom"),
    )


def run(args: argparse.Namespace) -> int:
    """Write the current readings, corrected, with the statements that the filters leave."""
    from selon import export
    from selon.library import fetch
    from selon.library.store import Library

    if args.codebook:
        return _codebook(args)
    if args.format is None:
        raise SelonError(
            _("Which format? Choose from {choice}.").format(choice=", ".join(export.FORMATS))
        )
    _check(args)
    with Library(args.library) as library:
        query = library_options.query(args, args.words, None)
        if args.tie:
            _network(args, library.connection, query)
            return 0
        options = _options(args, library.connection, query)
        readings = fetch.readings_of_query(library.connection, query)
        export.to(args.format, readings, args.output, options)
    return 0


def _check(args: argparse.Namespace) -> None:
    """An option that a format would not heed is refused."""
    heeded = {
        "--details": (args.details, _TABLES),
        "--names": (args.names, _TABLES),
        "--excel": (args.excel, ("csv",)),
        "--tie": (args.tie, ("gexf",)),
        "--min-count": (args.min_count != 1, (*_FRENCH, "gexf") if args.tie else _FRENCH),
    }
    for option, (given, formats) in heeded.items():
        if given and args.format not in formats:
            raise SelonError(
                _("{option} applies only to {formats}.").format(
                    option=option, formats=", ".join(formats)
                )
            )


def _options(
    args: argparse.Namespace, connection: sqlite3.Connection, query: Query
) -> ExportOptions:
    from selon.export.options import ExportOptions
    from selon.numbers import export_details

    french = args.format in _FRENCH
    language = "fr" if french else args.names
    known = None
    if args.details or french:
        known = export_details.details(connection, query, min_count=args.min_count)
    return ExportOptions(language, args.excel, known)


def _network(args: argparse.Namespace, connection: sqlite3.Connection, query: Query) -> None:
    from selon.export import writing
    from selon.numbers import export_details

    told = export_details.graph(connection, args.tie, query, min_count=args.min_count)
    if args.output:
        writing.save_whole(args.output, lambda out: out.write(told))
    else:
        sys.stdout.buffer.write(told)


def _codebook(args: argparse.Namespace) -> int:
    from functools import partial

    from selon.export import codebook, writing

    language = args.names or preferred_language()
    put = partial(
        writing.write, codebook.rows(language), codebook.COLUMNS, form="csv", excel=args.excel
    )
    if args.output:
        writing.save_whole(args.output, lambda out: put(out=out))
    else:
        sys.stdout.flush()
        put(out=sys.stdout.buffer)
    return 0
