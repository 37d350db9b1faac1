"""What a visitor corrects of a statement, laid over it and over its copies on the wire.

All is understood before anything is written: a name that may be several people is refused first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

from selon.errors import SelonError
from selon.i18n import catalogue
from selon.library import correcting, judge, serialization
from selon.library.store import Library
from selon.records import FORMS, STANCES, Span, Spans
from selon.spans import text_of
from selon.web import copies, days, text_selection

# Lays one judgement over a statement; nothing where the statement cannot bear it.
Correction = Callable[[Library, int, str], str | None]
Row = Mapping[str, Any]
_BETWEEN: Final = (";", "›", "\n")
MAX_NAMES: Final = 12


def record_corrections(
    library: Library, statement: int, deeds: Sequence[Correction], by: str
) -> list[str]:
    """Lay the corrections over a statement and its copies; the judgements' uids."""
    beside = copies.copies(library.connection, statement, alike=True)
    laid = [deed(library, one, by) for one in (statement, *beside) for deed in deeds]
    return [uid for uid in laid if uid]


def changed_fields(
    library: Library, row: Row, given: Mapping[str, str], lang: str
) -> dict[str, Correction]:
    """The deeds that make a statement what a form says, by the name of the field; none for what is so."""
    found: dict[str, Correction] = {}
    for name, choice in (("form", FORMS), ("stance", STANCES)):
        if name in given and given[name] != row[name] and given[name] in choice:
            found[name] = _field_change(name, given[name])
    if "said" in given and given["said"] != (row["said"] or ""):
        day = _day(given["said"], lang)
        if day != row["said"]:
            found["said"] = _field_change("said", day)
    if "speaker" in given and given["speaker"] != (row["speaker"] or ""):
        found["speaker"] = speaker(library, row, given["speaker"])
    for name, column in (("addressee", "addressees"), ("via", "via")):
        if name in given and _names(given[name]) != _names(row[column] or ""):
            found[name] = _parties(library, row, name, _names(given[name]))
    return found


def speaker(library: Library, row: Row, name: str) -> Correction:
    """Somebody of this name speaks; nobody, where it is empty."""
    who = person(library, row["article_id"], name) if name else None

    def deed(library: Library, statement: int, by: str) -> str:
        here = who and {**who, "spans": _mention_near(library, statement, who["name"])}
        return judge.speaker(library, statement, here, by)

    return deed


def content(row: Row, spans: Spans) -> Correction:
    """These are the words; in a copy they stand as much further on as the whole statement does."""
    first = serialization.spans(row["content_spans"])

    def deed(library: Library, statement: int, by: str) -> str | None:
        if statement == row["id"]:
            return judge.edit(library, statement, spans, by)
        other = judge.statement_row(library.connection, statement)
        there = serialization.spans(other["content_spans"])
        if not first or not there:
            return None
        shift = there[0].start - first[0].start
        moved = tuple(Span(s.start + shift, s.end + shift) for s in spans)
        same = text_of(moved, other["text"]) == text_of(spans, row["text"])
        return judge.edit(library, statement, moved, by) if same else None

    return deed


def person(library: Library, article: int, name: str) -> dict[str, Any]:
    """Who a name means in an article: one of its own people first, then the library's."""
    found = library.connection.execute(
        "select distinct h.key, h.type, h.name, h.kb from article a join reading r"
        " on r.version_id = a.version_id and r.current = 1"
        " join appearance p on p.reading_id = r.id join entity e on e.id = p.entity_id"
        " join entity h on h.id = coalesce(e.same_as, e.id) where a.id = ? and h.name = ?",
        (article, name),
    ).fetchall()
    return dict(found[0]) if len(found) == 1 else judge.person(library, name)


def parse_spans(given: str) -> Spans:
    """The stretches that `120-180, 200-240` says, in their order; nothing for what says none."""
    try:
        pairs = [part.split("-") for part in given.replace(" ", "").split(",") if part]
        spans = sorted(Span(int(a), int(b)) for a, b in pairs)
    except ValueError:
        return ()
    return tuple(_merge_spans(spans)) if all(0 <= s.start < s.end for s in spans) else ()


def _merge_spans(spans: Sequence[Span]) -> Iterator[Span]:
    """Stretches without those that meet or touch."""
    held: Span | None = None
    for span in spans:
        if held and span.start <= held.end:
            held = Span(held.start, max(held.end, span.end))
        else:
            if held:
                yield held
            held = span
    if held:
        yield held


def _field_change(name: str, value: str | None) -> Correction:
    def deed(library: Library, statement: int, by: str) -> str:
        if name == "said":
            return correcting.correct_day(library, statement, value, by)
        lays = correcting.form if name == "form" else correcting.stance
        return lays(library, statement, value or "", by)

    return deed


def _parties(library: Library, row: Row, role: str, names: Sequence[str]) -> Correction:
    people = [person(library, row["article_id"], name) for name in names]
    lays = correcting.addressees if role == "addressee" else correcting.relays

    def deed(library: Library, statement: int, by: str) -> str:
        here = [{**who, "spans": _mention_near(library, statement, who["name"])} for who in people]
        return lays(library, statement, here, by)

    return deed


def _mention_near(library: Library, statement: int, name: str) -> Spans:
    row = judge.statement_row(library.connection, statement)
    spans = serialization.spans(row["content_spans"])
    return text_selection.nearest_mention(row["text"], name, spans[0] if spans else Span(0, 0))


def _names(given: str) -> list[str]:
    for mark in _BETWEEN[1:]:
        given = given.replace(mark, _BETWEEN[0])
    names = [" ".join(part.split()) for part in given.split(_BETWEEN[0])]
    return [name for name in names if name][:MAX_NAMES]


def _day(given: str, lang: str) -> str | None:
    if not given:
        return None
    day = days.day(given, date.today())
    if day is None:
        _ = catalogue(lang).gettext
        words = _("“{date}” is no date: write 28/06/2026, June 2026 or 2026.")
        raise SelonError(words.format(date=given))
    return day
