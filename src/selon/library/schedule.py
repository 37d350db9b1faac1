"""Sources read on a schedule: what came, what failed, and alerts on saved searches.

A settings file (TOML) names the library, the sources and the alerts; one turn reads them all and
may be run by cron, systemd or the program's own clock. A turn that is killed goes on at the next.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from selon.errors import SelonError
from selon.i18n import _
from selon.library.add import ImportTally, Reader
from selon.library.alerts import Alert
from selon.library.store import Library, now

_UNITS: Final = {"s": 1, "m": 60, "h": 3600, "d": 86400, "j": 86400}
_MIN_INTERVAL_S: Final = 60
_TOP: Final = (
    "library",
    "every",
    "atom",
    "lines",
    "log",
    "contact",
    "delay",
    "max_pages",
    "source",
    "alert",
)
# Keys by the names of the release before; they go with the next.
_OLD_KEYS: Final = {"pause": "delay", "most": "max_pages"}
_OF_SOURCE: Final = ("url", "path", "outlet", "lang", "date", "format", "private")
_OF_ALERT: Final = ("name", "speaker", "words", "about", "outlet")


@dataclass(frozen=True, slots=True)
class WatchedSource:
    """A source: an address, a file or a folder, and what is said of its articles."""

    place: str
    outlet: str | None = None
    lang: str | None = None
    date: str | None = None
    format: str | None = None
    private: bool = False


@dataclass(frozen=True, slots=True)
class Schedule:
    """What a settings file says; paths are beside it. `every` in seconds."""

    library: Path
    sources: tuple[WatchedSource, ...]
    alerts: tuple[Alert, ...] = ()
    every: int = 3600
    atom: Path | None = None
    lines: Path | None = None
    log: Path | None = None
    contact: str | None = None
    delay_s: float = 1.0
    max_pages: int = 500


@dataclass
class Turn:
    """What one turn did: articles as `add` counts them, sources that failed, alerts that came."""

    at: str
    tally: ImportTally
    failed: list[tuple[str, str, str]] = field(default_factory=list)
    alerts: list[dict[str, Any]] = field(default_factory=list)

    def line(self) -> str:
        """The one line of the log."""
        t = self.tally
        return (
            f"{self.at[:19]}Z added={t.added} versions={t.versions} known={t.known}"
            f" failed={len(self.failed)} statements={t.statements} alerts={len(self.alerts)}"
        )


def settings(path: Path) -> Schedule:
    """The settings of a file; SelonError names the file, the key and the remedy."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SelonError(f"{path}: {error.strerror or error}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SelonError(
            _("{path} is not valid TOML ({error}).").format(path=path, error=error)
        ) from error
    data = {_OLD_KEYS.get(key, key): value for key, value in data.items()}
    _known(path, data, _TOP)
    folder = path.absolute().parent
    sources = tuple(_source(path, folder, s) for s in _tables(path, data, "source"))
    alerts = tuple(_alert(path, a) for a in _tables(path, data, "alert"))
    if "library" not in data or not sources:
        raise SelonError(
            _('{path}: give library = "FILE" and at least one [[source]].').format(path=path)
        )

    def beside(key: str) -> Path | None:
        return folder / str(data[key]) if data.get(key) else None

    return Schedule(
        folder / str(data["library"]),
        sources,
        alerts,
        _seconds(path, str(data.get("every", "1h"))),
        beside("atom"),
        beside("lines"),
        beside("log"),
        data.get("contact"),
        float(data.get("delay", 1.0)),
        int(data.get("max_pages", 500)),
    )


def _tables(path: Path, data: Mapping[str, Any], key: str) -> list[dict[str, Any]]:
    found = data.get(key, [])
    if not isinstance(found, list) or not all(isinstance(t, dict) for t in found):
        raise SelonError(_("{path}: write [[{key}]].").format(path=path, key=key))
    return found


def _known(path: Path, table: Mapping[str, Any], keys: tuple[str, ...]) -> None:
    wrong = [key for key in table if key not in keys]
    if wrong:
        raise SelonError(
            _("{path}: there is no key “{key}”; the keys are {keys}.").format(
                path=path, key=wrong[0], keys=", ".join(keys)
            )
        )


def _source(path: Path, folder: Path, table: dict[str, Any]) -> WatchedSource:
    _known(path, table, _OF_SOURCE)
    url, file = table.get("url"), table.get("path")
    if bool(url) == bool(file):
        raise SelonError(_("{path}: a [[source]] needs either url or path.").format(path=path))
    said = {k: table.get(k) for k in ("outlet", "lang", "date", "format")}
    return WatchedSource(
        str(url) if url else str(folder / str(file)), **said, private=bool(table.get("private"))
    )


