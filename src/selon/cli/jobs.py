"""`--jobs N`, `--engine E`, `--out FOLDER`: how many processes read, and where."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from selon.errors import SelonError
from selon.i18n import _
from selon.workers.pool import cores

if TYPE_CHECKING:
    from selon.api import Paths
    from selon.engines.shards import Shard
    from selon.ingest import ReadOptions


def option(parser: argparse.ArgumentParser) -> None:
    """`--jobs N`."""
    parser.add_argument(
        "--jobs",
        type=int,
        metavar="N",
        help=_("number of reading processes (default: one per core; none for a few articles)"),
    )


def engine_options(parser: argparse.ArgumentParser) -> None:
    """`--jobs N`, `--engine E`, `--out FOLDER`."""
    from selon.engines import NEEDS

    option(parser)
    parser.add_argument(
        "--engine",
        choices=tuple(NEEDS),
        help=_("how to distribute the files, with --out (default: processes)"),
    )
    parser.add_argument(
        "--out",
        type=Path,
        metavar=_("FOLDER"),
        help=_("write a Parquet shard for each file; existing shards are kept"),
    )


def job_count(args: argparse.Namespace) -> int:
    """What `--jobs` says, or the number of cores."""
    if args.jobs is not None and args.jobs < 1:
        raise SelonError(_("--jobs must be at least 1."))
    return args.jobs or cores()


def write_shards(
    args: argparse.Namespace, files: Iterable[str], options: ReadOptions, kb: Paths = "shipped"
) -> Iterator[Shard]:
    """The shards of some files as they are made, each told on standard error."""
    from selon import engines
    from selon.engines import shards

    if args.out is None:
        raise SelonError(_("--engine writes shards: give --out FOLDER"))
    paths = [Path(file) for file in files]
    for path in paths:
        if not path.exists():
            raise SelonError(
                _("There is no file {path} (engines read files only).").format(path=path)
            )
    tasks = shards.tasks(paths, args.out, options, kb)
    for number, shard in enumerate(
        engines.run(args.engine or "processes", tasks, job_count(args)), 1
    ):
        print(
            _(
                "{n}/{all} {path}: {articles} articles, {statements} statements, {failed} failed"
            ).format(n=number, all=len(tasks), path=shard.target, **_counts(shard)),
            file=sys.stderr,
        )
        yield shard


def _counts(shard: Shard) -> dict[str, int]:
    return {
        "articles": shard.articles,
        "statements": shard.statements,
        "failed": shard.failed,
    }
