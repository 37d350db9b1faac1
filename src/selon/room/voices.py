"""An article as its page shows it: the voice map, a card a statement, dates, versions."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

from markupsafe import Markup

from selon.ledger import names, versions
from selon.ledger.shelf import Shelf
from selon.ledger.showing import parts
from selon.library import fetch, reviewing
from selon.library.store import Library
from selon.records import Reading
from selon.show import account, prose
from selon.show.account import Entry

_DAY: Final = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


@dataclass(frozen=True, slots=True)
class Card:
    """A statement: its row number, what is shown of it, and what people judged of it."""

    row: int
    entry: Entry
    excerpt: str
    verdict: str | None
    laid: tuple[dict[str, Any], ...]
    disputed: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """An article; `people` are row numbers by name, `shares` bars: voice, letter, start, percent.

    `when` are the cards that say a date, in its order, with what a time axis can place.
    """

    number: int
    reading: Reading
    title: str
    headline: Markup | None
    text: Markup
    lanes: int
    cards: tuple[Card, ...]
    people: dict[str, int]
    shares: tuple[tuple[str, str, int, int], ...]
    when: tuple[tuple[str, Card], ...]
    rejected: tuple[dict[str, Any], ...]
    changes: tuple[dict[str, Any], ...]
    versions: int


def shown(library: Library, number: int) -> Shown | None:
    """The article of that row number in its current reading; nothing where it is not here."""
    connection = library.connection
    row = connection.execute(
        "select r.id from article a join reading r on r.version_id = a.version_id"
        " and r.current = 1 where a.id = ?",
        (number,),
    ).fetchone()
    if row is None:
        return None
    reading = fetch.one(connection, row["id"])
    entries = account.entries(reading)
    cards = tuple(_cards(connection, row["id"], entries))
    body = prose.body(
        reading, entries, 0, lambda e: prose.anchor(e, e.number, f"s{cards[e.number - 1].row}")
    )
    count, changes = _changes(library, number)
    return Shown(
        number=number,
        reading=reading,
        title=account.title(reading.article),
        headline=body.headline,
        text=body.text,
        lanes=body.lanes,
        cards=cards,
        people=_people(connection, row["id"], reading),
        shares=tuple(
            (account.NAMES[v], letter, start, part)
            for v, letter, start, part in prose.bars(reading)
        ),
        when=tuple(_when(cards)),
        rejected=tuple(_rejected(connection, row["id"])),
        changes=changes,
        versions=count,
    )


def _cards(
    connection: sqlite3.Connection, reading: int, entries: tuple[Entry, ...]
) -> Iterator[Card]:
    found = {
        r["key"]: r
        for r in connection.execute(
            "select id, key, verdict from statement where reading_id = ?"
            " and verdict is not 'rejected'",
            (reading,),
        )
    }
    laid = reviewing.laid(connection, reading)
    for entry in entries:
        row = found[entry.statement.id]
        short = account.excerpt(entry)
        short += " …" if len(short) < len(entry.content) else ""
        over = tuple(laid.get(row["id"], ()))
        last = {(j["relation"], j["by"]): j for j in over}
        disputed = bool(reviewing.differ(list(last.values())))
        yield Card(row["id"], entry, short, row["verdict"], over, disputed)


def _people(connection: sqlite3.Connection, row: int, reading: Reading) -> dict[str, int]:
    local = {
        a["local"]: a["head"]
        for a in connection.execute(
            "select a.local, coalesce(e.same_as, e.id) as head from appearance a"
            " cross join entity e on e.id = a.entity_id where a.reading_id = ?",
            (row,),
        )
    }
    found: dict[str, set[int]] = {}
    for entity in reading.entities:
        head = local.get(entity.id)
        if head is None and entity.id[1:].isdigit():
            # `fetch` names so one whom only a judgement knows.
            head = int(entity.id[1:])
        if head is not None:
            found.setdefault(" ".join(entity.name.split()), set()).add(head)
    # Two of one name in one article: no link rather than the wrong one.
    return {name: min(heads) for name, heads in found.items() if len(heads) == 1}


def _when(cards: tuple[Card, ...]) -> list[tuple[str, Card]]:
    dated = []
    for card in cards:
        day = _DAY.match(card.entry.statement.said or "")
        if day:
            dated.append((day[0], card))
    return sorted(dated, key=lambda pair: (pair[0], pair[1].entry.number))


def _rejected(connection: sqlite3.Connection, reading: int) -> list[dict[str, Any]]:
    ids = [
        r[0]
        for r in connection.execute(
            "select id from statement where reading_id = ? and verdict = 'rejected' order by id",
            (reading,),
        )
    ]
    laid = reviewing.laid(connection, reading)
    return [{**row, "laid": laid.get(row["id"], [])} for row in reviewing.rows(connection, ids)]


def _changes(library: Library, number: int) -> tuple[int, tuple[dict[str, Any], ...]]:
    shelf = Shelf(library)
    found = library.connection.execute(
        "select max(r.id), v.added from version v cross join reading r on r.version_id = v.id"
        " where v.article_id = ? group by v.id order by v.id",
        (number,),
    ).fetchall()
    if len(found) < 2:
        return len(found), ()
    many = [(added, shelf.of_reading(reading)) for reading, added in found]
    changes = []
    for (before, old), (after, new) in pairwise(many):
        for change in versions(old, new):
            one = change.new or change.old
            was, now = change.old, change.new
            changes.append(
                {
                    "from": before,
                    "to": after,
                    "what": change.what,
                    "types": names(change.alterations),
                    "words": one.words if one else "",
                    "diff": list(parts(was.words, now.words, change.diff)) if was and now else [],
                    "speakers": (
                        was.speaker_name if was else None,
                        now.speaker_name if now else None,
                    ),
                }
            )
    return len(found), tuple(changes)
