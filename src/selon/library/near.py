"""Near-identical copies of one dispatch, tied and never deleted.

Method: MinHash over word triples (Broder 1997) banded for look-up, candidates verified by
rapidfuzz's ratio over the words. An article's copies point at the earliest of them.
"""

from __future__ import annotations

import re
import sqlite3
from typing import Final

from rapidfuzz.distance import Indel
from rensa import RMinHash

# The hashes of one release of the library must not meet those of another.
SCHEME: Final = "rensa0.5-64x16-w3"
_HASHES: Final = 64
_BANDS: Final = 16
_ROWS: Final = _HASHES // _BANDS
_SEED: Final = 4
_FEWEST_WORDS: Final = 30
# Share of words in common, in order: a dispatch with another title, cuts of a paragraph or with a
# town's name replaced is over it; two reports of one event by two hands lie under .5.
ALIKE: Final = 0.8
_MOST_CANDIDATES: Final = 50
_MOST_WORDS: Final = 4000
_WORD: Final = re.compile(r"\w+")


def shingled(text: str) -> list[str]:
    """The words that copies are compared by: folded to lower case, without signs."""
    return _WORD.findall(text.casefold())[:_MOST_WORDS]


def bands(words: list[str]) -> list[int]:
    """The band hashes of a text; texts that share one are candidates. None for a short text."""
    if len(words) < _FEWEST_WORDS:
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


def alike(a: list[str], b: list[str]) -> float:
    """How alike two texts are, 0 to 1: the share of words in common, in order."""
    if min(len(a), len(b)) < 0.6 * max(len(a), len(b)):
        return 0.0
    return Indel.normalized_similarity(a, b, score_cutoff=ALIKE - 0.05)


def tie(connection: sqlite3.Connection, article: int, version: int, text: str) -> int | None:
    """Tie an article to its near-identical copies among those there; the row that it copies."""
    words = shingled(text)
    hashes = bands(words)
    if not hashes:
        return None
    # A join, not `(hash, band) in (values …)`: for that SQLite reads the whole table.
    rows = connection.execute(
        f"with wanted (hash, band) as (values {','.join(['(?,?)'] * _BANDS)})"
        " select b.version_id, v.article_id, v.text, count(*) as n from wanted"
        " cross join band b on b.hash = wanted.hash and b.band = wanted.band"
        " join version v on v.id = b.version_id where b.scheme = ? and v.article_id <> ?"
        " group by b.version_id order by n desc, b.version_id limit ?",
        (
            *[x for band, value in enumerate(hashes) for x in (value, band)],
            SCHEME,
            article,
            _MOST_CANDIDATES,
        ),
    ).fetchall()
    connection.executemany(
        "insert into band (scheme, band, hash, version_id) values (?,?,?,?) on conflict do nothing",
        [(SCHEME, band, value, version) for band, value in enumerate(hashes)],
    )
    ties = [(row[1], alike(words, shingled(row[2]))) for row in rows]
    close = {other: likeness for other, likeness in ties if likeness >= ALIKE}
    if not close:
        return None
    connection.executemany(
        "insert into copy (article_id, of_article_id, likeness, by) values (?,?,?,?)"
        " on conflict do nothing",
        [(article, other, round(value, 4), f"rule:{SCHEME}") for other, value in close.items()],
    )
    return _settle(connection, {article, *close})


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
