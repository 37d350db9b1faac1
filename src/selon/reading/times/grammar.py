"""What a language gives to the engine: rules, the words that wake them, a guess at tenses.

To add a language, write `lang/xx/times.toml` (words) and `lang/xx/times.py` with a `grammar()`
that answers with a `Grammar`. A rule is a compiled pattern and a named function from its match to
a `Meaning`; `meaning.py` holds the meanings that languages share (a weekday, a month without its
year, so many days ago…), so that a rule seldom needs calendar sums of its own.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from selon.edtf.intervals import Interval
from selon.records import Span

Tense = Literal["past", "present", "future"]


@dataclass(frozen=True, slots=True)
class Now:
    """Where an expression stands: one possible day of publication, the tense, the story's day.

    `today` is None where the publication is unknown; `near` is the last single day that the same
    paragraph has named shortly before, `story` the last one anywhere before; `wide` is a month or a
    year that was named so shortly before, after any day.
    """

    today: datetime.date | None
    tense: Tense | None = None
    near: Interval | None = None
    story: Interval | None = None
    wide: Interval | None = None


Meaning = Callable[[Now], Interval | None]


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of expression.

    `read` turns a match into a meaning, or None where it is no such expression after all. The
    expression is the group `t` of the pattern, else all of the match. `on` are the classes of
    trigger words near which the pattern is tried.

    silent   it holds its place and is no time (« rue du 8 mai 1945 »)
    leans    it takes its day from a neighbour (« vers 0 h 40, jeudi »)
    narrows  where it has no value, the publication was not that day (« hier, lundi »)
    bare     a weekday alone, which a full date of the same article may fix
    full     a weekday with its number and month, which may fix a bare one
    recurs   an hour beside it is of no one day (« le lundi à 18 h »)
    passes   it names a day but does not carry the story there (« chaque 14 juillet »)
    """

    name: str
    pattern: re.Pattern[str]
    read: Callable[[re.Match[str]], Meaning | None]
    on: frozenset[str]
    traits: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Grammar:
    """A language's time expressions.

    `triggers` gives lower-case words their classes; any run of digits has the class `digit`.
    `tense` guesses, from the words around, the tense of the verb that governs a stretch.
    `meeting` finds the verbs of a meeting at which somebody then speaks (« s’est entretenu »,
    "met with"). `planned` are participles that look ahead (« prévu », "scheduled"); `led` tells
    the tense that a word before a stretch gives it, whatever the verb (« depuis », « d’ici »).
    """

    rules: tuple[Rule, ...]
    triggers: Mapping[str, tuple[str, ...]]
    tense: Callable[[str, Span], Tense | None]
    meeting: re.Pattern[str] | None = None
    planned: frozenset[str] = frozenset()
    led: Callable[[str, Span], Tense | None] | None = None
