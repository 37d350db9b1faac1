"""`selon load`: readings made elsewhere (exchange contract, JSON Lines) into the library."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import astuple
from pathlib import Path
from typing import TYPE_CHECKING

from selon import __version__
from selon.cli import library_options
from selon.cli.add import ProgressBar, report_run
from selon.contract import from_json
from selon.i18n import _
from selon.records import Failure, Reading

if TYPE_CHECKING:
    from selon.library.runs import Maker


def arguments(parser: argparse.ArgumentParser) -> None:
    """Files of readings, the library, who made them."""
    parser.add_argument(
        "paths",
        nargs="+",
        metavar=_("FILE"),
        help=_("JSON Lines, Parquet shards, folders of shards, or -"),
    )
    library_options.library_option(parser)
    parser.add_argument("--program", default=__version__, help=_("the program that made them"))
    parser.add_argument("--pack", default="", help=_("the digest of the pack that it used"))
    parser.add_argument("--quiet", action="store_true", help=_("do not show progress"))


def run(args: argparse.Namespace) -> int:
    """Load; 1 where a line is no reading."""
    from selon.library import add, runs
    from selon.library.store import Library

    total = add.ImportTally()
    with (
        Library(args.library, create=True) as library,
        ProgressBar(args.quiet, len(args.paths)) as show,
    ):
        for path in _files(args.paths):
            # A shard tells who made it.
            made, found = _shard(path) or (runs.Maker(args.program, args.pack), _readings([path]))
            tally = add.load(library, found, made, show.tally)
            total = add.ImportTally(
                *(a + b for a, b in zip(astuple(total), astuple(tally), strict=True))
            )
    report_run(total, args.library)
    return int(total.failed > 0)


def _files(paths: list[str]) -> Iterator[str]:
    for path in paths:
        if path != "-" and Path(path).is_dir():
            yield from map(str, sorted(Path(path).glob("*.parquet")))
        else:
            yield path


def _shard(path: str) -> tuple[Maker, Iterator[Reading | Failure]] | None:
    if not path.endswith(".parquet"):
        return None
    from selon.engines import shards
    from selon.library.runs import Maker

    found = shards.readings(Path(path))
    told = shards.metadata(Path(path))
    return Maker(told.get("program", ""), told.get("pack", "")), found


def _readings(paths: list[str]) -> Iterator[Reading | Failure]:
    for path in paths:
        try:
            with nullcontext(sys.stdin.buffer) if path == "-" else Path(path).open("rb") as file:
                for n, line in enumerate(file, 1):
                    if line.strip():
                        yield _read_line(line, f"{path}:{n}")
        except OSError as error:
            yield Failure(path, "load", str(error), _("give the path of a file of readings"))


def _read_line(line: bytes, where: str) -> Reading | Failure:
    try:
        return from_json(json.loads(line))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        return Failure(
            where,
            "load",
            f"{type(error).__name__}: {error}",
            _("this line is not a reading of the exchange contract: write it again"),
        )
