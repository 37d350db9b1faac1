"""`selon load`: readings made elsewhere (exchange contract, JSON Lines) into the library."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

from selon import __version__
from selon.cli import opening
from selon.cli.add import Bar, told
from selon.contract import from_json
from selon.records import Failure, Reading
from selon.tongue import speaking


def arguments(parser: argparse.ArgumentParser) -> None:
    """Files of readings, the library, who made them."""
    _ = speaking("library").gettext
    parser.add_argument("paths", nargs="+", metavar=_("FILE"), help=_("JSON Lines, or -"))
    opening.library_option(parser)
    parser.add_argument("--program", default=__version__, help=_("the program that made them"))
    parser.add_argument("--pack", default="", help=_("the digest of the pack that it used"))
    parser.add_argument("--quiet", action="store_true", help=_("show no progress"))


def run(args: argparse.Namespace) -> int:
    """Load; 1 where a line is no reading."""
    from selon.library import add, runs
    from selon.library.store import Library

    made = runs.Maker(args.program, args.pack)
    with Library(args.library, create=True) as library, Bar(args.quiet, len(args.paths)) as show:
        tally = add.load(library, _readings(args.paths), made, show.tally)
    told(tally, args.library)
    return int(tally.failed > 0)


def _readings(paths: list[str]) -> Iterator[Reading | Failure]:
    _ = speaking("library").gettext
    for path in paths:
        try:
            with nullcontext(sys.stdin.buffer) if path == "-" else Path(path).open("rb") as file:
                for n, line in enumerate(file, 1):
                    if line.strip():
                        yield _reading(line, f"{path}:{n}")
        except OSError as error:
            yield Failure(path, "load", str(error), _("give the path of a file of readings"))


def _reading(line: bytes, where: str) -> Reading | Failure:
    try:
        return from_json(json.loads(line))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        _ = speaking("library").gettext
        return Failure(
            where,
            "load",
            f"{type(error).__name__}: {error}",
            _("the line is no reading of the exchange contract: make it again"),
        )
