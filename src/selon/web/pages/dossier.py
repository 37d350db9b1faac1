"""The pages `/dossier`: claims under work, with what bears on them, sources, notes and history."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Annotated, Any, Final

import orjson
from litestar import Response, get, post
from litestar.enums import RequestEncodingType
from litestar.exceptions import NotFoundException
from litestar.params import Body, FromPath
from litestar.response import Redirect

from selon.errors import SelonError
from selon.library import review_queue
from selon.library.store import Library
from selon.reuse.lexicon import lexicon
from selon.reuse.reused_quotes import ReusedQuote, folded_words
from selon.reuse.similarity import measure
from selon.reuse.store import ReuseStore
from selon.web import claim_review, days, dossiers, statement_links, templating
from selon.web.dossier_table import dossier_csv
from selon.web.dossiers import (
    BEARINGS,
    FINDINGS,
    MAX_CHARS,
    SOURCES,
    STATUSES,
    Dossier,
    DossierEntry,
)
from selon.web.reviewer import reviewer
from selon.web.templating import Asked
from selon.web.versions import MAX_STATEMENTS, versions

Form = Annotated[dict[str, Any], Body(media_type=RequestEncodingType.URL_ENCODED)]
# Statements whose words are near to the claim's, offered to be taken in.
MAX_SIMILAR: Final = 8


@get("/dossier", sync_to_thread=True)
def all_(request: Asked) -> Response[str]:
    """All dossiers, and the form that opens one; with a statement to be put into one of them."""
    given = request.query_params
    number = _number(given.get("statement"))
    with templating.library_of(request).reading() as library:
        rows = review_queue.rows(library.connection, [number]) if number else []
        row = (
            statement_links.statement_view(rows[0], statement_links.links(library, [number]))
            if rows
            else None
        )
        found = dossiers.dossiers(library.connection)
    return templating.page(
        request,
        "dossiers",
        door="dossier",
        found=found,
        row=row,
        claim=given.get("claim", "")[:MAX_CHARS] or (row["content"] if row else ""),
        speaker=given.get("speaker", "")[:200] or ((row["speaker"] or "") if row else ""),
        bearings=BEARINGS,
        writes=not templating.library_of(request).read_only,
    )


@post("/dossier", sync_to_thread=True)
def open_dossier(request: Asked, data: Form) -> Redirect:
    """Open a dossier on a claim, with the statement that gave the occasion."""
    templating.library_of(request).refuse_in_read_only()
    by, claim = reviewer(request, data), " ".join(str(data.get("claim") or "").split())
    if not claim:
        raise SelonError(
            templating.locale_of(request).gettext("Give the words to be checked first.")
        )
    with templating.library_of(request).writing() as library:
        number = dossiers.open_dossier(
            library, claim, " ".join(str(data.get("speaker") or "").split()), by
        )
        statement = _number(data.get("statement"))
        if statement:
            kept = dossiers.statement(library.connection, statement, BEARINGS[2])
            dossiers.add_entry(library, number, "statement", kept, by)
    return Redirect(f"/dossier/{number}", status_code=303)


@get("/dossier/{number:int}", sync_to_thread=True)
def one(request: Asked, number: FromPath[int]) -> Response[str]:
    """A dossier: where it stands, what bears on it, and everything that can be done about it."""
    return _page(request, number)


@get("/dossier/{number:int}/share", sync_to_thread=True)
def shared_page(request: Asked, number: FromPath[int]) -> Response[str]:
    """A dossier to be sent and printed: without forms and history; notes where `notes` asks."""
    return _page(request, number, share=True)


@get("/dossier/{number:int}/table", sync_to_thread=True)
def export_table(request: Asked, number: FromPath[int]) -> Response[bytes]:
    """What bears on the claim, its versions and the sources as CSV; with `bears`, only what does so."""
    with templating.library_of(request).reading() as library:
        found = _with_bearing(_load(library, number), _bears(request))
        beside = versions(library, _current_rows(found), None)
    data = dossier_csv(found, beside, templating.locale_of(request))
    return templating.file_response(data, f"dossier-{number}.csv", "text/csv")


@get("/dossier/{number:int}/claimreview", sync_to_thread=True)
def export_claim_review(request: Asked, number: FromPath[int]) -> Response[bytes]:
    """A dossier as schema.org's ClaimReview."""
    with templating.library_of(request).reading() as library:
        found = _load(library, number)
    made = claim_review.claim_review(found, templating.locale_of(request))
    data = orjson.dumps(made, option=orjson.OPT_INDENT_2)
    return templating.file_response(data, f"claimreview-{number}.json", "application/ld+json")


