"""What readers hand to a build, and what a knowledge base answers with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from selon.records import EntityType


@dataclass(frozen=True, slots=True)
class KbEntity:
    """Somebody or something that has a name; `refs` are other ids that the source calls it by."""

    id: str
    type: EntityType
    names: tuple[str, ...]
    gender: str | None = None
    countries: tuple[str, ...] = ()
    refs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Position:
    """An office that holdings point at: its names and the countries that it is of."""

    id: str
    names: tuple[str, ...]
    countries: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Occupancy:
    """Somebody holds an office from one day to another, days known in part; `post` or `role`.

    `end` is None for an office still held when the source was made, `?` for an unknown end.
    """

    holder: str
    post: str | None = None
    role: str | None = None
    countries: tuple[str, ...] = ()
    start: str | None = None
    end: str | None = None
    interim: bool = False


@dataclass(frozen=True, slots=True)
class KbFault:
    """A line that could not be read as it stands: why, and where (a line number, 1 is first)."""

    why: str
    line: int


Item = KbEntity | Position | Occupancy | KbFault


@dataclass(frozen=True, slots=True)
class KbCandidate:
    """Someone whose name is like the one asked for: which name, and how like."""

    thing: KbEntity
    name: str
    likeness: float
    exact: bool


@dataclass(frozen=True, slots=True)
class Tenure:
    """An office held: its key and country, from when to when, and until when the source knows."""

    holder: str
    key: str
    country: str | None
    label: str
    start: str | None
    end: str | None
    known: str
    interim: bool = False


Why = Literal[
    "found",
    "several",
    "part",
    "none",
    "no-office",
    "no-country",
    "after",
    "many",
    "interim",
    "no-date",
    "no-role",
]


@dataclass(frozen=True, slots=True)
class KbAnswer:
    """Who held an office: the one `found`, `several` who may be meant, or why nobody is named.

    `wider` where the office found is of more matters than asked: they may have been apart, then.
    """

    why: Why
    holders: tuple[str, ...] = ()
    tenures: tuple[Tenure, ...] = ()
    wider: bool = False
