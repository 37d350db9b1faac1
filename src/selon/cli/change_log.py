"""What `remove` and `edit` share: which articles, who says so, the list of deeds, and undoing one."""

from __future__ import annotations

import argparse
import getpass
import os
from typing import TYPE_CHECKING, Literal

from selon.cli import library_options
from selon.errors import SelonError
from selon.i18n import _

if TYPE_CHECKING:
    from selon.library.store import Library


def arguments(parser: argparse.ArgumentParser, nargs: Literal["*", "+"]) -> None:
    """Articles, the library, who does it."""
    parser.add_argument(
        "articles", nargs=nargs, metavar=_("ARTICLE"), help=_("its number, address or id")
    )
    library_options.library_option(parser)
    parser.add_argument("--by", default=None, help=_("who does it (default: the user's name)"))
    parser.add_argument("--undo", metavar="N", help=_("undo a change, by its number"))
    parser.add_argument("--log", action="store_true", help=_("all changes, as JSON Lines"))


def by(args: argparse.Namespace) -> str:
    """Who does it, as the log names them."""
    return f"human:{args.by or os.environ.get('SELON_BY') or getpass.getuser()}"


def listed_or_undone(library: Library, args: argparse.Namespace) -> bool:
    """Do what `--log` or `--undo` ask; whether either was asked."""
    from selon.library import article_edits

    if args.log:
        library_options.lines(article_edits.changes(library.connection))
        return True
    if args.undo:
        count = article_edits.undo(library, args.undo, by(args))
        library_options.tell(_("restored: {n} article(s)").format(n=count))
        return True
    if not args.articles:
        raise SelonError(_("name an article: its number, address or id"))
    return False


def number(library: Library, uid: str) -> int:
    """The number by which a deed may be undone."""
    row = library.connection.execute("select max(id) from upkeep where uid = ?", (uid,)).fetchone()
    return int(row[0] or 0)
