"""The addresses that the room is measured by, drawn from a library by a fixed seed."""

from __future__ import annotations

import random
import sqlite3
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote, urlencode

from selon.library.stats import BY

_FREQUENT: Final = (
    "select coalesce(e.same_as, e.id), e.name from statement s join entity e on e.id = s.speaker_id"
    " where s.current = 1 group by 1 order by count(*) desc limit ?"
)


def routes(path: Path, each: int) -> dict[str, list[str]]:
    """So many addresses of each page and API route, of what is frequent and of what is rare."""
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    try:
        drawn = _DrawnRows(connection, each)
        return {**_pages(drawn), **_api(drawn)}
    finally:
        connection.close()


class _DrawnRows:
    """What is drawn from the library: numbers of rows, words, names."""

    def __init__(self, connection: sqlite3.Connection, each: int) -> None:
        chance = random.Random(11)
        self.each = each
        self._rows = connection.execute
        frequent = self._rows(_FREQUENT, (each // 2,)).fetchall()
        rare = self._some("select id, name from entity where same_as is null", chance)
        self.people = (frequent + rare)[:each]
        said = self._some(
            "select id, content, article_id from statement"
            " where current = 1 and length(content) > 40",
            chance,
        )
        self.statements = [row[0] for row in said]
        self.articles = [row[2] for row in said[1:]] + [self._longest()]
        self.quotes = [row[1][:300] for row in said]
        self.words = [max(row[1].split(), key=len) for row in said]
        self.outlets = [
            row[0]
            for row in self._rows(
                "select outlet from article where outlet is not null group by outlet"
                " order by count(*) desc limit ?",
                (each,),
            )
        ]
        dated = self._rows(
            "select substr(published, 1, 7) from article where published is not null"
            " group by 1 order by count(*) desc limit 1"
        ).fetchone()
        self.month = dated[0] if dated else "2026-01"

    def _some(self, query: str, chance: random.Random) -> list[Any]:
        # By row number, not `order by random()`: the draw is the same each time.
        table = query.split(" from ")[1].split()[0]
        last_id = self._rows(f"select max(id) from {table}").fetchone()[0]
        found: list[Any] = []
        while len(found) < self.each:
            row = self._rows(
                f"{query} and id >= ? order by id limit 1", (chance.randint(1, last_id),)
            ).fetchone()
            if row:
                found.append(row)
        return found

    def _longest(self) -> int:
        return int(
            self._rows(
                "select article_id from statement where current = 1 group by article_id"
                " order by count(*) desc limit 1"
            ).fetchone()[0]
        )


def _pages(drawn: _DrawnRows) -> dict[str, list[str]]:
    return {
        "first page": ["/"] * max(drawn.each // 4, 1),
        "search: words": [f"/?{urlencode({'words': w})}" for w in (*drawn.words, "le la")],
        "search: a speaker": [f"/?speaker=%40{number}" for number, _ in drawn.people],
        "search: an outlet": [f"/?{urlencode({'outlet': o})}" for o in drawn.outlets],
        "search: a month, a form": [
            f"/?since={drawn.month}&until={drawn.month}",
            "/?form=indirect",
            "/?voice=hedged&page=20",
        ],
        "article": [f"/article/{n}" for n in drawn.articles],
        "person": [f"/person/{number}" for number, _ in drawn.people],
        "outlets": ["/outlet"],
        "outlet": [f"/outlet?{urlencode({'name': o})}" for o in drawn.outlets],
        "shares": [f"/stats?by={by}" for by in BY],
        "family": [f"/family/{n}" for n in drawn.statements],
        "check": [f"/check?{urlencode({'words': q})}" for q in drawn.quotes],
        "coverage": [f"/coverage?{urlencode({'words': w})}" for w in drawn.words[: drawn.each // 2]]
        + [f"/coverage?since={drawn.month}&until={drawn.month}"],
        "figures": ["/numbers", "/numbers?of=form", "/numbers?of=gender&by=outlet"],
        "network": ["/network", "/network?tie=of"],
        "cite": [f"/cite/{n}" for n in drawn.statements],
        "dossiers, saved searches": ["/dossier", "/watch"],
        "review": ["/review", "/review?page=9", "/review?queue=words", "/review?queue=disputed"],
        "correct": [f"/review/{n}" for n in drawn.statements],
        "add a statement": [f"/article/{n}/add" for n in drawn.articles],
        "export": [
            f"/export/csv?speaker=%40{number}" for number, _ in drawn.people[-(drawn.each // 2) :]
        ],
    }


def _api(drawn: _DrawnRows) -> dict[str, list[str]]:
    return {
        "api: statements": [
            *(f"/api/statements?{urlencode({'words': w})}" for w in drawn.words),
            "/api/statements",
            "/api/statements?limit=100",
            "/api/statements?offset=5000",
        ],
        "api: a statement": [f"/api/statements/{n}" for n in drawn.statements],
        "api: an article": [f"/api/articles/{n}" for n in drawn.articles],
        "api: people": [f"/api/people?name={quote(name)}" for _, name in drawn.people],
        "api: a person": [f"/api/people/{number}" for number, _ in drawn.people],
        "api: a family": [f"/api/families/{n}" for n in drawn.statements],
        "api: check": [f"/api/check?{urlencode({'words': q})}" for q in drawn.quotes],
    }
