"""`selon watch`: feeds, sitemaps and folders read once or on a schedule, with alerts."""

from __future__ import annotations

import argparse
import sys
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from selon.cli import jobs, library_options
from selon.errors import SelonError
from selon.i18n import _

if TYPE_CHECKING:
    from selon.library.schedule import Schedule, Turn


def arguments(parser: argparse.ArgumentParser) -> None:
    """The settings, and whether to stop after one turn."""
    parser.add_argument("settings", type=Path, metavar="SOURCES.toml", help=_("sources and alerts"))
    parser.add_argument(
        "--once", action="store_true", help=_("run once, then exit (for cron and systemd)")
    )
    jobs.option(parser)
    parser.epilog = "selon watch sources.toml --once"


def run(args: argparse.Namespace) -> int:
    """Take turns; with `--once` 1 where something failed."""
    from selon.library import schedule

    wanted = schedule.settings(args.settings)
    with schedule.exclusive_turn(wanted):
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


def _turn(wanted: Schedule, args: argparse.Namespace) -> Turn:
    from selon.api import read_many
    from selon.library import schedule

    made = schedule.turn(wanted, partial(read_many, jobs=jobs.job_count(args)))
    print(made.line(), flush=True)
    for source, error, remedy in made.failed:
        library_options.tell(f"  {source}: {error}; {remedy}")
    for row in made.alerts:
        words = f"{row['alert']}: {row['speaker'] or '?'}: {row['content']}"
        library_options.tell(f"  → {words[:200]}")
    return made
