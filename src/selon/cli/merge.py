"""`selon merge`: another library's articles, readings and judgements into this one."""

from __future__ import annotations

import argparse
from pathlib import Path

from selon.cli import library_options
from selon.i18n import _


def arguments(parser: argparse.ArgumentParser) -> None:
    """The other libraries, and this one."""
    parser.add_argument(
        "others", nargs="+", type=Path, metavar="OTHER.db", help=_("other libraries")
    )
    library_options.library_option(parser)
    parser.add_argument("--quiet", action="store_true", help=_("do not show progress"))


def run(args: argparse.Namespace) -> int:
    """Merge; 1 where a judgement is of an article that is not here."""
    from selon.cli.add import ProgressBar, report_run
    from selon.library import merge
    from selon.library.store import Library

    away = 0
    with (
        Library(args.library, create=True) as library,
        ProgressBar(args.quiet, len(args.others)) as show,
    ):
        for other in args.others:
            merged = merge.merge(library, other, show.tally)
            show.file()
            report_run(merged.tally, args.library)
            library_options.tell(
                _(
                    "{new} judgements imported; {away} skipped, on articles that are not in this library"
                ).format(new=merged.judgements, away=merged.away)
            )
            away += merged.away
    return int(away > 0)
