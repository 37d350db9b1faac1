"""The pages of review: the queue, one statement's boundaries and speaker, a missed statement."""

from __future__ import annotations

import re
from typing import Annotated, Any, Final
from urllib.parse import quote

from litestar import Response, get, post
from litestar.datastructures import Cookie
from litestar.enums import RequestEncodingType
from litestar.exceptions import NotFoundException
from litestar.params import Body
from litestar.response import Redirect

from selon.faults import SelonError
from selon.library import attach, codec, judge, reviewing
from selon.library.store import Library
from selon.records import FORMS, Span
from selon.room import frame, marking
from selon.room.frame import Asked
from selon.room.signing import COOKIE, LONGEST, reviewer

Form = Annotated[dict[str, Any], Body(media_type=RequestEncodingType.URL_ENCODED)]
PAGE: Final = 20
_BACK: Final = re.compile(r"/(article|review)(/\d{1,12})?(\?page=\d{1,5})?")
_FEW: Final = 100


@get("/review", sync_to_thread=True)
def review(request: Asked) -> Response[str]:
    """What to judge next, what reviewers disagree on, what they did, what lost its place."""
    number = _page(request)
    with frame.holdings(request).reading() as library:
        connection = library.connection
        waiting = reviewing.queue(connection, PAGE + 1, (number - 1) * PAGE)
        disputed = reviewing.disagreements(connection)[:_FEW]
        rows = {r["id"]: r for r in reviewing.rows(connection, [s for s, _ in disputed])}
        log, orphans = reviewing.log(connection), attach.orphans(connection)[:_FEW]
    return frame.page(
        request,
        "review",
        waiting=waiting[:PAGE],
        number=number,
        later=number + 1 if len(waiting) > PAGE else None,
        earlier=number - 1 if number > 1 else None,
        disputed=[(rows[s], laid) for s, laid in disputed if s in rows],
        log=log,
        orphans=[{**o, "words": codec.unpack(o["anchor"])["exact"]} for o in orphans],
        reviewer=reviewer(request),
        writes=not frame.holdings(request).read_only,
    )


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
        reviewer=reviewer(request),
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
        reviewer=reviewer(request),
        writes=not frame.holdings(request).read_only,
    )


@post("/review/statement", sync_to_thread=True)
def decide(request: Asked, data: Form) -> Redirect:
    """Accept or reject a statement, or undo a judgement: `deed` says what and which."""
    deed, _space, which = str(data.get("deed", "")).partition(" ")
    by, at = reviewer(request), which
    with frame.holdings(request).writing() as library:
        if deed in ("accept", "reject"):
            done = judge.accept if deed == "accept" else judge.reject
            done(library, _number(which), by)
        elif deed == "undo":
            at = _judged(library, which)
            judge.undo(library, which, f"human:{by}")
        else:
            _unknown(request)
    return _back(data, at)


@post("/review/{number:int}", sync_to_thread=True)
def change(request: Asked, number: int, data: Form) -> Redirect:
    """Draw a statement's boundaries anew, or say who speaks: `deed` is `content`, `speaker`, `nobody`."""
    by = reviewer(request)
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
        uid = judge.add_missed(library, number, made, reviewer(request))
        at = _judged(library, uid)
    return Redirect(f"/article/{number}#s{at}", status_code=303)


@post("/review/name", sync_to_thread=True)
def name(request: Asked, data: Form) -> Redirect:
    """Remember who reviews, in a cookie of this browser."""
    # A colon would make the name that of a program.
    given = "".join(c for c in str(data.get("name", "")) if c.isprintable()).replace(":", " ")
    kept = Cookie(
        COOKIE,
        value=quote(" ".join(given.split())[:LONGEST]),
        max_age=31_536_000,
        httponly=True,
        samesite="strict",
    )
    back = _back(data, "")
    back.set_cookie(kept)
    return back


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
    raise SelonError(frame.tongue(request).gettext("This form lacks what it should say."))


def _page(request: Asked) -> int:
    page = request.query_params.get("page", "1")
    return max(int(page), 1) if page.isascii() and page.isdigit() and len(page) < 6 else 1


ROUTES: Final[list[Any]] = [review, statement, missed, decide, change, add, name]
