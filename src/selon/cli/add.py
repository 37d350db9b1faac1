"""`selon add`: articles into the library, read once and kept."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from selon.cli import opening
from selon.records import Article, Failure
from selon.tongue import speaking

if TYPE_CHECKING:
    from selon.ingest import Options
    from selon.library.add import Tally


def arguments(parser: argparse.ArgumentParser) -> None:
    """Files and folders, the library, what is said of all the articles."""
    _ = speaking("library").gettext
    parser.add_argument(
        "paths",
        nargs="+",
        metavar=_("PATH"),
        help=_("files, folders, or - for standard input"),
    )
    opening.library_option(parser)
    said_of_all(parser)
    parser.add_argument("--quiet", action="store_true", help=_("show no progress"))
    parser.epilog = "selon add archives/*.html --library presse.db --outlet 'La Gazette'"


def said_of_all(parser: argparse.ArgumentParser) -> None:
    """The options of ingest."""
    _ = speaking("library").gettext
    parser.add_argument("--date", help=_("date of publication where a file tells none (EDTF)"))
    parser.add_argument("--outlet", help=_("outlet where a file tells none"))
    parser.add_argument("--lang", help=_("language of all articles"))
    parser.add_argument(
        "--column",
        action="append",
        default=[],
        metavar="FIELD=NAME",
        help=_("a file's own name for a field: text=Corps, published=Jour…"),
    )
    parser.add_argument("--from", dest="source_format", help=_("format of the files"))


def run(args: argparse.Namespace) -> int:
    """Add; 1 where an article failed."""
    from selon.ingest import Options
    from selon.library import add
    from selon.library.store import Library

    options = Options(
        date=args.date,
        outlet=args.outlet,
        lang=args.lang,
        format=args.source_format,
        columns=tuple((f, n) for f, _sign, n in (c.partition("=") for c in args.column)),
    )
    still: set[str] = set()
    with Library(args.library, create=True) as library:
        files = list(_files(args.paths, args.library))
        with Bar(args.quiet, len(files)) as show:
            tally = add.add(library, _items(files, options, still, show.file), progress=show.tally)
        add.mended(library, [p for p in args.paths if p != "-"], still)
    told(tally, args.library)
    return int(tally.failed > 0)


def _files(paths: list[str], library: Path) -> Iterator[str]:
    beside = {f"{library.resolve()}{end}" for end in ("", "-wal", "-shm", "-journal")}
    for path in paths:
        if path != "-" and Path(path).is_dir():
            for file in sorted(Path(path).rglob("*")):
                hidden = any(part.startswith(".") for part in file.relative_to(path).parts)
                if file.is_file() and not hidden and str(file.resolve()) not in beside:
                    yield str(file)
        else:
            yield path


def _items(
    files: list[str], options: Options, still: set[str], done: Callable[[], None]
) -> Iterator[Article | Failure]:
    from selon.ingest import articles

    for file in files:
        for item in articles(file, options):
            if isinstance(item, Failure):
                still.add(item.source)
            yield item
        done()


class Bar:
    """A line of progress on a terminal: files, articles, rate, time left; nothing elsewhere."""

    def __init__(self, quiet: bool, total: int) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
        from rich.progress import TimeRemainingColumn as Left

        shown = sys.stderr.isatty() and not quiet
        self._progress = Progress(
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[words]}"),
            Left(),
            console=Console(stderr=True),
            disable=not shown,
        )
        self._task = self._progress.add_task("", total=total, words="")

    def __enter__(self) -> Bar:
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def file(self) -> None:
        """One file is done."""
        self._progress.advance(self._task)

    def tally(self, tally: Tally) -> None:
        """Show what was added so far, and how fast."""
        _ = speaking("library").gettext
        added = tally.added
        elapsed = self._progress.tasks[0].elapsed or 0.0
        words = _("{n} articles, {rate:.1f}/s").format(n=added, rate=added / max(elapsed, 0.1))
        self._progress.update(self._task, words=words)


def told(tally: Tally, path: Path) -> None:
    """Say on standard error what a run did."""
    _ = speaking("library").gettext
    words = _(
        "{added} articles added ({versions} new versions, {copies} copies of others),"
        " {statements} statements; {known} known already; {failed} failed."
    ).format(**tally.__dict__)
    print(words, file=sys.stderr)
    if tally.failed:
        print(_("See: selon failures --library {path}").format(path=path), file=sys.stderr)
