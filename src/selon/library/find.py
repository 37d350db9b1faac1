"""Statements found again: by words, people, relays, outlet, form, voice, stance and date."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from selon.errors import SelonError
from selon.i18n import _
from selon.library import serialization
from selon.library.bearers import Bearers, bearers

LIGATURES: Final = str.maketrans({"œ": "oe", "Œ": "Oe", "æ": "ae", "Æ": "Ae"})
_TERM: Final = re.compile(r'"([^"]*)"|(\S+)')
_ROLES: Final = {
    "speaker": ("speaker", "speaker"),
    "addressee": ("addressee", "addressees"),
    "via": ("via", "via"),
    "about": ("about", "content"),
}
_MATCH: Final = "select rowid from words where words match ?"
# Sorting so many rows takes a few milliseconds; walking for one in two hundred takes as long.
_MAX_ROWS_SORTED: Final = 5_000
_Narrow = tuple[str, list[Any]]
COLUMNS: Final = (
    "id",
    "published",
    "outlet",
    "speaker",
    "addressees",
    "via",
    "said",
    "form",
    "stance",
    "voice",
    "content",
    "context",
    "title",
    "url",
    "score",
    "verdict",
    "address",
)


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for; all that is given must hold.

    `words` are searched in a statement and the paragraph around it, accents and ligatures folded:
    `"in quotes"` a phrase, `gouv*` a beginning. `speaker`, `addressee`, `via` and `about` take a
    name (any variant that has its words; a person's finds nobody whom it only describes), a KB id
    or an entity's number (`@12`). `since` and `until` are dates of publication (`2026`, `2026-03`,
    `2026-03-31`), both included. `after` is the number of a statement: what stands behind it in the
    order is found. Pages got so lose and double nothing, whatever is added between them.
    """

    words: str | None = None
    speaker: str | None = None
    about: str | None = None
    addressee: str | None = None
    via: str | None = None
    outlet: str | None = None
    form: str | None = None
    voice: str | None = None
    stance: str | None = None
    since: str | None = None
    until: str | None = None
    limit: int | None = 20
    offset: int = 0
    after: int | None = None


def find(connection: sqlite3.Connection, query: Query) -> Iterator[dict[str, Any]]:
    """The statements that the query asks for, newest first; rejected and former ones left out."""
    narrow, flat, values = _parts(connection, query)
    source, where, bound = "statement s", " and ".join(flat), values
    if narrow:
        # Few hits: go from them to their rows. Many: walk the rows, newest first, until enough
        # are among the hits. Either is fast where the other is slow.
        hits = " intersect ".join(f"select * from ({q})" for q, _ in narrow)
        inner = [v for _, vs in narrow for v in vs]
        ids = [r[0] for r in connection.execute(f"{hits} limit {_MAX_ROWS_SORTED + 1}", inner)]
        if len(ids) <= _MAX_ROWS_SORTED:
            source = "json_each(?) hit cross join statement s on s.id = hit.value"
            bound = [serialization.pack(ids), *values]
        else:
            where, bound = conditions(connection, query)
    if query.after is not None:
        behind, reached = _after_condition(connection, query.after)
        where, bound = f"{where} and {behind}", [*bound, *reached]
    rows = connection.execute(
        "select s.id, s.published, s.outlet, s.speaker, s.addressees, s.via, s.said, s.form,"
        " s.stance, s.voice, s.content, s.context, a.title, a.url, s.score, s.verdict,"
        f" s.key as address from {source} join article a on a.id = s.article_id"
        f" where {where} order by s.published desc, s.id desc limit ? offset ?",
        # A negative limit is none.
        (*bound, -1 if query.limit is None else query.limit, query.offset),
    )
    for row in rows:
        yield dict(row)


def count(connection: sqlite3.Connection, query: Query) -> int:
    """How many statements the query asks for, without its limit."""
    where, values = conditions(connection, query)
    return int(
        connection.execute(f"select count(*) from statement s where {where}", values).fetchone()[0]
    )


def _after_condition(connection: sqlite3.Connection, after: int) -> _Narrow:
    """What comes after a statement in the order of `find`, as a condition with its values."""
    row = connection.execute("select published from statement where id = ?", (after,)).fetchone()
    if row is None:
        raise SelonError(_("There is no statement {n} in this library.").format(n=after))
    if row[0] is None:
        return "s.published is null and s.id < ?", [after]
    # The pluses keep SQLite to the one index that has the order.
    return (
        "(+s.published < ? or (+s.published = ? and s.id < ?) or +s.published is null)",
        [row[0], row[0], after],
    )


