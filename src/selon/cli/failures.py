"""`selon errors`: what could not be read, why, and what to do."""

from __future__ import annotations

import argparse
from dataclasses import asdict

from selon.cli import library_options


def arguments(parser: argparse.ArgumentParser) -> None:
    """The library and the format."""
    library_options.library_option(parser)
    library_options.format_option(parser)


def run(args: argparse.Namespace) -> int:
    """Print every failure; 1 where there are any."""
    from selon.library.add import failures
    from selon.library.store import Library

    with Library(args.library) as library:
        found = failures(library.connection)
    if args.format == "jsonl":
        library_options.lines(map(asdict, found))
    elif args.format == "csv":
        library_options.table(map(asdict, found), ("source", "stage", "error", "remedy"))
    else:
        for f in found:
            print(
                f"{library_options.printable(f.source)} [{f.stage}] {library_options.printable(f.error)}"
            )
            print(f"    → {library_options.printable(f.remedy)}")
    return int(bool(found))
