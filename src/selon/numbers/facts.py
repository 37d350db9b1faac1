"""The statements of a search as columns of numbers, out of which every table is counted.

A column is read from the library only where a table asks for it. Half a second for 250 000
statements; nothing is kept.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from selon.faults import SelonError
from selon.labels import month, year
from selon.library.find import Query, conditions
from selon.numbers import verbs
from selon.numbers.copies import repeated
from selon.numbers.speakers import Speaker, called_by_name, offices, speakers
from selon.tongue import speaking

Numbers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

# A dimension: the column of `statement` that it is made of; what is of the speaker has none.
_OF_STATEMENT: Final = {
    "outlet": "s.outlet",
    "year": "s.published",
    "month": "s.published",
    "week": "s.published",
    "day": "s.published",
    "form": "s.form",
    "stance": "s.stance",
    "voice": "s.voice",
    "reviewed": "s.verdict",
    "verb": "s.cue",
}
_OF_SPEAKER: Final = ("speaker", "named", "kind", "gender", "role")
# A statement may have several relays and addressees: it counts once with each.
_OF_PARTY: Final = {"relay": "via", "addressee": "addressee"}
DIMENSIONS: Final = (*_OF_STATEMENT, *_OF_SPEAKER, *_OF_PARTY)
PERIODS: Final = ("year", "month", "week", "day")
_BATCH: Final = 50_000
_WORD: Final = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Column:
    """One dimension of the statements: numbers into `values`, -1 where it is not known."""

    codes: Numbers
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """The statements of a search, one place each in every array.

    `statement` has the statements' numbers; `article` numbers articles, `lead` the first of an
    article's near-identical copies; `again` says that a copy had the statement before; `person` is
    who speaks, -1 where that is no human being; `words` counts the words of the content (all 0 where
    nobody asks). Who is joined to a party has several places: `statement` tells which are one.
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
) -> Facts:
    """The statements that a query asks for (its `limit` aside), with these dimensions.

    Raises `SelonError` for a dimension that there is not.
    """
    wanted = tuple(dict.fromkeys(dimensions))
    _check(wanted)
    asked = replace(query or Query(), limit=None, offset=0, after=None)
    raw = _raw(connection, wanted, asked, words)
    article = raw["s.article_id"].codes
    article_ids = raw["s.article_id"].values
    lead, again = repeated(connection, raw["s.id"], (article, article_ids), asked)
    columns: dict[str, Column] = {}
    for name in wanted:
        if name in _OF_STATEMENT:
            columns[name] = _made(connection, name, raw, article_ids)
    found, heads = speakers(connection)
    person, spoken = _speaking(connection, wanted, raw, (found, heads))
    columns |= spoken
    count = len(article)
    facts = Facts(
        raw["s.id"],
        article,
        lead,
        again,
        person,
        raw["words"] if words else np.zeros(count, np.int64),
        columns,
    )
    for name in wanted:
        if name in _OF_PARTY:
            facts = _joined(connection, facts, name, (found, heads))
    return facts


def _check(wanted: Sequence[str]) -> None:
    for name in wanted:
        if name not in DIMENSIONS:
            _ = speaking("numbers").gettext
            raise SelonError(
                _("Cannot count by {by}; choose from {choice}.").format(
                    by=name, choice=", ".join(DIMENSIONS)
                )
            )


def _raw(
    connection: sqlite3.Connection, wanted: Sequence[str], query: Query, words: bool
) -> dict[str, Any]:
    """The columns of `statement` that are wanted, each value once; ids and counts as numbers."""
    where, values = conditions(connection, query)
    texts = list(dict.fromkeys(_OF_STATEMENT[n] for n in wanted if n in _OF_STATEMENT))
    if {"speaker", "named"} & set(wanted):
        texts.append("s.speaker")
    columns = ["s.id", "s.article_id", "coalesce(s.speaker_id, -1)", *texts]
    # Read in the order of the rows: an index would have each row looked up by itself.
    cursor = connection.cursor()
    cursor.row_factory = None
    cursor.execute(
        f"select {', '.join(columns)}{', s.content' if words else ''} from statement s"
        f" where {where}",
        values,
    )
    books: list[dict[Any, int]] = [{} for _ in columns]
    parts: list[list[Numbers]] = [[] for _ in range(len(columns) + words)]
    while batch := cursor.fetchmany(_BATCH):
        for n, told in enumerate(zip(*batch, strict=True)):
            parts[n].append(_coded(told, n, books))
    whole = [np.concatenate(p) if p else np.zeros(0, np.int64) for p in parts]
    out: dict[str, Any] = {"s.id": whole[0], "speaker_id": whole[2]}
    out["s.article_id"] = Column(whole[1], tuple(books[1]))
    for n, name in enumerate(texts, 3):
        out[name] = Column(whole[n], tuple(books[n]))
    if words:
        out["words"] = whole[-1]
    return out


def _coded(told: tuple[Any, ...], n: int, books: list[dict[Any, int]]) -> Numbers:
    if n in (0, 2):
        return np.fromiter(told, np.int64, len(told))
    if n >= len(books):
        return np.fromiter((len(_WORD.findall(t)) for t in told), np.int64, len(told))
    book = books[n]
    return np.fromiter((book.setdefault(v, len(book)) for v in told), np.int64, len(told))


