"""Which statements of a library's large index share enough hashes with some: lists of statements.

SQLite writes each hash's list as one text, several times faster than as rows; they are counted here,
and those that are long (of hashes that very many statements have) are kept for the next statement.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

Integers = npt.NDArray[np.int64]
# A list of so many statements is kept.
_MIN_KEPT: Final = 64
# So many entries of lists are kept at most, 8 bytes each.
_MAX_ENTRIES: Final = 1 << 22
# An entry is the number of a statement and, in the last bits, how many hashes it has.
_BITS: Final = 16
_LISTS: Final = f"""
select hash, group_concat(statement_id << {_BITS} | min(size, {2**_BITS - 1})) from shingle
where hash in (select value from json_each(?)) group by hash
"""


class PostingLists:
    """The statements of each hash in the table `shingle`, with how many hashes each has.

    Follows what other connections write; what this one writes to the table is told by `forget`.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._version = -1
        self._long: dict[int, Integers] = {}
        self._kept = 0

    def sharing(self, own: Sequence[int]) -> list[int]:
        """The statements that share enough of these hashes (`shingles.enough`)."""
        lists = self._lists(own)
        if not lists:
            return []
        entries, shared = np.unique(np.concatenate(lists), return_counts=True)
        smaller = np.minimum(entries & (2**_BITS - 1), len(own))
        enough = (shared >= np.where(smaller >= 4, 2, 1)) & (7 * shared >= smaller)
        found: list[int] = (entries[enough] >> _BITS).tolist()
        return found

    def forget(self) -> None:
        """Keep no list any more: the table was written to."""
        self._long.clear()
        self._kept = 0

    def _lists(self, own: Sequence[int]) -> list[Integers]:
        (version,) = self._connection.execute("pragma data_version").fetchone()
        if version != self._version or self._kept > _MAX_ENTRIES:
            self._version = version
            self.forget()
        found = [self._long[h] for h in own if h in self._long]
        asked = json.dumps([h for h in own if h not in self._long])
        for number, text in self._connection.execute(_LISTS, (asked,)):
            entries = np.fromstring(text, np.int64, sep=",")
            found.append(entries)
            if len(entries) >= _MIN_KEPT:
                self._long[number] = entries
                self._kept += len(entries)
        return found
