"""Statements as a table, one a row: CSV, and the rows that Parquet shares."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from typing import Any, Final, TextIO

from selon.export.said import Said, Who, identifier, role, said
from selon.records import Reading, address

COLUMNS: Final = (
    "article",
    "url",
    "title",
    "outlet",
    "published",
    "language",
    "statement",
    "form",
    "stance",
    "voice",
    "speaker",
    "speaker_words",
    "speaker_spans",
    "speaker_type",
    "speaker_kb",
    "speaker_id",
    "speaker_kind",
    "speaker_gender",
    "speaker_gender_by",
    "speaker_role",
    "addressees",
    "addressee_spans",
    "via",
    "via_spans",
    "cue",
    "cue_spans",
    "content",
    "content_spans",
    "within",
    "said",
    "score",
    "why",
)
# A cell that begins so would be run as a formula by a spreadsheet; the guard is one apostrophe.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def write(readings: Iterable[Reading], out: TextIO) -> None:
    """Write CSV with a header; lists joined by `; `, spans as `120-180,200-240`."""
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in rows(readings):
        writer.writerow([safe(row[c]) for c in COLUMNS])


def rows(readings: Iterable[Reading]) -> Iterator[dict[str, Any]]:
    """One row a statement, by `COLUMNS`."""
    for reading in readings:
        for one in said(reading):
            yield _row(one)


def _row(one: Said) -> dict[str, Any]:
    a, s, speaker = one.article, one.statement, one.speaker
    entity = speaker.entity if speaker else None
    return {
        "article": a.id,
        "url": a.url,
        "title": a.title,
        "outlet": a.outlet,
        "published": a.published,
        "language": a.language,
        "statement": s.id,
        "form": s.form,
        "stance": s.stance,
        "voice": one.voice,
        "speaker": speaker.name if speaker else None,
        "speaker_words": speaker.words if speaker else None,
        "speaker_spans": address(speaker.spans) if speaker else None,
        "speaker_type": entity.type if entity else None,
        "speaker_kb": entity.kb if entity else None,
        "speaker_id": identifier(a, entity) if entity else None,
        "speaker_kind": entity.kind if entity else None,
        "speaker_gender": entity.gender if entity else None,
        "speaker_gender_by": entity.gender_by if entity else None,
        "speaker_role": role(entity) if entity else None,
        "addressees": _names(one.addressees),
        "addressee_spans": _places(one.addressees),
        "via": _names(one.via),
        "via_spans": _places(one.via),
        "cue": one.cue,
        "cue_spans": address(s.cue),
        "content": one.content,
        "content_spans": address(s.content),
        "within": s.within,
        "said": s.said,
        "score": round(s.score, 4),
        "why": "; ".join(s.why),
    }


def _names(people: tuple[Who, ...]) -> str:
    return "; ".join(p.name for p in people)


def _places(people: tuple[Who, ...]) -> str:
    return "; ".join(address(p.spans) for p in people)


def safe(value: Any) -> Any:
    """A value that no spreadsheet takes for a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
