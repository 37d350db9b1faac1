"""`selon remove`: articles out of searches, counts and exports; `--undo` brings them back."""

from __future__ import annotations

import argparse

from selon.cli import deeds, opening
from selon.tongue import speaking


def arguments(parser: argparse.ArgumentParser) -> None:
    """Which articles, of which library, who says so."""
    _ = speaking("library").gettext
    deeds.arguments(parser, nargs="*")
    parser.epilog = (
        "selon remove 12 https://gazette.example/a --library presse.db\nselon remove --undo 3"
    )


def run(args: argparse.Namespace) -> int:
    """Take out, bring back or list; print the deed's number."""
    from selon.library import upkeep
    from selon.library.store import Library

    _ = speaking("library")
    with Library(args.library) as library:
        if deeds.listed_or_undone(library, args):
            return 0
        rows = upkeep.articles(library.connection, args.articles)
        number = deeds.number(library, upkeep.remove(library, rows, deeds.by(args)))
    words = _.ngettext(
        "{n} article taken out; it comes back with: selon remove --undo {deed}",
        "{n} articles taken out; they come back with: selon remove --undo {deed}",
        len(rows),
    )
    opening.said(words.format(n=len(rows), deed=number))
    return 0
