"""Training data in the gold's own format: what people accepted, corrected or added.

Statements that nobody judged are left out; `complete` tells whether all that the program read
was looked at, so that the rest of the text may be taken for no statement.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TextIO

import orjson

from selon.records import Reading, Spans
from selon.statement_people import PersonOfStatement, statements_with_people


def write(readings: Iterable[Reading], out: TextIO) -> None:
    """Write one article a line, its judged statements with span and name of every party."""
    for reading in readings:
        line = gold(reading)
        if line["statements"]:
            out.write(orjson.dumps(line).decode() + "\n")


def gold(reading: Reading) -> dict[str, Any]:
    """The article as a line of gold."""
    a = reading.article
    judged = {
        j.subject: j.relation
        for j in reading.judgements
        if j.by.startswith("human") and j.relation in ("accepted", "edited", "added")
    }
    kept = [one for one in statements_with_people(reading) if one.statement.id in judged]
    numbers = {one.statement.id: f"a{n}" for n, one in enumerate(kept)}
    return {
        "id": a.id,
        "language": a.language,
        "published": a.published,
        "outlet": a.outlet,
        "text": a.text,
        "complete": len(kept) == len(reading.statements),
        "statements": [
            {
                "id": numbers[one.statement.id],
                "form": one.statement.form,
                "content": _pairs(one.statement.content),
                "cue": _pairs(one.statement.cue),
                "speaker": _party(one.speaker),
                "addressees": [_party(p) for p in one.addressees],
                "via": [{**_party(p), "cue": _pairs(p.cue)} for p in one.via],
                "within": numbers.get(one.statement.within or ""),
                "stance": one.statement.stance,
            }
            for one in kept
        ],
    }


def _party(who: PersonOfStatement | None) -> dict[str, Any]:
    return {"spans": _pairs(who.spans), "name": who.name} if who else {"spans": []}


def _pairs(spans: Spans) -> list[list[int]]:
    return [[s.start, s.end] for s in spans]
