"""The pages `/dossier`: claims under work, with what bears on them, sources, notes and history."""

from __future__ import annotations

from dataclasses import replace
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
from selon.reuse.store import ReuseStore
from selon.web import claim_review, dossiers, statement_links, templating
from selon.web.dossiers import BEARINGS, FINDINGS, LONGEST, STATUSES, Dossier, DossierEntry
from selon.web.reviewer import reviewer
from selon.web.templating import Asked

Form = Annotated[dict[str, Any], Body(media_type=RequestEncodingType.URL_ENCODED)]
# Statements whose words are near to the claim's, offered to be taken in.
NEAR: Final = 8


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
        claim=given.get("claim", "")[:LONGEST] or (row["content"] if row else ""),
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
        number = dossiers.open_(
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
    with templating.library_of(request).reading() as library:
        found = _load(library, number)
        taken = {e.value["id"] for e in found.statements}
        near = _similar_statements(library, found, taken)
    return _page(request, found, near=near, writes=not templating.library_of(request).read_only)


@get("/dossier/{number:int}/share", sync_to_thread=True)
def shared_page(request: Asked, number: FromPath[int]) -> Response[str]:
    """A dossier to be sent and printed: without forms, notes and history."""
    with templating.library_of(request).reading() as library:
        found = _load(library, number)
    return _page(request, found, near=[], writes=False, share=True)


@get("/dossier/{number:int}/claimreview", sync_to_thread=True)
def export_claim_review(request: Asked, number: FromPath[int]) -> Response[bytes]:
    """A dossier as schema.org's ClaimReview."""
    with templating.library_of(request).reading() as library:
        found = _load(library, number)
    made = claim_review.claim_review(found, templating.locale_of(request))
    data = orjson.dumps(made, option=orjson.OPT_INDENT_2)
    return templating.file_response(data, f"claimreview-{number}.json", "application/ld+json")


@post("/dossier/{number:int}", sync_to_thread=True)
def change(request: Asked, number: FromPath[int], data: Form) -> Redirect:
    """Add an entry, or take one back: `deed` says which."""
    templating.library_of(request).refuse_in_read_only()
    by, at = reviewer(request, data), ""
    deed, _space, which = str(data.get("deed") or "").partition(" ")
    with templating.library_of(request).writing() as library:
        if deed == "undo":
            dossiers.undo(library, number, _number(which), by)
        elif deed == "state":
            _state(library, number, data, by)
        elif deed in ("note", "source", "statement", "summary", "claim"):
            value = _value(request, library, deed, data)
            dossiers.add_entry(library, number, deed, value, by)
            at = f"#{deed}s" if deed in dossiers.MANY else ""
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
        bears = str(data.get("bears") or "")
        bears = bears if bears in BEARINGS else BEARINGS[2]
        return dossiers.statement(library.connection, _number(data.get("statement")), bears)
    if kind == "source":
        title = " ".join(str(data.get("title") or "").split())[:300]
        url = statement_links.original(str(data.get("url") or "").strip())
        if not title and not url:
            raise SelonError(_("Say what the source is, or give its address."))
        says = " ".join(str(data.get("says") or "").split())[:LONGEST]
        return {"title": title or url, "url": url, "says": says}
    words = str(data.get("words") or "").strip()[:LONGEST]
    if not words:
        raise SelonError(_("Write something first."))
    return words


def _load(library: Library, number: int) -> Dossier:
    """A dossier with its statements as they stand now; 404 where there is none."""
    found = dossiers.dossier(library.connection, number)
    if found is None:
        raise NotFoundException
    rows = {e.number: dossiers.now_at(library.connection, e.value) for e in found.statements}
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
            replace(e, value={**e.value, "url": statement_links.original(e.value["url"])})
            for e in found.sources
        ),
    )


def _current_entry(entry: DossierEntry, row: dict[str, Any] | None) -> DossierEntry:
    """A statement's entry with its row as it stands now, or as it was kept where it is gone."""
    kept = {**entry.value, "before": "", "after": "", "person": None, "original": "", "voice": None}
    kept |= {"form": "", "addressees": None, "gone": row is None}
    return replace(entry, value={**kept, **(row or {}), "bears": entry.value["bears"]})


def _similar_statements(library: Library, found: Dossier, taken: set[int]) -> list[dict[str, Any]]:
    """Statements whose words are near to the claim's, those taken in already left out."""
    ids = [int(s.id) for s in ReuseStore(library).near(found.claim) if int(s.id) not in taken][
        :NEAR
    ]
    links = statement_links.links(library, ids)
    return [
        statement_links.statement_view(row, links)
        for row in review_queue.rows(library.connection, ids)
    ]


def _page(request: Asked, found: Dossier, *, share: bool = False, **content: Any) -> Response[str]:
    return templating.page(
        request,
        "dossier",
        door="dossier",
        d=found,
        share=share,
        statuses=STATUSES,
        findings=FINDINGS,
        bearings=BEARINGS,
        base=str(request.base_url).rstrip("/"),
        **content,
    )


def _number(given: Any) -> int:
    value = str(given or "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 13 else 0


ROUTES: Final[list[Any]] = [all_, open_dossier, one, shared_page, export_claim_review, change]
