"""Statements as every list of the room shows them: the sentence, who says it, where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final
from urllib.parse import urlsplit

from selon.library import serialization
from selon.library.store import Library
from selon.reuse import tables
from selon.web.snippet import sentence_around, snippet

# How much of the text on each side of a statement is looked at for its sentence.
_AROUND: Final = 700
_LINKS: Final = (
    "select s.id, s.article_id, s.cue, s.voice, a.url, a.language, coalesce(e.same_as, e.id) as person,"
    " s.content_spans, s.cue_spans, max(json_extract(s.content_spans, '$[0][0]') - ?2, 0) as first,"
    " substr(v.text, max(json_extract(s.content_spans, '$[0][0]') - ?2, 0) + 1,"
    "  2 * ?2 + json_extract(s.content_spans, '$[#-1][1]')"
    "  - json_extract(s.content_spans, '$[0][0]')) as around"
    " from json_each(?1) hit join statement s on s.id = hit.value"
    " join article a on a.id = s.article_id left join entity e on e.id = s.speaker_id"
    " left join reading r on r.id = s.reading_id left join version v on v.id = r.version_id"
)


def links(library: Library, ids: Iterable[int]) -> dict[int, dict[str, Any]]:
    """Of each statement: its article, who its speaker is, its verb, the original, its versions."""
    many = list(ids)
    beside = _versions(library, many)
    return {
        row["id"]: {**row, "original": original_url(row["url"]), "versions": row["id"] in beside}
        for row in map(
            dict, library.connection.execute(_LINKS, (serialization.pack(many), _AROUND))
        )
    }


def statement_view(
    row: Mapping[str, Any], known: Mapping[int, Mapping[str, Any]]
) -> dict[str, Any]:
    """A statement as a page shows it: its words apart from what stands before and after."""
    whole = {**row, **known.get(row["id"], {})}
    content = str(whole["content"] or "")
    places = serialization.unpack(whole.get("content_spans") or "[]")
    if not places or not whole.get("around"):
        before, words, after = snippet(
            str(whole.get("context") or ""), content, whole.get("language")
        )
        return {**whole, "content": words, "before": before, "after": after}
    before, after = _sentence(whole, places)
    return {**whole, "before": before, "after": after}


def _sentence(whole: Mapping[str, Any], places: list[list[int]]) -> tuple[str, str]:
    """What stands before and after a statement's words in the article, with the verb that says them."""
    text, first = str(whole["around"]), int(whole["first"])
    words = places[0][0] - first, places[-1][1] - first
    cues = serialization.unpack(whole.get("cue_spans") or "[]")
    # A verb that is far off stays there.
    near = [(a - first, b - first) for a, b in cues if a >= first and b <= first + len(text)]
    ends = [words, *near]
    reach = min(a for a, _b in ends), max(b for _a, b in ends)
    return sentence_around(text, words, reach, whole.get("language"))


def original_url(url: str | None) -> str:
    """Where an article was published; nothing for what is no address of the web."""
    if not url or len(url) > 2_000:
        return ""
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return ""
    return url if parts.scheme in ("http", "https") and host else ""


def url_as_typed(address: str) -> str:
    """An address as somebody typed it, `https://` put before it where it is left out; or nothing."""
    host = address.partition("/")[0]
    begun = "://" in address or ":" in host or "." not in host or " " in address
    return original_url(address if begun else f"https://{address}")


def _versions(library: Library, ids: list[int]) -> set[int]:
    """Those of the statements that have kin elsewhere, as the ledger last saw them."""
    if not ids or not tables.is_ready(library.connection):
        return set()
    # Cross joins keep the order: from the few links to their statements.
    live = "s.current = 1 and s.verdict is not 'rejected'"
    rows = library.connection.execute(
        "select hit.value from json_each(?) hit where exists (select 1 from kin k"
        f" cross join statement s on s.id = k.b where k.a = hit.value and {live}) or exists"
        f" (select 1 from kin k cross join statement s on s.id = k.a where k.b = hit.value and {live})",
        (serialization.pack(ids),),
    )
    return {row[0] for row in rows}
