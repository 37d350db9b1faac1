"""Corrections of what a statement says of itself: its form, stance, date, addressees and relays.

Each is a judgement, as those of `selon.library.judge` are: laid over what was read, undone by `undo`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from selon.errors import SelonError
from selon.i18n import _
from selon.library import judge
from selon.library.store import Library
from selon.records import FORMS, STANCES


def form(library: Library, statement: int, value: str, by: str) -> str:
    """Say whether it is direct, indirect, mixed or narrated; answers with the judgement's uid."""
    return judge.of_statement(library, statement, "form", _one_of(value, FORMS), by)


def stance(library: Library, statement: int, value: str, by: str) -> str:
    """Say whether it is asserted, in the conditional, or that it was not said."""
    return judge.of_statement(library, statement, "stance", _one_of(value, STANCES), by)


def correct_day(library: Library, statement: int, value: str | None, by: str) -> str:
    """Say on which day it was said (EDTF), or that no day is told."""
    return judge.of_statement(library, statement, "said", value, by)


def addressees(library: Library, statement: int, people: Sequence[dict[str, Any]], by: str) -> str:
    """Say to whom it was said: each what `judge.person` answers, maybe with `spans`; or to nobody."""
    return _parties(library, statement, "addressee", people, by)


def relays(library: Library, statement: int, people: Sequence[dict[str, Any]], by: str) -> str:
    """Say through whom it came, the nearest to the speaker first; or through nobody."""
    return _parties(library, statement, "via", people, by)


def _parties(
    library: Library, statement: int, role: str, people: Sequence[dict[str, Any]], by: str
) -> str:
    text = judge.statement_row(library.connection, statement)["text"]
    value = [
        {**who, "spans": [[s.start, s.end] for s in judge.within(who.get("spans") or (), text)]}
        for who in people
    ]
    return judge.of_statement(library, statement, role, value, by)


def _one_of(value: str, choice: Sequence[str]) -> str:
    if value not in choice:
        raise SelonError(
            _("{word} is none of {choice}.").format(word=value, choice=", ".join(choice))
        )
    return value