def _alert(path: Path, table: dict[str, Any]) -> Alert:
    _known(path, table, _OF_ALERT)
    if not table.get("name") or not any(table.get(k) for k in _OF_ALERT[1:]):
        raise SelonError(
            _(
                "{path}: an [[alert]] needs a name, and one of speaker, words, about, outlet."
            ).format(path=path)
        )
    return Alert(**{k: str(table[k]) for k in _OF_ALERT if table.get(k)})


def _seconds(path: Path, words: str) -> int:
    number, unit = words[:-1], words[-1:]
    if not number.isdecimal() or unit not in _UNITS or int(number) * _UNITS[unit] < _MIN_INTERVAL_S:
        raise SelonError(
            _("{path}: every = “{words}”; write 15m, 1h or 1d, a minute at least.").format(
                path=path, words=words
            )
        )
    return int(number) * _UNITS[unit]


@contextmanager
def exclusive_turn(wanted: Schedule) -> Iterator[None]:
    """Nobody else takes a turn for this library meanwhile; SelonError where somebody does."""
    try:
        import fcntl
    except ImportError:
        yield
        return
    path = wanted.library.with_name(f".{wanted.library.name}.watch")
    with path.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise SelonError(
                _("another selon watch is already running for {path}; this one stops.").format(
                    path=wanted.library
                )
            ) from None
        yield


def turn(
    wanted: Schedule, reader: Reader, done: Callable[[str], None] = lambda _place: None
) -> Turn:
    """Read every source once, write the alerts and one line of the log; what the turn did."""
    from selon.library import alerts

    at = now()
    made = Turn(at, ImportTally())
    with Library(wanted.library, create=True) as library:
        # What a killed turn read, or somebody added since the last one, was not told yet.
        newest = alerts.newest(library.connection)
        before = min(alerts.told_until(wanted.lines or wanted.atom, newest), newest)
        alerts.keep_told_until(wanted.lines or wanted.atom, before)
        for source in wanted.sources:
            _read(library, wanted, source, reader, made)
            done(source.place)
        made.alerts = alerts.matching_rows(library, wanted.alerts, before, at)
        newest = alerts.newest(library.connection)
    alerts.write_alerts(wanted.lines, wanted.atom, made.alerts, at)
    alerts.keep_told_until(wanted.lines or wanted.atom, newest)
    if wanted.log:
        with wanted.log.open("a", encoding="utf-8") as file:
            file.write(made.line() + "\n")
            file.flush()
            with suppress(OSError):
                os.fsync(file.fileno())
    return made


def _read(
    library: Library, wanted: Schedule, source: WatchedSource, reader: Reader, made: Turn
) -> None:
    """One source into the library; what failed is put with the others, and the next is read."""
    from selon.ingest import ReadOptions
    from selon.ingest.addresses import hosts, is_address
    from selon.library import add, importer
    from selon.records import Article, Failure

    options = ReadOptions(source.date, source.outlet, source.lang, format=source.format)

    def item(one: Article | Failure) -> None:
        if isinstance(one, Failure):
            made.failed.append((one.source, one.error, one.remedy))

    paths = list(importer.list_files([source.place], library.path))
    if not is_address(source.place):
        _add_to_tally(
            made,
            *importer.take(
                library, importer.Files(paths, options), reader, importer.ImportCallbacks(item=item)
            ),
        )
        return
    from selon.ingest.crawl import Crawl
    from selon.ingest.fetcher import Fetcher, HttpSettings
    from selon.library.visit_store import Visits

    private = hosts([source.place]) if source.private else frozenset()
    visits = Visits(library)
    try:
        with Fetcher(
            HttpSettings(max(wanted.delay_s, 0.0), private=private, contact=wanted.contact)
        ) as web:
            walk = Crawl(web, visits, wanted.max_pages)
            watch = importer.ImportCallbacks(
                item=item, tally=lambda _tally: visits.keep(ended=False)
            )
            tally, still = importer.take(
                library, importer.Files(paths, options, walk), reader, watch
            )
            visits.keep(ended=True)
            add.clear_resolved(library, [source.place, *walk.asked], still)
            _add_to_tally(made, tally, still)
    finally:
        visits.close()


def _add_to_tally(made: Turn, tally: ImportTally, _still: set[str]) -> None:
    for name, value in tally.__dict__.items():
        setattr(made.tally, name, getattr(made.tally, name) + value)
