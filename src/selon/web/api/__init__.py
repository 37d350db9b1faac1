"""The JSON API beside the pages: its routes and its OpenAPI description."""

from __future__ import annotations

from typing import Any, Final

from litestar import Router
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin

from selon import __version__
from selon.web.api import lookup, network, quotes

ROUTES: Final[list[Any]] = [
    Router(
        "/api",
        route_handlers=[*lookup.ROUTES, *quotes.ROUTES, *network.ROUTES],
        tags=["library"],
    )
]
# No renderer but the description itself: others fetch their scripts from elsewhere.
OPENAPI: Final = OpenAPIConfig(
    title="Selon",
    version=__version__,
    description="Who said what, to whom, when and through whom: one library, read-only.",
    path="/api/schema",
    render_plugins=[JsonRenderPlugin(path="/openapi.json")],
)
