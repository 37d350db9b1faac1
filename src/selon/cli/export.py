"""`selon export`: the library's statements in the formats of other tools."""

from __future__ import annotations

import argparse
from pathlib import Path

from selon.cli import opening
from selon.tongue import speaking


def arguments(parser: argparse.ArgumentParser) -> None:
    """The format, the library, filters, where to."""
    from selon.export import FORMATS

    _ = speaking("library").gettext
    listed = "\n".join(f"  {name:<14} {_(f.words)}" for name, f in FORMATS.items())
    parser.epilog = f"{_('Formats:')}\n{listed}\n\nselon export csv --output statements.csv"
    parser.add_argument("format", choices=tuple(FORMATS), metavar="FORMAT")
    opening.library_option(parser)
    opening.filters(parser)
    parser.add_argument("--words", help=_("only statements with these words"))
    parser.add_argument(
        "--output", "-o", type=Path, metavar=_("FILE"), help=_("file or folder (default: stdout)")
    )


def run(args: argparse.Namespace) -> int:
    """Write the current readings, corrected, with the statements that the filters leave."""
    from selon import export
    from selon.library import fetch
    from selon.library.store import Library

    with Library(args.library) as library:
        query = opening.query(args, args.words, None)
        export.to(args.format, fetch.found(library.connection, query), args.output)
    return 0
