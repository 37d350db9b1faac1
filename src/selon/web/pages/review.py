"""The pages of review: what to judge next, by whom it was judged, many judged at once."""

from __future__ import annotations

import re
from typing import Any, Final
from urllib.parse import urlencode

from litestar import Response, get, post
from litestar.response import Redirect

from selon.errors import SelonError
from selon.library import article_edits, judge, reattach, review_queue, serialization
from selon.library.store import Library
from selon.show import account
from selon.web import agreement, copies, doubt_queue, posted, ruling, statement_links, templating
from selon.web.posted import Form
from selon.web.reviewer import reviewer, signature
from selon.web.templating import Asked

PAGE: Final = 20
QUEUES: Final = ("speaker", "words", "rule", "disputed", "orphans", "log")
_BATCH: Final = re.compile(r"b\d{1,15}-\d{1,15}", re.ASCII)
_UID: Final = re.compile(r"[0-9a-f-]{8,40}")
_FEW: Final = 100
_MANY: Final = 1000
# As many as an address holds.
_UNDONE: Final = 60


@get("/review", sync_to_thread=True)
def review(request: Asked) -> Response[str]:
    """What to judge next, what reviewers disagree on, what they did, what lost its place."""
    number = _page(request)
    with templating.library_of(request).reading() as library:
        counts = _counts(library)
        asked = request.query_params.get("queue", "")
        queue = asked if asked in QUEUES else "speaker" if counts["speaker"] else "words"
        content: dict[str, Any] = {n: [] for n in ("cards", "disputed", "orphans", "log", "deeds")}
        content |= {
            "chosen": ruling.selection_of_form(request.query_params),
            "rules": [],
            "many": 0,
        }
        more = False
        if queue in ("speaker", "words"):
            content["cards"], more = _cards(library, queue, number)
        elif queue == "rule":
            content |= _by_rule(library, content["chosen"])
        elif queue == "disputed":
            content |= _disputed_statements(library)
        elif queue == "orphans":
            lost = reattach.orphans(library.connection)[:_FEW]
            content["orphans"] = [
                {**o, "words": serialization.unpack(o["anchor"])["exact"]} for o in lost
            ]
        else:
            content["log"] = review_queue.log(library.connection, 100)
            content["deeds"] = article_edits.changes(library.connection)[:_FEW]
        undoing = _undo_offer(library, request.query_params.get("undo", ""), signature(request))
    return templating.page(
        request,
        "review",
        queue=queue,
        counts=counts,
        number=number,
        later=number + 1 if more else None,
        earlier=number - 1 if number > 1 else None,
        undoing=undoing,
        agreements=content.pop("agreements", []),
        forms=account.FORMS,
        writes=not templating.library_of(request).read_only,
        **content,
    )


def _counts(library: Library) -> dict[str, int]:
    """How much lies in each queue, as far as that is quickly told."""
    connection = library.connection
    return {
        "speaker": len(doubt_queue.doubt_queue(connection, _MANY, 0)),
        "disputed": len(review_queue.disagreements(connection)),
        "orphans": len(reattach.orphans(connection)),
    }


def _cards(library: Library, queue: str, number: int) -> tuple[list[dict[str, Any]], bool]:
    """A page of statements to judge, each with its sentence; and whether there are more."""
    connection, skip = library.connection, (number - 1) * PAGE
    if queue == "speaker":
        ids = doubt_queue.doubt_queue(connection, PAGE + 1, skip)
        rows = review_queue.rows(connection, ids)
    else:
        rows = review_queue.queue(connection, PAGE + 1, skip)
    return _card_rows(library, rows[:PAGE], queue == "speaker"), len(rows) > PAGE


def _card_rows(
    library: Library, rows: list[dict[str, Any]], candidates: bool = False
) -> list[dict[str, Any]]:
    """Statements as cards: with their sentence, doubts and copies; and who else may speak."""
    connection = library.connection
    known = statement_links.links(library, [row["id"] for row in rows])
    doubts = doubt_queue.doubtful_scores(connection, known)
    return [
        {
            **statement_links.statement_view(row, known),
            "doubt": doubts.get(row["id"]),
            "who": doubt_queue.candidates(connection, row["id"]) if candidates else [],
            "copies": len(copies.copies(connection, row["id"])),
        }
        for row in rows
    ]


def _by_rule(library: Library, chosen: ruling.BulkSelection) -> dict[str, Any]:
    """The statements that a rule found, as far as they are shown; and how many there are."""
    connection = library.connection
    ids = ruling.statements(connection, chosen) if chosen.narrowed else []
    return {
        "rules": ruling.rules(connection),
        "many": len(ids),
        "cards": _card_rows(library, review_queue.rows(connection, ids[:PAGE])),
    }