@post("/dossier/{number:int}", sync_to_thread=True)
def change(request: Asked, number: FromPath[int], data: Form) -> Redirect | Response[str]:
    """Add an entry, take one back, or let a statement bear otherwise: `deed` says which."""
    templating.library_of(request).refuse_in_read_only()
    by, at = reviewer(request, data), ""
    deed, _space, which = str(data.get("deed") or "").partition(" ")
    if deed == "source" and (wrong := _wrong_source(request, data)):
        # The form stays as it was sent, with what to mend.
        return _page(request, number, wrong=wrong, given=_source_fields(data))
    with templating.library_of(request).writing() as library:
        if deed == "undo":
            dossiers.undo(library, number, _number(which), by)
        elif deed == "bears":
            entry, _space, bears = which.partition(" ")
            bears = bears if bears in BEARINGS else BEARINGS[2]
            dossiers.change_bearing(library, number, _number(entry), bears, by)
            at = "#statements"
        elif deed == "state":
            _state(library, number, data, by)
        elif deed in ("note", "source", "statement", "summary", "claim"):
            value = _value(request, library, deed, data)
            dossiers.add_entry(library, number, deed, value, by)
            at = f"#{deed}s" if deed in dossiers.REPEATED_KINDS else ""
        else:
            raise NotFoundException
    return Redirect(f"/dossier/{number}{at}", status_code=303)


def _state(library: Library, number: int, data: dict[str, Any], by: str) -> None:
    """Where it stands, what was found, who works on it: an entry for each that has changed."""
    found = dossiers.dossier(library.connection, number)
    if found is None:
        raise NotFoundException
    given = {
        k: " ".join(str(data.get(k) or "").split())[:200] for k in ("status", "finding", "holder")
    }
    allowed = {"status": STATUSES, "finding": FINDINGS}
    for kind, value in given.items():
        if value != getattr(found, kind) and (kind not in allowed or value in allowed[kind]):
            dossiers.add_entry(library, number, kind, value, by)


def _value(request: Asked, library: Library, kind: str, data: dict[str, Any]) -> Any:
    """What an entry holds, as the form gives it; raises `SelonError` where it lacks something."""
    _ = templating.locale_of(request).gettext
    if kind == "statement":
        return dossiers.statement(
            library.connection, _number(data.get("statement")), _bearing(data)
        )
    if kind == "source":
        given = _source_fields(data)
        url = statement_links.url_as_typed(given["url"])
        seen = days.day(given["seen"], date.today()) or ""
        return {**given, "title": given["title"] or url, "url": url, "seen": seen}
    words = str(data.get("words") or "").strip()[:MAX_CHARS]
    if not words:
        raise SelonError(_("Write something first."))
    return words


def _bearing(data: dict[str, Any]) -> str:
    bears = str(data.get("bears") or "")
    return bears if bears in BEARINGS else BEARINGS[2]


def _source_fields(data: dict[str, Any]) -> dict[str, str]:
    """A source as it was typed, each field on one line."""
    most = {"title": 300, "url": 2_000, "says": MAX_CHARS, "seen": 40, "kind": 40}
    given = {k: " ".join(str(data.get(k) or "").split())[:n] for k, n in most.items()}
    return given | {"kind": given["kind"] if given["kind"] in SOURCES else ""}


def _wrong_source(request: Asked, data: dict[str, Any]) -> dict[str, str]:
    """What is to be corrected in the form of a source, field by field."""
    _ = templating.locale_of(request).gettext
    given, wrong = _source_fields(data), {}
    if not given["title"] and not given["url"]:
        wrong["title"] = _("Say what the source is, or give its address.")
    if given["url"] and not statement_links.url_as_typed(given["url"]):
        wrong["url"] = _("This is no address of the web: it begins like https://example.org/page.")
    if given["seen"] and not days.day(given["seen"], date.today()):
        wrong["seen"] = _("This is no date: write it like 28/06/2026, June 2026 or yesterday.")
    return wrong


