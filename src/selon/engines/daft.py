"""Daft: its processes on this machine, or a Ray cluster's where `DAFT_RUNNER=ray` says so."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from selon.engines.shards import Shard, Task


def run(tasks: Sequence[Task], work: Callable[[Task], Shard], jobs: int) -> Iterator[Shard]:
    """The shards of the tasks, in whatever order they are done."""
    import daft

    # Bytes in and bytes out: Python objects would keep the work in threads of one process.
    @daft.cls(use_process=True, max_concurrency=jobs)
    class Worker:
        @daft.method(return_dtype=daft.DataType.binary())
        def shard(self, task: bytes) -> bytes:
            return pickle.dumps(work(pickle.loads(task)))

    worker: Any = Worker()
    frame = daft.from_pydict({"task": [pickle.dumps(task) for task in tasks]}).into_batches(1)
    for row in frame.select(worker.shard(frame["task"]).alias("shard")).iter_rows():
        yield pickle.loads(row["shard"])
