"""The other versions of some statements: where else their words stand, and what became of them."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Any, Final

from selon.errors import SelonError
from selon.library import serialization
from selon.library.store import Library
from selon.reuse import names
from selon.reuse.alteration import types
from selon.reuse.reused_quotes import ReusedQuote
from selon.reuse.store import ReuseStore
from selon.web import statement_links
from selon.web.changed_words import word_diff

# Statements whose versions a page looks for, and versions of each that are shown.
MAX_STATEMENTS: Final = 60
MAX_VERSIONS: Final = 12


def versions(
    library: Library, ids: Iterable[int], max_statements: int | None = MAX_STATEMENTS
) -> dict[int, list[dict[str, Any]]]:
    """Of each statement, its family's other members, the earliest first; none without a ledger.

    Only the first `max_statements` are looked for; with None, all of them.
    """
    store = ReuseStore(library)
    if not store.made:
        return {}
    found: dict[int, list[ReusedQuote]] = {}
    for number in islice(ids, max_statements):
        others = _others(store, number)
        if others:
            found[number] = others
    places = _places(library, [int(o.id) for many in found.values() for o in many])
    mine = store.sayings(found)
    return {
        number: [_version(mine[str(number)], other, places) for other in many]
        for number, many in found.items()
    }


def _others(store: ReuseStore, number: int) -> list[ReusedQuote]:
    try:
        _family, sayings = store.family(number)
    except SelonError:
        return []
    others = [one for key, one in sayings.items() if key != str(number)]
    return sorted(others, key=lambda s: (s.published or "9", int(s.id)))[:MAX_VERSIONS]


def _places(library: Library, ids: list[int]) -> dict[int, dict[str, Any]]:
    """The article of each statement."""
    rows = library.connection.execute(
        "select s.id, s.article_id, a.title, a.url from json_each(?) hit"
        " join statement s on s.id = hit.value join article a on a.id = s.article_id",
        (serialization.pack(ids),),
    )
    return {row["id"]: dict(row) for row in rows}


def _version(
    mine: ReusedQuote, other: ReusedQuote, places: dict[int, dict[str, Any]]
) -> dict[str, Any]:
    """A version as a page shows it; `diff` is empty where the words are the same."""
    number = int(other.id)
    changes = [t for t in names(types(mine, other)) if t != "verbatim"]
    place = places.get(number, {})
    return {
        "id": number,
        "article_id": place.get("article_id"),
        "title": place.get("title"),
        "original": statement_links.original_url(place.get("url")),
        "outlet": other.outlet,
        "published": other.published,
        "speaker": other.speaker_name,
        "words": other.words,
        "types": changes,
        "diff": word_diff(mine, other) if changes else [],
    }
