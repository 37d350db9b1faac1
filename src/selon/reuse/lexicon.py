"""The words of a language that the ledger goes by, from `lang/xx/ledger.toml`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any, Final

from selon import lang
from selon.errors import SelonError

FALLBACK: Final = lang.DEFAULT

Phrases = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class ReuseLexicon:
    """One language's words, folded; each field is described where it stands in `ledger.toml`."""

    language: str
    elided: dict[str, str]
    same: dict[str, str]
    acronyms: frozenset[str]
    decimals: frozenset[str]
    contracted: dict[str, str]
    contractions: dict[str, str]
    frames: frozenset[str]
    notes: Phrases
    alone: frozenset[str]
    paired: frozenset[str]
    particles: frozenset[str]
    limiting: frozenset[str]
    fixed: frozenset[str]
    lacking: frozenset[str]
    idle: Phrases
    senses: frozenset[str]
    light: frozenset[str]
    prefixes: tuple[str, ...]
    contraries: frozenset[frozenset[str]]
    verbs: frozenset[str]
    phrases: Phrases
    endings: tuple[str, ...]
    lookalikes: frozenset[str]
    future: tuple[str, ...]
    speaking: frozenset[str]
    spoken_of: frozenset[str]
    past: tuple[str, ...]
    units: dict[str, int]
    tens: dict[str, int]
    times: dict[str, int]
    bounds: Phrases
    quantifiers: frozenset[str]
    amounts: frozenset[str]
    measures: frozenset[str]
    ones: frozenset[str]
    before: frozenset[str]
    bare: frozenset[str]
    joins: frozenset[str]
    percent: Phrases
    ordinals: dict[str, int]
    ordinal_ends: frozenset[str]
    dates: frozenset[str]
    relative: frozenset[str]
    periods: frozenset[str]
    opens: frozenset[str]
    linking: frozenset[str]
    tags: Phrases
    asking: Phrases
    inverted: frozenset[str]
    holding: frozenset[str]
    taking_up: frozenset[str]
    affirming: Phrases
    denying: Phrases
    refusing: Phrases
    doubting: Phrases
    supposing: Phrases
    conditions: Phrases
    unconditional: Phrases
    others: Phrases
    attributing: Phrases
    ironic: Phrases
    masculine: frozenset[str]
    feminine: frozenset[str]
    belonging: frozenset[str]
    generations: dict[str, str]
    function: frozenset[str]
    formulas: Phrases
    bulletins: frozenset[str]

    def conditional(self, word: str) -> bool:
        """Whether a folded word stands in the mood that keeps a distance."""
        if not self.endings or len(word) < 5 or word in self.lookalikes:
            return False
        return word.endswith(self.endings)


def _convert(kind: str, value: Any) -> Any:
    """A TOML value in the shape that a field's type asks for."""
    if kind == "frozenset[str]":
        return frozenset(value)
    if kind == "frozenset[frozenset[str]]":
        return frozenset(frozenset(pair) for pair in value)
    if kind == "tuple[str, ...]":
        return tuple(value)
    if kind == "Phrases":
        # The longest first, so that « il me semble que » is found before « semble ».
        return tuple(sorted((tuple(p.split()) for p in value), key=lambda p: (-len(p), p)))
    if kind.startswith("dict"):
        return dict(value)
    return value


@lru_cache(maxsize=16)
def lexicon(language: str | None = None) -> ReuseLexicon:
    """The lexicon of a language; an empty one for a language that has none.

    Words of an unknown language are taken for the default's. Raises SelonError where the file
    lacks a key or has one that is not known.
    """
    code = (language or FALLBACK).split("-")[0].lower()
    wanted = {f.name: str(f.type) for f in fields(ReuseLexicon) if f.name != "language"}
    if code not in known():
        return ReuseLexicon(code, **{name: _convert(kind, ()) for name, kind in wanted.items()})
    flat: dict[str, Any] = {}
    for table in lang.read_toml(code, "ledger.toml").values():
        flat.update(table)
    for key in sorted(flat.keys() ^ wanted.keys()):
        state = "is missing" if key in wanted else "is not known"
        raise SelonError(
            f"lang/{code}/ledger.toml: the key `{key}` {state}; see lang/{FALLBACK}/ledger.toml"
        )
    return ReuseLexicon(code, **{name: _convert(kind, flat[name]) for name, kind in wanted.items()})


@lru_cache(maxsize=256)
def begins(language: str, field: str) -> dict[str, Phrases]:
    """A language's phrases of one field by their first word, the longest first."""
    found: dict[str, Phrases] = {}
    for phrase in getattr(lexicon(language), field):
        found[phrase[0]] = (*found.get(phrase[0], ()), phrase)
    return found


def found_in(folds: Sequence[str], language: str, *names: str) -> list[tuple[int, int, str]]:
    """Where phrases of these fields stand in folded words: place, words, field; none overlap."""
    found: list[tuple[int, int, str]] = []
    n = 0
    while n < len(folds):
        for name in names:
            some = begins(language, name).get(folds[n], ())
            size = next((len(p) for p in some if tuple(folds[n : n + len(p)]) == p), 0)
            if size:
                found.append((n, size, name))
                n += size
                break
        else:
            n += 1
    return found


def guess_language(text: str, among: Sequence[str]) -> str:
    """The language of the given ones whose small words a text has most of; the first where none."""
    if len(among) < 2:
        return among[0] if among else FALLBACK
    words = [w for w in re.split(r"[^\w]+", text.lower()) if w]
    counts = [sum(w in lexicon(code).function for w in words) for code in among]
    return among[counts.index(max(counts))]


@lru_cache(maxsize=1)
def known() -> tuple[str, ...]:
    """The languages that have a lexicon of the ledger."""
    return tuple(c for c in lang.codes() if (lang.place(c) / "ledger.toml").is_file())
