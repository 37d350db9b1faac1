"""Many machines: files of articles in, Parquet shards of readings out, over one engine or another.

A task is one file; an engine only says where tasks run (`daft`, `spark`, or the embedded
`processes`). Each task writes its shard under another name and renames it, so that a shard is
whole or not there; what is there is not made again. What an engine's workers leave undone, since
one was killed or an article kills whoever reads it, is handed to it again and then to the embedded
pool, which gives the article that is to blame a row that says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol, cast

from selon.errors import SelonError
from selon.i18n import _

if TYPE_CHECKING:
    from selon.engines.shards import Shard, Task

# An engine and the package that it needs.
NEEDS: Final = {"processes": None, "daft": "daft", "spark": "pyspark"}
TRIES: Final = 2


class Engine(Protocol):
    """What a module of an engine has."""

    def run(
        self, tasks: Sequence[Task], work: Callable[[Task], Shard], jobs: int
    ) -> Iterable[Shard]:
        """Do the work for every task somewhere; may raise anything, and lose tasks."""


def run(engine: str, tasks: Sequence[Task], jobs: int) -> Iterator[Shard]:
    """The shard of every task as it is made, those that were there first."""
    from selon.engines import shards

    left = []
    for task in tasks:
        made = shards.finished_shard(task)
        if made is None:
            left.append(task)
        else:
            yield made
    if engine != "processes":
        for _ in range(TRIES):
            if left:
                yield from _some(engine, left, jobs)
                left = [task for task in left if shards.finished_shard(task) is None]
    for task in left:
        # What an engine left undone twice may kill its reader.
        yield shards.write(task, jobs, apart=engine != "processes")
    shards.swept(tasks)


def _some(name: str, tasks: Sequence[Task], jobs: int) -> Iterator[Shard]:
    """What an engine makes, until it fails: the rest is seen by what is not there."""
    from selon.engines import shards

    told: set[Path] = set()
    module = _engine(name)
    try:
        for shard in module.run(tasks, shards.write, jobs):
            told.add(shard.target)
            yield shard
    except SelonError:
        raise
    except Exception as error:  # an engine's own faults are of a hundred classes
        shards.warn(
            _("{engine}: {error}; the unfinished files are tried again").format(
                engine=name,
                error=str(error).strip().split("\n")[0][:200],
            )
        )
        for task in tasks:
            made = shards.finished_shard(task) if task.target not in told else None
            if made is not None:
                yield made


def _engine(name: str) -> Engine:
    needed = NEEDS[name]
    if needed and not find_spec(needed):
        raise SelonError(
            _("--engine {name} needs one more package: pip install 'selon[{name}]'.").format(
                name=name
            )
        )
    return cast(Engine, import_module(f"selon.engines.{name}"))
