"""Where words stand in a library's statements, however few, compared or not.

The index of the ledger holds runs of three words of statements that were compared. What it cannot
find is looked for here: a few words, and statements that wait to be compared.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence
from typing import Final

from selon.reuse import tables
from selon.reuse.lexicon import lexicon
from selon.reuse.passages import content_words, phrase
from selon.reuse.reused_quotes import folded_words
from selon.reuse.similarity import MIN_WORDS

# Few words that stand in so many articles are nobody's.
MANY_ARTICLES: Final = 50
# Statements that are looked at for one question.
_MAX_STATEMENTS: Final = 200
_WORD: Final = re.compile(r"\w+")


def statements(
    connection: sqlite3.Connection, text: str, speakers: Sequence[int] = ()
) -> list[int]:
    """The statements that have these words one behind the other, however few.

    Those of some `speakers`, by the rows of their entities, are among them, however many others are.
    """
    if not _WORD.search(text):
        return []
    # Cross joins keep the order: else the index is asked once for each statement of the library.
    query = (
        "select w.rowid from words w cross join statement s on s.id = w.rowid"
        " where words match ? and s.current = 1{} limit ?"
    )
    rows = connection.execute(query.format(""), (_phrase(text), _MAX_STATEMENTS)).fetchall()
    if speakers and len(rows) == _MAX_STATEMENTS:
        only = f" and +s.speaker_id in ({tables.marks(speakers)})"
        rows += connection.execute(
            query.format(only), (_phrase(text), *speakers, _MAX_STATEMENTS)
        ).fetchall()
    return list(dict.fromkeys(row[0] for row in rows))


def uncompared_statements(
    connection: sqlite3.Connection, text: str, language: str | None, made: bool
) -> list[int]:
    """The statements that nobody compared yet and that have some of the telling words."""
    terms = content_words(text, language)[:12]
    if not terms:
        return []
    # The plus keeps SQLite from asking the index once for each statement that waits.
    only = (
        f" and +w.rowid in (select statement_id from ledger_todo where step = '{tables.WORDS}')"
        if made
        else ""
    )
    rows = connection.execute(
        "select w.rowid from words w cross join statement s on s.id = w.rowid where words match ?"
        f" and s.current = 1{only} order by rank limit ?",
        (f"{{content}} : ({' OR '.join(phrase(t) for t in terms)})", _MAX_STATEMENTS),
    )
    return [row[0] for row in rows]


def common(connection: sqlite3.Connection, text: str, language: str | None) -> int:
    """In how many articles words stand that are too common to tell; 0 for others.

    One word, small words alone, or a few that stand in many articles.
    """
    mine = folded_words(text, language)
    known = lexicon(language)
    telling = [w for w in mine if w not in known.function]
    if not mine or (len(mine) >= MIN_WORDS and telling):
        return 0
    (count,) = connection.execute(
        "select count(distinct coalesce(a.copy_of, a.id)) from words w"
        " cross join statement s on s.id = w.rowid cross join article a on a.id = s.article_id"
        " where words match ? and s.current = 1",
        (_phrase(text),),
    ).fetchone()
    few = len(mine) > 1 and telling
    return int(count) if not few or count > MANY_ARTICLES else 0


def _phrase(text: str) -> str:
    return f"{{content}} : {phrase(text)}"
