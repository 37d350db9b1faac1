"""The library for programs that speak the Model Context Protocol: read-only tools over stdio.

Every tool returns the words and their place, so that who asks can be shown the source.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any, Final

from mcp.server.fastmcp import FastMCP
from mcp.server.fastmcp.exceptions import ToolError
from mcp.types import ToolAnnotations
from pydantic import Field

from selon.errors import SelonError
from selon.library import person_account
from selon.library.find import Query, count, find
from selon.library.store import Library
from selon.web import serializers
from selon.web.library_provider import AbsentError, LibraryProvider

READS: Final = ToolAnnotations(readOnlyHint=True, openWorldHint=False)
MAX_ROWS: Final = 50
# SQLite's numbers go further; no row does.
MAX_NUMBER: Final = 2**53
Number = Annotated[int, Field(ge=0, le=MAX_NUMBER)]
ABOUT: Final = (
    "A library of news statements read by Selon: who said what, to whom, when and through whom."
    " Quote the words as they are given, with outlet, date and article; a family tells where words"
    " were first seen in this library, never who first said them."
)


def server(path: Path) -> FastMCP:
    """The server of one library file; it is opened for each question, to read only."""
    made = FastMCP("selon", instructions=ABOUT)
    provider = LibraryProvider(path, read_only=True)

    @contextmanager
    def reading() -> Iterator[Library]:
        try:
            with provider.reading() as library:
                yield library
        except AbsentError as error:
            raise ToolError("There is nothing of this number in the library.") from error
        except SelonError as error:
            raise ToolError(provider.scrubbed(str(error))) from error

    @made.tool(annotations=READS)
    def find_statements(
        words: str | None = None,
        speaker: str | None = None,
        outlet: str | None = None,
        since: str | None = None,
        until: str | None = None,
        limit: int = 10,
        offset: Annotated[int, Field(le=MAX_NUMBER)] = 0,
    ) -> dict[str, Any]:
        """Statements by words, speaker (any form of the name), outlet and date, newest first."""
        query = Query(words, speaker, outlet=outlet, since=since, until=until)
        page = replace(query, limit=max(1, min(limit, MAX_ROWS)), offset=max(0, offset))
        with reading() as library:
            rows = [r["id"] for r in find(library.connection, page)]
            told = [serializers.statement_json(library, row) for row in rows]
            return {"total": count(library.connection, query), "statements": told}

    @made.tool(annotations=READS)
    def check_quote(words: str, speaker: str | None = None) -> dict[str, Any]:
        """Whether quoted words stand in the library: verbatim, shortened, altered, another's, absent."""
        with reading() as library:
            return serializers.check_json(library, words[:2000], speaker)

    @made.tool(annotations=READS)
    def statement_family(statement: Number) -> dict[str, Any]:
        """Every appearance of a statement, and what became of its words."""
        with reading() as library:
            return serializers.family_json(library, statement)

    @made.tool(annotations=READS)
    def who_is(name: str) -> dict[str, Any]:
        """The people and bodies that a name may mean here: roles, counts, first and last."""
        with reading() as library:
            return {"people": person_account.who(library.connection, name[:200])[:MAX_ROWS]}

    @made.tool(annotations=READS)
    def read_article(article: Number) -> dict[str, Any]:
        """An article with its text, statements, people and voices, in the exchange format."""
        with reading() as library:
            return serializers.article_json(library, article)

    return made
