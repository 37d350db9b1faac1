"""The statements of a search as columns of numbers, out of which every table is counted.

A column is read from the library only where a table asks for it; nothing is kept.
"""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

import numpy as np

from selon.errors import SelonError
from selon.i18n import _
from selon.labels import month, year
from selon.library.find import Query
from selon.numbers import bulk, verbs
from selon.numbers.bulk import Numbers
from selon.numbers.columns import CODED, Column, Flags, Raw, compact, raw
from selon.numbers.copies import first_copies
from selon.numbers.speakers import (
    GENDERS,
    HUMAN,
    People,
    Speaker,
    called_by_name,
    names_of,
    offices,
    people,
    spheres,
)
from selon.records import KINDS

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
# Sorting more names takes longer than counting them.
_SORTED: Final = 20_000


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
    with bulk.snapshot(connection):
        return _gathered(connection, wanted, asked, (words, persons))


def _gathered(
    connection: sqlite3.Connection, wanted: tuple[str, ...], query: Query, asked: tuple[bool, bool]
) -> Facts:
    words, persons = asked
    spoken = persons or bool({*_OF_SPEAKER, *_OF_PARTY} & set(wanted))
    found = raw(connection, wanted, query, (words, spoken))
    ids, article = compact(found.article)
    lead, again = first_copies(connection, found.statement, (article, ids))
    columns = _of_article(connection, wanted, (article, ids))
    columns |= {name: _map_values(*told) for name, told in found.coded.items()}
    if "verb" in wanted:
        columns["verb"] = _verbs(connection, found.texts["cue"], (article, ids))
    person = np.full(len(article), -1, np.int64)
    if spoken:
        who = people(connection)
        person, told = _speakers(connection, wanted, found, who)
        columns |= told
    facts = Facts(found.statement, article, lead, again, person, found.words, columns)
    for name in wanted:
        if name in _OF_PARTY:
            facts = _join_parties(connection, facts, name, who)
    return facts


def _check(wanted: Sequence[str]) -> None:
    for name in wanted:
        if name not in DIMENSIONS:
            raise SelonError(
                _("Cannot count by {by}; choose from {choice}.").format(
                    by=name, choice=", ".join(DIMENSIONS)
                )
            )


def _of_article(
    connection: sqlite3.Connection, wanted: Sequence[str], articles: tuple[Numbers, Numbers]
) -> dict[str, Column]:
    """The dimensions that are of the article, looked up once for each."""
    codes, ids = articles
    names = [name for name in wanted if name in _OF_ARTICLE]
    sources = list(dict.fromkeys(_OF_ARTICLE[name] for name in names))
    if not sources:
        return {}
    told = dict(zip(sources, _article_texts(connection, ids, sources), strict=True))
    out = {}
    for name in names:
        each, values = told[_OF_ARTICLE[name]]
        mapped = _map_values(each, [_VALUES.get(name, _same)(v) for v in values])
        out[name] = Column(mapped.codes[codes] if len(ids) else codes, mapped.values)
    return out


def _article_texts(
    connection: sqlite3.Connection, ids: Numbers, sources: Sequence[str]
) -> list[tuple[Numbers, tuple[str | None, ...]]]:
    """Columns of `article` for these articles: numbers, and the texts that they mean."""
    (every,), codes, books = bulk.read_coded(
        connection, bulk.Rows("article", "id"), ("id",), sources
    )
    at = bulk.places(every, ids)
    return [(code[at], book) for code, book in zip(codes, books, strict=True)]


