"""The jobs of the room: what visitors sent to be added, one after the other, and how far it has come."""

from __future__ import annotations

import shutil
import tempfile
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from pathlib import Path
from threading import Condition, Thread
from typing import Any, Final, Literal

from selon.web.import_job import ImportJob, run_job

State = Literal["waiting", "reading", "comparing", "done", "failed", "stopped"]
UNDER_WAY: Final = ("waiting", "reading", "comparing")
# Jobs that wait, each of a post's size at most on the disk; and those that are told of.
MAX_WAITING: Final = 8
_MAX_KEPT: Final = 20


@dataclass(slots=True)
class Job:
    """Files that were sent together: their names, how far they are, what came of them.

    `articles` are rows of the library with their titles, `failures` a source, what went wrong and
    the remedy; both are cut at `import_job.MAX_LISTED`. `words` says why all of it failed, if it did.
    """

    number: int
    order: ImportJob
    state: State = "waiting"
    files: int = 0
    tally: dict[str, int] = field(default_factory=dict)
    failures: list[tuple[str, str, str]] = field(default_factory=list)
    articles: list[tuple[int, str]] = field(default_factory=list)
    words: str = ""

    @property
    def under_way(self) -> bool:
        """Whether there is more to come."""
        return self.state in UNDER_WAY


class JobQueue:
    """Takes jobs and has them done in turn, each by a process of its own; safe between threads."""

    def __init__(self, run: Callable[[ImportJob, Any], None] = run_job) -> None:
        self._run_job = run
        self._change = Condition()
        self._jobs: deque[Job] = deque()
        self._count = 0
        self._process: BaseProcess | None = None
        self._open = True
        self._thread: Thread | None = None

    def folder(self) -> Path:
        """A new folder for a job's files; gone when the job is."""
        return Path(tempfile.mkdtemp(prefix="selon-add-"))

    def full(self) -> bool:
        """Whether so many wait that no more are taken."""
        with self._change:
            return sum(j.under_way for j in self._jobs) > MAX_WAITING

    def put(self, order: ImportJob) -> Job:
        """Take a job; it is begun when those before it are done."""
        with self._change:
            self._count += 1
            job = Job(self._count, order)
            self._jobs.append(job)
            while len(self._jobs) > _MAX_KEPT and not self._jobs[0].under_way:
                self._jobs.popleft()
            if self._thread is None:
                self._thread = Thread(target=self._run, name="selon-jobs", daemon=True)
                self._thread.start()
            self._change.notify_all()
        return job

    def jobs(self) -> list[Job]:
        """All jobs that are told of, the newest first."""
        with self._change:
            return list(reversed(self._jobs))

    def rereading(self, library: Path, article: int) -> Job | None:
        """The last job that reads an article of a library again, as long as it is told of."""
        for job in self.jobs():
            anew = job.order.anew
            if anew and anew.row == article and job.order.library == library:
                return job
        return None

    def stop(self, number: int) -> None:
        """Stop a job; what was added stays, whole articles only."""
        with self._change:
            for job in self._jobs:
                if job.number == number and job.under_way:
                    running = job.state != "waiting"
                    job.state = "stopped"
                    if running and self._process is not None:
                        self._process.terminate()
                    else:
                        shutil.rmtree(job.order.folder, ignore_errors=True)

    def close(self) -> None:
        """Stop all, and leave no file behind."""
        with self._change:
            self._open = False
            self._change.notify_all()
        for job in self.jobs():
            self.stop(job.number)
        if self._thread is not None:
            self._thread.join(10)

    def _run(self) -> None:
        while True:
            with self._change:
                while self._open and not any(j.state == "waiting" for j in self._jobs):
                    self._change.wait()
                if not self._open:
                    return
                job = next(j for j in self._jobs if j.state == "waiting")
                job.state = "reading"
            try:
                self._do(job)
            finally:
                shutil.rmtree(job.order.folder, ignore_errors=True)

    def _do(self, job: Job) -> None:
        context = get_context("spawn")
        here, there = context.Pipe(duplex=False)
        process = context.Process(target=self._run_job, args=(job.order, there), daemon=True)
        with self._change:
            if job.state == "stopped":
                return
            self._process = process
            process.start()
        there.close()
        while True:
            try:
                kind, said = here.recv()
            except (EOFError, OSError):
                break
            with self._change:
                _note(job, kind, said)
        process.join()
        # Whoever is told that it is done finds no file of it.
        shutil.rmtree(job.order.folder, ignore_errors=True)
        with self._change:
            self._process = None
            if job.state == "comparing" or (job.state == "reading" and process.exitcode == 0):
                # Where the comparing was cut short, `selon serve` goes on with it.
                job.state = "done"
            elif job.state == "reading":
                job.state = "failed"


def _note(job: Job, kind: str, said: Any) -> None:
    if kind == "file":
        job.files += 1
    elif kind == "tally":
        job.tally = said
    elif kind == "failures":
        job.failures = said
    elif kind == "articles":
        job.articles = said
    elif kind == "added" and job.state == "reading":
        job.state = "comparing"
    elif kind == "error":
        job.words = said
        job.state = "failed"
