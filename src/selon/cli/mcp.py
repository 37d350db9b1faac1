"""`selon mcp`: a library for assistants that speak the Model Context Protocol."""

from __future__ import annotations

import argparse

from selon.cli import opening
from selon.faults import SelonError
from selon.tongue import speaking


def arguments(parser: argparse.ArgumentParser) -> None:
    """The library."""
    opening.library_option(parser)
    parser.epilog = "selon mcp --library press.db"


def run(args: argparse.Namespace) -> int:
    """Answer over standard input and output until they are closed."""
    _ = speaking("room").gettext
    try:
        from selon.room.mcp import server
    except ModuleNotFoundError as error:
        raise SelonError(
            _("This needs {module}: pip install 'selon[mcp]'").format(module=error.name)
        ) from error
    from selon.library.store import Library

    with Library(args.library):
        pass
    server(args.library).run()
    return 0
