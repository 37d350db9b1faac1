"""Label Studio tasks with predictions: content, cue and people as regions, tied by relations.

Offsets are code points, as Label Studio's own since 2021 (label-studio pull request 1559).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final, TextIO

import orjson

from selon.records import Reading, Span, Spans
from selon.statement_people import StatementWithPeople, statements_with_people

CONFIG: Final = """<View>
  <Labels name="label" toName="text">
    <Label value="content"/><Label value="cue"/><Label value="speaker"/>
    <Label value="addressee"/><Label value="via"/>
  </Labels>
  <Text name="text" value="$text"/>
</View>
"""


def write(readings: Iterable[Reading], out: TextIO) -> None:
    """Write a JSON list of tasks; the labelling interface is `CONFIG`."""
    out.write("[")
    for n, reading in enumerate(readings):
        out.write(",\n" if n else "\n")
        out.write(orjson.dumps(task(reading)).decode())
    out.write("\n]\n")


def task(reading: Reading) -> dict[str, Any]:
    """The task of an article, with one prediction that holds all its statements."""
    a = reading.article
    result: list[dict[str, Any]] = []
    for n, one in enumerate(statements_with_people(reading)):
        result += _regions(one, n)
    scores = [s.score for s in reading.statements]
    return {
        "data": {
            "text": a.text,
            "id": a.id,
            "url": a.url,
            "title": a.title,
            "outlet": a.outlet,
            "published": a.published,
        },
        "predictions": [
            {
                "model_version": "selon",
                "score": sum(scores) / len(scores) if scores else 0.0,
                "result": result,
            }
        ],
    }


def _regions(one: StatementWithPeople, n: int) -> list[dict[str, Any]]:
    s = one.statement
    places: list[tuple[str, str, Spans]] = [
        ("content", "content", s.content),
        ("cue", "cue", s.cue),
        ("speaker", "speaker", one.speaker.spans if one.speaker else ()),
    ]
    places += [(f"addressee{i}", "addressee", p.spans) for i, p in enumerate(one.addressees)]
    places += [(f"via{i}", "via", p.spans) for i, p in enumerate(one.via)]
    found: list[dict[str, Any]] = []
    heart = f"s{n}-content-0"
    for name, label, spans in places:
        for i, span in enumerate(spans):
            region = f"s{n}-{name}-{i}"
            found.append(_region(region, label, span, one))
            if region != heart and s.content:
                found.append(
                    {
                        "type": "relation",
                        "from_id": heart,
                        "to_id": region,
                        "direction": "right",
                        "labels": [label],
                    }
                )
    return found


def _region(region: str, label: str, span: Span, one: StatementWithPeople) -> dict[str, Any]:
    return {
        "id": region,
        "from_name": "label",
        "to_name": "text",
        "type": "labels",
        "score": one.statement.score,
        "meta": {"text": [one.statement.id, one.statement.form, one.statement.stance]},
        "value": {
            "start": span.start,
            "end": span.end,
            "text": span.of(one.article.text),
            "labels": [label],
        },
    }
