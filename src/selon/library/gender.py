"""What a title says of a person's gender; nothing where titles are absent or disagree."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from importlib import resources


@lru_cache(maxsize=1)
def titles() -> dict[tuple[str, str], str]:
    """Gender by language and title, from `titles.tsv`."""
    lines = (resources.files("selon.library") / "titles.tsv").read_text("utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {(language, title): gender for language, title, gender in rows}


def titled(words: Iterable[str], language: str | None) -> str | None:
    """The gender that the titles among the words agree on: `female`, `male`, or nothing."""
    found = {titles().get((language or "fr", word)) for word in words} - {None}
    return found.pop() if len(found) == 1 else None
