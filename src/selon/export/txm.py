"""TXM (TXT + CSV import): one .txt a statement and `metadata.csv`, its first column `id`."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from selon.export.said import said
from selon.records import Reading, address

# TXM takes no `_` and no accent in a column's name.
COLUMNS: Final = (
    "id",
    "locuteur",
    "source",
    "date",
    "relais",
    "forme",
    "voix",
    "titre",
    "article",
    "adresse",
)


def write(readings: Iterable[Reading], out: Path) -> None:
    """Write the folder; files are numbered in the order of the statements."""
    with (out / "metadata.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\n")
        writer.writerow(COLUMNS)
        n = 0
        for reading in readings:
            for one in said(reading):
                n += 1
                name = f"s{n:07d}"
                with (out / f"{name}.txt").open("w", encoding="utf-8", newline="") as text:
                    text.write(one.content)
                a = one.article
                writer.writerow(
                    [
                        name,
                        one.speaker.name if one.speaker else "",
                        a.outlet or "",
                        a.published or "",
                        " › ".join(v.name for v in one.via),
                        one.statement.form,
                        one.voice or "",
                        " ".join((a.title or "").split()),
                        a.url or a.id,
                        address(one.statement.content),
                    ]
                )
