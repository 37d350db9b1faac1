"""Selon reads news and keeps account of who said what, to whom, when, and through whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from selon import old_names

__version__ = "0.2.0"

if TYPE_CHECKING:
    from selon.api import Statements, read, read_many
    from selon.errors import SelonError, UntrainedLanguageWarning
    from selon.numbers.open_library import open
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
    "SelonError": "selon.errors",
    "Statements": "selon.api",
    "UntrainedLanguageWarning": "selon.errors",
    "open": "selon.numbers.open_library",
    "read": "selon.api",
    "read_many": "selon.api",
}


def __getattr__(name: str) -> Any:
    # Late imports keep `import selon` under 150 ms: the parser alone takes a second.
    if name not in _HOMES:
        raise AttributeError(f"module 'selon' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)


# For one release: modules by the names that they had.
old_names.install()
