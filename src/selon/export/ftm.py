"""FollowTheMoney entities: articles, people and bodies, and a Note for each statement.

FollowTheMoney has no quotation: a Note holds the words (`description`), who speaks (`entity`) and
the article that proves it (`proof`); a Documentation says who stands in which article, as what.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any, Final, TextIO

import orjson

from selon.records import Article, Reading, address
from selon.statement_people import PersonOfStatement, StatementWithPeople, statements_with_people

_SCHEMATA: Final = {"person": "Person", "organisation": "Organization", "group": "Organization"}


def write(readings: Iterable[Reading], out: TextIO) -> None:
    """Write entities as JSON lines; an entity met again is written once a reading."""
    for reading in readings:
        seen: set[str] = set()
        for entity in _entities(reading):
            if entity["id"] not in seen:
                seen.add(entity["id"])
                out.write(orjson.dumps(entity).decode() + "\n")


def _entities(reading: Reading) -> Iterator[dict[str, Any]]:
    article = _article(reading.article)
    yield article
    for one in statements_with_people(reading):
        people: list[tuple[str, PersonOfStatement]] = (
            [("speaker", one.speaker)] if one.speaker else []
        )
        people += [("addressee", p) for p in one.addressees] + [("via", p) for p in one.via]
        for role, who in people:
            if who.entity is None:
                continue
            someone = _someone(who)
            yield someone
            yield _entity(
                "Documentation",
                f"{article['id']}/{someone['id']}/{role}",
                document=[article["id"]],
                entity=[someone["id"]],
                role=[role],
            )
        yield _note(one, article["id"])


def _article(a: Article) -> dict[str, Any]:
    return _entity(
        "Article",
        f"article/{a.url or a.id}",
        title=[a.title],
        sourceUrl=[a.url],
        publisher=[a.outlet],
        publishedAt=[a.published],
        language=[a.language],
        author=list(a.authors),
        bodyText=[a.text],
    )


def _someone(who: PersonOfStatement) -> dict[str, Any]:
    entity = who.entity
    schema = _SCHEMATA.get(entity.type if entity else "", "LegalEntity")
    kb = entity.kb if entity else None
    return _entity(
        schema,
        f"{schema}/{kb or who.name}",
        name=[who.name],
        wikidataId=[kb] if kb and kb[0] == "Q" and kb[1:].isdigit() else [],
    )


def _note(one: StatementWithPeople, article: str) -> dict[str, Any]:
    s = one.statement
    speaker = _someone(one.speaker)["id"] if one.speaker and one.speaker.entity else None
    return _entity(
        "Note",
        f"note/{one.article.url or one.article.id}/{s.id}",
        name=[one.content[:80]],
        description=[one.content],
        entity=[speaker],
        proof=[article],
        publisher=[one.article.outlet],
        sourceUrl=[one.article.url],
        keywords=[s.form, s.stance],
        summary=[address(s.content)],
        notes=[s.id],
    )


def _entity(schema: str, key: str, **properties: list[str | None]) -> dict[str, Any]:
    kept = {name: [v for v in values if v] for name, values in properties.items()}
    return {
        "id": f"selon-{hashlib.sha1(key.encode(), usedforsecurity=False).hexdigest()}",
        "schema": schema,
        "properties": {name: values for name, values in kept.items() if values},
    }
