"""W3C Web Annotations (2017): one a statement, with both a quote and a position selector.

Positions are code points, as the recommendation asks. A passage in several pieces has one target
a piece.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final, TextIO

import orjson

from selon.records import Reading, Span
from selon.statement_people import PersonOfStatement, StatementWithPeople, statements_with_people

_CONTEXT: Final = "http://www.w3.org/ns/anno.jsonld"
_AROUND: Final = 32


def write(readings: Iterable[Reading], out: TextIO) -> None:
    """Write one annotation a line."""
    for reading in readings:
        for one in statements_with_people(reading):
            out.write(orjson.dumps(annotation(one)).decode() + "\n")


def annotation(one: StatementWithPeople) -> dict[str, Any]:
    """The annotation of a statement."""
    s = one.statement
    targets = [_target(one, span) for span in s.content]
    bodies: list[dict[str, Any]] = [
        _tag("form", s.form),
        _tag("stance", s.stance),
        *([_tag("voice", one.voice)] if one.voice else []),
    ]
    for role, people in (
        ("speaker", (one.speaker,) if one.speaker else ()),
        ("addressee", one.addressees),
        ("via", one.via),
    ):
        bodies += [_person(role, p) for p in people if p]
    return {
        "@context": _CONTEXT,
        "id": f"urn:selon:{_escape(s.id)}",
        "type": "Annotation",
        "motivation": "identifying",
        "body": bodies,
        "target": targets[0] if len(targets) == 1 else targets,
    }


def _target(one: StatementWithPeople, span: Span) -> dict[str, Any]:
    text = one.article.text
    return {
        "type": "SpecificResource",
        "source": one.article.url or f"urn:selon:{_escape(one.article.id)}",
        "selector": [
            {
                "type": "TextQuoteSelector",
                "exact": span.of(text),
                "prefix": text[max(0, span.start - _AROUND) : span.start],
                "suffix": text[span.end : span.end + _AROUND],
            },
            {"type": "TextPositionSelector", "start": span.start, "end": span.end},
        ],
    }


def _tag(name: str, value: str) -> dict[str, Any]:
    return {"type": "TextualBody", "purpose": "tagging", "value": f"{name}:{value}"}


def _person(role: str, who: PersonOfStatement) -> dict[str, Any]:
    return {"type": "TextualBody", "purpose": "identifying", "value": f"{role}:{who.name}"}


def _escape(identifier: str) -> str:
    from urllib.parse import quote

    return quote(identifier, safe="")
