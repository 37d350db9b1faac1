"""`selon errors`: what could not be read, why, and what to do."""

from __future__ import annotations

import argparse
from dataclasses import asdict

from selon.cli import opening


def arguments(parser: argparse.ArgumentParser) -> None:
    """The library and the format."""
    opening.library_option(parser)
    opening.format_option(parser)


def run(args: argparse.Namespace) -> int:
    """Print every failure; 1 where there are any."""
    from selon.library.add import failures
    from selon.library.store import Library

    with Library(args.library) as library:
        found = failures(library.connection)
    if args.format == "jsonl":
        opening.lines(map(asdict, found))
    elif args.format == "csv":
        opening.table(map(asdict, found), ("source", "stage", "error", "remedy"))
    else:
        for f in found:
            print(f"{opening.printable(f.source)} [{f.stage}] {opening.printable(f.error)}")
            print(f"    → {opening.printable(f.remedy)}")
    return int(bool(found))
