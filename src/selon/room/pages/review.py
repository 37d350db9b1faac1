"""The pages of review: the queue, one statement's boundaries and speaker, a missed statement."""

from __future__ import annotations

import re
from typing import Annotated, Any, Final
from urllib.parse import urlencode

from litestar import Response, get, post
from litestar.enums import RequestEncodingType
from litestar.exceptions import NotFoundException
from litestar.params import Body
from litestar.response import Redirect

from selon.faults import SelonError
from selon.library import attach, codec, judge, reviewing
from selon.library.store import Library
from selon.records import FORMS, Span
from selon.room import agreeing, copying, doubting, frame, marking, stating
from selon.room.frame import Asked
from selon.room.signing import reviewer
from selon.show import account

Form = Annotated[dict[str, Any], Body(media_type=RequestEncodingType.URL_ENCODED)]
PAGE: Final = 20
QUEUES: Final = ("speaker", "words", "disputed", "orphans", "log")
_BACK: Final = re.compile(r"/(article|review)(/\d{1,12})?(\?[a-z=&\d]{1,40})?")
_UID: Final = re.compile(r"[0-9a-f-]{8,40}")
_FEW: Final = 100
_MANY: Final = 1000
# As many as an address holds.
_UNDONE: Final = 60


@get("/review", sync_to_thread=True)
def review(request: Asked) -> Response[str]:
    """What to judge next, what reviewers disagree on, what they did, what lost its place."""
    number = _page(request)
    with frame.holdings(request).reading() as library:
        counts = _counts(library)
        asked = request.query_params.get("queue", "")
        queue = asked if asked in QUEUES else "speaker" if counts["speaker"] else "words"
        content: dict[str, Any] = {"cards": [], "disputed": [], "orphans": [], "log": []}
        more = False
        if queue in ("speaker", "words"):
            cards, more = _cards(library, queue, number)
            content["cards"] = cards
        elif queue == "disputed":
            content |= _disputed(library)
        elif queue == "orphans":
            lost = attach.orphans(library.connection)[:_FEW]
            content["orphans"] = [{**o, "words": codec.unpack(o["anchor"])["exact"]} for o in lost]
        else:
            content["log"] = reviewing.log(library.connection, 100)
    return frame.page(
        request,
        "review",
        queue=queue,
        counts=counts,
        number=number,
        later=number + 1 if more else None,
        earlier=number - 1 if number > 1 else None,
        undoing=_uids(request.query_params.get("undo", "")),
        agreements=content.pop("agreements", []),
        forms=account.FORMS,
        writes=not frame.holdings(request).read_only,
        **content,
    )


def _counts(library: Library) -> dict[str, int]:
    """How much lies in each queue, as far as that is quickly told."""
    connection = library.connection
    return {
        "speaker": len(doubting.queue(connection, _MANY, 0)),
        "disputed": len(reviewing.disagreements(connection)),
        "orphans": len(attach.orphans(connection)),
    }


def _cards(library: Library, queue: str, number: int) -> tuple[list[dict[str, Any]], bool]:
    """A page of statements to judge, each with its sentence; and whether there are more."""
    connection, skip = library.connection, (number - 1) * PAGE
    if queue == "speaker":
        ids = doubting.queue(connection, PAGE + 1, skip)
        rows = reviewing.rows(connection, ids)
    else:
        rows = reviewing.queue(connection, PAGE + 1, skip)
    shown = rows[:PAGE]
    known = stating.links(library, [row["id"] for row in shown])
    doubts = doubting.doubtful(connection, known)
    cards = [
        {
            **stating.seen(row, known),
            "doubt": doubts.get(row["id"]),
            "who": doubting.candidates(connection, row["id"]) if queue == "speaker" else [],
            "copies": len(copying.copies(connection, row["id"])),
        }
        for row in shown
    ]
    return cards, len(rows) > PAGE


def _disputed(library: Library) -> dict[str, Any]:
    """Where reviewers differ, and how far each two of them agree."""
    found = reviewing.disagreements(library.connection)[:_FEW]
    rows = {r["id"]: r for r in reviewing.rows(library.connection, [s for s, _ in found])}
    return {
        "disputed": [(rows[s], laid) for s, laid in found if s in rows],
        "agreements": agreeing.agreements(library.connection),
    }


