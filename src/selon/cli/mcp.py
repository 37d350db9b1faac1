"""`selon mcp`: a library for assistants that speak the Model Context Protocol."""

from __future__ import annotations

import argparse

from selon.cli import library_options
from selon.errors import SelonError
from selon.i18n import _


def arguments(parser: argparse.ArgumentParser) -> None:
    """The library."""
    library_options.library_option(parser)
    parser.epilog = "selon mcp --library press.db"


def run(args: argparse.Namespace) -> int:
    """Answer over standard input and output until they are closed."""
    try:
        from selon.web.mcp import server
    except ModuleNotFoundError as error:
        raise SelonError(
            _("This needs {module}: pip install 'selon[mcp]'").format(module=error.name)
        ) from error
    from selon.library.store import Library

    with Library(args.library):
        pass
    server(args.library).run()
    return 0
