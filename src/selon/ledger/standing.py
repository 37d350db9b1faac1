"""Where words stand in a library, however few, and in whose statement or in nobody's.

The index of the ledger holds runs of three words of statements that were compared. What it cannot
find is looked for here: a few words, statements that wait to be compared, and passages of articles
that are no statement.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from typing import Final

from selon.ledger import tables
from selon.ledger.kinship import FEWEST
from selon.ledger.lexicon import lexicon
from selon.ledger.sayings import Saying, Word, folded, words
from selon.records import Span

# Few words that stand in so many articles are nobody's.
MANY: Final = 50
# Statements and articles that are looked at for one question.
_MOST: Final = 200
_ARTICLES: Final = 60
# Words by which an article is looked for; and the share of all that a passage must have.
_TERMS: Final = 3
_SHARE: Final = 0.8
_WORD: Final = re.compile(r"\w+")
# Letters that may be written with a mark, which LIKE takes for others.
_MARKED: Final = re.compile(r"[aceinouyç]|[^\x00-\x7f]", re.IGNORECASE)
_DIGRAPHS: Final = re.compile(r"oe|ae|œ|æ", re.IGNORECASE)


def statements(connection: sqlite3.Connection, text: str) -> list[int]:
    """The statements that have these words one behind the other, however few."""
    if not _WORD.search(text):
        return []
    rows = connection.execute(
        "select w.rowid from words w join statement s on s.id = w.rowid"
        " where words match ? and s.current = 1 limit ?",
        (_phrase(text), _MOST),
    )
    return [row[0] for row in rows]


def waiting(
    connection: sqlite3.Connection, text: str, language: str | None, made: bool
) -> list[int]:
    """The statements that nobody compared yet and that have some of the telling words."""
    terms = _telling(text, language)[:12]
    if not terms:
        return []
    only = (
        f" and w.rowid in (select statement_id from ledger_todo where step = '{tables.WORDS}')"
        if made
        else ""
    )
    rows = connection.execute(
        "select w.rowid from words w join statement s on s.id = w.rowid where words match ?"
        f" and s.current = 1{only} order by rank limit ?",
        (f"{{content}} : ({' OR '.join(_quoted(t) for t in terms)})", _MOST),
    )
    return [row[0] for row in rows]


def common(connection: sqlite3.Connection, text: str, language: str | None) -> int:
    """In how many articles words stand that are too common to tell; 0 for others.

    One word, small words alone, or a few that stand in many articles.
    """
    mine = folded(text, language)
    known = lexicon(language)
    telling = [w for w in mine if w not in known.function]
    if not mine or (len(mine) >= FEWEST and telling):
        return 0
    (count,) = connection.execute(
        "select count(distinct coalesce(a.copy_of, a.id)) from words w"
        " join statement s on s.id = w.rowid join article a on a.id = s.article_id"
        " where words match ? and s.current = 1",
        (_phrase(text),),
    ).fetchone()
    few = len(mine) > 1 and telling
    return int(count) if not few or count > MANY else 0


def passages(connection: sqlite3.Connection, text: str, language: str | None) -> Iterator[Saying]:
    """The sentences of articles that have these words, or nearly; sayings without an id."""
    terms = sorted(_telling(text, language), key=lambda w: (-len(w), w))[:_TERMS]
    if not terms:
        return
    rows = connection.execute(
        "select a.key, a.outlet, a.published, v.language, v.text from article a"
        " join version v on v.id = a.version_id"
        f" where {' and '.join(['v.text like ?'] * len(terms))} order by a.published, a.id limit ?",
        (*(_like(t) for t in terms), _ARTICLES),
    )
    mine = folded(text, language)
    for row in rows:
        code = None if row["language"] == "und" else row["language"]
        if code and language and code[:2] != language[:2]:
            continue
        place = _place(words(row["text"], code), mine)
        if place:
            yield Saying(
                "",
                row["key"],
                row["text"][place.start : place.end],
                row["outlet"],
                row["published"],
                code,
                spans=(place,),
            )


def _place(there: tuple[Word, ...], mine: tuple[str, ...]) -> Span | None:
    """The sentences of a text in which some words stand, in their order or nearly all."""
    spoken = [w for w in there if not w.soft]
    folds = [w.fold for w in spoken]
    size = len(mine)
    starts = [n for n in range(len(folds) - size + 1) if tuple(folds[n : n + size]) == mine]
    if not starts and size >= FEWEST:
        wanted = set(mine)
        shared = [(sum(f in wanted for f in folds[n : n + size]), -n) for n in range(len(folds))]
        best = max(shared, default=(0, 0))
        starts = [-best[1]] if best[0] >= _SHARE * size else []
    if not starts:
        return None
    low, high = starts[0], min(len(spoken), starts[0] + size)
    while low and not spoken[low].opens:
        low -= 1
    while high < len(spoken) and not spoken[high].opens:
        high += 1
    return Span(spoken[low].span.start, spoken[high - 1].span.end)


def _telling(text: str, language: str | None) -> list[str]:
    """The words of a text with content, as they are written, each once."""
    function = lexicon(language).function
    found = {w.span.of(text): w.fold for w in words(text, language)}
    plain = (m for raw, fold in found.items() if fold not in function for m in _WORD.findall(raw))
    return [w for w in dict.fromkeys(plain) if len(w) > 2 or w.isdigit()]


def _like(word: str) -> str:
    """A pattern that has a word in whatever accents."""
    return f"%{_MARKED.sub('_', _DIGRAPHS.sub('%', word))}%".replace("%%", "%")


def _phrase(text: str) -> str:
    return f"{{content}} : {_quoted(text)}"


def _quoted(text: str) -> str:
    return '"' + text.replace('"', " ").replace("\0", " ") + '"'
