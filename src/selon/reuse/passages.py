"""Where words stand in the articles themselves, whether somebody says them there or not.

An index of every article's headline and text (FTS5) finds them; articles that wait to be indexed,
and those of a library that was opened for reading only before it had the index, are gone through.
"""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Final

from selon.records import Span
from selon.reuse import tables
from selon.reuse.lexicon import lexicon
from selon.reuse.reused_quotes import QuoteWord, ReusedQuote, folded_words, words
from selon.reuse.similarity import MIN_WORDS

# Articles that are looked at for one question.
_MAX_ARTICLES: Final = 60
# The rarest of the words by which articles are looked for that have nearly all of them; those that
# stand in more articles than this find too much.
_TERMS: Final = 4
_FREQUENT: Final = 1_000
# So many of the words are counted.
_COUNTED: Final = 40
# Words by which an article without the index is looked for; the share of all that a passage has.
_MAX_TERMS: Final = 3
_SHARE: Final = 0.8
# A text that has less of the words with content has no such passage.
_MIN_CONTENT_SHARE: Final = 0.6
_ACCENTS: Final = re.compile("[\u0300-\u036f]")
_WORD: Final = re.compile(r"\w+")
_LIGATURES: Final = str.maketrans({"œ": "oe", "Œ": "Oe", "æ": "ae", "Æ": "Ae"})
# Letters that may be written with a mark, which LIKE takes for others.
_MARKED: Final = re.compile(r"[aceinouyç]|[^\x00-\x7f]", re.IGNORECASE)
_DIGRAPHS: Final = re.compile(r"oe|ae|œ|æ", re.IGNORECASE)
_ARTICLES: Final = """
select a.key, a.outlet, a.published, v.language, v.title, v.text from version v
join article a on a.id = v.article_id and a.version_id = v.id and a.removed is null
"""


def passages(
    connection: sqlite3.Connection, text: str, language: str | None, made: bool
) -> Iterator[ReusedQuote]:
    """The sentences of articles that have these words, or nearly; sayings without an id.

    `made` tells whether the library has the ledger's tables. Those of a headline have no spans.
    """
    if not _WORD.search(text):
        return
    mine = folded_words(text, language)
    content = {_bare(w) for w in content_words(text, language)}
    for row in _rows(connection, text, language, made):
        code = None if row["language"] == "und" else row["language"]
        if code and language and code[:2] != language[:2]:
            continue
        if not _likely(content, f"{row['title'] or ''}\n{row['text']}"):
            continue
        for field in ("text", "title"):
            place = _place(words(row[field] or "", code), mine)
            if place:
                yield ReusedQuote(
                    "",
                    row["key"],
                    row[field][place.start : place.end],
                    row["outlet"],
                    row["published"],
                    code,
                    spans=(place,) if field == "text" else (),
                )
                break


def articles(connection: sqlite3.Connection, text: str) -> int:
    """In how many articles, copies counted once, words stand one behind the other, by the index."""
    if not _WORD.search(text):
        return 0
    (count,) = connection.execute(
        "select count(distinct coalesce(a.copy_of, a.id)) from version v join article a"
        " on a.id = v.article_id and a.version_id = v.id and a.removed is null"
        " where v.id in (select rowid from passage where passage match ?)",
        (phrase(text),),
    ).fetchone()
    return int(count)


def put(connection: sqlite3.Connection, versions: Sequence[int]) -> None:
    """Put versions of articles into the index, and take them off the queue; the caller commits."""
    connection.execute(
        "insert into passage (rowid, title, text) select id, title, text from passage_text"
        f" where id in ({tables.marks(versions)})",
        list(versions),
    )
    tables.done(connection, tables.TEXT, versions)


