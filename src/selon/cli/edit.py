"""`selon edit`: an article's outlet, date, title, address or page set right; `--undo` takes it back."""

from __future__ import annotations

import argparse

from selon.cli import change_log, library_options
from selon.errors import SelonError
from selon.i18n import _


def arguments(parser: argparse.ArgumentParser) -> None:
    """Which articles, and what is right."""
    change_log.arguments(parser, nargs="*")
    parser.add_argument("--outlet", help=_("the outlet that published it"))
    parser.add_argument("--date", help=_("the day on which it was published"))
    parser.add_argument("--title", help=_("its title"))
    parser.add_argument("--url", help=_("its address"))
    parser.add_argument("--page", help=_("its page in the printed edition"))
    parser.add_argument(
        "--no-reading", action="store_true", help=_("do not read it again if its date changes")
    )
    parser.epilog = "selon edit 12 --outlet 'Le Courrier' --date 12/03/2026 --library presse.db"


def run(args: argparse.Namespace) -> int:
    """Set right, take back or list; print the deeds' numbers."""
    from selon.library import article_edits
    from selon.library.add import reading_program
    from selon.library.store import Library

    given = {
        "outlet": args.outlet,
        "published": args.date,
        "title": args.title,
        "url": args.url,
        "page": args.page,
    }
    changes = {name: value for name, value in given.items() if value is not None}
    with Library(args.library) as library:
        if change_log.listed_or_undone(library, args):
            return 0
        if not changes:
            raise SelonError(_("give what to correct: --outlet, --date, --title, --url or --page"))
        reader = None if args.no_reading else reading_program
        for row in article_edits.articles(library.connection, args.articles):
            uid = article_edits.edit(library, row, changes, change_log.by(args), reader)
            library_options.tell(
                _("article {n} corrected; to undo: selon edit --undo {deed}").format(
                    n=row, deed=change_log.number(library, uid)
                )
            )
    return 0
