"""`selon add`: articles into the library, read once and kept."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from selon.cli import jobs, library_options, sources
from selon.i18n import _
from selon.records import Failure, Reading

if TYPE_CHECKING:
    from selon.engines.shards import Shard
    from selon.ingest.crawl import Crawl
    from selon.library.add import ImportTally
    from selon.library.store import Library


def arguments(parser: argparse.ArgumentParser) -> None:
    """Files and folders, the library, what is said of all the articles."""
    parser.add_argument(
        "paths",
        nargs="+",
        metavar=_("PATH"),
        help=_("files, folders, addresses of pages, feeds or sitemaps, or - for standard input"),
    )
    library_options.library_option(parser)
    sources.arguments(parser)
    web_options(parser)
    jobs.engine_options(parser)
    parser.add_argument("--quiet", action="store_true", help=_("do not show progress"))
    parser.epilog = (
        "selon add archives/*.html --library presse.db --outlet 'La Gazette'\n"
        "selon add https://gazette.example/rss.xml --library presse.db"
    )


def web_options(parser: argparse.ArgumentParser) -> None:
    """How the web is asked."""
    web = parser.add_argument_group(_("addresses of the web"))
    web.add_argument(
        "--delay",
        type=float,
        default=1.0,
        metavar="SECONDS",
        help=_(
            "delay between two requests to the same host (default: 1; robots.txt may ask for more)"
        ),
    )
    web.add_argument(
        "--max-pages",
        type=int,
        default=500,
        metavar="N",
        help=_(
            "most pages to fetch from one feed or sitemap (default: 500); the next run continues"
        ),
    )
    web.add_argument(
        "--contact", help=_("an email or web address sent to the hosts, so that they know who asks")
    )
    web.add_argument(
        "--allow-private-hosts",
        dest="private",
        action="store_true",
        help=_("allow addresses on a private network"),
    )


def run(args: argparse.Namespace) -> int:
    """Add; 1 where an article failed."""
    from selon.api import read_many
    from selon.library import add, importer, runs
    from selon.library.store import Library

    options = sources.options(args)
    still: set[str] = set()
    with Library(args.library, create=True) as library, ExitStack() as open_:
        files = list(importer.list_files(args.paths, args.library))
        show = open_.enter_context(ProgressBar(args.quiet, len(files)))
        walk, keep = _walk(library, files, args, open_)
        if walk:
            walk.found, walk.done = show.more, show.file

        def progress(tally: ImportTally) -> None:
            keep(False)
            show.tally(tally)

        if args.engine or args.out:
            args.out = args.out or _failure_writer(args.library, open_)
            found = (
                f for s in jobs.write_shards(args, files, options) for f in _shard(s, show.file)
            )
            tally = add.load(library, importer.note_failures(found, still), runs.maker(), progress)
        else:
            reader = partial(read_many, jobs=jobs.job_count(args))
            watch = importer.ImportCallbacks(show.file, tally=progress)
            tally, still = importer.take(
                library, importer.Files(files, options, walk), reader, watch
            )
        keep(True)
        tried = walk.asked if walk else set()
        add.clear_resolved(library, [*(p for p in args.paths if p != "-"), *tried], still)
    report_run(tally, args.library)
    if walk and walk.unchanged:
        print(_("Unchanged pages: {n}.").format(n=walk.unchanged), file=sys.stderr)
    return int(tally.failed > 0)


def _failure_writer(library: Path, open_: ExitStack) -> Path:
    """A folder for shards that nobody asked to keep: beside the library, where there is room."""
    folder = TemporaryDirectory(prefix=f".{library.name}-", dir=library.absolute().parent)
    return Path(open_.enter_context(folder))


def _shard(made: Shard, done: Callable[[], None]) -> Iterator[Reading | Failure]:
    from selon.engines import shards

    yield from shards.readings(made.target)
    done()


def _walk(
    library: Library, files: list[str], args: argparse.Namespace, open_: ExitStack
) -> tuple[Crawl | None, Callable[[bool], None]]:
    """Return the crawler (None where no address was given) and what saves its log of visits."""
    from selon.ingest.addresses import hosts, is_address

    if not any(map(is_address, files)):
        return None, lambda ended: None
    from selon.ingest.crawl import Crawl
    from selon.ingest.fetcher import Fetcher, HttpSettings
    from selon.library.visit_store import Visits

    settings = HttpSettings(
        max(args.delay, 0.0),
        private=hosts(files) if args.private else frozenset(),
        contact=args.contact,
    )
    visits = Visits(library)
    open_.callback(visits.close)
    walk = Crawl(open_.enter_context(Fetcher(settings)), visits, args.max_pages)
    return walk, lambda ended: visits.keep(ended=ended)


class ProgressBar:
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

    def __enter__(self) -> ProgressBar:
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def more(self, files: int) -> None:
        """So many more are to be done than was known."""
        total = self._progress.tasks[0].total or 0
        self._progress.update(self._task, total=total + files)

    def file(self) -> None:
        """One file is done."""
        self._progress.advance(self._task)

    def tally(self, tally: ImportTally) -> None:
        """Show what was added so far, and how fast."""
        added = tally.added
        elapsed = self._progress.tasks[0].elapsed or 0.0
        words = _("{n} articles, {rate:.1f}/s").format(n=added, rate=added / max(elapsed, 0.1))
        self._progress.update(self._task, words=words)


def report_run(tally: ImportTally, path: Path) -> None:
    """Say on standard error what a run did."""
    words = _(
        "{added} articles added ({versions} new versions, {copies} copies of others),"
        " {statements} statements; {known} already known; {failed} failed."
    ).format(**tally.__dict__)
    print(words, file=sys.stderr)
    if tally.failed:
        print(_("See: selon errors --library {path}").format(path=path), file=sys.stderr)
