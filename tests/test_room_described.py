"""The API against its own description: a process asked for whatever the description allows, and more."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("litestar")
pytest.importorskip("schemathesis", reason="schemathesis is not installed")

import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi import checks as openapi

from room_browser import read_once, room_over

__all__ = ["read_once"]

CHECKS = (
    not_a_server_error,
    openapi.status_code_conformance,
    openapi.content_type_conformance,
    openapi.response_schema_conformance,
    openapi.negative_data_rejection,
)


OPERATIONS = (
    *("GET /api/statements", "GET /api/statements/{number}", "GET /api/articles/{number}"),
    *("GET /api/people", "GET /api/people/{number}", "GET /api/families/{number}"),
    "GET /api/families/{number}/near",
    *("GET /api/network", "GET /api/check", "POST /api/read"),
)


@pytest.fixture(scope="module")
def described(read_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    path = tmp_path_factory.mktemp("described") / "a.db"
    shutil.copy(read_once, path)
    with room_over(path) as address:
        yield schemathesis.openapi.from_url(f"{address}/api/schema/openapi.json")


# Its own pytest plugin wants an older pytest: its operations are given to hypothesis by hand.
@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
@pytest.mark.parametrize("label", OPERATIONS)
def test_answers_are_as_described(described: Any, label: str, mode: GenerationMode) -> None:
    operation = next(
        found
        for found in (result.ok() for result in described.get_all_operations())
        if found.label == label
    )

    @given(case=operation.as_strategy(generation_mode=mode))
    @settings(
        max_examples=12,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        derandomize=True,
        database=None,
        phases=[Phase.generate],
    )
    def asked(case: Any) -> None:
        case.call_and_validate(checks=CHECKS, timeout=60)

    asked()


def test_every_route_is_described(described: Any) -> None:
    assert {result.ok().label for result in described.get_all_operations()} == set(OPERATIONS)
