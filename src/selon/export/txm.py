"""TXM (TXT + CSV import): one .txt a statement and `metadata.csv`, its first column `id`."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from selon.export.options import PLAIN, Options
from selon.export.said import Said, said
from selon.labels import label, month, year
from selon.records import Reading, address

_RARE: Final = "autres"
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
    "mois",
    "annee",
    "modalite",
)
_DETAILED: Final = ("locuteurid", "genre", "nature", "fonction")


def write(readings: Iterable[Reading], out: Path, options: Options = PLAIN) -> None:
    """Write the folder; files are numbered in the order of the statements; values in French."""
    with (out / "metadata.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\n")
        writer.writerow((*COLUMNS, *_DETAILED) if options.details else COLUMNS)
        n = 0
        for reading in readings:
            for one in said(reading):
                n += 1
                name = f"s{n:07d}"
                with (out / f"{name}.txt").open("w", encoding="utf-8", newline="") as text:
                    text.write(one.content)
                writer.writerow([name, *_row(one, options)])


def _row(one: Said, options: Options) -> list[str]:
    a, known = one.article, options.of(one)
    name = known.name or (one.speaker.name if one.speaker else "")
    row = [
        _RARE if known.rare else name,
        a.outlet or "",
        a.published or "",
        " › ".join(v.name for v in one.via),
        label("form", one.statement.form, "fr"),
        label("voice", one.voice, "fr") if one.voice else "",
        " ".join((a.title or "").split()),
        a.url or a.id,
        address(one.statement.content),
        month(a.published) or "",
        year(a.published) or "",
        label("stance", one.statement.stance, "fr"),
    ]
    if options.details:
        gender, kind = known.gender, known.kind
        row += [
            known.id or "",
            label("speaker_gender", gender, "fr") if gender else "",
            label("kind", kind, "fr") if kind else "",
            known.role or "",
        ]
    return row
