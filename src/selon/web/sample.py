"""The sample library: invented articles, in a file of its own that goes with the room."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Final

from selon.ingest import ReadOptions
from selon.library.store import Library
from selon.web.import_job import ImportJob, save_upload
from selon.web.job_queue import Job, JobQueue
from selon.web.library_provider import LibraryProvider

# The cookie of those who look at it.
COOKIE: Final = "selon_sample"
ARTICLES: Final = Path(__file__).parent.parent / "data" / "sample.jsonl"


@dataclass
class Sample:
    """The sample of one room: nothing until somebody asks for it, then read like any articles."""

    provider: LibraryProvider | None = None
    job: Job | None = None
    _folder: Path | None = None
    _lock: Lock = field(default_factory=Lock)

    def open(self, jobs: JobQueue, language: str) -> None:
        """Make it, where it is not made: a new library, to which the articles are being added."""
        with self._lock:
            if self.provider is not None:
                return
            self._folder = Path(tempfile.mkdtemp(prefix="selon-sample-"))
            path = self._folder / "sample.db"
            with Library(path, create=True):
                pass
            folder = jobs.folder()
            name = save_upload(folder, ARTICLES.name, ARTICLES.read_bytes())
            self.job = jobs.put(ImportJob(path, folder, (name,), ReadOptions(), language))
            self.provider = LibraryProvider(path)

    @property
    def is_loading(self) -> bool:
        """Whether its articles are still being read."""
        return self.job is not None and self.job.under_way

    def close(self) -> None:
        """Throw it away."""
        if self.provider is not None:
            self.provider.counts.close()
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
