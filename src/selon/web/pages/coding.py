"""The page `/numbers/sample`: statements or paragraphs drawn to be coded by hand, and read back."""

from __future__ import annotations

from io import BytesIO
from typing import Annotated, Any, Final

from litestar import Response, get, post
from litestar.datastructures import UploadFile
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath

from selon.errors import SelonError
from selon.library.store import Library
from selon.numbers.facts import DIMENSIONS, PERIODS
from selon.web import templating
from selon.web.posted import number
from selon.web.query_params import query_with_dates
from selon.web.templating import Asked

Posted = Annotated[dict[str, Any], Body(media_type=RequestEncodingType.MULTI_PART)]
# Of a statement each has one value.
STRATA: Final = tuple(
    n for n in DIMENSIONS if n not in ("relay", "addressee", "speaker", "verb", *PERIODS[2:])
)
FORMS: Final = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_DEFAULT_DRAWN: Final = 200
_MAX_DRAWN: Final = 5_000
_MAX_FILES: Final = 12
# So many are shown; the files have all.
_MAX_SHOWN: Final = 200


@get("/numbers/sample", sync_to_thread=True)
def sample(request: Asked) -> Response[str]:
    """The form; once a number is given, what was drawn, each with its place of review."""
    rows: list[dict[str, Any]] = []
    fault = ""
    if "count" in request.query_params:
        try:
            rows, _columns = _draw_sample(request)
        except SelonError as error:
            fault = str(error)
    return _page(request, 400 if fault else 200, rows=rows, fault=fault)


@get("/numbers/sample/{form:str}", sync_to_thread=True)
def sample_file(request: Asked, form: FromPath[str]) -> Response[bytes]:
    """What was drawn, as a file to code in."""
    from selon.export import writing

    if form not in FORMS:
        raise SelonError(
            templating.locale_of(request).gettext("This format is not available here.")
        )
    rows, columns = _draw_sample(request)
    out = BytesIO()
    # A double click opens it in a French spreadsheet too; both forms are read back.
    writing.write(rows, columns, out, form, excel=True)
    return templating.file_response(out.getvalue(), f"selon-sample.{form}", FORMS[form])


@post("/numbers/sample", sync_to_thread=True)
def evaluate(request: Asked, data: Posted) -> Response[str]:
    """What coded files say: precision, recall, agreement; nothing is kept."""
    from selon.numbers import coding

    _ = templating.locale_of(request).gettext
    given = data.get("files")
    files = [
        f
        for f in (given if isinstance(given, list) else [given])
        if isinstance(f, UploadFile) and f.filename
    ]
    try:
        if not 0 < len(files) <= _MAX_FILES:
            raise SelonError(_("Choose at least one file."))
        found = coding.measure([coding.rows(f.filename, f.file.read()) for f in files])
    except SelonError as error:
        return _page(request, 400, fault=str(error))
    return _page(request, 200, found=found)


def _draw_sample(request: Asked) -> tuple[list[dict[str, Any]], tuple[str, ...]]:
    """The rows that the address asks for: the same at every call, by its seed."""
    _ = templating.locale_of(request).gettext
    query, wrong = query_with_dates(request)
    if wrong:
        raise SelonError(next(iter(wrong.values())))
    asked = request.query_params
    count, seed = number(asked.get("count", "")), number(asked.get("seed", "1"))
    if not 0 < count <= _MAX_DRAWN or seed < 0:
        raise SelonError(_("Draw between 1 and {n}.").format(n=_MAX_DRAWN))
    strata = tuple(n for n in STRATA if n in asked.getall("by", []))
    with templating.library_of(request).reading() as library:
        return _of_library(library, (count, seed), strata, asked.get("what") == "paragraphs", query)


def _of_library(
    library: Library, drawn: tuple[int, int], strata: tuple[str, ...], paragraphs: bool, query: Any
) -> tuple[list[dict[str, Any]], tuple[str, ...]]:
    from selon.numbers import sampling

    count, seed = drawn
    connection = library.connection
    if paragraphs:
        rows = sampling.paragraphs(connection, count, query=query, seed=seed)
        return rows, sampling.PARAGRAPHS
    rows = sampling.statements(connection, count, stratify=strata, query=query, seed=seed)
    return rows, sampling.STATEMENTS


def _page(request: Asked, status: int, **told: Any) -> Response[str]:
    from selon.numbers import labels

    say = templating.locale_of(request)
    asked = request.query_params
    rows = told.get("rows", [])
    return templating.page(
        request,
        "coding",
        status,
        door="stats",
        asked=templating.address_parameters(request),
        given={
            k: asked.get(k, "").strip() for k in ("words", "speaker", "outlet", "since", "until")
        },
        count=asked.get("count", str(_DEFAULT_DRAWN)),
        seed=asked.get("seed", "1"),
        paragraphs=asked.get("what") == "paragraphs",
        chosen=asked.getall("by", []),
        strata={n: labels.dimension(n, say.language) for n in STRATA},
        rows=rows[:_MAX_SHOWN],
        drawn=len(rows),
        forms=FORMS,
        fault=told.get("fault", ""),
        found=told.get("found"),
    )


ROUTES: Final[list[Any]] = [sample, sample_file, evaluate]
