"""Alerts on what is new in a library: as rows, as JSON Lines, as an Atom feed."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from xml.sax.saxutils import escape, quoteattr

from selon.library.find import Query, conditions
from selon.library.store import Library
from selon.names import fold

# Entries that a feed shows: a reader that asks once a day misses none.
_MAX_ENTRIES: Final = 500


@dataclass(frozen=True, slots=True)
class Alert:
    """A saved search: what is new of a person, about somebody, or of these very words."""

    name: str
    speaker: str | None = None
    words: str | None = None
    about: str | None = None
    outlet: str | None = None


def newest(connection: sqlite3.Connection) -> int:
    """The number of the statement added last; what is above it is new."""
    return int(connection.execute("select coalesce(max(id), 0) from statement").fetchone()[0])


def told_until(beside: Path | None, newest: int) -> int:
    """The number up to which statements were told, as the last turn left it; `newest` for none."""
    try:
        return int(_mark(beside).read_text(encoding="ascii")) if beside else newest
    except (OSError, ValueError):
        return newest


def keep_told_until(beside: Path | None, number: int) -> None:
    """Keep for the next turn up to which statement all was told."""
    if beside is not None:
        half = beside.with_name(f".{beside.name}.told.part")
        half.write_text(str(number), encoding="ascii")
        os.replace(half, _mark(beside))


def _mark(beside: Path) -> Path:
    return beside.with_name(f".{beside.name}.told")


def matching_rows(
    library: Library, alerts: Iterable[Alert], after: int, at: str
) -> list[dict[str, Any]]:
    """The statements above a number that the alerts ask for, one row each, oldest first.

    `words` are looked for word for word in the statement's content, accents and case aside. What an
    article said already, and is only read again, is not new.
    """
    connection = library.connection
    rows: list[dict[str, Any]] = []
    for alert in alerts:
        words = f'"{alert.words}"' if alert.words else None
        query = Query(words, alert.speaker, alert.about, outlet=alert.outlet, limit=None)
        where, values = conditions(connection, query)
        for row in connection.execute(
            "select s.id, s.content, s.context, s.speaker, s.outlet, s.published, s.said, s.via,"
            " a.title, a.url, a.id as article from statement s join article a on a.id = s.article_id"
            f" where {where} and s.id > ? and not exists (select 1 from statement former where"
            " former.article_id = s.article_id and former.id <= ? and former.content = s.content)"
            " order by s.id",
            (*values, after, after),
        ):
            if alert.words and fold(alert.words) not in fold(row["content"]):
                continue
            rows.append({"alert": alert.name, "at": at, **dict(row)})
    return rows


def write_alerts(
    lines: Path | None, atom: Path | None, rows: Sequence[dict[str, Any]], at: str
) -> None:
    """Put the rows behind those of the JSON Lines, and at the head of the Atom feed."""
    if lines is not None and rows:
        with lines.open("a", encoding="utf-8") as file:
            file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    if atom is None:
        return
    entries = [_entry(row) for row in reversed(rows)] + _former(atom)
    body = "".join(entries[:_MAX_ENTRIES])
    text = (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n'
        f"<title>Selon</title><id>urn:selon:alerts:{escape(atom.stem)}</id><updated>{at}</updated>\n"
        f"<author><name>Selon</name></author>\n{body}</feed>\n"
    )
    half = atom.with_name(f".{atom.name}.part")
    half.write_text(text, encoding="utf-8")
    os.replace(half, atom)


def _entry(row: dict[str, Any]) -> str:
    who = row["speaker"] or "?"
    link = f"<link href={quoteattr(row['url'])}/>" if row["url"] else ""
    where = " · ".join(str(p) for p in (row["outlet"], row["published"], row["title"]) if p)
    words = _clean(f"{who} : {row['content']}")
    return (
        f"<entry><title>{escape(_clean(row['alert'] + ' — ' + who))}</title>"
        f"<id>urn:selon:{escape(_clean(row['alert']))}:{row['id']}:{escape(row['at'])}</id>"
        f"<updated>{row['at']}</updated>{link}"
        f'<content type="text">{escape(words)}\n{escape(_clean(where))}</content></entry>\n'
    )


def _clean(words: str) -> str:
    # XML has no control characters.
    return "".join(c if c.isprintable() or c == "\n" else " " for c in words)


def _former(atom: Path) -> list[str]:
    try:
        text = atom.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return []
    parts = text.split("<entry>")[1:]
    return ["<entry>" + p.partition("</entry>")[0] + "</entry>\n" for p in parts if "</entry>" in p]
