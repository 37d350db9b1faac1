"""Pages of the API follow each other without a loss or a double, whatever is added between them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("litestar")

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from litestar.testing import TestClient

from selon.library import add, runs
from selon.library.find import Query, find
from selon.library.store import Library
from selon.records import Article, Party, Reading, Span, Statement
from selon.web.app import create

DATES = st.sampled_from([None, "2024", "2024-03", "2024-03-01", "2024-03-02", "2025-01-01"])


def readings(dates: list[str | None], name: str) -> list[Reading]:
    return [
        Reading(
            Article(f"{name}{n}", f"« Le bac {n} part », dit Rose.", "fr", published=day),
            (Statement(f"{name}{n}#2-12", "direct", (Span(2, 12),), (), Party(())),),
        )
        for n, day in enumerate(dates)
    ]


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    before=st.lists(DATES, min_size=1, max_size=12),
    between=st.lists(DATES, max_size=3),
    limit=st.integers(1, 5),
    asked=st.sampled_from(["", "&words=bac", "&since=2024-03", "&form=direct&until=2024"]),
)
def test_no_statement_is_lost_or_doubled(
    tmp_path_factory: pytest.TempPathFactory,
    before: list[str | None],
    between: list[str | None],
    limit: int,
    asked: str,
) -> None:
    path = tmp_path_factory.mktemp("paged") / "a.db"
    with Library(path, create=True) as library:
        add.load(library, readings(before, "a"), runs.Maker("test", ""))
        query = Query(
            **dict(p.split("=") for p in asked.split("&") if p),  # type: ignore[arg-type]
            limit=None,
        )
        wanted = [row["id"] for row in find(library.connection, query)]
    seen = _walked(path, f"/api/statements?limit={limit}{asked}", between)
    # What was there at the start comes once each, in its order; what came between may come, too.
    assert [n for n in seen if n in set(wanted)] == wanted
    assert len(seen) == len(set(seen))


def _walked(path: Path, address: str | None, between: list[str | None]) -> list[Any]:
    seen: list[Any] = []
    with TestClient(create(path), base_url="http://127.0.0.1:8000") as client:
        while address:
            told = client.get(address)
            assert told.status_code == 200, told.text
            again = client.get(address, headers={"if-none-match": told.headers["etag"]})
            assert (again.status_code, again.content) == (304, b"")
            seen += [s["id"] for s in told.json()["statements"]]
            address = told.json()["next"]
            if between:
                with Library(path) as library:
                    add.load(library, readings(between, f"b{len(seen)}"), runs.Maker("test", ""))
                between = []
                # What has changed is sent anew.
                fresh = client.get(
                    "/api/statements", headers={"if-none-match": told.headers["etag"]}
                )
                assert fresh.status_code == 200
    return seen
