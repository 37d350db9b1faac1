"""Reading what visitors send, in a process of its own: pages stay quick, and it may be stopped."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from selon.errors import SelonError
from selon.ingest import ReadOptions
from selon.library.add import ImportTally, clear_resolved
from selon.library.importer import Files, ImportCallbacks, take
from selon.records import Article, Failure, Reading

if TYPE_CHECKING:
    from selon.ingest.crawl import Crawl
    from selon.library.store import Library

# What a file system takes as one name, with room for what is put before it.
_MAX_NAME_CHARS: Final = 150
_SUFFIX: Final = re.compile(r"(\.[A-Za-z0-9]{1,8}){1,2}$")
# Failures and articles that a page lists; all failures are in the library.
MAX_LISTED: Final = 200
# Readers come first.
_NICENESS: Final = 2
# One page: how long it may take, how large it may be; and how many of a feed are fetched at once.
_FETCH_TIMEOUT_S: Final = 30.0
_MAX_PAGE_BYTES: Final = 20_000_000
_MAX_PAGES: Final = 60


@dataclass(frozen=True, slots=True)
class CorrectedArticle:
    """An article's row and title, and the uid of the correction after which it is read again."""

    row: int
    title: str
    uid: str


@dataclass(frozen=True, slots=True)
class ImportJob:
    """What is to be read: files by their names in a folder, what is said of them, whose library.

    `addresses` are fetched from the web; `private` are hosts of a private network that may be asked.
    `anew` is an article of the library that is read again instead.
    """

    library: Path
    folder: Path
    names: tuple[str, ...]
    options: ReadOptions
    language: str
    addresses: tuple[str, ...] = ()
    private: frozenset[str] = frozenset()
    anew: CorrectedArticle | None = None

    @property
    def sources(self) -> tuple[str, ...]:
        """The files and the addresses; or the title of what is read again."""
        if self.anew:
            return (self.anew.title,)
        return (*self.names, *self.addresses)


def safe_file_name(name: str) -> str:
    """A file's name as a visitor's machine says it, made one that no folder can be left by.

    Letters of any script stay; separators, control signs and those that turn the direction of
    writing go; what is too long loses its middle, not its ending.
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    kept = "".join(c if c.isprintable() and c not in ':*?"<>|!#' else " " for c in last)
    whole = " ".join(kept.split()).lstrip(".- ") or "file"
    found = _SUFFIX.search(whole)
    ending = found[0] if found and found.start() else ""
    stem = whole[: len(whole) - len(ending)].encode()[: _MAX_NAME_CHARS - len(ending)]
    return (stem.decode("utf-8", "ignore").rstrip() or "file") + ending


def save_upload(folder: Path, name: str, content: bytes) -> str:
    """Keep a file in the folder; its path there, `DIGEST/NAME`: two of one name stay two."""
    path = folder / sha256(content).hexdigest()[:12] / safe_file_name(name)
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
    return path.relative_to(folder).as_posix()


def run_job(order: ImportJob, pipe: Any) -> None:
    """Add the files and compare what is new; tells of it through the pipe, as pairs."""
    os.environ["SELON_LANG"] = order.language
    # The terminal's Ctrl-C ends it with the room, without a word.
    with suppress(KeyboardInterrupt, BrokenPipeError):
        if hasattr(os, "nice"):
            os.nice(_NICENESS)
        try:
            does = _read_corrected_article if order.anew else _add_articles
            does(order, lambda kind, said: pipe.send((kind, said)))
        except SelonError as error:
            pipe.send(("error", str(error)))
        except OSError as error:
            pipe.send(("error", f"{type(error).__name__}: {error.strerror}"))


def _add_articles(order: ImportJob, tell: Callable[[str, Any], None]) -> None:
    from selon.api import read_many
    from selon.library import serialization
    from selon.library.store import Library
    from selon.reuse.store import ReuseStore

    # Paths that begin nowhere: the machine's folders are in no article's id, in no failure.
    os.chdir(order.folder)
    keys: dict[str, None] = {}
    failures: list[Failure] = []

    def item(one: Article | Failure) -> None:
        if isinstance(one, Failure):
            failures.append(one)
        elif len(keys) < MAX_LISTED:
            with suppress(UnicodeEncodeError, TypeError):
                keys[serialization.article_key(one)] = None

    def reader(articles: Iterable[Article]) -> Iterator[Reading | Failure]:
        for one in read_many(articles):
            if isinstance(one, Failure):
                failures.append(one)
            yield one

    keeping: list[Callable[[bool], None]] = []

    def tally(said: ImportTally) -> None:
        keeping[0](False)
        tell("tally", asdict(said))

    watch = ImportCallbacks(lambda: tell("file", None), item, tally)
    with Library(order.library) as library, ExitStack() as open_:
        walk, keep = _crawl(library, order, open_)
        keeping.append(keep)
        files = Files(list(order.sources), order.options, walk)
        done, failed = take(library, files, reader, watch)
        keep(True)
        clear_resolved(library, (*order.sources, *(walk.asked if walk else ())), failed)
        tell("failures", [(f.source, f.error, f.remedy) for f in failures[:MAX_LISTED]])
        tell("articles", _rows(library, list(keys)))
        tell("tally", asdict(done))
        tell("added", None)
        if done.statements:
            ReuseStore(library).update()


def _read_corrected_article(order: ImportJob, tell: Callable[[str, Any], None]) -> None:
    """Read one article again, whose days are reckoned from a date that was corrected."""
    from selon.library import article_edits
    from selon.library.add import reading_program
    from selon.library.store import Library
    from selon.reuse.store import ReuseStore

    assert order.anew is not None
    with Library(order.library) as library:
        failed = article_edits.read_again(library, order.anew.row, order.anew.uid, reading_program)
        if failed is not None:
            tell("failures", [(order.anew.title, failed.error, failed.remedy)])
            tell("error", "")
            return
        tell("file", None)
        tell("articles", [(order.anew.row, order.anew.title)])
        tell("added", None)
        ReuseStore(library).update()


def _crawl(
    library: Library, order: ImportJob, open_: ExitStack
) -> tuple[Crawl | None, Callable[[bool], None]]:
    """Who fetches the addresses, where there are any; and who keeps in mind what was fetched."""
    if not order.addresses:
        return None, lambda ended: None
    from selon.ingest.crawl import Crawl
    from selon.ingest.fetcher import Fetcher, HttpSettings
    from selon.library.visit_store import Visits

    visits = Visits(library)
    open_.callback(visits.close)
    settings = HttpSettings(
        seconds=_FETCH_TIMEOUT_S, largest=_MAX_PAGE_BYTES, private=order.private
    )
    walk = Crawl(open_.enter_context(Fetcher(settings)), visits, _MAX_PAGES)
    return walk, lambda ended: visits.keep(ended=ended)


def _rows(library: Any, keys: list[str]) -> list[tuple[int, str]]:
    found = []
    for key in keys:
        row = library.connection.execute(
            "select a.id, coalesce(a.title, substr(v.text, 1, 60) || '…') from article a"
            " join version v on v.id = a.version_id where a.key = ?",
            (key,),
        ).fetchone()
        if row:
            found.append((int(row[0]), str(row[1])))
    return found
