"""`selon remove`: articles out of searches, counts and exports; `--undo` brings them back."""

from __future__ import annotations

import argparse

from selon.cli import change_log, library_options
from selon.i18n import ngettext


def arguments(parser: argparse.ArgumentParser) -> None:
    """Which articles, of which library, who says so."""
    change_log.arguments(parser, nargs="*")
    parser.epilog = (
        "selon remove 12 https://gazette.example/a --library presse.db\nselon remove --undo 3"
    )


def run(args: argparse.Namespace) -> int:
    """Take out, bring back or list; print the deed's number."""
    from selon.library import article_edits
    from selon.library.store import Library

    with Library(args.library) as library:
        if change_log.listed_or_undone(library, args):
            return 0
        rows = article_edits.articles(library.connection, args.articles)
        number = change_log.number(
            library, article_edits.remove(library, rows, change_log.by(args))
        )
    words = ngettext(
        "{n} article taken out; it comes back with: selon remove --undo {deed}",
        "{n} articles taken out; they come back with: selon remove --undo {deed}",
        len(rows),
    )
    library_options.tell(words.format(n=len(rows), deed=number))
    return 0