@get("/review/{number:int}", sync_to_thread=True)
def statement(request: Asked, number: int) -> Response[str]:
    """One statement's words to draw the boundaries anew, and its speaker."""
    with frame.holdings(request).reading() as library:
        row = _statement(library, number)
        people = marking.people(library, row["article_id"])
    spans = codec.spans(row["content_spans"])
    whole = Span(spans[0].start, spans[-1].end) if spans else Span(0, 0)
    return frame.page(
        request,
        "mark",
        door="review",
        row=row,
        article=row["article_id"],
        words=marking.words(row["text"], whole),
        chosen=whole,
        people=people,
        forms=(),
        writes=not frame.holdings(request).read_only,
    )


@get("/article/{number:int}/add", sync_to_thread=True)
def missed(request: Asked, number: int) -> Response[str]:
    """The whole text, to choose what the program missed."""
    with frame.holdings(request).reading() as library:
        text = _text(library, number)
        people = marking.people(library, number)
    words = marking.words(text)
    return frame.page(
        request,
        "mark",
        door="review",
        row=None,
        article=number,
        words=words,
        chosen=Span(words[0].start, words[0].end) if words else Span(0, 0),
        people=people,
        forms=FORMS,
        writes=not frame.holdings(request).read_only,
    )


@post("/review/statement", sync_to_thread=True)
def decide(request: Asked, data: Form) -> Response[Any]:
    """Accept or reject a statement, or undo judgements: `deed` says what and which.

    A verdict holds for the same words in copies of the article, too. A script is answered in JSON.
    """
    deed, _space, which = str(data.get("deed", "")).partition(" ")
    by, at, uids = reviewer(request, data), which, ""
    with frame.holdings(request).writing() as library:
        if deed in ("accept", "reject"):
            uids = " ".join(copying.judged(library, _number(which), deed == "accept", by))
        elif deed == "undo":
            at = _judged(library, which.split(" ")[0])
            for uid in which.split(" ")[:_FEW]:
                judge.undo(library, uid, f"human:{by}")
        else:
            _unknown(request)
    if "application/json" in request.headers.get("accept", ""):
        return Response({"uid": uids, "words": _says(request, deed, by, uids)})
    return _back(data, at)


@post("/review/bulk", sync_to_thread=True)
def decide_many(request: Asked, data: Form) -> Redirect:
    """Accept or reject all that were chosen; the page that follows can undo all of it."""
    frame.holdings(request).refuse_in_read_only()
    deed, by = str(data.get("deed", "")), reviewer(request, data)
    picked = data.get("pick") or []
    numbers = [_number(n) for n in (picked if isinstance(picked, list) else [picked])][:_FEW]
    if deed not in ("accept", "reject") or not numbers:
        raise SelonError(frame.tongue(request).gettext("Choose at least one statement."))
    with frame.holdings(request).writing() as library:
        uids = [u for n in numbers for u in copying.judged(library, n, deed == "accept", by)]
    queue = str(data.get("queue", ""))
    asked = {"queue": queue} if queue in QUEUES else {}
    query = urlencode({**asked, "undo": " ".join(uids[:_UNDONE])})
    return Redirect(f"/review?{query}", status_code=303)


def _says(request: Asked, deed: str, by: str, uids: str) -> str:
    """What was done, in the visitor's words."""
    say = frame.tongue(request)
    _ = say.gettext
    words = {"accept": _("Judged well read by {by}."), "reject": _("Rejected by {by}.")}
    told = words.get(deed, _("Undone by {by}.")).format(by=by)
    more = uids.count(" ")
    if more:
        told += " " + say.ngettext("{n} copy judged with it.", "{n} copies judged with it.", more)
    return told