def _rows(
    connection: sqlite3.Connection, text: str, language: str | None, made: bool
) -> list[sqlite3.Row]:
    """The articles to look at: those of the index, then those that are not in it yet."""
    if not made:
        return _gone_through(connection, text, language, made)
    queries = [phrase(text)]
    if len(folded_words(text, language)) >= MIN_WORDS and content_words(text, language):
        # Rare words are looked up at once; a run of twelve words is not.
        rarest = _rarest(connection, content_words(text, language))
        rare = [term for count, term in rarest if count <= _FREQUENT]
        both = " AND ".join(phrase(term) for _count, term in rarest)
        queries = [both, " OR ".join(phrase(term) for term in rare)] if rare else [*queries, both]
    found: dict[str, sqlite3.Row] = {}
    for query in filter(None, queries):
        hits = connection.execute(
            f"{_ARTICLES} where v.id in (select rowid from passage where passage match ?"
            " order by rank limit ?) order by a.published, a.id",
            (query, _MAX_ARTICLES),
        )
        for row in hits:
            found.setdefault(row["key"], row)
    rows = [*found.values(), *_gone_through(connection, text, language, made)]
    return list({row["key"]: row for row in rows}.values())


def _rarest(connection: sqlite3.Connection, terms: Sequence[str]) -> list[tuple[int, str]]:
    """The words of some that stand in the fewest articles, and in any; each with how many."""
    counted = []
    for term in terms[:_COUNTED]:
        (count,) = connection.execute(
            "select count(*) from (select 1 from passage where passage match ? limit ?)",
            (phrase(term), _FREQUENT + 1),
        ).fetchone()
        if count:
            counted.append((count, term))
    return sorted(counted)[:_TERMS]


def _gone_through(
    connection: sqlite3.Connection, text: str, language: str | None, made: bool
) -> list[sqlite3.Row]:
    """The articles outside the index that have the longest of the words, in whatever accents."""
    terms = sorted(content_words(text, language), key=lambda w: (-len(w), w))[:_MAX_TERMS]
    if not terms:
        return []
    queued = tables.pending(connection, tables.TEXT) if made else []
    if made and not queued:
        return []
    wanted = " and ".join(["v.text like ?"] * len(terms))
    if queued:
        wanted = f"v.id in (select value from json_each('{queued}')) and {wanted}"
    return connection.execute(
        f"{_ARTICLES} where {wanted} order by a.published, a.id limit ?",
        (*(_like(t) for t in terms), _MAX_ARTICLES),
    ).fetchall()


def _likely(content: set[str], text: str) -> bool:
    """Whether a text has so many of some words that a passage of it may: told at once."""
    there = set(_WORD.findall(_bare(text)))
    return len(content & there) >= _MIN_CONTENT_SHARE * len(content)


def _bare(text: str) -> str:
    """A text without accents, ligatures and capitals."""
    opened = unicodedata.normalize("NFD", text.translate(_LIGATURES).lower())
    return _ACCENTS.sub("", opened)


def _place(there: tuple[QuoteWord, ...], mine: tuple[str, ...]) -> Span | None:
    """The sentences of a text in which some words stand, in their order or nearly all."""
    spoken = [w for w in there if not w.soft]
    folds = [w.fold for w in spoken]
    size = len(mine)
    starts = [n for n in range(len(folds) - size + 1) if tuple(folds[n : n + size]) == mine]
    if not starts and size >= MIN_WORDS:
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


def content_words(text: str, language: str | None) -> list[str]:
    """The words of a text with content, as they are written, each once."""
    function = lexicon(language).function
    found = {w.span.of(text): w.fold for w in words(text, language)}
    plain = (m for raw, fold in found.items() if fold not in function for m in _WORD.findall(raw))
    return [w for w in dict.fromkeys(plain) if len(w) > 2 or w.isdigit()]


def phrase(text: str) -> str:
    """A query of FTS5 for words one behind the other, as its tables have them (`schema.plain`)."""
    opened = text.replace('"', " ").replace("\0", " ")
    return f'"{opened.translate(_LIGATURES)}"'


def _like(word: str) -> str:
    """A pattern that has a word in whatever accents."""
    return f"%{_MARKED.sub('_', _DIGRAPHS.sub('%', word))}%".replace("%%", "%")
