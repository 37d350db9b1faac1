"""Selon reads news and keeps account of who said what, to whom, when, and through whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.2.0"

if TYPE_CHECKING:
    from selon.api import Statements, read, read_many
    from selon.faults import SelonError, UntrainedLanguageWarning
    from selon.numbers.opened import open
    from selon.records import Article, Reading

__all__ = [
    "Article",
    "Reading",
    "SelonError",
    "Statements",
    "UntrainedLanguageWarning",
    "__version__",
    "open",
    "read",
    "read_many",
]

_HOMES = {
    "Article": "selon.records",
    "Reading": "selon.records",
    "SelonError": "selon.faults",
    "Statements": "selon.api",
    "UntrainedLanguageWarning": "selon.faults",
    "open": "selon.numbers.opened",
    "read": "selon.api",
    "read_many": "selon.api",
}


def __getattr__(name: str) -> Any:
    # Late imports keep `import selon` under 150 ms: the parser alone takes a second.
    if name not in _HOMES:
        raise AttributeError(f"module 'selon' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
