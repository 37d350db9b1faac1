"""The statements of a search as columns of numbers, out of which every table is counted.

A column is read from the library only where a table asks for it; nothing is kept.
"""

from __future__ import annotations

import re
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import count
from typing import Any, Final

import numpy as np

from selon.errors import SelonError
from selon.i18n import translations
from selon.labels import month, year
from selon.library.find import Query
from selon.numbers import verbs
from selon.numbers.columns import CODED, Column, Flags, Numbers, Raw, compact, raw
from selon.numbers.copies import first_copies
from selon.numbers.speakers import Speaker, called_by_name, offices, speakers, spheres

# The speakers by number, and of a merged row whom it is one with.
Known = tuple[dict[int, Speaker], dict[int, int]]

# What all statements of an article have in common.
_OF_ARTICLE: Final = {
    "outlet": "outlet",
    "year": "published",
    "month": "published",
    "week": "published",
    "day": "published",
}
_OF_STATEMENT: Final = (*CODED, "reviewed", "verb")
_OF_SPEAKER: Final = ("speaker", "named", "kind", "gender", "role", "field")
# A statement may have several relays and addressees: it counts once with each.
_OF_PARTY: Final = {"relay": "via", "addressee": "addressee"}
DIMENSIONS: Final = (*_OF_ARTICLE, *_OF_STATEMENT, *_OF_SPEAKER, *_OF_PARTY)
PERIODS: Final = ("year", "month", "week", "day")


@dataclass(frozen=True, slots=True)
class Facts:
    """The statements of a search, one place each in every array.

    `statement` has the statements' numbers; `article` numbers articles, `lead` the first of an
    article's near-identical copies; `again` says that a copy had the statement before; `person` is
    who speaks, -1 where that is no human being or nobody asks; `words` counts the words of the
    content (all 0 where nobody asks). Who is joined to a party has several places: `statement` tells which are one.
    """

    statement: Numbers
    article: Numbers
    lead: Numbers
    again: Flags
    person: Numbers
    words: Numbers
    columns: dict[str, Column]
    exploded: bool = False

    def __len__(self) -> int:
        return len(self.statement)


def gather(
    connection: sqlite3.Connection,
    dimensions: Iterable[str],
    query: Query | None = None,
    *,
    words: bool = False,
    persons: bool = True,
) -> Facts:
    """The statements that a query asks for (its `limit` aside), with these dimensions.

    Without `persons`, who speaks is looked up for dimensions alone. Raises `SelonError` for a
    dimension that there is not.
    """
    wanted = tuple(dict.fromkeys(dimensions))
    _check(wanted)
    asked = replace(query or Query(), limit=None, offset=0, after=None)
    people = persons or bool({*_OF_SPEAKER, *_OF_PARTY} & set(wanted))
    found = raw(connection, wanted, asked, (words, people))
    ids, article = compact(found.article)
    lead, again = first_copies(connection, (found.statement, found.same), (article, ids))
    columns: dict[str, Column] = {}
    for name in wanted:
        if name in _OF_ARTICLE:
            columns[name] = _of_article(connection, name, (article, ids))
        elif name == "verb":
            columns[name] = _verbs(connection, found.columns["cue"], (article, ids))
        elif name in _OF_STATEMENT:
            source = found.columns[name]
            columns[name] = _map_values(source.codes, source.values)
    known: Known = ({}, {})
    person = np.full(len(article), -1, np.int64)
    if people:
        known = speakers(connection)
        person, spoken = _speakers(connection, wanted, found, known)
        columns |= spoken
    facts = Facts(found.statement, article, lead, again, person, found.words, columns)
    for name in wanted:
        if name in _OF_PARTY:
            facts = _join_parties(connection, facts, name, known)
    return facts


def _check(wanted: Sequence[str]) -> None:
    for name in wanted:
        if name not in DIMENSIONS:
            _ = translations("numbers").gettext
            raise SelonError(
                _("Cannot count by {by}; choose from {choice}.").format(
                    by=name, choice=", ".join(DIMENSIONS)
                )
            )


