"""Small pieces of Markdown, and the words of the reference in one language."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

MADE = (
    "<!-- Made by `python scripts/reference`: change the code, or scripts/reference/words.toml. -->"
)


class Words:
    """What `words.toml` says in one language; keys that it lacks are kept in `missing`."""

    def __init__(self, lang: str) -> None:
        self._lang = lang
        path = Path(__file__).parent / "words.toml"
        self._all: dict[str, dict[str, Any]] = tomllib.loads(path.read_text("utf-8"))
        self._asked: set[tuple[str, str]] = set()
        self.missing: list[str] = []

    def of(self, group: str, key: str) -> str:
        """Return the words of a key, in the language."""
        self._asked.add((group, key))
        entry = self._all.get(group, {}).get(key, {})
        if self._lang not in entry:
            self.missing.append(f"[{group}] {key} ({self._lang})")
        return str(entry.get(self._lang, "")).strip()

    def keys(self, group: str) -> Sequence[str]:
        """Return the keys of a group, in the order of the file."""
        return tuple(self._all[group])

    def unasked(self) -> list[str]:
        """Return the keys that no page asked for: they are about what is gone from the code."""
        every = {(g, k) for g, entries in self._all.items() for k in entries}
        return sorted(f"[{g}] {k}" for g, k in every - self._asked)


def page(title: str, *parts: str) -> str:
    """Return a page of parts."""
    return "\n\n".join([MADE, f"# {title}", *(p for p in parts if p)]).rstrip() + "\n"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a Markdown table; empty where there are no rows."""
    told = [list(map(_cell, row)) for row in rows]
    if not told:
        return ""
    lines = [head, ["---"] * len(head), *told]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def code(words: str) -> str:
    """Return a code span; nothing for nothing."""
    return f"`{words}`" if words else ""


def _cell(words: str) -> str:
    return " ".join(words.split()).replace("|", "\\|")
