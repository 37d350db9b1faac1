"""Tables of words as this program ships them: cells between tabs, a line a row, `#` before a comment."""

from __future__ import annotations

from collections.abc import Iterator


def numbered_rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Return an iterator over the rows of a table with their line numbers, from 1; no comments, no empty lines."""
    for number, line in enumerate(text.split("\n"), 1):
        if line and not line.startswith("#"):
            yield number, line.split("\t")


def rows(text: str) -> Iterator[list[str]]:
    """Return an iterator over the rows of a table; no comments, no empty lines."""
    return (cells for _, cells in numbered_rows(text))
