"""Words for tables and plots: those of `selon.labels`, and offices by their names."""

from __future__ import annotations

from functools import lru_cache

from selon import labels
from selon.kb import roles
from selon.labels import dimension, label, percent, spoken_month, whole

__all__ = ["dimension", "label", "office", "percent", "spoken_month", "value", "whole"]


def value(name: str, told: str | None, language: str) -> str:
    """A value of a dimension, as people call it; what is not known is said so."""
    if name == "role" and told is not None:
        return office(told, language)
    return labels.value(name, told, language)


@lru_cache(maxsize=2048)
def office(head: str, language: str) -> str:
    """An office's name: `prime-minister` → « Premier ministre »."""
    if language == "fr":
        return roles.french(roles.OfficeRole(head)) or head
    return head.replace("-", " ")
