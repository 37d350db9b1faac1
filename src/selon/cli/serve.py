"""`selon serve`: the reading room, in the browser, on this machine."""

from __future__ import annotations

import argparse
import os
import socket
import sys
from contextlib import suppress
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any, Final

from selon.cli import library_options
from selon.errors import SelonError
from selon.i18n import _, ngettext, preferred_language

if TYPE_CHECKING:
    from multiprocessing.process import BaseProcess

PORT: Final = 8765
# Where the usual port is taken, one of the next is.
_NEXT: Final = 20


def arguments(parser: argparse.ArgumentParser) -> None:
    """The library, where to listen, who may come in."""
    library_options.library_option(parser)
    parser.add_argument(
        "--host", default="127.0.0.1", help=_("address to listen on (default: this machine only)")
    )
    parser.add_argument(
        "--port", type=int, help=_("port (default: 8765, or the next that is free)")
    )
    parser.add_argument(
        "--browser",
        action=argparse.BooleanOptionalAction,
        default=sys.stdout.isatty(),
        help=_("open the room in the browser (default: where a terminal started it)"),
    )
    parser.add_argument(
        "--allow-private-host",
        dest="private",
        action="append",
        default=[],
        metavar=_("HOST"),
        help=_("a host of your own network from which pages may be fetched"),
    )
    parser.add_argument(
        "--token",
        default=os.environ.get("SELON_TOKEN"),
        help=_("password that visitors give; better in SELON_TOKEN"),
    )
    parser.add_argument(
        "--read-only", action="store_true", help=_("read-only: nobody can review or add anything")
    )
    parser.add_argument(
        "--kb",
        type=Path,
        action="append",
        default=[],
        metavar="A.db",
        help=_("a knowledge base to look people up in (default: the shipped one)"),
    )
    parser.epilog = "selon serve --library press.db"


def run(args: argparse.Namespace) -> int:
    """Serve until interrupted."""
    try:
        import uvicorn

        from selon.web.app import create
        from selon.web.settings import Settings
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
        lang=preferred_language(),
        # Not the machine's account: who judges says who they are.
        by=os.environ.get("SELON_BY", ""),
        kb=tuple(args.kb),
        private=frozenset(args.private),
    )
    port = args.port or _free(args.host)
    # A bad one is told at once, not by a page.
    Kb(*settings.kb).close()
    # Made or brought up to date here, once: visitors open it read-only.
    new = not args.library.exists()
    with Library(args.library, create=not args.read_only, read_only=args.read_only):
        pass
    if new:
        print(_("A new library: {path}").format(path=args.library))
    comparing = None if args.read_only else _start_comparing(args.library)
    if args.read_only:
        _tell_waiting(args.library)
    shown = f"[{args.host}]" if ":" in args.host else args.host
    url = f"http://{shown}:{port}/"
    print(_("Reading room: {url} (Ctrl-C ends it)").format(url=url), flush=True)
    server = uvicorn.Server(
        uvicorn.Config(
            create(args.library, settings),
            host=args.host,
            port=port,
            log_level="warning",
            server_header=False,
            date_header=True,
            h11_max_incomplete_event_size=65536,
        )
    )
    if args.browser:
        Thread(target=_open_browser, args=(server, url), daemon=True).start()
    try:
        server.run()
    except KeyboardInterrupt:
        pass
    finally:
        if comparing is not None:
            comparing.terminate()
    return 0 if server.started else 3


def _free(host: str) -> int:
    """The usual port, or the next that nobody listens on."""
    for port in range(PORT, PORT + _NEXT):
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        with socket.socket(family, socket.SOCK_STREAM) as one:
            one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            with suppress(OSError):
                one.bind((host, port))
                return port
    return PORT


def _open_browser(server: Any, url: str) -> None:
    """Open the room in the browser, once it answers; a machine without one is left alone."""
    import time
    import webbrowser

    for _try in range(600):
        if server.started:
            webbrowser.open(url)
            return
        time.sleep(0.1)


def _tell_waiting(library: Path) -> None:
    """Say how many statements nobody compared, where this room may not do it."""
    from selon.library.store import Library
    from selon.reuse.store import ReuseStore

    with Library(library, read_only=True) as opened:
        waiting = ReuseStore(opened).waiting()
    if waiting:
        print(
            ngettext(
                "{n} statement was never compared with the others, and --read-only forbids it: its"
                " other versions will be missing. `selon check` compares it.",
                "{n} statements were never compared with the others, and --read-only forbids it:"
                " their other versions will be missing. `selon check` compares them.",
                waiting,
            ).format(n=waiting),
            flush=True,
        )


def _start_comparing(library: Path) -> BaseProcess:
    """A process that brings the ledger up to date while visitors read; it may be stopped any time."""
    from multiprocessing import get_context

    process = get_context("spawn").Process(target=_compare, args=(library,), daemon=True)
    process.start()
    return process


def _compare(library: Path) -> None:
    from selon.library.store import Library
    from selon.reuse.store import ReuseStore

    # The terminal's Ctrl-C ends it with the room, without a word.
    with suppress(KeyboardInterrupt), Library(library) as opened:
        ReuseStore(opened).update()
