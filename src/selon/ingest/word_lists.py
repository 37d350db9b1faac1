"""Words of the press and its archives (`press.toml`), and how they are compared: folded."""

from __future__ import annotations

import tomllib
import unicodedata
from functools import lru_cache
from importlib.resources import files
from typing import Final

_PLAIN: Final = str.maketrans({"’": "'", "\u00a0": " ", "\u202f": " ", "œ": "oe", "æ": "ae"})


def fold_words(words: str) -> str:
    """Small letters without accents, one blank between words, straight apostrophes."""
    if words.isascii():
        return " ".join(words.lower().split())
    plain = unicodedata.normalize("NFD", words.casefold().translate(_PLAIN))
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())


@lru_cache(maxsize=1)
def press() -> dict[str, dict[str, tuple[str, ...]]]:
    """The lists of `press.toml`, by table and name."""
    data = tomllib.loads((files("selon.ingest") / "press.toml").read_text(encoding="utf-8"))
    return {
        table: {k: tuple(map(fold_words, v)) for k, v in lists.items()}
        for table, lists in data.items()
    }


@lru_cache(maxsize=64)
def word_set(table: str, name: str) -> frozenset[str]:
    """One of the lists, as a set."""
    return frozenset(press()[table][name])


@lru_cache(maxsize=1)
def months() -> dict[str, int]:
    """The month that each word means."""
    return {word: int(n) for n, words in press()["months"].items() for word in words}
