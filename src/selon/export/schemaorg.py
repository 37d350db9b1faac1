"""schema.org Quotations as JSON-LD lines: creator, text, and the article that has it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final, TextIO
from urllib.parse import quote

import orjson

from selon.records import Reading
from selon.statement_people import PersonOfStatement, StatementWithPeople, statements_with_people

_TYPES: Final = {"person": "Person", "organisation": "Organization", "place": "Place"}
_WIKIDATA: Final = "http://www.wikidata.org/entity/"


def write(readings: Iterable[Reading], out: TextIO) -> None:
    """Write one Quotation a line; its `identifier` is the statement's address."""
    for reading in readings:
        for one in statements_with_people(reading):
            out.write(orjson.dumps(quotation(one)).decode() + "\n")


def quotation(one: StatementWithPeople) -> dict[str, Any]:
    """The Quotation of a statement; an absent field is an unknown one."""
    article, s = one.article, one.statement
    found: dict[str, Any] = {
        # Inline, so that nobody need fetch schema.org to read it.
        "@context": {"@vocab": "https://schema.org/"},
        "@id": f"urn:selon:{quote(s.id, safe='')}",
        "@type": "Quotation",
        "identifier": s.id,
        "text": one.content,
        "creator": _who(one.speaker),
        "recipient": [_who(p) for p in one.addressees] or None,
        "contributor": [_who(p) for p in one.via] or None,
        "dateCreated": s.said,
        "inLanguage": article.language,
        "isPartOf": _without(
            {
                "@type": "NewsArticle",
                "@id": article.url,
                "headline": article.title,
                "datePublished": article.published,
                "printPage": article.page,
                "publisher": _without({"@type": "Organization", "name": article.outlet}),
            }
        ),
    }
    return _without(found)


def _who(who: PersonOfStatement | None) -> dict[str, Any] | None:
    if who is None:
        return None
    entity = who.entity
    return _without(
        {
            "@type": _TYPES.get(entity.type if entity else "", "Thing"),
            "@id": f"{_WIKIDATA}{entity.kb}" if entity and _wikidata(entity.kb) else None,
            "name": who.name,
        }
    )


def _wikidata(kb: str | None) -> bool:
    return bool(kb) and str(kb)[:1] == "Q" and str(kb)[1:].isdigit()


def _without(fields: dict[str, Any]) -> dict[str, Any]:
    return {k: v for k, v in fields.items() if v is not None}
