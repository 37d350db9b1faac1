"""The pages that correct a statement, every part of it, and that add one which the program missed."""

from __future__ import annotations

from typing import Any, Final

from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect

from selon.errors import SelonError
from selon.library import judge, review_queue, serialization
from selon.library.store import Library
from selon.records import FORMS, STANCES, Span, Spans
from selon.show import account
from selon.spans import hull
from selon.web import corrections, posted, templating, text_selection
from selon.web.corrections import Correction
from selon.web.posted import Form
from selon.web.reviewer import reviewer
from selon.web.templating import Asked

# The parts of a statement that a form names, in the order in which they are told.
FIELDS: Final[tuple[str, ...]] = ("speaker", "addressee", "via", "form", "stance", "said")
_FIELD_NAMES: Final = {
    "speaker": "who speaks",
    "addressee": "to whom",
    "via": "through whom",
    "form": "form",
    "stance": "stance",
    "said": "date",
    "content": "words",
}


@get("/review/{number:int}", sync_to_thread=True)
def statement(request: Asked, number: FromPath[int]) -> Response[str]:
    """One statement's parts and words, to be corrected."""
    return _page(request, number, {}, "")


@post("/review/{number:int}", sync_to_thread=True)
def change(request: Asked, number: FromPath[int], data: Form) -> Response[Any]:
    """Correct a statement: `deed` is `fields`, `content`, `speaker` or `nobody`.

    What cannot be understood leaves the form as it was sent. A script is answered in JSON.
    """
    by = reviewer(request, data)
    with templating.library_of(request).writing() as library:
        row = _statement(library, number)
        try:
            deeds = _corrections(request, library, row, data)
            uids = corrections.record_corrections(library, number, list(deeds.values()), by)
        except SelonError as error:
            if data.get("deed") not in ("fields", "speaker", "content"):
                raise
            if _asks_json(request):
                # No fault of the page: the form stands, and says what to mend.
                return Response({"uid": "", "error": str(error)})
            return _page(request, number, data, str(error))
    if _asks_json(request):
        return Response({"uid": " ".join(uids), "words": _message(request, by, deeds, len(uids))})
    if data.get("back"):
        return posted.redirect_back(data, str(number), " ".join(uids[:60]))
    return Redirect(f"/article/{row['article_id']}#s{number}", status_code=303)


def _corrections(
    request: Asked, library: Library, row: dict[str, Any], data: dict[str, Any]
) -> dict[str, Correction]:
    deed = data.get("deed")
    if deed == "fields":
        given = {n: posted.words(data, n, 600) for n in FIELDS if n in data}
        return corrections.changed_fields(
            library, row, given, templating.locale_of(request).language
        )
    if deed == "nobody":
        return {"speaker": corrections.speaker(library, row, "")}
    if deed == "speaker":
        name = posted.words(data, "speaker")
        if not name:
            posted.refuse_incomplete(request)
        return {"speaker": corrections.speaker(library, row, name)}
    if deed == "content":
        return {"content": corrections.content(row, _chosen(request, row, data))}
    posted.refuse_incomplete(request)
    return {}


def _chosen(request: Asked, row: dict[str, Any], data: dict[str, Any]) -> Spans:
    """The words that a form chooses: torn as it says, else from a beginning to an end."""
    now = serialization.spans(row["content_spans"])
    torn = corrections.parse_spans(str(data.get("spans") or ""))
    if torn and torn != now:
        return torn
    start, end = posted.number(data.get("start")), posted.number(data.get("end"))
    if not 0 <= start < end:
        raise SelonError(templating.locale_of(request).gettext("Choose at least one word."))
    return text_selection.resize_spans(now, start, end)


def _message(request: Asked, by: str, deeds: dict[str, Correction], laid: int) -> str:
    say = templating.locale_of(request)
    _ = say.gettext
    if not deeds:
        return _("Nothing was changed: it was like this already.")
    told = _("Corrected by {by}: {what}.").format(
        by=by, what=", ".join(_(_FIELD_NAMES[name]) for name in deeds)
    )
    copies = laid // len(deeds) - 1
    if copies > 0:
        told += " " + say.ngettext(
            "{n} copy corrected with it.", "{n} copies corrected with it.", copies
        )
    return told


def _asks_json(request: Asked) -> bool:
    return "application/json" in request.headers.get("accept", "")


def _page(request: Asked, number: int, given: dict[str, Any], fault: str) -> Response[str]:
    with templating.library_of(request).reading() as library:
        row = _statement(library, number)
        people = text_selection.people(library, row["article_id"])
    spans = serialization.spans(row["content_spans"])
    whole = hull(spans) if spans else Span(0, 0)
    told = {
        "speaker": row["speaker"],
        "addressee": row["addressees"],
        "via": row["via"],
        "form": row["form"],
        "stance": row["stance"],
        "said": row["said"],
    }
    back = str(given.get("back") or request.query_params.get("back", ""))
    return templating.page(
        request,
        "mark",
        400 if fault else 200,
        door="review",
        row=row,
        article=row["article_id"],
        words=text_selection.words(row["text"], whole),
        chosen=whole,
        spans=spans,
        places=str(given.get("spans") or ", ".join(f"{s.start}-{s.end}" for s in spans)),
        told={name: posted.words(given, name, 600) or told[name] or "" for name in told},
        people=people,
        forms=account.FORMS,
        stances=STANCES,
        back=back if posted.may_return_to(back) else "",
        fault=fault,
        writes=not templating.library_of(request).read_only,
    )


@get("/article/{number:int}/add", sync_to_thread=True)
def missed_statement(request: Asked, number: FromPath[int]) -> Response[str]:
    """The whole text, to choose what the program missed."""
    with templating.library_of(request).reading() as library:
        text = _text(library, number)
        people = text_selection.people(library, number)
    words = text_selection.words(text)
    first = Span(words[0].start, words[0].end) if words else Span(0, 0)
    return templating.page(
        request,
        "mark",
        door="review",
        row=None,
        article=number,
        words=words,
        chosen=first,
        spans=(first,),
        places="",
        told={},
        people=people,
        forms={name: account.FORMS[name] for name in FORMS},
        stances=STANCES,
        back="",
        fault="",
        writes=not templating.library_of(request).read_only,
    )


@post("/article/{number:int}/add", sync_to_thread=True)
def add(request: Asked, number: FromPath[int], data: Form) -> Redirect:
    """Add what the program missed: its words, its form, and maybe its speaker."""
    spans = _chosen(request, {"content_spans": "[]"}, data)
    content = [[s.start, s.end] for s in spans]
    made: dict[str, Any] = {"form": str(data.get("form")), "content": content}
    with templating.library_of(request).writing() as library:
        text = _text(library, number)
        name = posted.words(data, "speaker")
        if name:
            who = corrections.person(library, number, name)
            named = text_selection.nearest_mention(text, who["name"], spans[0])
            made["speaker"] = {**who, "spans": [[s.start, s.end] for s in named]}
        uid = judge.add_missed(library, number, made, reviewer(request, data))
        at = review_queue.judged_statement(library.connection, uid)
    return Redirect(f"/article/{number}#s{at}", status_code=303)


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


ROUTES: Final[list[Any]] = [statement, change, missed_statement, add]
