"""`selon doctor`: what of a library is whole, what is damaged, what can be saved."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path

from selon.cli import library_options
from selon.i18n import _


def arguments(parser: argparse.ArgumentParser) -> None:
    """The library, and where what can be read is saved."""
    library_options.library_option(parser)
    parser.add_argument(
        "--save", type=Path, metavar="NEW.db", help=_("a new library with all that can be read")
    )
    parser.add_argument("--json", action="store_true", help=_("findings as JSON Lines"))


def run(args: argparse.Namespace) -> int:
    """Examine, and save where that is asked; 1 where something is damaged."""
    from selon.library import doctor

    found = doctor.examine(args.library)
    marks = {"sound": "+", "warning": "!", "damaged": "×"}
    if args.json:
        library_options.lines(map(asdict, found))
    else:
        for finding in found:
            print(f"{marks[finding.state]} {library_options.printable(finding.words)}")
            if finding.remedy and not args.save:
                print(f"    → {finding.remedy}")
    if args.save:
        for part in doctor.save(args.library, args.save):
            if part.read or part.known:
                known = "?" if part.known is None else part.known
                library_options.tell(
                    _("{table}: {read} of {known} saved").format(
                        table=part.table, read=part.read, known=known
                    )
                )
    return int(any(f.state == "damaged" for f in found))
