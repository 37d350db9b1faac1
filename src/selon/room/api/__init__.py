"""The JSON API beside the pages: its routes and its OpenAPI description."""

from __future__ import annotations

from typing import Any

from litestar.openapi import OpenAPIConfig

ROUTES: list[Any] = []
OPENAPI: OpenAPIConfig | None = None
