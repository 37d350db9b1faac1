"""The MCP server as a real process, asked by a real client over stdio."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("mcp")
pytest.importorskip("litestar")

from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client

from room_browser import read_once

__all__ = ["read_once"]


async def _asked(library: Path) -> dict[str, Any]:
    order = ["-m", "selon", "mcp", "--library", str(library)]
    out: dict[str, Any] = {}
    async with (
        stdio_client(
            StdioServerParameters(command=sys.executable, args=order, env=dict(os.environ))
        ) as (read, write),
        ClientSession(read, write) as session,
    ):
        await session.initialize()
        out["tools"] = (await session.list_tools()).tools

        async def ask(tool: str, **given: Any) -> Any:
            answer = await session.call_tool(tool, given)
            block: Any = answer.content[0]
            return block.text if answer.isError else json.loads(block.text)

        out["found"] = await ask("find_statements", speaker="Ortéga")
        out["article"] = await ask("read_article", article=1)
        out["who"] = await ask("who_is", name="Basile Ortéga")
        out["check"] = await ask("check_quote", words="Le pont rouvrira lundi")
        out["nothing"] = await ask("read_article", article=99999)
    return out


def test_a_client_is_told_the_words_and_their_place(read_once: Path) -> None:
    told = asyncio.run(_asked(read_once))
    assert all(t.annotations.readOnlyHint for t in told["tools"])
    one = told["found"]["statements"][0]
    text = told["article"]["text"]
    assert "".join(text[a:b] for a, b in one["spans"]) == one["content"]
    assert {"outlet", "published", "article", "title"} <= one.keys()
    assert told["who"]["people"][0]["name"] == "Basile Ortéga"
    assert told["check"]["verdict"]
    assert "nothing of this number" in told["nothing"]
    assert str(read_once.parent) not in told["nothing"]
