"""Files, folders and addresses into a library: what `selon add` and the reading room both do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from selon.library import add
from selon.library.add import ImportTally, Reader
from selon.library.store import Library
from selon.records import Article, Failure, Reading

if TYPE_CHECKING:
    from selon.ingest import ReadOptions
    from selon.ingest.crawl import Crawl

Good = TypeVar("Good", Article, Reading)


def _ignore(*_said: object) -> None:
    return None


@dataclass(frozen=True, slots=True)
class ImportCallbacks:
    """Who is told how it goes: each file that is done, each article or failure, each batch's tally."""

    file: Callable[[], None] = _ignore
    item: Callable[[Article | Failure], None] = _ignore
    tally: Callable[[ImportTally], None] = _ignore


@dataclass(frozen=True, slots=True)
class Files:
    """Files and addresses with what is said of all their articles; `walk` fetches the addresses."""

    paths: list[str]
    options: ReadOptions
    walk: Crawl | None = None


def list_files(paths: Iterable[str], library: Path) -> Iterator[str]:
    """The files of folders one by one, without what is hidden and the library itself."""
    from selon.ingest.addresses import is_address
    from selon.ingest.corpora import METADATA

    beside = {f"{library.resolve()}{end}" for end in ("", "-wal", "-shm", "-journal")}
    for path in paths:
        if path != "-" and not is_address(path) and Path(path).is_dir():
            for file in sorted(Path(path).rglob("*")):
                hidden = any(part.startswith(".") for part in file.relative_to(path).parts)
                # What TXM says of the texts beside it is no article.
                aside = file.name == METADATA and any(file.parent.glob("*.txt"))
                if file.is_file() and not (hidden or aside) and str(file.resolve()) not in beside:
                    yield str(file)
        else:
            yield path


def take(
    library: Library, files: Files, reader: Reader, watch: ImportCallbacks | None = None
) -> tuple[ImportTally, set[str]]:
    """Add what the files hold; the tally, and the sources that failed (for `add.clear_resolved`)."""
    watch = watch or ImportCallbacks()
    failed: set[str] = set()
    items = note_failures(_items(files, watch), failed)
    return add.add(library, items, reader, progress=watch.tally), failed


def note_failures(items: Iterable[Good | Failure], failed: set[str]) -> Iterator[Good | Failure]:
    """The same items; the sources of those that failed are put into `failed`."""
    for item in items:
        if isinstance(item, Failure):
            failed.add(item.source)
        yield item


def _items(files: Files, watch: ImportCallbacks) -> Iterator[Article | Failure]:
    from selon import ingest
    from selon.ingest.addresses import is_address

    for file in files.paths:
        if files.walk and is_address(file):
            from selon.ingest import crawl

            yield from _report_items(crawl.articles(file, files.walk, files.options), watch)
        else:
            yield from _report_items(ingest.articles(file, files.options), watch)
        watch.file()


def _report_items(
    items: Iterable[Article | Failure], watch: ImportCallbacks
) -> Iterator[Article | Failure]:
    for item in items:
        watch.item(item)
        yield item
