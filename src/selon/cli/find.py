"""`selon search`: statements by words, people, relays and dates."""

from __future__ import annotations

import argparse

from selon.cli import library_options
from selon.i18n import _


def arguments(parser: argparse.ArgumentParser) -> None:
    """Words, filters, limit, format."""
    parser.add_argument(
        "words", nargs="?", metavar=_("WORDS"), help=_('words, "a phrase", or a prefix*')
    )
    library_options.library_option(parser)
    library_options.filters(parser)
    parser.add_argument("--limit", type=int, default=20, help=_("how many (0: all; default: 20)"))
    library_options.format_option(parser)
    parser.epilog = "selon search grève --speaker Ortéga --since 2026-03 --format csv"


def run(args: argparse.Namespace) -> int:
    """Print what is found, newest first."""
    from selon.library.find import COLUMNS, find
    from selon.library.store import Library

    with Library(args.library) as library:
        rows = find(library.connection, library_options.query(args, args.words, args.limit or None))
        if args.format == "jsonl":
            library_options.lines(rows)
        elif args.format == "csv":
            library_options.table(rows, COLUMNS)
        else:
            for row in rows:
                chain = [row["speaker"] or "?", *([row["via"]] if row["via"] else [])]
                chain.append(row["outlet"] or "?")
                told = " › ".join(library_options.printable(part) for part in chain)
                print(f"#{row['id']}  {row['published'] or '?'}  {told}")
                print(f"    {library_options.printable(row['content'])}")
                # The original, wherever an article is named; `selon remove` and `edit` take it.
                named = [library_options.printable(row[k]) for k in ("title", "url") if row[k]]
                if named:
                    print(f"    {' · '.join(named)}")
    return 0
