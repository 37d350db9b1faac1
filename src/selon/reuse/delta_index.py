"""The part of a library's index that was added last: a small table, held in memory too.

Each of a statement's hashes lies on a page of its own in a large index, so that adding one article
would change more than a hundred pages. What is new therefore waits in `fresh`, one row a statement,
and `shingle` takes it up in the order of its hashes when there are many (a log-structured merge).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Final

import numpy as np

from selon.reuse.shingles import Shingles

# So many statements may wait: reading them takes some milliseconds, taking them up seconds in a
# library of a million.
MAX_PENDING: Final = 2000
_BYTES: Final = 8


class DeltaIndex:
    """The statements that the large index has not taken up, as the library has them.

    Follows what other connections write; after a transaction that was undone make another.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._version = -1
        self._index = Shingles()
        self._ids: list[int | None] = []
        self._at: dict[int, int] = {}

    def __len__(self) -> int:
        """How many statements wait."""
        self._follow()
        return len(self._at)

    def sharing(self, own: Sequence[int]) -> list[int]:
        """The statements that share enough of these hashes."""
        self._follow()
        found = (self._ids[n] for n in self._index.sharing(own))
        return [i for i in found if i is not None]

    def put(self, statement: int, own: Sequence[int]) -> None:
        """Add a statement that is not here."""
        self._follow()
        self._connection.execute(
            "insert into fresh values (?, ?)", (statement, np.array(own, "<u8").tobytes())
        )
        self._at[statement] = self._index.put(own)
        self._ids.append(statement)

    def forget(self, statement: int) -> bool:
        """Take a statement out; whether it was here."""
        self._follow()
        if statement not in self._at:
            return False
        self._connection.execute("delete from fresh where statement_id = ?", (statement,))
        self._ids[self._at.pop(statement)] = None
        return True

    def settle(self) -> None:
        """Let the large index take up all that is here."""
        rows = self._connection.execute("select statement_id, hashes from fresh")
        entries = [(h, row[0], len(own)) for row in rows for own in [_hashes(row[1])] for h in own]
        self._connection.executemany(
            "insert or replace into shingle values (?, ?, ?)", sorted(entries)
        )
        self._connection.execute("delete from fresh")
        self._version = -1

    def _follow(self) -> None:
        """Read all again where another connection has written."""
        (version,) = self._connection.execute("pragma data_version").fetchone()
        if version == self._version:
            return
        self._version = version
        rows = self._connection.execute("select statement_id, hashes from fresh").fetchall()
        self._ids = [row[0] for row in rows]
        self._at = {row[0]: n for n, row in enumerate(rows)}
        self._index = Shingles()
        # All at once: a process that adds one article reads them for it alone.
        every = np.frombuffer(b"".join(row[1] for row in rows), "<u8")
        self._index.fill(every.astype(np.uint64), [len(row[1]) // _BYTES for row in rows])


def _hashes(blob: bytes) -> list[int]:
    return [int(h) for h in np.frombuffer(blob, "<u8").tolist()]
