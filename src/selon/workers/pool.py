"""Work spread over processes: results in order, memory bounded, no worker's death loses anything.

The embedded pool, for one machine. A task is a batch of items and gives one result an item. At
most `BATCHES_PER_WORKER` batches a worker are under way, whatever the corpus. Where a worker dies (killed, out of
memory), the batches under way are worked on again, each by itself; a batch that kills a second
worker is taken apart, and an item that does so alone has a result that says so.
"""

from __future__ import annotations

import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_all_start_methods, get_context, parent_process
from threading import RLock, Thread
from time import sleep
from types import ModuleType
from typing import Any, Final, Generic, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

# Batches under way for each worker: one that it has, one that waits.
BATCHES_PER_WORKER: Final = 2
# Times that workers are begun before it is given up.
MAX_STARTS: Final = 5
# Seconds between two of these.
RESTART_DELAY_S: Final = 0.5
# What a server of processes prepares once for all of them: `selon.workers.preload` reads it.
PRELOAD_VARIABLE: Final = "SELON_WARM"


def cores() -> int:
    """How many processors this process may use."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class WorkerPool(Generic[Item, Result]):
    """Some worker processes that do one work.

    `work` is sent to them, so it must be picklable; `lost` gives the result of an item that killed
    its workers; `warm` says what the workers' common server prepares (language codes).
    """

    def __init__(
        self,
        jobs: int,
        work: Callable[[Sequence[Item]], Sequence[Result]],
        lost: Callable[[Item], Result],
        warm: Iterable[str] = (),
    ) -> None:
        self.jobs, self.work, self.lost = jobs, work, lost
        self.warm = ",".join(sorted(set(warm)))
        self._pool: ProcessPoolExecutor | None = None

    def results(self, batches: Iterable[Sequence[Item]]) -> Iterator[Result]:
        """The result of every item, in order; batches are drawn only as they can be worked on."""
        waiting: deque[tuple[Sequence[Item], Future[Sequence[Result]]]] = deque()
        try:
            for batch in batches:
                waiting.append((batch, self._handed(batch)))
                if len(waiting) >= BATCHES_PER_WORKER * self.jobs:
                    yield from self._taken(*waiting.popleft())
            while waiting:
                yield from self._taken(*waiting.popleft())
        finally:
            self._dismissed()

    def _handed(self, batch: Sequence[Item]) -> Future[Sequence[Result]]:
        for left in reversed(range(MAX_STARTS)):
            if self._pool is None:
                self._pool = pool(self.jobs, self.warm, self.work.__module__)
            try:
                with _script_kept_out(self.work.__module__):
                    return self._pool.submit(self.work, batch)
            except (BrokenExecutor, OSError, EOFError):
                # A worker died before this, or the server of workers while it began.
                self._dismissed()
                if not left:
                    raise
                # After a crash, wait before the fork server is started again: it may not have been reaped yet.
                sleep(RESTART_DELAY_S)
        raise AssertionError("unreachable")

    def _taken(self, batch: Sequence[Item], future: Future[Sequence[Result]]) -> Sequence[Result]:
        try:
            return future.result()
        except BrokenExecutor:
            return self._again(batch)

    def _again(self, batch: Sequence[Item]) -> list[Result]:
        """A batch whose worker died: by itself, and then item by item."""
        alone = WorkerPool(1, self.work, self.lost, [self.warm])
        try:
            return list(alone._handed(batch).result())
        except BrokenExecutor:
            pass
        finally:
            alone._dismissed()
        if len(batch) == 1:
            return [self.lost(batch[0])]
        return [result for item in batch for result in self._again([item])]

    def _dismissed(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None


_swapping: Final = RLock()


@contextmanager
def _script_kept_out(module: str) -> Iterator[None]:
    """Workers begun meanwhile do not run the script that asks for them, which may ask again.

    Python has each worker import it, for the sake of work that is defined in it; ours is not.
    """
    with _swapping:
        script = sys.modules["__main__"]
        if module != "__main__":
            sys.modules["__main__"] = ModuleType("__main__")
        try:
            yield
        finally:
            sys.modules["__main__"] = script


def pool(jobs: int, warm: str = "", module: str = "") -> ProcessPoolExecutor:
    """Worker processes, forked from a server that has loaded the models once for all of them.

    `module` is where their work is defined: the server imports it, so that they need not.
    """
    if "forkserver" not in get_all_start_methods():
        return ProcessPoolExecutor(jobs, get_context("spawn"), _set_up_worker)
    context = get_context("forkserver")
    context.set_forkserver_preload(["selon.workers.preload", *([module] if module else [])])
    _start_server(warm)
    return ProcessPoolExecutor(jobs, context, _set_up_worker)


def _start_server(warm: str) -> None:
    """Start the server, where there is none: it is one for all pools of this process."""
    from multiprocessing import forkserver

    # One thread for matrix products: a process with threads must not fork, and has no use for them.
    wanted = {PRELOAD_VARIABLE: warm, "OPENBLAS_NUM_THREADS": "1"}
    before = {name: os.environ.get(name) for name in wanted}
    os.environ.update(wanted)
    try:
        forkserver.ensure_running()
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def _set_up_worker() -> None:
    """A worker leaves interrupts to its parent, and does not outlive it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = parent_process()
    if parent is not None:
        Thread(target=_exit_with_parent, args=(parent,), daemon=True).start()


def _exit_with_parent(parent: Any) -> None:
    parent.join()
    os._exit(1)
