"""Near-identical copies of one dispatch, tied and never deleted.

Method: MinHash over word triples (Broder 1997) banded for look-up; then how much of the shorter
text stands in the longer in runs of eight words or more (shingles, Manber 1994), and how far apart
the two were published. An article's copies point at the earliest of them.
"""

from __future__ import annotations

import re
import sqlite3
from typing import Final

from rensa import RMinHash

from selon.edtf import day_of

# The hashes of one release of the library must not meet those of another.
SCHEME: Final = "rensa0.5-64x16-w3"
_RULE: Final = f"{SCHEME}-r8"
_HASHES: Final = 64
_BANDS: Final = 16
_ROWS: Final = _HASHES // _BANDS
_SEED: Final = 4
_MIN_WORDS: Final = 30
# A dispatch with a desk's lead before it, cut or brought up to date is over it; the same event
# told again, or the same bulletin with another day's figures, lies under it.
_RUN_WORDS: Final = 8
COVERED: Final = 0.9
# A desk's lead or a second page of agency text, not a dispatch quoted in a long report.
_SHORTER: Final = 0.6
# What a paper prints again later in the same words is its own stock: teasers, rules of a game.
_MAX_DAYS_APART: Final = 3
# All but the same, at whatever distance.
_IDENTICAL: Final = 0.98
_MAX_CANDIDATES: Final = 50
_MAX_WORDS: Final = 4000
_WORD: Final = re.compile(r"\w+")


def shingle_words(text: str) -> list[str]:
    """The words that copies are compared by: folded to lower case, without signs."""
    return _WORD.findall(text.casefold())[:_MAX_WORDS]


def bands(words: list[str]) -> list[int]:
    """The band hashes of a text; texts that share one are candidates. None for a short text."""
    if len(words) < _MIN_WORDS:
        return []
    signature = RMinHash(num_perm=_HASHES, seed=_SEED)
    signature.update([" ".join(words[i : i + 3]) for i in range(len(words) - 2)])
    digest = signature.digest()
    found = []
    for first in range(0, _HASHES, _ROWS):
        folded = 0
        for value in digest[first : first + _ROWS]:
            folded = (folded * 0x9E3779B97F4A7C15 + value) & 0x7FFFFFFFFFFFFFFF
        found.append(folded)
    return found


def coverage(a: list[str], b: list[str]) -> tuple[float, float]:
    """What shares of the shorter and of the longer text stand in the other in long runs, 0 to 1."""
    few, many = sorted((a, b), key=lambda words: (len(words), words))
    if not few or len(few) < _SHORTER * len(many):
        return 0.0, 0.0
    runs = {tuple(many[i : i + _RUN_WORDS]) for i in range(len(many) - _RUN_WORDS + 1)}
    words, until = 0, 0
    for i in range(len(few) - _RUN_WORDS + 1):
        if tuple(few[i : i + _RUN_WORDS]) in runs:
            words += i + _RUN_WORDS - max(i, until)
            until = i + _RUN_WORDS
    return words / len(few), words / len(many)


def alike(a: list[str], b: list[str], days: int | None) -> float:
    """How much of the shorter text is in the longer, where the two are copies; else 0.

    `days` lie between their dates of publication; nothing where one of them is unknown.
    """
    few, many = coverage(a, b)
    same = few >= COVERED and (days is None or days <= _MAX_DAYS_APART)
    return few if same or many >= _IDENTICAL else 0.0


def link_copies(
    connection: sqlite3.Connection, article: int, version: int, text: str
) -> int | None:
    """Tie an article to its near-identical copies among those there; the row that it copies."""
    words = shingle_words(text)
    hashes = bands(words)
    if not hashes:
        return None
    # A join, not `(hash, band) in (values …)`: for that SQLite reads the whole table.
    rows = connection.execute(
        f"with wanted (hash, band) as (values {','.join(['(?,?)'] * _BANDS)})"
        " select v.article_id, v.text, v.published, count(*) as n from wanted"
        " cross join band b on b.hash = wanted.hash and b.band = wanted.band"
        " join version v on v.id = b.version_id join article a on a.id = v.article_id"
        " where b.scheme = ? and v.article_id <> ? and a.removed is null"
        " group by b.version_id order by n desc, b.version_id limit ?",
        (
            *[x for band, value in enumerate(hashes) for x in (value, band)],
            SCHEME,
            article,
            _MAX_CANDIDATES,
        ),
    ).fetchall()
    connection.executemany(
        "insert into band (scheme, band, hash, version_id) values (?,?,?,?) on conflict do nothing",
        [(SCHEME, band, value, version) for band, value in enumerate(hashes)],
    )
    if not rows:
        return None
    (day,) = connection.execute("select published from version where id = ?", (version,)).fetchone()
    close = {
        other: likeness
        for other, of, at, _n in rows
        if (likeness := alike(words, shingle_words(of), days_between(day, at)))
    }
    if not close:
        return None
    connection.executemany(
        "insert into copy (article_id, of_article_id, likeness, by) values (?,?,?,?)"
        " on conflict do nothing",
        [(article, other, round(value, 4), f"rule:{_RULE}") for other, value in close.items()],
    )
    return _settle(connection, {article, *close})


def days_between(one: str | None, other: str | None) -> int | None:
    """Return the days between two dates of publication, or None where either is no full date."""
    a, b = day_of(one), day_of(other)
    return None if a is None or b is None else abs((a - b).days)


def _settle(connection: sqlite3.Connection, members: set[int]) -> int:
    # Whole groups meet: all their members follow the earliest article of them.
    marks = ",".join("?" * len(members))
    leads = {
        row[0]
        for row in connection.execute(
            f"select coalesce(copy_of, id) from article where id in ({marks})", tuple(members)
        )
    }
    lead = int(min(leads))
    for other in leads - {lead}:
        connection.execute(
            "update article set copy_of = ? where id = ? or copy_of = ?", (lead, other, other)
        )
    return lead
