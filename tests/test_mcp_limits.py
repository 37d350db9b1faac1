"""Each tool of the MCP server over stdio: the words with their place, limits, hostile arguments."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("mcp")
pytest.importorskip("litestar")

from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client

import room_hostile

HOSTILE: tuple[tuple[str, dict[str, Any]], ...] = (
    ("find_statements", {"words": '" OR 1=1 --'}),
    ("find_statements", {"words": "\x00"}),
    ("find_statements", {"words": "(" * 5_000}),
    ("find_statements", {"words": "é" * 100_000}),
    ("find_statements", {"speaker": "@99999999999999999999"}),
    ("find_statements", {"speaker": "@²"}),
    ("find_statements", {"speaker": "'; drop table statement; --"}),
    ("find_statements", {"since": "hier"}),
    ("find_statements", {"limit": -1, "offset": -5}),
    ("find_statements", {"offset": 10**30}),
    ("find_statements", {"limit": "many"}),
    ("find_statements", {"nothing": "of this name"}),
    ("check_quote", {"words": ""}),
    ("check_quote", {"words": "«»"}),
    ("check_quote", {"words": "x " * 100_000}),
    ("check_quote", {"words": "le bac rouvre", "speaker": "@0"}),
    ("check_quote", {}),
    ("statement_family", {"statement": 0}),
    ("statement_family", {"statement": 10**30}),
    ("statement_family", {"statement": "1; --"}),
    ("who_is", {"name": ""}),
    ("who_is", {"name": "@"}),
    ("who_is", {"name": "%" * 10_000}),
    ("read_article", {"article": -1}),
    ("read_article", {"article": 10**30}),
    ("read_article", {"article": "../../etc/passwd"}),
    ("no_such_tool", {}),
)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    path = room_hostile.library(tmp_path_factory.mktemp("mcp"))
    before = path.read_bytes()
    found = asyncio.run(_asked(path))
    found["path"] = path
    found["changed"] = path.read_bytes() != before
    return found


async def _asked(path: Path) -> dict[str, Any]:
    order = ["-m", "selon", "mcp", "--library", str(path)]
    server = StdioServerParameters(command=sys.executable, args=order, env=dict(os.environ))
    async with stdio_client(server) as (read, write), ClientSession(read, write) as session:
        await session.initialize()

        async def ask(tool: str, given: dict[str, Any]) -> Any:
            answer = await asyncio.wait_for(session.call_tool(tool, given), 60)
            block: Any = answer.content[0]
            return block.text if answer.isError else json.loads(block.text)

        return {
            "statements": await ask("find_statements", {}),
            "many": await ask("find_statements", {"limit": 10_000}),
            "article": await ask("read_article", {"article": 1}),
            "family": await ask("statement_family", {"statement": 1}),
            "check": await ask(
                "check_quote", {"words": "la digue du port tiendra bon tout l’hiver"}
            ),
            "who": await ask("who_is", {"name": "Rose"}),
            "hostile": [(tool, given, await ask(tool, given)) for tool, given in HOSTILE],
            # It still answers.
            "after": await ask("find_statements", {}),
        }


def test_statements_have_their_words_and_place(told: dict[str, Any]) -> None:
    for one in told["statements"]["statements"]:
        assert {"content", "spans", "article", "outlet", "published", "url"} <= one.keys()
        assert one["content"]
        assert one["spans"]


def test_families_and_checks_have_words_and_place(told: dict[str, Any]) -> None:
    assert len(told["family"]["members"]) == 2
    for one in (*told["family"]["members"], *told["check"]["findings"]):
        assert {"words", "statement", "article", "outlet", "published"} <= one.keys()
        assert one["words"]


def test_an_article_has_its_text(told: dict[str, Any]) -> None:
    text = told["article"]["text"]
    for statement in told["article"]["statements"]:
        assert all(text[a:b] for a, b in statement["content"])


def test_people_are_told(told: dict[str, Any]) -> None:
    assert told["who"]["people"]


def test_limits_hold(told: dict[str, Any]) -> None:
    assert len(told["many"]["statements"]) <= 50


def test_hostile_arguments_are_answered_in_words(told: dict[str, Any]) -> None:
    for tool, given, answer in told["hostile"]:
        said = answer if isinstance(answer, str) else json.dumps(answer)
        where = (tool, str(given)[:60], said[:300])
        assert str(told["path"].parent) not in said, where
        for leak in (
            "Traceback",
            "sqlite3",
            "OperationalError",
            "too large to convert",
            "64-bit",
            "syntax error",
        ):
            assert leak not in said, where
    assert told["after"] == told["statements"]
    assert not told["changed"]


def test_a_library_that_is_gone_is_told_without_its_folder(tmp_path: Path) -> None:
    path = room_hostile.library(tmp_path)

    async def asked() -> str:
        order = ["-m", "selon", "mcp", "--library", str(path)]
        server = StdioServerParameters(command=sys.executable, args=order, env=dict(os.environ))
        async with stdio_client(server) as (read, write), ClientSession(read, write) as session:
            await session.initialize()
            shutil.move(path, tmp_path / "elsewhere.db")
            block: Any = (await session.call_tool("who_is", {"name": "Rose"})).content[0]
            return str(block.text)

    said = asyncio.run(asked())
    assert "There is no library" in said or "Il n’y a pas" in said
    assert str(tmp_path) not in said
