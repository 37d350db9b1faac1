"""What tables and records call an article's fields: « Titre de l’article », `pubDate`, « Support ».

The names are data (`press.toml`, `[fields]`), in the order in which they are preferred; case, accents, signs,
what stands in brackets and little words make no difference.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

from selon.ingest.word_lists import fold_words, press, word_set

FIELDS: Final = (
    "text", "id", "title", "outlet", "published", "url", "language", "authors", "page"
)  # fmt: skip
_HUMP: Final = re.compile(r"([a-z])([A-Z])")
_BRACKETS: Final = re.compile(r"\([^()]*\)")
_SIGNS: Final = re.compile(r"[\W_]+")
_ADDRESS: Final = ("http://", "https://")


@lru_cache(maxsize=4096)
def plain_name(name: str) -> str:
    """The words of a name alone: `datePublished` is « date published », « Auteur(s) » is « auteur »."""
    words = _SIGNS.sub(" ", _BRACKETS.sub(" ", fold_words(_HUMP.sub(r"\1 \2", name))))
    return " ".join(w for w in words.split() if w not in word_set("field_words", "filler"))


@lru_cache(maxsize=1)
def _ranks() -> dict[str, list[tuple[str, int]]]:
    """The fields that each name means, with how early it comes in their lists."""
    found: dict[str, list[tuple[str, int]]] = {}
    for field in FIELDS:
        for rank, name in enumerate(press()["fields"][field]):
            found.setdefault(name, []).append((field, rank))
    return found


def _by_field(names: Sequence[str]) -> dict[str, list[int]]:
    """The places of the names that may be each field, the most usual name first."""
    ranked: dict[str, list[tuple[int, int]]] = {}
    for at, name in enumerate(names):
        for field, rank in _ranks().get(plain_name(name), ()):
            # A name that is ours to the letter comes before all others.
            ranked.setdefault(field, []).append((-1 if name == field else rank, at))
    return {field: [at for _rank, at in sorted(places)] for field, places in ranked.items()}


def columns_of(heading: Sequence[str]) -> dict[str, int]:
    """Which column of a table is each field, for those that have one."""
    return {field: places[0] for field, places in _by_field(heading).items()}


def is_french(heading: Sequence[str]) -> bool:
    """Whether a heading has a name that only French tables have."""
    return any(plain_name(name) in word_set("field_words", "french") for name in heading)


def fields_of(record: Mapping[Any, Any]) -> dict[str, Any]:
    """The values of a record of somebody else's under our names; what is no value is left out."""
    names = [str(key) for key in record]
    values = list(record.values())
    found: dict[str, Any] = {}
    for field, places in _by_field(names).items():
        value = next((v for at in places if (v := _value(field, values[at])) is not None), None)
        if value is not None:
            found[field] = value
    return found


def _value(field: str, value: Any) -> Any:
    """A field's value in one of the shapes that programs give it; None where it is none."""
    if field == "authors":
        return list(_names(value)) or None
    if field in ("id", "page") and isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, Mapping):
        # `{"name": "…"}`, as in JSON-LD; `{"rendered": "…"}`, as in WordPress.
        value = value.get("name") or value.get("rendered")
    if not isinstance(value, str) or not value.strip():
        return None
    return None if field == "outlet" and value.startswith(_ADDRESS) else value


def _names(value: Any) -> Iterator[str]:
    for one in value if isinstance(value, list) else [value]:
        name = one.get("name") if isinstance(one, Mapping) else one
        if isinstance(name, str) and name.strip():
            yield name
