"""A shard: the readings of one file of articles as one Parquet file, a row an article, in order.

Who reads it with Spark, DuckDB or Polars has the article's fields, its statements as a list of
records with words beside places, and the whole reading as the exchange contract's JSON; an article
that could not be read has a row too, with `stage`, `error` and `remedy`.
"""

from __future__ import annotations

import glob
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import lru_cache, partial
from itertools import islice
from pathlib import Path
from typing import Any, Final

from selon import __version__, api, contract
from selon.errors import SelonError
from selon.i18n import _
from selon.ingest import ReadOptions, articles
from selon.library.runs import pack_digest
from selon.records import Article, Failure, Reading

SCHEMA: Final = "selon-shard/1"
# Rows of a row group: a reader may take one at a time.
GROUP: Final = 256
_META: Final = b"selon"


@dataclass(frozen=True)
class Task:
    """One file to read, and where its shard goes; it can be pickled."""

    source: Path
    target: Path
    options: ReadOptions = field(default_factory=ReadOptions)
    kb: api.Paths = "shipped"


@dataclass(frozen=True)
class Shard:
    """What became of a task."""

    source: Path
    target: Path
    articles: int
    statements: int
    failed: int


def tasks(
    sources: Iterable[Path], out: Path, options: ReadOptions, kb: api.Paths = "shipped"
) -> list[Task]:
    """A task a file; a folder is all the files in it. Two files of one name get a number."""
    files: list[Path] = []
    for source in sources:
        files += (
            sorted(f for f in source.rglob("*") if f.is_file()) if source.is_dir() else [source]
        )
    seen: dict[str, int] = {}
    found = []
    for file in files:
        number = seen[file.name] = seen.get(file.name, 0) + 1
        name = file.name if number == 1 else f"{file.name}-{number}"
        found.append(Task(file.absolute(), (out / f"{name}.parquet").absolute(), options, kb))
    return found


def rows(batch: Sequence[Article], kb: api.Paths = "shipped") -> list[dict[str, Any]]:
    """The rows of some articles, one each, in order: what every engine's worker does.

    It can be pickled, and loads its models in the process that calls it, once.
    """
    return [row(found) for found in api.read_many(batch, kb=kb)]


def row(found: Reading | Failure) -> dict[str, Any]:
    """A reading or a failure as a row of a shard."""
    if isinstance(found, Failure):
        return {
            "id": found.source,
            "stage": found.stage,
            "error": found.error,
            "remedy": found.remedy,
        }
    import orjson

    a = found.article
    statements: Any = found.statements
    return {
        "id": a.id,
        "url": a.url,
        "title": a.title,
        "outlet": a.outlet,
        "published": a.published,
        "language": a.language,
        "authors": list(a.authors),
        "page": a.page,
        "text": a.text,
        "statements": statements.to_dicts(),
        "reading": orjson.dumps(contract.to_json(found)).decode(),
    }


def write(task: Task, jobs: int = 1, apart: bool = False) -> Shard:
    """Read a file and write its shard, whole or not at all; `apart` from this process, if wished."""
    _, parquet = _arrow()
    counts = {"articles": 0, "statements": 0, "failed": 0}
    task.target.parent.mkdir(parents=True, exist_ok=True)
    part = task.target.with_name(f".{task.target.name}.{os.getpid()}.part")
    try:
        with parquet.ParquetWriter(part, schema(), compression="zstd") as writer:
            read = api.read_isolated if apart else api.read_many
            pending = _items_of_file(task, partial(read, kb=task.kb, jobs=jobs))
            while some := [row(f) for f in islice(pending, GROUP)]:
                counts["articles"] += sum(r.get("reading") is not None for r in some)
                counts["failed"] += sum(r.get("reading") is None for r in some)
                counts["statements"] += sum(len(r.get("statements", ())) for r in some)
                writer.write_table(table(some))
            told = {**_identity(task), **counts}
            writer.add_key_value_metadata({_META: json.dumps(told, sort_keys=True)})
        os.replace(part, task.target)
    finally:
        part.unlink(missing_ok=True)
    return Shard(task.source, task.target, **counts)


def swept(tasks: Iterable[Task]) -> None:
    """Take away what killed workers left unfinished."""
    for task in tasks:
        for part in task.target.parent.glob(f".{glob.escape(task.target.name)}.*.part"):
            part.unlink(missing_ok=True)