def _map_values(codes: Numbers, told: Sequence[str | None]) -> Column:
    """Numbers into values that may be equal or nothing, as numbers into different ones.

    Few values are sorted; many keep their order, which is that of the library.
    """
    values = dict.fromkeys(told)
    for nothing in (None, ""):
        values.pop(nothing, None)
    found = [v for v in values if v is not None]
    if len(found) < _SORTED:
        found.sort()
    book: dict[str | None, int] = {None: -1, "": -1}
    book |= {v: n for n, v in enumerate(found)}
    # What is -1 already finds the last place.
    table = np.full(len(told) + 1, -1, np.int64)
    table[:-1] = np.fromiter(map(book.__getitem__, told), np.int64, len(told))
    return Column(table[codes], tuple(found))


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
    connection: sqlite3.Connection,
    cues: tuple[Numbers, tuple[str | None, ...]],
    articles: tuple[Numbers, Numbers],
) -> Column:
    """The verb of saying by its lemma: the cue is looked up in the article's own language."""
    article, ids = articles
    cue, said = cues
    ((spoken, languages),) = _article_texts(connection, ids, ("language",))
    size = max(len(said), 1)
    both = (spoken[article] if len(ids) else article) * size + cue
    unique, codes = compact(both)
    names = [verbs.code(language) for language in languages]
    told = [verbs.lemma(said[n % size], names[n // size]) for n in unique.tolist()]
    return _map_values(codes, told)


def _speakers(
    connection: sqlite3.Connection, wanted: Sequence[str], found: Raw, who: People
) -> tuple[Numbers, dict[str, Column]]:
    """Who speaks, where it is a person; and the dimensions that are of the speaker."""
    unique, codes = compact(found.speaker)
    heads = who.heads(unique)
    at = who.places(heads)

    def of_all(column: Numbers) -> Numbers:
        """What the columns of all entities have of those who speak here."""
        return np.where(at < 0, -1, column[at]) if len(column) else np.full(len(at), -1)

    kinds = of_all(who.kind)
    human = np.isin(kinds, [KINDS.index(kind) for kind in HUMAN])
    person = np.where(human, heads, -1)[codes] if len(unique) else codes
    told: dict[str, tuple[Numbers, Sequence[str]]] = {
        "kind": (kinds, KINDS),
        "gender": (of_all(who.gender), GENDERS),
    }
    for name, ask in (("role", offices), ("field", spheres)):
        if name in wanted:
            known = ask(connection, who)
            told[name] = known.of(heads), known.values
    columns = {}
    for name, (each, values) in told.items():
        if name in wanted:
            mapped = _map_values(each, values)
            columns[name] = Column(mapped.codes[codes] if len(unique) else codes, mapped.values)
    if "named" in wanted:
        apt = np.isin(heads, called_by_name(connection, who))
        columns["named"] = _by_name(found, codes, apt)
    if "speaker" in wanted:
        columns["speaker"] = _speaker_names(connection, found, codes, np.where(at < 0, -1, heads))
    return person, columns


def _by_name(found: Raw, codes: Numbers, apt: Flags) -> Column:
    """Whether the speaker has a name: `named`, `unnamed` (« un médecin »), nothing for nobody."""
    named = apt[codes] if len(apt) else codes.astype(np.bool_)
    words, said = found.texts["speaker"]
    nobody = np.fromiter((not w for w in said), np.bool_, len(said))
    silent = nobody[words] & (found.speaker < 0) if len(said) else named
    told = np.where(named, 0, np.where(silent, -1, 1))
    return Column(told.astype(np.int64), ("named", "unnamed"))


def _speaker_names(
    connection: sqlite3.Connection, found: Raw, codes: Numbers, heads: Numbers
) -> Column:
    """Each speaker by name; the words of the text where it is no entity; namesakes told apart.

    `heads` has whom each code is, -1 for no entity.
    """
    words, said = found.texts["speaker"]
    labels = _labels(connection, heads)
    size = max(len(said), 1)
    by_words = heads[codes] < 0 if len(heads) else codes.astype(np.bool_)
    unique, places = compact(np.where(by_words, words - size, codes))
    who = heads.tolist()
    told = [said[n] if n < 0 else labels[who[n]] for n in unique.tolist()]
    return _map_values(places, told)


def _labels(connection: sqlite3.Connection, heads: Numbers) -> dict[int, str]:
    """A name for each of these rows (-1 aside), namesakes told apart."""
    ids = np.unique(heads[heads >= 0])
    called = names_of(connection, ids)
    times = Counter(called)
    return {
        n: name if times[name] == 1 else f"{name} (@{n})"
        for n, name in zip(ids.tolist(), called, strict=True)
    }


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


def _join_parties(connection: sqlite3.Connection, facts: Facts, name: str, who: People) -> Facts:
    """The facts with a place for each relay or addressee of a statement."""
    statement, party, values = _parties(connection, _OF_PARTY[name], who)
    order = np.argsort(facts.statement, kind="stable")
    at = bulk.places(facts.statement[order], statement)
    statement, party = order[at[at >= 0]], party[at >= 0]
    # One place for a statement without any; most have none.
    sizes = np.maximum(np.bincount(statement, minlength=len(facts)), 1)
    places = np.repeat(np.arange(len(sizes)), sizes)
    by_place = np.argsort(statement, kind="stable")
    statement, party = statement[by_place], party[by_place]
    starts = np.cumsum(sizes) - sizes
    begins = np.searchsorted(statement, statement)
    codes = np.full(len(places), -1, np.int64)
    codes[starts[statement] + np.arange(len(statement)) - begins] = party
    return Facts(
        facts.statement[places],
        facts.article[places],
        facts.lead[places],
        facts.again[places],
        facts.person[places],
        facts.words[places],
        {n: Column(c.codes[places], c.values) for n, c in facts.columns.items()}
        | {name: _map_values(codes, values)},
        True,
    )


def _parties(
    connection: sqlite3.Connection, role: str, who: People
) -> tuple[Numbers, Numbers, tuple[str, ...]]:
    """Statements and who is joined to them in a role, each pair once: numbers into names."""
    # By the index all but the words of who is no entity is there.
    indexed = " indexed by party_entity" * bulk.has_indexes(connection, ("party_entity",))
    rows = bulk.Rows(f"party p{indexed}", "", "p.entity_id is not null and p.role = ?", (role,))
    statement, entity = bulk.read_numbers(connection, rows, ("p.statement_id", "p.entity_id"))
    rows = bulk.Rows(f"party p{indexed}", "", "p.entity_id is null and p.role = ?", (role,))
    (other,), (words,), (book,) = bulk.read_coded(
        connection, rows, ("p.statement_id",), ("p.words",)
    )
    heads, place = compact(who.heads(entity))
    labels = _labels(connection, heads[who.places(heads) >= 0])
    told = [labels.get(n) for n in heads.tolist()]
    mapped = _map_values(np.concatenate([place, words + len(told)]), [*told, *book])
    statement = np.concatenate([statement, other])
    size = max(len(mapped.values), 1)
    pairs = statement * size + mapped.codes
    pairs = np.unique(pairs[mapped.codes >= 0])
    return pairs // size, pairs % size, mapped.values
