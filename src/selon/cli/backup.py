"""`selon backup`: a copy of a library while others use it, examined before it gets its name."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from selon.cli import library_options
from selon.errors import SelonError
from selon.i18n import _


def arguments(parser: argparse.ArgumentParser) -> None:
    """Where the copy goes."""
    parser.add_argument(
        "target",
        metavar=_("FILE"),
        help=_("a new file, or a folder (the copy is then named after the time)"),
    )
    library_options.library_option(parser)
    parser.epilog = "selon backup copies/ --library presse.db"


def run(args: argparse.Namespace) -> int:
    """Copy; 0 where the copy is whole."""
    from selon.library import doctor

    target = Path(args.target)
    if args.target.endswith(("/", os.sep)):
        # « copies/ » is a folder, also where it is not there yet.
        try:
            target.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise SelonError(f"{target}: {error.strerror or error}") from error
    target = doctor.backup_place(args.library, target)
    size = doctor.backup(args.library, target)
    library_options.tell(
        _("{path} written: {n} MB, no damaged page").format(
            path=target, n=max(1, size // 1_000_000)
        )
    )
    return 0
