"""Wire copy counted once: which statements of near-identical articles were there before."""

from __future__ import annotations

import sqlite3

import numpy as np
import numpy.typing as npt

from selon.numbers import bulk
from selon.numbers.bulk import Numbers


def first_copies(
    connection: sqlite3.Connection,
    statements: Numbers,
    articles: tuple[Numbers, Numbers],
) -> tuple[Numbers, npt.NDArray[np.bool_]]:
    """The first of each statement's article's copies, and whether a copy had the statement before.

    `statements` are their numbers, `articles` which article each is of, out of which. A sentence
    that one article prints twice counts twice in its group of copies, and once more for no copy.
    """
    codes, ids = articles
    rows = connection.execute(
        "select id, coalesce(copy_of, id) from article where copy_of is not null"
        " or id in (select copy_of from article) order by id"
    ).fetchall()
    member, first = np.array([tuple(r) for r in rows], np.int64).reshape(-1, 2).T
    at = bulk.places(member, ids)
    leads = np.where(at < 0, ids, first[at]) if len(member) else ids
    lead = leads[codes] if len(ids) else codes
    again = np.zeros(len(statements), np.bool_)
    copied = at >= 0
    if copied.any():
        places = np.flatnonzero(copied[codes])
        numbers = statements[places]
        again[places] = _repeated_statements(
            numbers, _hashes(connection, numbers), codes[places], lead[places]
        )
    return lead, again


def _hashes(connection: sqlite3.Connection, statements: Numbers) -> Numbers:
    """The hash of the words of each of these statements, which are of articles with copies."""
    copies = "select copy_of from article where copy_of is not null"
    rows = bulk.Rows(
        "statement s",
        "",
        f"s.article_id in (select id from article where copy_of is not null union {copies})",
    )
    ids, same = bulk.read_numbers(connection, rows, ("s.id", "s.same"))
    order = np.argsort(ids, kind="stable")
    found: Numbers = same[order][bulk.places(ids[order], statements)]
    return found


def _repeated_statements(
    number: Numbers, same: Numbers, article: Numbers, lead: Numbers
) -> npt.NDArray[np.bool_]:
    """Whether another article of the group had the n-th statement of these words before."""
    out = np.zeros(len(number), np.bool_)
    if not len(number):
        return out
    order = np.lexsort((number, same, article))
    begins = _changes(article[order], same[order])
    place = np.arange(len(order))
    nth = np.empty(len(order), np.int64)
    nth[order] = place - np.maximum.accumulate(np.where(begins, place, 0))
    order = np.lexsort((number, nth, same, lead))
    out[order] = ~_changes(lead[order], same[order], nth[order])
    return out


def _changes(*columns: Numbers) -> npt.NDArray[np.bool_]:
    """Where a row differs from the one before it; the first does."""
    out = np.ones(len(columns[0]), np.bool_)
    out[1:] = np.logical_or.reduce([c[1:] != c[:-1] for c in columns])
    return out
