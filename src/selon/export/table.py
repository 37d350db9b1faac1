"""Statements as a table, one a row: CSV, and the rows that Parquet shares."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from typing import Any, Final, TextIO

from selon.export import codebook
from selon.export.options import PLAIN, ExportOptions
from selon.export.said import identifier, role
from selon.export.writing import BOM, safe
from selon.labels import month, year
from selon.records import Reading, Spans, address
from selon.statement_people import PersonOfStatement, StatementWithPeople, statements_with_people

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
    "page",
)
# What is told for the asking (`--details`).
DETAILED: Final = ("month", "year", "context", "speaker_name")
_AROUND: Final = 160


def columns(options: ExportOptions = PLAIN) -> tuple[str, ...]:
    """The columns' keys, in their order."""
    return (*COLUMNS, *DETAILED) if options.details else COLUMNS


def headings(options: ExportOptions = PLAIN) -> tuple[str, ...]:
    """The columns' names in the language that is asked for."""
    return tuple(codebook.column_name(c, options.language) for c in columns(options))


def write(readings: Iterable[Reading], out: TextIO, options: ExportOptions = PLAIN) -> None:
    """Write CSV with a header; lists joined by `; `, spans as `120-180,200-240`."""
    if options.excel:
        out.write(BOM)
    writer = csv.writer(out, delimiter=";" if options.excel else ",", lineterminator="\n")
    writer.writerow(headings(options))
    comma = options.excel and options.language == "fr"
    for row in rows(readings, options):
        writer.writerow([_cell(row[c], comma) for c in columns(options)])


def _cell(value: Any, comma: bool) -> Any:
    """A cell; a French spreadsheet takes `0.5` for words."""
    return repr(value).replace(".", ",") if comma and isinstance(value, float) else safe(value)


def rows(readings: Iterable[Reading], options: ExportOptions = PLAIN) -> Iterator[dict[str, Any]]:
    """One row a statement, by `columns`."""
    for reading in readings:
        for one in statements_with_people(reading):
            row = _row(one)
            if options.details:
                row |= _detailed_row(one, options)
            for name in codebook.VALUES:
                row[name] = options.value(name, row[name])
            yield row


def _detailed_row(one: StatementWithPeople, options: ExportOptions) -> dict[str, Any]:
    return {
        "month": month(one.article.published),
        "year": year(one.article.published),
        "context": _context(one.statement.content, one.article.text),
        "speaker_name": options.of(one).name,
    }


def _context(parts: Spans, text: str) -> str:
    """The paragraph around a passage, cut to 160 characters before and after it."""
    if not parts:
        return ""
    start, end = min(s.start for s in parts), max(s.end for s in parts)
    first = max(text.rfind("\n", 0, start) + 1, start - _AROUND)
    stop = text.find("\n", end)
    return text[first : min(len(text) if stop < 0 else stop, end + _AROUND)]


def _row(one: StatementWithPeople) -> dict[str, Any]:
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
        "page": a.page,
    }


def _names(people: tuple[PersonOfStatement, ...]) -> str:
    return "; ".join(p.name for p in people)


def _places(people: tuple[PersonOfStatement, ...]) -> str:
    return "; ".join(address(p.spans) for p in people)