def _of_article(
    connection: sqlite3.Connection, name: str, articles: tuple[Numbers, Numbers]
) -> Column:
    """A dimension that is of the article, looked up once for each."""
    codes, ids = articles
    rows = connection.execute(f"select id, {_OF_ARTICLE[name]} from article").fetchall()
    known = dict(map(tuple, rows))
    book: defaultdict[Any, int] = defaultdict(count().__next__)
    each = np.fromiter((book[known.get(n)] for n in ids.tolist()), np.int64, len(ids))
    mapped = _map_values(each, [_VALUES.get(name, _same)(v) for v in book])
    return Column(mapped.codes[codes] if len(ids) else codes, mapped.values)


def _map_values(codes: Numbers, told: Sequence[str | None]) -> Column:
    """Numbers into values that may be equal or nothing, as numbers into different ones."""
    book = {v: n for n, v in enumerate(sorted({v for v in told if v}))}
    # What is -1 already finds the last place.
    table = np.array([*(book[v] if v else -1 for v in told), -1], np.int64)
    return Column(table[codes], tuple(book))


def _same(value: str | None) -> str | None:
    return value


def _cut(pattern: str, size: int) -> Callable[[str | None], str | None]:
    whole = re.compile(pattern)
    return lambda v: v[:size] if v and whole.match(v) else None


def _week(value: str | None) -> str | None:
    if not value or not re.match(r"\d{4}-\d\d-\d\d(?!\d)", value):
        return None
    try:
        year, week, _day = date.fromisoformat(value[:10]).isocalendar()
    except ValueError:
        return None
    return f"{year:04d}-W{week:02d}"


# A date that is coarser than a period (`2026` for a month) says nothing of it.
_VALUES: Final[dict[str, Callable[[str | None], str | None]]] = {
    "year": year,
    "month": month,
    "day": _cut(r"\d{4}-\d\d-\d\d(?!\d)", 10),
    "week": _week,
}


