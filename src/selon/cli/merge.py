"""`selon merge`: another library's articles, readings and judgements into this one."""

from __future__ import annotations

import argparse
from pathlib import Path

from selon.cli import opening
from selon.tongue import speaking


def arguments(parser: argparse.ArgumentParser) -> None:
    """The other libraries, and this one."""
    _ = speaking("library").gettext
    parser.add_argument(
        "others", nargs="+", type=Path, metavar="OTHER.db", help=_("other libraries")
    )
    opening.library_option(parser)
    parser.add_argument("--quiet", action="store_true", help=_("do not show progress"))


def run(args: argparse.Namespace) -> int:
    """Merge; 1 where a judgement is of an article that is not here."""
    from selon.cli.add import Bar, told
    from selon.library import merging
    from selon.library.store import Library

    _ = speaking("library").gettext
    away = 0
    with Library(args.library, create=True) as library, Bar(args.quiet, len(args.others)) as show:
        for other in args.others:
            merged = merging.merge(library, other, show.tally)
            show.file()
            told(merged.tally, args.library)
            opening.said(
                _(
                    "{new} judgements imported; {away} skipped, on articles that are not in this library"
                ).format(new=merged.judgements, away=merged.away)
            )
            away += merged.away
    return int(away > 0)
