"""A verdict on wire copy: what is judged in one copy of an article is judged in all of them."""

from __future__ import annotations

import sqlite3

from selon.library import judge
from selon.library.store import Library


def copies(connection: sqlite3.Connection, statement: int, *, alike: bool = False) -> list[int]:
    """The statements of the same words and speaker in copies of the article, nobody's verdict on them.

    With `alike` also those that have the statement's own verdict, as when both were corrected before.
    """
    rows = connection.execute(
        "with one as (select s.*, coalesce(a.copy_of, a.id) as first from statement s"
        " join article a on a.id = s.article_id where s.id = ?),"
        # By its index: where no article is a copy, SQLite takes it for useless and reads all.
        " beside (id) as (select a.id from one cross join article a indexed by article_copy"
        " on a.copy_of = one.first"
        " union select first from one)"
        " select s.id from one cross join beside cross join statement s"
        # By its article: left alone, SQLite reads all statements through.
        " indexed by statement_article on s.article_id = beside.id"
        " where s.id <> one.id and s.article_id <> one.article_id and s.current = 1"
        " and (s.verdict is null or ? and s.verdict is one.verdict)"
        " and s.same = one.same and s.content = one.content and s.speaker is one.speaker order by s.id",
        (statement, alike),
    )
    return [row[0] for row in rows]


def judge_with_copies(library: Library, statement: int, well: bool, by: str) -> list[str]:
    """Accept or reject a statement and its copies; the judgements' uids, the statement's first."""
    does = judge.accept if well else judge.reject
    beside = copies(library.connection, statement)
    return [does(library, number, by) for number in (statement, *beside)]
