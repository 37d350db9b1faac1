"""What a person says of all articles of a command's files."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from selon.i18n import _

if TYPE_CHECKING:
    from selon.ingest import ReadOptions


def arguments(parser: argparse.ArgumentParser) -> None:
    """The options of ingest."""
    parser.add_argument("--date", help=_("date of publication, if a file gives none"))
    parser.add_argument("--outlet", help=_("outlet, if a file names none"))
    parser.add_argument("--lang", help=_("language of all articles"))
    parser.add_argument(
        "--column",
        action="append",
        default=[],
        metavar="FIELD=NAME",
        help=_("the name that the file gives to a field: text=Corps, published=Jour…"),
    )
    parser.add_argument(
        "--dates",
        choices=("day-first", "month-first"),
        help=_("what comes first in dates such as 03/04/2026, if the file does not say"),
    )
    parser.add_argument("--input-format", dest="source_format", help=_("format of the files"))


def options(args: argparse.Namespace) -> ReadOptions:
    """The options that were given."""
    from selon.ingest import ReadOptions

    return ReadOptions(
        date=args.date,
        outlet=args.outlet,
        lang=args.lang,
        format=args.source_format,
        dates=args.dates,
        columns=tuple((f, n) for f, _sign, n in (c.partition("=") for c in args.column)),
    )