def _items_of_file(
    task: Task, read: Callable[[Iterator[Article]], Iterator[Reading | Failure]]
) -> Iterator[Reading | Failure]:
    """The readings of a file and its failures, in the order of the file."""
    failures: dict[int, list[Failure]] = {}
    drawn = 0

    def good() -> Iterator[Article]:
        nonlocal drawn
        for item in articles(task.source, task.options):
            if isinstance(item, Failure):
                failures.setdefault(drawn, []).append(item)
            else:
                drawn += 1
                yield item

    done = 0
    for found in read(good()):
        yield from failures.pop(done, ())
        yield found
        done += 1
    yield from failures.pop(done, ())


def finished_shard(task: Task) -> Shard | None:
    """The shard of a task where it is there already: of this file, by this program."""
    if not task.target.exists():
        return None
    told = metadata(task.target)
    if any(told.get(k) != v for k, v in _identity(task).items()):
        return None
    return Shard(task.source, task.target, *(told[k] for k in ("articles", "statements", "failed")))


def _identity(task: Task) -> dict[str, Any]:
    state = task.source.stat()
    told = {
        "schema": SCHEMA,
        "program": __version__,
        "pack": pack_digest(),
        "source": str(task.source),
        "size": state.st_size,
        "changed": state.st_mtime_ns,
        "options": asdict(task.options) | {"kb": str(task.kb)},
    }
    # As it comes back from a file: JSON has no tuples.
    return dict(json.loads(json.dumps(told)))


def metadata(path: Path) -> dict[str, Any]:
    """What a shard says of itself; empty where it is no shard."""
    arrow, parquet = _arrow()
    try:
        told = parquet.read_metadata(path).metadata or {}
        return dict(json.loads(told.get(_META, b"{}")))
    except (OSError, ValueError, arrow.ArrowException):
        return {}


def readings(path: Path) -> Iterator[Reading | Failure]:
    """The readings and failures of a shard, in order, a row group at a time.

    Raises SelonError where the file is no shard.
    """
    if metadata(path).get("schema") != SCHEMA:
        raise SelonError(_("{path} is not a shard written by Selon.").format(path=path))
    yield from items_of_shard(path)


def items_of_shard(path: Path) -> Iterator[Reading | Failure]:
    """The readings and failures of a file with a shard's columns, whoever wrote it."""
    _, parquet = _arrow()
    columns = ["id", "reading", "stage", "error", "remedy"]
    with parquet.ParquetFile(path) as file:
        for batch in file.iter_batches(GROUP, columns=columns):
            for value in batch.to_pylist():
                yield _decode_item(value)


def _decode_item(value: Mapping[str, Any]) -> Reading | Failure:
    if value["reading"] is None:
        return Failure(value["id"], value["stage"], value["error"], value["remedy"])
    return contract.from_json(json.loads(value["reading"]))


def table(some: Sequence[Mapping[str, Any]]) -> Any:
    """Rows as an Arrow table of the shards' schema."""
    arrow, _ = _arrow()
    return arrow.Table.from_pylist(list(some), schema=schema())


@lru_cache(maxsize=1)
def schema() -> Any:
    """The Arrow schema of a shard."""
    arrow, _ = _arrow()
    text, words, place = arrow.string(), arrow.list_(arrow.string()), arrow.int32()
    statement = [
        *((n, text) for n in ("id", "form", "speaker", "name", "cue", "content")),
        ("addressees", words),
        ("via", words),
        *((n, text) for n in ("said", "stance", "within")),
        ("score", arrow.float64()),
        ("start", place),
        ("end", place),
    ]
    return arrow.schema(
        [
            *((n, text) for n in ("id", "url", "title", "outlet", "published", "language")),
            ("authors", words),
            ("page", text),
            ("text", text),
            ("statements", arrow.list_(arrow.struct(statement))),
            *((n, text) for n in ("reading", "stage", "error", "remedy")),
        ]
    )


def warn(words: str) -> None:
    """A line on standard error."""
    print(words, file=sys.stderr)


def _arrow() -> tuple[Any, Any]:
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError as error:
        raise SelonError(
            _("Parquet needs one more package: pip install 'selon[parquet]'.")
        ) from error
    return pyarrow, parquet
