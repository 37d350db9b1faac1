"""Wire copy counted once: which statements of near-identical articles were there before."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from selon.library.find import Query, conditions

Numbers = npt.NDArray[np.int64]


def repeated(
    connection: sqlite3.Connection,
    statements: Numbers,
    articles: tuple[Numbers, Sequence[int]],
    query: Query,
) -> tuple[Numbers, npt.NDArray[np.bool_]]:
    """The first of each statement's article's copies, and whether a copy had the statement before.

    A sentence that one article prints twice counts twice in its group of copies, and once more
    for no copy.
    """
    codes, ids = articles
    first = dict(
        connection.execute(
            "select id, coalesce(copy_of, id) from article where copy_of is not null"
            " or id in (select copy_of from article)"
        ).fetchall()
    )
    leads = np.fromiter((first.get(n, n) for n in ids), np.int64, len(ids))
    lead = leads[codes] if len(ids) else codes
    again = np.zeros(len(statements), np.bool_)
    if first:
        again = np.isin(statements, _again(connection, first, query))
    return lead, again


def _again(
    connection: sqlite3.Connection, first: dict[int, int], query: Query
) -> npt.NDArray[np.int64]:
    where, values = conditions(connection, query)
    rows = connection.execute(
        "select s.id, s.article_id, s.same from statement s where s.article_id in ("
        " select id from article where copy_of is not null"
        f" or id in (select copy_of from article)) and {where} order by s.id",
        values,
    )
    times: dict[tuple[int, int], int] = {}
    seen: set[tuple[int, int, int]] = set()
    told: list[int] = []
    for statement, article, same in rows:
        n = times[article, same] = times.get((article, same), 0) + 1
        key = (first[article], same, n)
        if key in seen:
            told.append(statement)
        seen.add(key)
    return np.array(told, np.int64)
