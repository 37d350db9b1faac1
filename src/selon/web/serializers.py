"""What the API and the MCP server tell of a library, as plain data; always the words and their place."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from selon import contract
from selon.errors import SelonError
from selon.library import fetch, serialization
from selon.library.store import Library
from selon.reuse import serializers as ledger
from selon.reuse.lookup import ask
from selon.reuse.store import ReuseStore
from selon.web.library_provider import AbsentError

MAX_ROWS: Final = 50
_OWN: Final = ("form", "stance", "voice", "content", "cue", "context", "said", "score", "verdict")


def statement_json(library: Library, number: int) -> dict[str, Any]:
    """One statement: its words, their place, its parties, its article; `AbsentError` for none."""
    row = library.connection.execute(
        "select s.*, a.title, a.url from statement s join article a on a.id = s.article_id"
        " where s.id = ? and s.verdict is not 'rejected'",
        (number,),
    ).fetchone()
    if row is None:
        raise AbsentError
    parties = library.connection.execute(
        "select role, words, spans, entity_id from party where statement_id = ? order by role, n",
        (number,),
    )
    return {
        "id": row["id"],
        "address": row["key"],
        **{name: row[name] for name in _OWN},
        "spans": serialization.unpack(row["content_spans"]),
        "why": serialization.unpack(row["why"]),
        "speaker": row["speaker"],
        **_speaker(library, row),
        "parties": [
            {
                "role": p["role"],
                "words": p["words"],
                "spans": serialization.unpack(p["spans"]),
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


def _speaker(library: Library, row: Any) -> dict[str, Any]:
    """Who speaks, as the exports tell it: key, kind, gender, and the role in that article."""
    found = library.connection.execute(
        "select e.key, e.kind, e.gender, (select a.roles from appearance a join entity o on"
        " o.id = a.entity_id where a.reading_id = ?2 and ?1 in (o.id, o.same_as)"
        " order by a.id limit 1) as roles from entity e where e.id = ?1",
        (row["speaker_id"], row["reading_id"]),
    ).fetchone()
    key, kind, gender, roles = found or (None, None, None, None)
    role = next(iter(serialization.unpack(roles)), None) if roles else None
    if role is None and kind == "someone":
        role = row["speaker"]
    told = {"id": key, "kind": kind, "gender": gender, "role": role}
    return {f"speaker_{name}": value for name, value in told.items()}


def article_json(library: Library, number: int) -> dict[str, Any]:
    """An article's newest reading in the exchange format; `AbsentError` for none."""
    row = library.connection.execute(
        "select r.id from reading r join version v on v.id = r.version_id"
        " where v.article_id = ? and r.current = 1",
        (number,),
    ).fetchone()
    if row is None:
        raise AbsentError
    return contract.to_json(fetch.one(library.connection, row[0]))


def family_json(library: Library, number: int) -> dict[str, Any]:
    """The family of a statement, and how many statements the ledger has not compared yet."""
    store = ReuseStore(library)
    try:
        told = ledger.family_json(*store.family(number))
    except SelonError as error:
        raise AbsentError from error
    return {**told, "not_compared_yet": store.waiting()}


def check_json(library: Library, words: str, speaker: str | None) -> dict[str, Any]:
    """The verdict of `selon check`, its first findings, and how many are not compared yet."""
    store = ReuseStore(library)
    done = ask(store, words, None, speaker)
    # Counted over all of them; the nearest are shown.
    told = ledger.check_json(done)
    told["findings"] = ledger.check_json(replace(done, findings=done.findings[:MAX_ROWS]))[
        "findings"
    ]
    return {**told, "not_compared_yet": store.waiting()}
