"""The page `/coverage`: one event or phrase across outlets: who is quoted where, and by whom alone."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from typing import Any, Final

from litestar import Response, get

from selon.library.find import Query, conditions
from selon.web import templating
from selon.web.changed_words import changed_words
from selon.web.query_params import query_with_dates
from selon.web.templating import Asked

MAX_OUTLETS: Final = 8
MAX_PEOPLE: Final = 40
# Statements that are looked at, the newest first.
MAX_STATEMENTS: Final = 5_000


@get("/coverage", sync_to_thread=True)
def coverage(request: Asked) -> Response[str]:
    """A table of speakers by outlets over what a search finds."""
    query, wrong = query_with_dates(request)
    alone = "alone" in request.query_params
    with templating.library_of(request).reading() as library:
        asks = query != Query() and not wrong
        told = coverage_table(library.connection, query, alone) if asks else None
        changed = changed_words(library, told["ids"]) if told else []
    given = {k: request.query_params.get(k, "").strip() for k in ("words", "since", "until")}
    return templating.page(
        request,
        "coverage",
        400 if wrong else 200,
        wrong=wrong,
        door="search",
        given=given,
        asked=[
            (k, v) for k, v in templating.address_parameters(request) if k not in ("lang", "alone")
        ],
        alone=alone,
        told=told,
        changed=changed,
    )


def coverage_table(
    connection: sqlite3.Connection, query: Query, alone: bool = False
) -> dict[str, Any]:
    """Who is quoted by which outlet in what a search finds; the statements that stand there.

    `people` are rows: a name, its entity, how often each outlet quotes it, and the only outlet that
    does; `elsewhere` counts the outlets that have no column, `nowhere` the statements whose article
    names no outlet. With `alone`, only who is quoted by one outlet. Copies of one text in several
    outlets count in each of them.
    """
    where, values = conditions(connection, query)
    rows = connection.execute(
        "select s.id, s.outlet, s.speaker, coalesce(e.same_as, e.id) as person, s.article_id"
        f" from statement s left join entity e on e.id = s.speaker_id where {where}"
        " order by s.published desc, s.id desc limit ?",
        (*values, MAX_STATEMENTS),
    ).fetchall()
    cut, found = len(rows) == MAX_STATEMENTS, len(rows)
    rows = [row for row in rows if row["outlet"] is not None]
    outlets = Counter(row["outlet"] for row in rows)
    shown = [name for name, _n in outlets.most_common(MAX_OUTLETS)]
    by: dict[Any, Counter[str]] = defaultdict(Counter)
    names: dict[Any, tuple[str, int | None]] = {}
    for row in rows:
        if not row["speaker"]:
            continue
        key = row["person"] or row["speaker"]
        names.setdefault(key, (row["speaker"], row["person"]))
        by[key][row["outlet"]] += 1
    ordered = sorted(by, key=lambda k: (-len(by[k]), -by[k].total(), names[k][0]))
    people = [
        {
            "name": names[k][0],
            "id": names[k][1],
            "asks": f"@{names[k][1]}" if names[k][1] else names[k][0],
            "counts": [by[k][outlet] for outlet in shown],
            "elsewhere": by[k].total() - sum(by[k][outlet] for outlet in shown),
            "only": next(iter(by[k])) if len(by[k]) == 1 and len(outlets) > 1 else None,
        }
        for k in ordered
    ]
    articles = {row["article_id"] for row in rows}
    shown_people = [p for p in people if p["only"] or not alone]
    return {
        "outlets": shown,
        "others": len(outlets) - len(shown),
        "people": shown_people[:MAX_PEOPLE],
        "more": max(len(shown_people) - MAX_PEOPLE, 0),
        "speakers": len(people),
        "unnamed": [
            sum(1 for r in rows if not r["speaker"] and r["outlet"] == outlet) for outlet in shown
        ],
        "totals": [outlets[o] for o in shown],
        "elsewhere": sum(1 for r in rows if r["outlet"] not in shown),
        "unnamed_elsewhere": sum(1 for r in rows if not r["speaker"] and r["outlet"] not in shown),
        "ids": [row["id"] for row in rows],
        "statements": len(rows),
        "articles": len(articles),
        "nowhere": found - len(rows),
        "alone": sum(1 for p in people if p["only"]),
        "cut": cut,
    }


ROUTES: Final[list[Any]] = [coverage]
