"""TXM (TXT + CSV import): one .txt a statement and `metadata.csv`, its first column `id`."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from selon.export import codebook
from selon.export.options import PLAIN, ExportOptions
from selon.export.said import identifier, role
from selon.labels import month, year
from selon.records import Reading, address
from selon.statement_people import StatementWithPeople, statements_with_people

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
    "locuteurid",
    "genre",
    "nature",
    "fonction",
)


def write(readings: Iterable[Reading], out: Path, options: ExportOptions = PLAIN) -> None:
    """Write the folder; files are numbered in the order of the statements; values in French."""
    with (out / "metadata.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\n")
        writer.writerow(COLUMNS)
        n = 0
        for reading in readings:
            for one in statements_with_people(reading):
                n += 1
                name = f"s{n:07d}"
                with (out / f"{name}.txt").open("w", encoding="utf-8", newline="") as text:
                    text.write(one.content)
                writer.writerow([name, *_row(one, options)])


def _row(one: StatementWithPeople, options: ExportOptions) -> list[str]:
    a, s, known = one.article, one.statement, options.of(one)
    entity = one.speaker.entity if one.speaker else None
    name = known.name or (one.speaker.name if one.speaker else "")
    told = (role(entity) or "") if entity else ""
    return [
        _RARE if known.rare else name,
        a.outlet or "",
        a.published or "",
        " › ".join(v.name for v in one.via),
        _value("form", s.form),
        _value("voice", one.voice),
        " ".join((a.title or "").split()),
        a.url or a.id,
        address(s.content),
        month(a.published) or "",
        year(a.published) or "",
        _value("stance", s.stance),
        identifier(a, entity) if entity else "",
        _value("speaker_gender", entity.gender if entity else None),
        _value("speaker_kind", entity.kind if entity else None),
        _RARE if known.rare else told,
    ]


def _value(column: str, told: str | None) -> str:
    return codebook.value(column, told, "fr") if told else ""
