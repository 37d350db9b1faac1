"""A text as words to choose among: each with its place, so that a browser counts nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from selon.library.store import Library
from selon.records import Span, Spans

_WORD: Final = re.compile(r"\w+(?:[’'\-]\w+)*|[^\w\s]")
_AROUND: Final = 1200


@dataclass(frozen=True, slots=True)
class SelectableWord:
    """A word or a sign at [start, end) of the text, and the blanks before it."""

    gap: str
    start: int
    end: int
    words: str


def words(text: str, around: Span | None = None) -> list[SelectableWord]:
    """The words of a text, or of what lies around a stretch of it."""
    first, stop = 0, len(text)
    if around:
        first, stop = max(0, around.start - _AROUND), min(stop, around.end + _AROUND)
        # A word at the edge is not cut.
        first = text.rfind(" ", 0, first) + 1 if first else 0
        stop = stop if text.find(" ", stop) < 0 else text.find(" ", stop)
    found, last = [], first
    for match in _WORD.finditer(text, first, stop):
        found.append(
            SelectableWord(text[last : match.start()], match.start(), match.end(), match[0])
        )
        last = match.end()
    return found


def resize_spans(spans: Spans, start: int, end: int) -> Spans:
    """The spans between a new beginning and a new end; what cut them inside goes on cutting."""
    kept = [Span(max(s.start, start), min(s.end, end)) for s in spans if s.meets(Span(start, end))]
    if not kept:
        return (Span(start, end),)
    kept[0] = Span(start, kept[0].end)
    kept[-1] = Span(kept[-1].start, end)
    return tuple(kept)


def nearest_mention(text: str, name: str, near: Span) -> Spans:
    """Where a text has this name nearest a stretch; nothing where it has it nowhere."""
    places = [m.start() for m in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text)]
    if not name or not places:
        return ()
    best = min(places, key=lambda p: abs(p - near.start))
    return (Span(best, best + len(name)),)


def people(library: Library, article: int) -> list[str]:
    """The names of those that an article's current reading knows."""
    found = library.connection.execute(
        "select distinct coalesce(m.name, e.name) from article a join reading r"
        " on r.version_id = a.version_id and r.current = 1"
        " join appearance p on p.reading_id = r.id join entity e on e.id = p.entity_id"
        " left join entity m on m.id = e.same_as where a.id = ? order by 1",
        (article,),
    )
    return [row[0] for row in found]
