"""Words looked for in the texts of articles themselves, whether a statement has them or not.

Capitals, accents, quotation marks, apostrophes and blanks do not count; letters and their order do.
"""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from selon.library import codec
from selon.records import Span

_WORD: Final = re.compile(r"[^\W_]+")
_NOT_WORD: Final = r"[\W_]+"
# So many articles are looked through; more tell that the words are anybody's.
MOST: Final = 200
_AROUND: Final = 600
# Letters that an accent may stand on, or that a ligature hides: any sign does in the first look.
_OPEN: Final = re.compile(r"[aceinouyæœ]|[^\x00-\x7f]")


@dataclass(frozen=True, slots=True)
class Place:
    """Where words stand: the article's row and what is known of it, the span, what is around it.

    `statement` is the row of the statement whose content has them; none where none has.
    """

    article: int
    title: str
    outlet: str | None
    published: str | None
    url: str | None
    span: Span
    context: str
    words: str
    statement: int | None


def size(words: str) -> int:
    """How many words there are."""
    return len(_WORD.findall(words))


def places(connection: sqlite3.Connection, words: str) -> list[Place]:
    """The first place of the words in each article, newest first; `MOST` at most."""
    looked_for = _WORD.findall(folded(words))
    if not looked_for:
        return []
    pattern = re.compile(rf"(?<![^\W_]){_NOT_WORD.join(looked_for)}(?![^\W_])")
    found = []
    for row in _articles(connection, looked_for):
        for match in pattern.finditer(folded(row["text"])):
            found.append(_place(connection, row, Span(*match.span())))
            break
    return found


def folded(text: str) -> str:
    """A text of the same length, in small letters without accents."""
    return text.translate(_Folding())


class _Folding(dict[int, str]):
    """One sign for each sign, so that places stay what they are."""

    def __getitem__(self, code: int) -> str:
        return _bare(code)


@lru_cache(maxsize=4096)
def _bare(code: int) -> str:
    letter = unicodedata.normalize("NFD", chr(code).lower())[0]
    return letter if len(letter) == 1 else chr(code)


def _articles(connection: sqlite3.Connection, words: list[str]) -> Iterator[dict[str, Any]]:
    """The articles in which the longest of the words stands, newest first."""
    longest = max(words, key=len)
    # An underscore stands for any one sign; capitals of ASCII do not count for SQLite.
    like = f"%{_OPEN.sub('_', longest)}%"
    cursor = connection.execute(
        "select a.id, a.title, a.outlet, a.published, a.url, v.id as version, v.text"
        " from article a join version v on v.id = a.version_id where v.text like ?"
        " order by a.published desc, a.id desc",
        (like,),
    )
    for taken, row in enumerate(cursor):
        if taken >= MOST * 20:
            return
        yield dict(row)


def _place(connection: sqlite3.Connection, row: dict[str, Any], span: Span) -> Place:
    text = row["text"]
    start = max(text.rfind("\n", 0, span.start) + 1, span.start - _AROUND)
    stop = text.find("\n", span.end)
    stop = min(len(text) if stop < 0 else stop, span.end + _AROUND)
    return Place(
        row["id"],
        row["title"] or "",
        row["outlet"],
        row["published"],
        row["url"],
        span,
        text[start:stop],
        text[span.start : span.end],
        _statement(connection, row["version"], span),
    )


def _statement(connection: sqlite3.Connection, version: int, span: Span) -> int | None:
    """The innermost statement whose content has most of a span."""
    best: tuple[int, int] | None = None
    for row in connection.execute(
        "select s.id, s.content_spans from reading r join statement s on s.reading_id = r.id"
        " where r.version_id = ? and r.current = 1 and s.verdict is not 'rejected'",
        (version,),
    ):
        spans = codec.spans(row["content_spans"])
        shared = sum(max(0, min(s.end, span.end) - max(s.start, span.start)) for s in spans)
        if shared * 2 > span.end - span.start:
            length = sum(s.end - s.start for s in spans)
            best = min(best, (length, row["id"])) if best else (length, row["id"])
    return best[1] if best else None