def _disputed_statements(library: Library) -> dict[str, Any]:
    """Where reviewers differ, and how far each two of them agree."""
    found = review_queue.disagreements(library.connection)[:_FEW]
    rows = {r["id"]: r for r in review_queue.rows(library.connection, [s for s, _ in found])}
    return {
        "disputed": [(rows[s], laid) for s, laid in found if s in rows],
        "agreements": agreement.agreements(library.connection),
    }


@post("/review/statement", sync_to_thread=True)
def decide(request: Asked, data: Form) -> Response[Any]:
    """Accept or reject a statement, or undo judgements: `deed` says what and which.

    A verdict holds for the same words in copies of the article, too. A script is answered in JSON.
    """
    deed, _space, which = str(data.get("deed", "")).partition(" ")
    by, at, uids = reviewer(request, data), which, ""
    with templating.library_of(request).writing() as library:
        if deed in ("accept", "reject"):
            uids = " ".join(
                copies.judge_with_copies(library, posted.number(which), deed == "accept", by)
            )
        elif deed == "undo":
            at = review_queue.judged_statement(library.connection, which.split(" ")[0])
            many = ruling.judgements_in_range(library.connection, which, by)
            for uid in many or which.split(" ")[:_FEW]:
                judge.undo(library, uid, f"human:{by}")
        else:
            posted.refuse_incomplete(request)
    if "application/json" in request.headers.get("accept", ""):
        return Response({"uid": uids, "words": _message(request, deed, by, uids)})
    return posted.redirect_back(data, at)


@post("/review/bulk", sync_to_thread=True)
def decide_many(request: Asked, data: Form) -> Redirect:
    """Accept or reject all that were chosen; the page that follows can undo all of it."""
    templating.library_of(request).refuse_in_read_only()
    deed, by = str(data.get("deed", "")), reviewer(request, data)
    picked = data.get("pick") or []
    numbers = [posted.number(n) for n in (picked if isinstance(picked, list) else [picked])][:_FEW]
    if deed not in ("accept", "reject") or not numbers:
        raise SelonError(templating.locale_of(request).gettext("Choose at least one statement."))
    return _judged_statement(request, numbers, deed == "accept", by, str(data.get("queue", "")))


@post("/review/rule", sync_to_thread=True)
def decide_by_rule(request: Asked, data: Form) -> Redirect:
    """Accept or reject all that a rule, a form, an outlet or a score chooses, and nobody has judged."""
    templating.library_of(request).refuse_in_read_only()
    deed, by = str(data.get("deed", "")), reviewer(request, data)
    chosen = ruling.selection_of_form({k: str(v) for k, v in data.items()})
    if deed not in ("accept", "reject") or not chosen.narrowed:
        raise SelonError(
            templating.locale_of(request).gettext("First say which statements you mean.")
        )
    with templating.library_of(request).reading() as library:
        numbers = ruling.statements(library.connection, chosen)
    return _judged_statement(request, numbers, deed == "accept", by, "rule")


def _judged_statement(
    request: Asked, numbers: list[int], well: bool, by: str, queue: str
) -> Redirect:
    """Judge them with their copies; the page that follows can undo all of it."""
    uids: list[str] = []
    with templating.library_of(request).writing() as library:
        done: set[int] = set()
        for number in numbers:
            # A copy may have been judged with the one before it.
            if number not in done:
                done.update(copies.copies(library.connection, number))
                uids += copies.judge_with_copies(library, number, well, by)
        offered = " ".join(uids)
        if len(uids) > _UNDONE:
            offered = ruling.judgement_range(library.connection, uids)
    asked = {"queue": queue} if queue in QUEUES else {}
    return Redirect(f"/review?{urlencode({**asked, 'undo': offered})}", status_code=303)


def _message(request: Asked, deed: str, by: str, uids: str) -> str:
    """What was done, in the visitor's words."""
    say = templating.locale_of(request)
    _ = say.gettext
    words = {"accept": _("Judged well read by {by}."), "reject": _("Rejected by {by}.")}
    told = words.get(deed, _("Undone by {by}.")).format(by=by)
    more = uids.count(" ")
    if more:
        told += " " + say.ngettext("{n} copy judged with it.", "{n} copies judged with it.", more)
    return told


def _undo_offer(library: Library, given: str, by: str) -> tuple[str, int]:
    """What an address offers to undo, and how many judgements that are."""
    if _BATCH.fullmatch(given):
        many = len(ruling.judgements_in_range(library.connection, given, by))
        return (given, many) if many else ("", 0)
    uids = [u for u in given.split(" ")[:_UNDONE] if _UID.fullmatch(u)]
    return " ".join(uids), len(uids)


def _page(request: Asked) -> int:
    page = request.query_params.get("page", "1")
    return max(int(page), 1) if page.isascii() and page.isdigit() and len(page) < 6 else 1


ROUTES: Final[list[Any]] = [review, decide, decide_many, decide_by_rule]
