"""What the API and the MCP server tell of a library, as plain data; always the words and their place."""

from __future__ import annotations

from typing import Any, Final

import orjson
from litestar.exceptions import NotFoundException

from selon import contract
from selon.faults import SelonError
from selon.ledger import names
from selon.ledger.alteration import types
from selon.ledger.asking import ask
from selon.ledger.checking import VERDICTS
from selon.ledger.lexicon import guessed, known
from selon.ledger.reference import reference
from selon.ledger.sayings import Saying
from selon.ledger.shelf import Shelf
from selon.ledger.spread import first_seen, independent, way
from selon.library import fetch
from selon.library.store import Library

MOST: Final = 50


def statement(library: Library, number: int) -> dict[str, Any]:
    """One statement: its words, their place, its parties, its article."""
    row = library.connection.execute(
        "select s.*, a.title, a.url from statement s join article a on a.id = s.article_id"
        " where s.id = ? and s.verdict is not 'rejected'",
        (number,),
    ).fetchone()
    if row is None:
        raise NotFoundException
    names = ("form", "stance", "voice", "content", "cue", "context", "said", "score", "verdict")
    parties = library.connection.execute(
        "select role, words, spans, entity_id from party where statement_id = ? order by role, n",
        (number,),
    ).fetchall()
    return {
        "id": row["id"],
        "address": row["key"],
        **{name: row[name] for name in names},
        "spans": orjson.loads(row["content_spans"]),
        "why": orjson.loads(row["why"]),
        "speaker": row["speaker"],
        "parties": [
            {
                "role": p["role"],
                "words": p["words"],
                "spans": orjson.loads(p["spans"]),
                "person": p["entity_id"],
            }
            for p in parties
        ],
        "article": row["article_id"],
        "title": row["title"],
        "url": row["url"],
        "outlet": row["outlet"],
        "published": row["published"],
        "current": bool(row["current"]),
    }


def article(library: Library, number: int) -> dict[str, Any]:
    """An article's newest reading in the exchange format."""
    row = library.connection.execute(
        "select r.id from reading r join version v on v.id = r.version_id"
        " where v.article_id = ? and r.current = 1",
        (number,),
    ).fetchone()
    if row is None:
        raise NotFoundException
    return contract.to_json(fetch.one(library.connection, row[0]))


def family(library: Library, number: int) -> dict[str, Any]:
    """Every appearance of a statement, what became of its words, where it was first seen here."""
    shelf = Shelf(library)
    try:
        found, sayings = shelf.family(number)
    except SelonError as error:
        raise NotFoundException from error
    full, first = reference(sayings), first_seen(sayings.values())
    members = [
        {**_saying(one), "types": [] if one.id == full.id else list(names(types(full, one)))}
        for one in sorted(sayings.values(), key=lambda s: (s.published or "9", int(s.id)))
    ]
    return {
        "compared_with": int(full.id),
        "members": members,
        "articles": len({s.article for s in sayings.values()}),
        "independent": independent(sayings.values()),
        "first_seen_in_this_library": [int(i) for i in first.sayings],
        "first_is_sure": first.sure,
        "way": [{"source": s.source, "taker": s.taker} for s in way(sayings.values())],
        "weakest_link": found.score,
        "not_compared_yet": shelf.waiting(),
    }


def check(library: Library, words: str, speaker: str | None) -> dict[str, Any]:
    """Whether words stand in this library as they are quoted: the verdict of `selon check`."""
    shelf = Shelf(library)
    done = ask(shelf, words, guessed(words, known()), speaker)
    return {
        "words": words,
        "verdict": done.verdict,
        "articles": {v: done.articles(v) for v in VERDICTS if v != "not found"},
        "findings": [
            {
                **_saying(f.saying),
                "verdict": f.verdict,
                "types": list(names(f.alterations)),
                "score": f.score,
            }
            for f in done.findings[:MOST]
        ],
        "not_compared_yet": shelf.waiting(),
    }


def _saying(one: Saying) -> dict[str, Any]:
    return {
        "statement": int(one.id),
        "article": one.article,
        "outlet": one.outlet,
        "published": one.published,
        "speaker": one.speaker_name,
        "words": one.words,
    }
