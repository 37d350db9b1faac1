"""Spark: a session of one's own on this machine, or the cluster's under `spark-submit`."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from selon.engines.shards import Shard, Task
from selon.errors import SelonError
from selon.i18n import _


def run(tasks: Sequence[Task], work: Callable[[Task], Shard], jobs: int) -> Iterator[Shard]:
    """The shards of the tasks, in whatever order they are done."""
    from pyspark.sql import SparkSession

    if not (shutil.which("java") or os.environ.get("JAVA_HOME")):
        raise SelonError(_("--engine spark needs Java: apt-get install default-jre-headless"))
    # Its workers are the `python3` of the PATH unless they are told.
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    session = SparkSession.getActiveSession() or _session(jobs)
    done: Any = session.sparkContext.parallelize(list(tasks), max(1, len(tasks))).map(work)
    yield from done.collect()


def _session(jobs: int) -> Any:
    """The cluster that the environment names, else this machine; a lost task is tried four times."""
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.appName("selon")
    if not os.environ.get("MASTER") and "SPARK_ENV_LOADED" not in os.environ:
        builder = builder.master(f"local[{jobs},4]").config("spark.ui.enabled", "false")
        builder = builder.config("spark.ui.showConsoleProgress", "false")
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    return session
