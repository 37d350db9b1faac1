"""`selon watch`: feeds, sitemaps and folders read once or on a schedule, with alerts."""

from __future__ import annotations

import argparse
import sys
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from selon.cli import jobs, opening
from selon.faults import SelonError
from selon.tongue import speaking

if TYPE_CHECKING:
    from selon.library.watching import Settings, Turn


def arguments(parser: argparse.ArgumentParser) -> None:
    """The settings, and whether to stop after one turn."""
    _ = speaking("library").gettext
    parser.add_argument("settings", type=Path, metavar="SOURCES.toml", help=_("sources and alerts"))
    parser.add_argument(
        "--once", action="store_true", help=_("run once, then exit (for cron and systemd)")
    )
    jobs.option(parser)
    parser.epilog = "selon watch sources.toml --once"


def run(args: argparse.Namespace) -> int:
    """Take turns; with `--once` 1 where something failed."""
    from selon.library import watching

    wanted = watching.settings(args.settings)
    with watching.alone(wanted):
        if args.once:
            return int(bool(_turn(wanted, args).failed))
        while True:
            begun = time.monotonic()
            try:
                _turn(wanted, args)
            except SelonError as error:
                # A full disk or a lock today is none tomorrow: the next turn tries again.
                print(f"selon: {error}", file=sys.stderr)
            time.sleep(max(1.0, wanted.every - (time.monotonic() - begun)))


def _turn(wanted: Settings, args: argparse.Namespace) -> Turn:
    from selon.api import read_many
    from selon.library import watching

    made = watching.turn(wanted, partial(read_many, jobs=jobs.wanted(args)))
    print(made.line(), flush=True)
    for source, error, remedy in made.failed:
        opening.said(f"  {source}: {error}; {remedy}")
    for row in made.alerts:
        words = f"{row['alert']}: {row['speaker'] or '?'}: {row['content']}"
        opening.said(f"  → {words[:200]}")
    return made