@post("/review/{number:int}", sync_to_thread=True)
def change(request: Asked, number: int, data: Form) -> Redirect:
    """Draw a statement's boundaries anew, or say who speaks: `deed` is `content`, `speaker`, `nobody`."""
    by = reviewer(request, data)
    deed = data.get("deed")
    with frame.holdings(request).writing() as library:
        row = _statement(library, number)
        spans = codec.spans(row["content_spans"])
        if deed == "content":
            start, end = _number(data.get("start")), _number(data.get("end"))
            _ordered(request, start, end)
            judge.edit(library, number, marking.stretched(spans, start, end), by)
        elif deed == "nobody":
            judge.speaker(library, number, None, by)
        elif deed == "speaker":
            near = spans[0] if spans else Span(0, 0)
            judge.speaker(library, number, _who(request, library, data, (row["text"], near)), by)
        else:
            _unknown(request)
    if data.get("back"):
        return _back(data, str(number))
    return Redirect(f"/article/{row['article_id']}#s{number}", status_code=303)


@post("/article/{number:int}/add", sync_to_thread=True)
def add(request: Asked, number: int, data: Form) -> Redirect:
    """Add what the program missed: its words, its form, and maybe its speaker."""
    start, end = _number(data.get("start")), _number(data.get("end"))
    _ordered(request, start, end)
    made: dict[str, Any] = {"form": str(data.get("form")), "content": [[start, end]]}
    with frame.holdings(request).writing() as library:
        text = _text(library, number)
        if str(data.get("speaker") or "").strip():
            who = _who(request, library, data, (text, Span(start, end)))
            made["speaker"] = {**who, "spans": [[s.start, s.end] for s in who.get("spans", ())]}
        uid = judge.add_missed(library, number, made, reviewer(request, data))
        at = _judged(library, uid)
    return Redirect(f"/article/{number}#s{at}", status_code=303)


def _uids(given: str) -> list[str]:
    """The judgements that an address offers to undo."""
    return [u for u in given.split(" ")[:_UNDONE] if _UID.fullmatch(u)]


def _judged(library: Library, uid: str) -> str:
    """The number of the statement over which a judgement lies; nothing where it lies over none."""
    row = library.connection.execute(
        "select t.statement_id from attachment t join judgement j on j.id = t.judgement_id"
        " where j.uid = ? order by t.reading_id desc",
        (uid,),
    ).fetchone()
    return str(row[0] or "") if row else ""


def _statement(library: Library, number: int) -> dict[str, Any]:
    row = library.connection.execute(
        "select s.*, v.text, a.title from statement s join reading r on r.id = s.reading_id"
        " join version v on v.id = r.version_id join article a on a.id = s.article_id"
        " where s.id = ?",
        (number,),
    ).fetchone()
    if row is None:
        raise NotFoundException
    return dict(row)


def _text(library: Library, article: int) -> str:
    row = library.connection.execute(
        "select v.text from article a join version v on v.id = a.version_id where a.id = ?",
        (article,),
    ).fetchone()
    if row is None:
        raise NotFoundException
    return str(row[0])


def _who(
    request: Asked, library: Library, data: dict[str, Any], at: tuple[str, Span]
) -> dict[str, Any]:
    given = " ".join(str(data.get("speaker", "")).split())[:200]
    if not given:
        _unknown(request)
    who = judge.person(library, given)
    return {**who, "spans": marking.named(at[0], who["name"], at[1])}


def _back(data: dict[str, Any], which: str) -> Redirect:
    back = str(data.get("back", ""))
    path = back if _BACK.fullmatch(back) else "/review"
    mark = f"s{which}" if path.startswith("/article") else "next"
    return Redirect(f"{path}#{mark}", status_code=303)


def _number(given: Any) -> int:
    value = str(given)
    return int(value) if value.isascii() and value.isdigit() and len(value) < 13 else -1


def _ordered(request: Asked, start: int, end: int) -> None:
    if not 0 <= start < end:
        raise SelonError(frame.tongue(request).gettext("Choose at least one word."))


def _unknown(request: Asked) -> None:
    raise SelonError(frame.tongue(request).gettext("The form is incomplete."))


def _page(request: Asked) -> int:
    page = request.query_params.get("page", "1")
    return max(int(page), 1) if page.isascii() and page.isdigit() and len(page) < 6 else 1


ROUTES: Final[list[Any]] = [review, statement, missed, decide, decide_many, change, add]
