"""The page `/check`: do these words stand in the library as they are quoted?"""

from __future__ import annotations

from typing import Any, Final

from litestar import Response, get

from selon.faults import SelonError
from selon.ledger import names
from selon.ledger.asking import ask
from selon.ledger.checking import VERDICTS, Finding
from selon.ledger.shelf import Shelf
from selon.ledger.showing import parts
from selon.room import frame
from selon.room.frame import Asked

LONGEST: Final = 2_000
SHOWN: Final = 30


@get("/check", sync_to_thread=True)
def check(request: Asked) -> Response[str]:
    """The form, and the verdict on what was pasted into it."""
    given = request.query_params
    quoted = given.get("words", "").strip(' \n\r\t«»"“”\u00a0\u202f')[:LONGEST]
    speaker = given.get("speaker", "").strip()[:200]
    done, fault, waiting = None, "", 0
    articles: dict[int, int] = {}
    if quoted:
        with frame.holdings(request).reading() as library:
            shelf = Shelf(library)
            waiting = shelf.waiting()
            try:
                done = ask(shelf, quoted, None, speaker or None)
            except SelonError as error:
                fault = str(error)
            if done:
                ids = [int(f.saying.id) for f in done.findings[:SHOWN]]
                marks = ",".join("?" * len(ids))
                rows = library.connection.execute(
                    f"select id, article_id from statement where id in ({marks})", ids
                )
                articles = dict(rows.fetchall())
    return frame.page(
        request,
        "check",
        quoted=quoted,
        speaker=speaker,
        fault=fault,
        waiting=waiting,
        asked_for=bool(quoted),
        counts=[(v, done.articles(v)) for v in VERDICTS if done.articles(v)] if done else [],
        findings=[
            _shown(f, quoted, articles.get(int(f.saying.id)))
            for f in (done.findings[:SHOWN] if done else ())
        ],
    )


def _shown(found: Finding, quoted: str, article: int | None) -> dict[str, Any]:
    """A finding with its word diff: what the library has, what was pasted."""
    altered = names(found.alterations) != ("verbatim",)
    diff = list(parts(found.saying.words, quoted, found.diff)) if altered else []
    return {
        "saying": found.saying,
        "verdict": found.verdict,
        "types": names(found.alterations),
        "diff": diff,
        "article": article,
    }


ROUTES: Final[list[Any]] = [check]
