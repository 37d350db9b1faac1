"""`selon edit`: an article's outlet, date, title or address set right; `--undo` takes it back."""

from __future__ import annotations

import argparse

from selon.cli import deeds, opening
from selon.faults import SelonError
from selon.tongue import speaking


def arguments(parser: argparse.ArgumentParser) -> None:
    """Which articles, and what is right."""
    _ = speaking("library").gettext
    deeds.arguments(parser, nargs="*")
    parser.add_argument("--outlet", help=_("the outlet that published it"))
    parser.add_argument("--date", help=_("the day on which it was published"))
    parser.add_argument("--title", help=_("its title"))
    parser.add_argument("--url", help=_("its address"))
    parser.add_argument(
        "--no-reading", action="store_true", help=_("do not read it again if its date changes")
    )
    parser.epilog = "selon edit 12 --outlet 'Le Courrier' --date 12/03/2026 --library presse.db"


def run(args: argparse.Namespace) -> int:
    """Set right, take back or list; print the deeds' numbers."""
    from selon.library import upkeep
    from selon.library.add import reading_program
    from selon.library.store import Library

    _ = speaking("library").gettext
    given = {
        "outlet": args.outlet,
        "published": args.date,
        "title": args.title,
        "url": args.url,
    }
    changes = {name: value for name, value in given.items() if value is not None}
    with Library(args.library) as library:
        if deeds.listed_or_undone(library, args):
            return 0
        if not changes:
            raise SelonError(_("give what to correct: --outlet, --date, --title or --url"))
        reader = None if args.no_reading else reading_program
        for row in upkeep.articles(library.connection, args.articles):
            uid = upkeep.edit(library, row, changes, deeds.by(args), reader)
            opening.said(
                _("article {n} corrected; to undo: selon edit --undo {deed}").format(
                    n=row, deed=deeds.number(library, uid)
                )
            )
    return 0
