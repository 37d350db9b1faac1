"""How fast the reading room answers: a running `selon serve`, asked for each page and API route.

Run: `python -m selon.bench.web LIBRARY.db [--articles 2000] [--each 12]`.

The library is copied and compared (the ledger) first, and is never written to; one that is not
there is made up (`bench.library`). Each route is asked for addresses drawn from the library by a
fixed seed, in three rounds: *first*, by a server that has just started; *changed*, each after a
judgement, so that nothing that was counted holds; *warm*, again. Wall time is the visitor's; the
processor time of the server's threads stands beside it (Linux), for a machine that others use.
"""

from __future__ import annotations

import argparse
import http.client
import random
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from typing import Final

from rich.console import Console
from rich.table import Table

from selon.bench import library as made_up
from selon.bench.routes import routes
from selon.library import add, judge, runs
from selon.library.store import Library
from selon.reuse.store import ReuseStore

ROUNDS: Final = ("first", "changed", "warm")
WANTED: Final = 300.0
WANTED_TAIL: Final = 600.0
LARGEST: Final = 100_000


@dataclass
class Route:
    """A route's answers: milliseconds by round, bytes, and what was answered otherwise than 200."""

    times: dict[str, list[float]] = field(default_factory=dict)
    busy: dict[str, list[float]] = field(default_factory=dict)
    sizes: list[int] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def main() -> int:
    """Copy or make the library, serve it, ask, print a table; 1 where a page is too slow or large."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("library", type=Path, nargs="?")
    parser.add_argument("--articles", type=int, default=2_000, help="of a made-up library")
    parser.add_argument("--each", type=int, default=12, help="addresses of each route")
    parser.add_argument(
        "--as-it-is",
        action="store_true",
        help="the ledger is not brought up to date first, nor by the server, which is read-only",
    )
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = _prepare(args, Path(folder) / "bench.db")
        asked = routes(path, args.each)
        options = ["--read-only"] if args.as_it_is else []
        with serve_library(path, *options) as (port, process):
            measured = _measure(path, (port, process.pid), asked)
            memory = _memory(process)
    Console(width=110).print(_table(measured))
    print(f"memory of the server at its height: {memory} MiB")
    return _print_result(measured)


def _prepare(args: argparse.Namespace, path: Path) -> Path:
    if args.library is not None and args.library.exists():
        shutil.copy(args.library, path)
    else:
        with Library(path, create=True) as library:
            add.load(library, made_up.readings(args.articles), runs.Maker("bench", ""))
    with Library(path) as library:
        started = time.process_time()
        compared = 0 if args.as_it_is else ReuseStore(library).update()
        took = time.process_time() - started
        many = [
            library.connection.execute(f"select count(*) from {table}").fetchone()[0]
            for table in ("article", "statement")
        ]
        library.connection.execute("pragma wal_checkpoint(truncate)")
    print(f"{many[0]} articles, {many[1]} statements; {compared} compared in {took:.0f} s")
    return path


@contextmanager
def serve_library(path: Path, *options: str) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    """`selon serve` over the library, on a free port, until the block ends."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
    order = [sys.executable, "-m", "selon", "serve", "--library", str(path), "--port", str(port)]
    process = subprocess.Popen([*order, *options], stdout=subprocess.DEVNULL)
    try:
        # A busy machine takes its time; none of it is measured.
        until = time.monotonic() + 300
        while time.monotonic() < until and process.poll() is None:
            with socket.socket() as one:
                if one.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield port, process
    finally:
        process.terminate()
        process.wait(20)


def _measure(path: Path, at: tuple[int, int], asked: dict[str, list[str]]) -> dict[str, Route]:
    found = {name: Route() for name in asked}
    order = [(name, address) for name, many in asked.items() for address in many]
    random.Random(7).shuffle(order)
    with Library(path) as library:
        unjudged = iter(
            library.connection.execute(
                "select id from statement where current = 1 order by id desc limit ?", (len(order),)
            ).fetchall()
        )
        for which in ROUNDS:
            for name, address in order:
                if which == "changed":
                    judge.accept(library, next(unjudged)[0], "bench")
                _ask(at, address, found[name], which)
            # What the last round left to be counted is not this round's work.
            time.sleep(2)
    return found


def _ask(at: tuple[int, int], address: str, route: Route, which: str) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", at[0], timeout=60)
    started, busy = time.perf_counter(), _busy(at[1])
    connection.request("GET", address, headers={"accept-language": "fr"})
    answer = connection.getresponse()
    body = answer.read()
    route.times.setdefault(which, []).append(1000 * (time.perf_counter() - started))
    route.busy.setdefault(which, []).append(_busy(at[1]) - busy)
    route.sizes.append(len(body))
    if answer.status != 200:
        route.faults.append(f"{answer.status} {address}")
    connection.close()


def _busy(pid: int) -> float:
    """Milliseconds that the threads of a process have run; 0 where the system does not tell."""
    nanoseconds = 0
    for told in Path(f"/proc/{pid}/task").glob("*/schedstat"):
        # A thread may end between the listing and the reading.
        with suppress(OSError):
            nanoseconds += int(told.read_text().split()[0])
    return nanoseconds / 1e6


def _memory(process: subprocess.Popen[bytes]) -> str:
    told = Path(f"/proc/{process.pid}/status")
    if not told.exists():
        return "?"
    line = next(x for x in told.read_text().splitlines() if x.startswith("VmHWM"))
    return str(int(line.split()[1]) // 1024)


def _table(measured: dict[str, Route]) -> Table:
    heads = (f"{r}: median, p95 (busy)" for r in ROUNDS)
    table = Table("route", *heads, "kB", box=None)
    for name, route in measured.items():
        cells = [
            f"{median(route.times[r]):.0f}, {_tail(route.times[r]):.0f} ({median(route.busy[r]):.0f})"
            for r in ROUNDS
        ]
        table.add_row(name, *cells, f"{max(route.sizes) / 1000:.0f}")
    return table


def _tail(times: list[float]) -> float:
    return quantiles(times, n=20, method="inclusive")[-1] if len(times) > 1 else times[0]


def _print_result(measured: dict[str, Route]) -> int:
    slow = [
        f"{name} ({which}: {median(route.times[which]):.0f} ms)"
        for name, route in measured.items()
        for which in ROUNDS
        if median(route.times[which]) > WANTED
    ]
    tails = [
        f"{name} ({which}: {_tail(route.times[which]):.0f} ms)"
        for name, route in measured.items()
        for which in ROUNDS
        if _tail(route.times[which]) > WANTED_TAIL
    ]
    large = max(measured["first page"].sizes) > LARGEST
    faults = [fault for route in measured.values() for fault in route.faults]
    named = (("over 300 ms:", slow), ("95th over 600 ms:", tails), ("not 200:", faults))
    for words, many in named:
        if many:
            print(words, "; ".join(many))
    if large:
        print("the first page is over 100 kB")
    every = {r: [t for route in measured.values() for t in route.times[r]] for r in ROUNDS}
    busy = {r: [t for route in measured.values() for t in route.busy[r]] for r in ROUNDS}
    for which, times in every.items():
        print(
            f"{which}, all pages: {median(times):.0f} ms, 95th {_tail(times):.0f};"
            f" of the processor {median(busy[which]):.0f}, 95th {_tail(busy[which]):.0f}"
        )
    longest, name = max((max(route.times["first"]), name) for name, route in measured.items())
    print(f"longest first request: {longest:.0f} ms ({name})")
    return 1 if slow or tails or large or faults else 0


if __name__ == "__main__":
    sys.exit(main())