def _load(library: Library, number: int) -> Dossier:
    """A dossier with its statements as they stand now; 404 where there is none."""
    found = dossiers.dossier(library.connection, number)
    if found is None:
        raise NotFoundException
    rows = {e.number: dossiers.current_row(library.connection, e.value) for e in found.statements}
    links = statement_links.links(library, [row for row in rows.values() if row])
    shown = {
        row["id"]: statement_links.statement_view(row, links)
        for row in review_queue.rows(library.connection, list(links))
    }
    return replace(
        found,
        statements=tuple(
            _current_entry(e, shown.get(rows[e.number] or 0)) for e in found.statements
        ),
        # Whatever put it there: only an address of the web is ever a link.
        sources=tuple(
            replace(e, value={"kind": "", "seen": "", **e.value, "url": _address(e.value)})
            for e in found.sources
        ),
    )


def _current_entry(entry: DossierEntry, row: dict[str, Any] | None) -> DossierEntry:
    """A statement's entry with its row as it stands now, or as it was kept where it is gone."""
    kept = {**entry.value, "before": "", "after": "", "person": None, "original": "", "voice": None}
    kept |= {"form": "", "addressees": None, "gone": row is None}
    return replace(entry, value={**kept, **(row or {}), "bears": entry.value["bears"]})


def _similar_statements(library: Library, found: Dossier, taken: set[int]) -> list[dict[str, Any]]:
    """Statements whose words are near to the claim's, the nearest first; not those taken in."""
    mine, known = folded_words(found.claim), lexicon(None)

    def likeness(one: ReusedQuote) -> tuple[int, float]:
        share, _run, telling = measure(mine, folded_words(one.words, one.language), known)
        return telling, share

    near = [s for s in ReuseStore(library).near(found.claim) if int(s.id) not in taken]
    near.sort(key=likeness, reverse=True)
    ids = [int(s.id) for s in near[:MAX_SIMILAR]]
    links = statement_links.links(library, ids)
    rows = {row["id"]: row for row in review_queue.rows(library.connection, ids)}
    return [statement_links.statement_view(rows[id_], links) for id_ in ids if id_ in rows]


def _address(value: dict[str, Any]) -> str:
    return statement_links.original_url(str(value.get("url") or ""))


def _bears(request: Asked) -> str:
    """How that bears which is asked for; empty for all of it."""
    asked = request.query_params.get("bears", "")
    return asked if asked in BEARINGS else ""


def _with_bearing(found: Dossier, bears: str) -> Dossier:
    """A dossier with those of its statements that bear so."""
    kept = tuple(e for e in found.statements if not bears or e.value["bears"] == bears)
    return replace(found, statements=kept)


def _current_rows(found: Dossier) -> list[int]:
    """The rows of the statements that still stand in their articles."""
    return [e.value["id"] for e in found.statements if not e.value["gone"]]


def _articles(entries: Sequence[DossierEntry]) -> list[dict[str, Any]]:
    """The articles that the statements stand in, with how often each bears in which way."""
    kept: dict[int, dict[str, Any]] = {}
    for value in (e.value for e in entries):
        one = kept.setdefault(value["article_id"], {**value, "counts": Counter()})
        one["counts"][value["bears"]] += 1
    return sorted(kept.values(), key=lambda a: (a["published"] or "9", a["article_id"]))


def _page(
    request: Asked,
    number: int,
    *,
    share: bool = False,
    wrong: dict[str, str] | None = None,
    given: dict[str, str] | None = None,
) -> Response[str]:
    """The page of a dossier; `wrong` and `given` are of the form of a source that was sent."""
    bears = _bears(request)
    with templating.library_of(request).reading() as library:
        whole = _load(library, number)
        found = _with_bearing(whole, bears)
        taken = {e.value["id"]: e.value["bears"] for e in whole.statements}
        near = [] if share else _similar_statements(library, whole, set(taken))
        beside = versions(library, _current_rows(found))
    return templating.page(
        request,
        "dossier",
        400 if wrong else 200,
        door="dossier",
        d=found,
        share=share,
        bears=bears,
        counts=Counter(e.value["bears"] for e in whole.statements),
        versions=beside,
        versions_of=MAX_STATEMENTS if len(_current_rows(found)) > MAX_STATEMENTS else 0,
        taken=taken,
        near=near,
        articles=_articles(found.statements),
        with_notes=share and "notes" in request.query_params,
        writes=not share and not templating.library_of(request).read_only,
        wrong=wrong or {},
        given=given or _source_fields({}),
        statuses=STATUSES,
        findings=FINDINGS,
        bearings=BEARINGS,
        source_kinds=SOURCES,
    )


def _number(given: Any) -> int:
    value = str(given or "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 13 else 0


ROUTES: Final[list[Any]] = [
    *(all_, open_dossier, one, shared_page, export_table, export_claim_review, change),
]
