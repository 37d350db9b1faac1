"""Statements as every list of the room shows them: the sentence, who says it, where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final
from urllib.parse import urlsplit

from selon.library import serialization
from selon.library.store import Library
from selon.reuse import tables
from selon.web.snippet import snippet

_LINKS: Final = (
    "select s.id, s.article_id, s.cue, s.voice, a.url, coalesce(e.same_as, e.id) as person"
    " from json_each(?) hit join statement s on s.id = hit.value"
    " join article a on a.id = s.article_id left join entity e on e.id = s.speaker_id"
)


def links(library: Library, ids: Iterable[int]) -> dict[int, dict[str, Any]]:
    """Of each statement: its article, who its speaker is, its verb, the original, its versions."""
    many = list(ids)
    beside = _versions(library, many)
    return {
        row["id"]: {**row, "original": original(row["url"]), "versions": row["id"] in beside}
        for row in map(dict, library.connection.execute(_LINKS, (serialization.pack(many),)))
    }


def statement_view(
    row: Mapping[str, Any], known: Mapping[int, Mapping[str, Any]]
) -> dict[str, Any]:
    """A statement as a page shows it: its words apart from what stands before and after."""
    whole = {**row, **known.get(row["id"], {})}
    before, words, after = snippet(
        str(whole.get("context") or ""), str(whole["content"] or ""), str(whole.get("cue") or "")
    )
    return {**whole, "content": words, "before": before, "after": after}


def original(url: str | None) -> str:
    """Where an article was published; nothing for what is no address of the web."""
    if not url or len(url) > 2_000:
        return ""
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return ""
    return url if parts.scheme in ("http", "https") and host else ""


def _versions(library: Library, ids: list[int]) -> set[int]:
    """Those of the statements that have kin elsewhere, as the ledger last saw them."""
    if not ids or not tables.is_ready(library.connection):
        return set()
    live = "s.current = 1 and s.verdict is not 'rejected'"
    rows = library.connection.execute(
        "select hit.value from json_each(?) hit where exists (select 1 from kin k"
        f" join statement s on s.id = k.b where k.a = hit.value and {live}) or exists"
        f" (select 1 from kin k join statement s on s.id = k.a where k.b = hit.value and {live})",
        (serialization.pack(ids),),
    )
    return {row[0] for row in rows}