def _made(
    connection: sqlite3.Connection,
    name: str,
    raw: dict[str, Any],
    articles: Sequence[int],
) -> Column:
    """A dimension out of the column that it is made of; each different value is looked at once."""
    source: Column = raw[_OF_STATEMENT[name]]
    if name == "verb":
        return _verbs(connection, source, raw["s.article_id"].codes, articles)
    return _mapped(source.codes, [_VALUES.get(name, _same)(v) for v in source.values])


def _mapped(codes: Numbers, told: Sequence[str | None]) -> Column:
    """Numbers into values that may be equal or nothing, as numbers into different ones."""
    book = {v: n for n, v in enumerate(sorted({v for v in told if v}))}
    table = np.fromiter((book[v] if v else -1 for v in told), np.int64, len(told))
    return Column(table[codes] if len(table) else codes, tuple(book))


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
    # Added, edited or accepted by a person, whatever they found.
    "reviewed": lambda v: "yes" if v else "no",
}


def _verbs(
    connection: sqlite3.Connection, source: Column, article: Numbers, articles: Sequence[int]
) -> Column:
    """The verb of saying by its lemma: the cue is looked up in the article's own language."""
    spoken = dict(connection.execute("select id, language from article").fetchall())
    tongues = [verbs.code(spoken.get(number)) for number in articles]
    book = {tongue: n for n, tongue in enumerate(dict.fromkeys(tongues))}
    of_article = np.fromiter((book[t] for t in tongues), np.int64, len(tongues))
    size = max(len(source.values), 1)
    both = (of_article[article] if len(tongues) else article) * size + source.codes
    unique, codes = np.unique(both, return_inverse=True)
    names = list(book)
    told = [verbs.lemma(source.values[n % size], names[n // size]) for n in unique.tolist()]
    return _mapped(codes, told)


def _speaking(
    connection: sqlite3.Connection,
    wanted: Sequence[str],
    raw: dict[str, Any],
    who: tuple[dict[int, Speaker], dict[int, int]],
) -> tuple[Numbers, dict[str, Column]]:
    """Who speaks, where it is a person; and the dimensions that are of the speaker."""
    found, heads = who
    unique, codes = np.unique(raw["speaker_id"], return_inverse=True)
    numbers = [heads.get(n, n) for n in unique.tolist()]
    people = [n if n in found and found[n].human else -1 for n in numbers]
    person = np.fromiter(people, np.int64, len(people))[codes] if people else codes
    held = offices(connection, heads) if "role" in wanted else {}
    told: dict[str, list[str | None]] = {
        "kind": [found[n].kind if n in found else None for n in numbers],
        "gender": [found[n].gender if n in found else None for n in numbers],
        "role": [held.get(n) for n in numbers],
    }
    columns = {name: _mapped(codes, told[name]) for name in wanted if name in told}
    if "named" in wanted:
        apt = called_by_name(connection, heads)
        columns["named"] = _by_name(raw["s.speaker"], codes, [n in apt for n in numbers])
    if "speaker" in wanted:
        columns["speaker"] = _named(raw["s.speaker"], codes, numbers, found)
    return person, columns


def _by_name(words: Column, codes: Numbers, apt: Sequence[bool]) -> Column:
    """Whether the speaker has a name: `named`, `unnamed` (« un médecin »), nothing for nobody."""
    named = np.array(apt, np.bool_)[codes] if len(apt) else codes.astype(np.bool_)
    nobody = np.fromiter((not w for w in words.values), np.bool_, len(words.values))
    missing = nobody[words.codes] if len(nobody) else codes.astype(np.bool_)
    told = np.where(named, 0, np.where(missing, -1, 1))
    return Column(told.astype(np.int64), ("named", "unnamed"))


def _named(
    words: Column, codes: Numbers, numbers: Sequence[int], found: dict[int, Speaker]
) -> Column:
    """Each speaker by name; the words of the text where it is no entity; namesakes told apart."""
    labels = names(found[n] for n in dict.fromkeys(numbers) if n in found)
    size = max(len(words.values), 1)
    unknown = np.fromiter((n not in found for n in numbers), np.bool_, len(numbers))
    by_words = unknown[codes] if len(numbers) else codes.astype(np.bool_)
    both = np.where(by_words, words.codes - size, codes)
    unique, places = np.unique(both, return_inverse=True)
    told = [words.values[n] if n < 0 else labels[numbers[n]] for n in unique.tolist()]
    return _mapped(places, told)


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


def _joined(
    connection: sqlite3.Connection,
    facts: Facts,
    name: str,
    known: tuple[dict[int, Speaker], dict[int, int]],
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
    nothing: list[str] = []
    told = [parties.get(n, nothing) for n in facts.statement.tolist()]
    places = np.repeat(np.arange(len(told)), [max(len(t), 1) for t in told])
    flat: list[str | None] = [v for t in told for v in (t or (None,))]
    column = _mapped(np.arange(len(flat)), flat)
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