def conditions(connection: sqlite3.Connection, query: Query) -> tuple[str, list[Any]]:
    """The query as SQL over `statement s`, with the values of its marks."""
    narrow, flat, values = _parts(connection, query)
    whole = [*flat, *(f"s.id in ({q})" for q, _ in narrow)]
    return " and ".join(whole), [*values, *(v for _, vs in narrow for v in vs)]


def _parts(
    connection: sqlite3.Connection, query: Query
) -> tuple[list[_Narrow], list[str], list[Any]]:
    """What has an index of its own, as queries for row numbers; conditions on the row; values."""
    narrow: list[_Narrow] = []
    flat = ["s.current = 1", "s.verdict is not 'rejected'"]
    values: list[Any] = []
    if query.words is not None:
        terms = match(query.words)
        if not terms:
            return [], ["0"], []
        narrow.append((_MATCH, ["{content context} : (" + terms + ")"]))
    narrow += [
        _role(connection, field, name) for field in _ROLES if (name := getattr(query, field))
    ]
    for column in ("outlet", "form", "voice", "stance"):
        if getattr(query, column):
            flat.append(f"s.{column} = ?")
            values.append(getattr(query, column))
    if query.since:
        flat.append("s.published >= ?")
        values.append(_date(query.since))
    if query.until:
        # `~` sorts behind whatever may follow a date: `-31`, `T12:00`.
        flat.append("s.published <= ? || '~'")
        values.append(_date(query.until))
    return narrow, flat, values


def match(words: str) -> str:
    """The words as an FTS5 expression that cannot be misread: each term between quotes."""
    terms = []
    plain = words.replace("\x00", " ").encode("utf-8", "replace").decode().translate(LIGATURES)
    for phrase, word in _TERM.findall(plain):
        star = "*" if word.endswith("*") and word.strip("*") else ""
        bare = (phrase or word).strip("*").replace('"', " ")
        if any(c.isalnum() for c in bare):
            terms.append(f'"{bare}"{star}')
    return " ".join(terms)


def entity_number(name: str) -> int | None:
    """The number of an entity that `@12` names; nothing for a name."""
    digits = name.removeprefix("@")
    # A row's number has 18 digits at most; `²` is a digit to Python.
    given = digits != name and digits.isascii() and digits.isdigit() and len(digits) <= 18
    return int(digits) if given else None


def entities(connection: sqlite3.Connection, name: str) -> list[int]:
    """The rows of all entities that a name, KB id or number may mean, merged ones with them."""
    return _with_merged(connection, _meant(connection, name).rows)


def _meant(connection: sqlite3.Connection, name: str) -> Bearers:
    number = entity_number(name)
    return bearers(connection, name) if number is None else Bearers((number,))


def _with_merged(connection: sqlite3.Connection, found: tuple[int, ...]) -> list[int]:
    group = connection.execute(
        "with found (id) as (select value from json_each(?)), heads (id) as ("
        " select coalesce(e.same_as, e.id) from entity e join found on found.id = e.id)"
        " select e.id from entity e join heads on e.id = heads.id or e.same_as = heads.id"
        " union select id from found",
        (serialization.pack(found),),
    )
    return sorted(row[0] for row in group)


def _role(connection: sqlite3.Connection, field: str, name: str) -> _Narrow:
    role, column = _ROLES[field]
    meant = _meant(connection, name)
    by_entity = (
        "select statement_id from party where entity_id in (select value from json_each(?))"
        " and role = ?"
    )
    given: list[Any] = [serialization.pack(_with_merged(connection, meant.rows)), role]
    terms = "" if name.startswith("@") else match(f'"{name}"')
    # All who bear a person's name are known by then: the words would add whom it describes.
    if not terms or (meant.of_person and role != "about"):
        return by_entity, given
    return f"{by_entity} union {_MATCH}", [*given, f"{column} : ({terms})"]


def _date(value: str) -> str:
    from selon.ingest import dates

    found = dates.parse_date_option(value, _name_of_dates())
    if not re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", found[:10]):
        raise SelonError(
            _("{date} is not a date: write 2026, 2026-03 or 2026-03-31.").format(date=value)
        )
    return found[:10]


def _name_of_dates() -> str:
    return _("date")