def _verbs(
    connection: sqlite3.Connection, source: Column, articles: tuple[Numbers, Numbers]
) -> Column:
    """The verb of saying by its lemma: the cue is looked up in the article's own language."""
    article, ids = articles
    spoken = dict(map(tuple, connection.execute("select id, language from article").fetchall()))
    tongues = [verbs.code(spoken.get(number)) for number in ids.tolist()]
    book = {tongue: n for n, tongue in enumerate(dict.fromkeys(tongues))}
    of_article = np.fromiter((book[t] for t in tongues), np.int64, len(tongues))
    size = max(len(source.values), 1)
    both = (of_article[article] if len(tongues) else article) * size + source.codes
    unique, codes = compact(both)
    names = list(book)
    told = [verbs.lemma(source.values[n % size], names[n // size]) for n in unique.tolist()]
    return _map_values(codes, told)


def _speakers(
    connection: sqlite3.Connection,
    wanted: Sequence[str],
    raw: Raw,
    who: Known,
) -> tuple[Numbers, dict[str, Column]]:
    """Who speaks, where it is a person; and the dimensions that are of the speaker."""
    found, heads = who
    unique, codes = compact(raw.speaker)
    numbers = [heads.get(n, n) for n in unique.tolist()]
    people = [n if n in found and found[n].human else -1 for n in numbers]
    person = np.fromiter(people, np.int64, len(people))[codes] if people else codes
    held = offices(connection, heads) if "role" in wanted else {}
    active = spheres(connection, heads) if "field" in wanted else {}
    told: dict[str, list[str | None]] = {
        "kind": [found[n].kind if n in found else None for n in numbers],
        "gender": [found[n].gender if n in found else None for n in numbers],
        "role": [held.get(n) for n in numbers],
        "field": [active.get(n) for n in numbers],
    }
    columns = {name: _map_values(codes, told[name]) for name in wanted if name in told}
    if "named" in wanted:
        apt = called_by_name(connection, heads)
        columns["named"] = _by_name(raw.columns["speaker"], codes, [n in apt for n in numbers])
    if "speaker" in wanted:
        columns["speaker"] = _speaker_names(raw.columns["speaker"], codes, numbers, found)
    return person, columns


def _by_name(words: Column, codes: Numbers, apt: Sequence[bool]) -> Column:
    """Whether the speaker has a name: `named`, `unnamed` (« un médecin »), nothing for nobody."""
    named = np.array(apt, np.bool_)[codes] if len(apt) else codes.astype(np.bool_)
    nobody = np.fromiter((not w for w in words.values), np.bool_, len(words.values))
    missing = nobody[words.codes] if len(nobody) else codes.astype(np.bool_)
    told = np.where(named, 0, np.where(missing, -1, 1))
    return Column(told.astype(np.int64), ("named", "unnamed"))


def _speaker_names(
    words: Column, codes: Numbers, numbers: Sequence[int], found: dict[int, Speaker]
) -> Column:
    """Each speaker by name; the words of the text where it is no entity; namesakes told apart."""
    labels = names(found[n] for n in dict.fromkeys(numbers) if n in found)
    size = max(len(words.values), 1)
    unknown = np.fromiter((n not in found for n in numbers), np.bool_, len(numbers))
    by_words = unknown[codes] if len(numbers) else codes.astype(np.bool_)
    both = np.where(by_words, words.codes - size, codes)
    unique, places = compact(both)
    told = [words.values[n] if n < 0 else labels[numbers[n]] for n in unique.tolist()]
    return _map_values(places, told)


def names(people: Iterable[Speaker]) -> dict[int, str]:
    """A name for each, that no other has: namesakes get their number, `Ana Roux (@12)`."""
    by_name: dict[str, list[int]] = {}
    for one in people:
        by_name.setdefault(one.name, []).append(one.id)
    return {
        n: name if len(many) == 1 else f"{name} (@{n})"
        for name, many in by_name.items()
        for n in many
    }


def _join_parties(
    connection: sqlite3.Connection,
    facts: Facts,
    name: str,
    known: Known,
) -> Facts:
    """The facts with a place for each relay or addressee of a statement."""
    found, heads = known
    rows = connection.execute(
        "select distinct statement_id, entity_id, words from party where role = ?",
        (_OF_PARTY[name],),
    )
    met: dict[int, list[tuple[int | None, str]]] = {}
    for statement, entity, words in rows:
        who = heads.get(entity, entity) if entity is not None else None
        met.setdefault(statement, []).append((who, words))
    labels = names(found[w] for w in {w for many in met.values() for w, _t in many} if w in found)
    parties = {
        statement: sorted({labels.get(w, t) if w is not None else t for w, t in many} - {""})
        for statement, many in met.items()
    }
    # One place for a statement without any; most have none.
    order = np.argsort(facts.statement, kind="stable")
    sizes = np.ones(len(order), np.int64)
    flat: list[str | None] = []
    at: list[int] = []
    asked = np.array(sorted(parties), np.int64)
    found_at = np.searchsorted(facts.statement, asked, sorter=order)
    for statement, place in zip(asked.tolist(), found_at.tolist(), strict=True):
        there = order[place : place + 1].tolist()
        if there and facts.statement[there[0]] == statement and parties[statement]:
            sizes[there[0]] = len(parties[statement])
            at.append(there[0])
            flat += parties[statement]
    places = np.repeat(np.arange(len(sizes)), sizes)
    mapped = _map_values(np.arange(len(flat)), flat)
    starts = np.cumsum(sizes) - sizes
    codes = np.full(len(places), -1, np.int64)
    done = 0
    for place in at:
        codes[starts[place] : starts[place] + sizes[place]] = mapped.codes[
            done : done + sizes[place]
        ]
        done += int(sizes[place])
    column = Column(codes, mapped.values)
    return Facts(
        facts.statement[places],
        facts.article[places],
        facts.lead[places],
        facts.again[places],
        facts.person[places],
        facts.words[places],
        {n: Column(c.codes[places], c.values) for n, c in facts.columns.items()} | {name: column},
        True,
    )
