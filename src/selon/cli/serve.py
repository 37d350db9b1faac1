"""`selon serve`: the reading room, in the browser, on this machine."""

from __future__ import annotations

import argparse
import getpass
import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from selon.cli import opening
from selon.faults import SelonError
from selon.tongue import speaking, wanted

if TYPE_CHECKING:
    from multiprocessing.process import BaseProcess


def arguments(parser: argparse.ArgumentParser) -> None:
    """The library, where to listen, who may come in."""
    _ = speaking("room").gettext
    opening.library_option(parser)
    parser.add_argument(
        "--host", default="127.0.0.1", help=_("address to listen on (default: this machine only)")
    )
    parser.add_argument("--port", type=int, default=8765, help=_("port (default: 8765)"))
    parser.add_argument(
        "--token",
        default=os.environ.get("SELON_TOKEN"),
        help=_("password that visitors give; better in SELON_TOKEN"),
    )
    parser.add_argument(
        "--read-only", action="store_true", help=_("nobody reviews or adds anything")
    )
    parser.add_argument(
        "--kb",
        type=Path,
        action="append",
        default=[],
        metavar="A.db",
        help=_("a knowledge base to look people up in (the shipped one by default)"),
    )
    parser.epilog = "selon serve --library press.db"


def run(args: argparse.Namespace) -> int:
    """Serve until interrupted."""
    _ = speaking("room").gettext
    try:
        import uvicorn

        from selon.room.app import create
        from selon.room.settings import Settings
    except ModuleNotFoundError as error:
        raise SelonError(
            _("The reading room needs {module}: pip install 'selon[room]'").format(
                module=error.name
            )
        ) from error
    from selon.kb.store import Kb
    from selon.library.store import Library

    settings = Settings(
        host=args.host,
        port=args.port,
        token=args.token or None,
        read_only=args.read_only,
        lang=wanted(),
        by=os.environ.get("SELON_BY") or getpass.getuser(),
        kb=tuple(args.kb),
    )
    # A bad one is told at once, not by a page.
    Kb(*settings.kb).close()
    # Brought up to date here, once: visitors open it read-only.
    with Library(args.library, read_only=args.read_only):
        pass
    comparing = None if args.read_only else _compared(args.library)
    shown = f"[{args.host}]" if ":" in args.host else args.host
    print(_("Reading room: {url} (Ctrl-C ends it)").format(url=f"http://{shown}:{args.port}/"))
    try:
        uvicorn.run(
            create(args.library, settings),
            host=args.host,
            port=args.port,
            log_level="warning",
            server_header=False,
            date_header=True,
            h11_max_incomplete_event_size=65536,
        )
    finally:
        if comparing is not None:
            comparing.terminate()
    return 0


def _compared(library: Path) -> BaseProcess:
    """A process that brings the ledger up to date while visitors read; it may be stopped any time."""
    from multiprocessing import get_context

    process = get_context("spawn").Process(target=_compare, args=(library,), daemon=True)
    process.start()
    return process


def _compare(library: Path) -> None:
    from selon.ledger.shelf import Shelf
    from selon.library.store import Library

    # The terminal's Ctrl-C ends it with the room, without a word.
    with suppress(KeyboardInterrupt), Library(library) as opened:
        Shelf(opened).update()
