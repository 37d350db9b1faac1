"""An article as its page shows it: the voice map, a card a statement, dates, versions."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

from markupsafe import Markup

from selon.library import fetch, review_queue
from selon.library.store import Library
from selon.records import Reading, Span
from selon.reuse import names, versions
from selon.reuse.formatting import parts
from selon.reuse.store import ReuseStore
from selon.show import account, prose
from selon.show.account import AccountEntry
from selon.web.statement_links import original_url

# Strokes of one voice in the score, and names in the list of who speaks: more are not told apart.
_MAX_RUNS: Final = 400
_MAX_SPEAKERS: Final = 40
_DAY: Final = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


@dataclass(frozen=True, slots=True)
class StatementCard:
    """A statement: its row number, what is shown of it, and what people judged of it."""

    row: int
    entry: AccountEntry
    excerpt: str
    verdict: str | None
    laid: tuple[dict[str, Any], ...]
    disputed: bool


@dataclass(frozen=True, slots=True)
class VoiceLine:
    """A voice's line in the score: its name and letter, its share in percent, where it speaks.

    `runs` are beginnings and lengths in thousandths of the text.
    """

    name: str
    letter: str
    percent: int
    runs: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class ArticleView:
    """An article; `people` are row numbers by name, `shares` bars: voice, letter, start, percent.

    `passages` are its paragraphs, each with the cards of what is said in it; `above` those of the
    headline; `speakers` a key, a name and how many statements; `original_url` where it was published.

    `when` are the cards that say a date, in its order, with what a time axis can place.
    """

    number: int
    reading: Reading
    title: str
    headline: Markup | None
    text: Markup
    lanes: int
    cards: tuple[StatementCard, ...]
    people: dict[str, int]
    shares: tuple[tuple[str, str, int, int], ...]
    staves: tuple[VoiceLine, ...]
    passages: tuple[tuple[Markup, tuple[StatementCard, ...]], ...]
    above: tuple[StatementCard, ...]
    speakers: tuple[tuple[str, str, int], ...]
    original: str
    copies: int
    when: tuple[tuple[str, StatementCard], ...]
    rejected: tuple[dict[str, Any], ...]
    changes: tuple[dict[str, Any], ...]
    versions: int


def article_view(library: Library, number: int) -> ArticleView | None:
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
    by_number = {card.entry.number: card for card in cards}
    placed = {n for _words, numbers in body.paragraphs for n in numbers}
    return ArticleView(
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
        staves=tuple(_voice_lines(reading)),
        passages=tuple(
            (words, tuple(by_number[n] for n in numbers)) for words, numbers in body.paragraphs
        ),
        # What begins nowhere in the text is not lost: it stands with the headline's.
        above=tuple(c for c in cards if c.entry.number not in placed),
        speakers=_speakers(cards),
        original=original_url(reading.article.url),
        copies=_copies(connection, number),
        when=tuple(_dates(cards)),
        rejected=tuple(_rejected_cards(connection, row["id"])),
        changes=changes,
        versions=count,
    )


def _voice_lines(reading: Reading) -> Iterator[VoiceLine]:
    whole = max(len(reading.article.text), 1)
    for voice, percent in account.percentages(account.shares(reading)).items():
        spans = [v.span for v in reading.voices if v.voice == voice]
        if voice == "outlet":
            spans = _gaps([v.span for v in reading.voices if v.voice != "outlet"], whole)
        runs = tuple(
            (round(s.start / whole * 1000, 1), max(round((s.end - s.start) / whole * 1000, 1), 2.0))
            for s in spans[:_MAX_RUNS]
        )
        yield VoiceLine(account.NAMES[voice], prose.LETTERS[voice], percent, runs)


def _gaps(spans: list[Span], end: int) -> list[Span]:
    """What lies between the spans."""
    found, at = [], 0
    for span in sorted(spans, key=lambda s: (s.start, s.end)):
        if span.start > at:
            found.append(Span(at, span.start))
        at = max(at, span.end)
    return [*found, Span(at, end)] if at < end else found


def _speakers(cards: tuple[StatementCard, ...]) -> tuple[tuple[str, str, int], ...]:
    """Who speaks in an article, the most first: a key that the cards share, the name, how often."""
    counted = Counter(card.entry.who.label for card in cards)
    return tuple(
        (str(n), name, many) for n, (name, many) in enumerate(counted.most_common(_MAX_SPEAKERS))
    )


def _copies(connection: sqlite3.Connection, number: int) -> int:
    """How many other articles have nearly the same text."""
    first = connection.execute(
        "select coalesce(copy_of, id) from article where id = ?", (number,)
    ).fetchone()[0]
    beside = connection.execute(
        "select count(*) from article where copy_of = ? and id <> ?", (first, number)
    ).fetchone()[0]
    return int(beside) + int(first != number)


def _cards(
    connection: sqlite3.Connection, reading: int, entries: tuple[AccountEntry, ...]
) -> Iterator[StatementCard]:
    found = {
        r["key"]: r
        for r in connection.execute(
            "select id, key, verdict from statement where reading_id = ?"
            " and verdict is not 'rejected'",
            (reading,),
        )
    }
    laid = review_queue.judgements_over(connection, reading)
    for entry in entries:
        row = found[entry.statement.id]
        short = account.excerpt(entry)
        short += " …" if len(short) < len(entry.content) else ""
        over = tuple(laid.get(row["id"], ()))
        last = {(j["relation"], j["by"]): j for j in over}
        disputed = bool(review_queue.differ(list(last.values())))
        yield StatementCard(row["id"], entry, short, row["verdict"], over, disputed)


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


def _dates(cards: tuple[StatementCard, ...]) -> list[tuple[str, StatementCard]]:
    dated = []
    for card in cards:
        day = _DAY.match(card.entry.statement.said or "")
        if day:
            dated.append((day[0], card))
    return sorted(dated, key=lambda pair: (pair[0], pair[1].entry.number))


def _rejected_cards(connection: sqlite3.Connection, reading: int) -> list[dict[str, Any]]:
    ids = [
        r[0]
        for r in connection.execute(
            "select id from statement where reading_id = ? and verdict = 'rejected' order by id",
            (reading,),
        )
    ]
    laid = review_queue.judgements_over(connection, reading)
    return [{**row, "laid": laid.get(row["id"], [])} for row in review_queue.rows(connection, ids)]


def _changes(library: Library, number: int) -> tuple[int, tuple[dict[str, Any], ...]]:
    store = ReuseStore(library)
    found = library.connection.execute(
        "select max(r.id), v.added from version v cross join reading r on r.version_id = v.id"
        " where v.article_id = ? group by v.id order by v.id",
        (number,),
    ).fetchall()
    if len(found) < 2:
        return len(found), ()
    many = [(added, store.of_reading(reading)) for reading, added in found]
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
