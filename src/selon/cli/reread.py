"""`selon reprocess`: read the library again with this program, beside the old readings."""

from __future__ import annotations

import argparse
from functools import partial

from selon.cli import jobs, library_options
from selon.cli.add import ProgressBar, report_run
from selon.i18n import _


def arguments(parser: argparse.ArgumentParser) -> None:
    """The library; or a list of its runs, which `selon diff` compares."""
    library_options.library_option(parser)
    parser.add_argument("--runs", action="store_true", help=_("list the runs; read nothing"))
    jobs.option(parser)
    parser.add_argument("--quiet", action="store_true", help=_("do not show progress"))


def run(args: argparse.Namespace) -> int:
    """Read again what this program, pack and options have not read."""
    from selon.api import read_many
    from selon.library import add, runs
    from selon.library.store import Library

    with Library(args.library) as library:
        if args.runs:
            library_options.lines(runs.runs(library.connection))
            return 0
        articles = library.connection.execute("select count(*) from article").fetchone()[0]
        with ProgressBar(args.quiet, articles) as show:
            reader = partial(read_many, jobs=jobs.job_count(args))
            tally = add.reread(library, reader, progress=show.tally)
        report_run(tally, args.library)
        return int(tally.failed > 0)
