"""Datelines of English news at the head of a text: « WASHINGTON (AP) — », « LONDON, March 3 (Reuters) - »."""

from __future__ import annotations

from selon.records import Heading


def found(text: str) -> tuple[Heading, ...]:
    """The stretches at the head of a text that are metadata."""
    return ()
