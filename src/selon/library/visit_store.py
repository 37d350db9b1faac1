"""Which pages were asked for, and what their hosts said of them: nothing is fetched twice.

A visit is kept only when its articles are: a run that is killed asks again for what it lost.
"""

from __future__ import annotations

import sqlite3
from collections import deque
from dataclasses import replace

from selon.ingest.crawl import CachedPage
from selon.library import serialization
from selon.library.store import Library, now

_Pending = tuple[CachedPage, list[tuple[str, str]]]


class Visits:
    """The memory of a walk (`ingest.follow.Memory`) in a library; `keep` writes what is due."""

    def __init__(self, library: Library) -> None:
        self._library = library
        # Articles may be drawn from another thread than the one that writes.
        self._side = sqlite3.connect(library.path, check_same_thread=False, isolation_level=None)
        self._pages: deque[_Pending] = deque()
        self._lists: deque[_Pending] = deque()

    def close(self) -> None:
        """Let go of the file."""
        self._side.close()

    def last(self, url: str) -> CachedPage | None:
        """The last visit to an address."""
        row = self._side.execute(
            "select url, etag, modified, stamp from visit where url = ?", (url,)
        ).fetchone()
        return CachedPage(*row) if row else None

    def visited(self, visit: CachedPage) -> None:
        """A page gave its articles, or is as it was."""
        self._pages.append(_pending(visit))

    def listed(self, visit: CachedPage) -> None:
        """All that a feed or sitemap announces was seen, and nothing of it failed."""
        self._lists.append(_pending(visit))

    def keep(self, *, ended: bool = False) -> None:
        """Write the visits whose articles are in the library; lists when all has `ended`."""
        due = [self._pages.popleft() for _ in range(len(self._pages))]
        here = [p for p in due if self._has(p)]
        self._pages.extendleft(p for p in reversed(due) if p not in here)
        if ended and not self._pages:
            here += [p for p in self._lists if self._has(p)]
        if not here:
            return
        at = now()
        with self._library.transaction() as connection:
            connection.executemany(
                "insert into visit (url, etag, modified, stamp, at) values (?,?,?,?,?)"
                " on conflict (url) do update set etag = excluded.etag,"
                " modified = excluded.modified, stamp = excluded.stamp, at = excluded.at"
                " where (visit.etag, visit.modified, visit.stamp)"
                " is not (excluded.etag, excluded.modified, excluded.stamp)",
                [(v.url, v.etag, v.modified, v.stamp, at) for v, _keys in here],
            )

    def _has(self, pending: _Pending) -> bool:
        return all(
            self._side.execute(
                "select 1 from article a join version v on v.article_id = a.id"
                " where a.key = ? and v.digest = ?",
                key,
            ).fetchone()
            for key in pending[1]
        )


def _pending(visit: CachedPage) -> _Pending:
    # Not the articles: a list of them may be long.
    keys = [(serialization.article_key(a), serialization.digest(a)) for a in visit.articles]
    return replace(visit, articles=()), keys
