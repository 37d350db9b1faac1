"""`selon person`: one person's or body's account."""

from __future__ import annotations

import argparse
import sys

from selon.cli import library_options
from selon.errors import SelonError
from selon.i18n import _


def arguments(parser: argparse.ArgumentParser) -> None:
    """A name, the library, the format."""
    parser.add_argument("name", metavar=_("NAME"), help=_("a name, a KB id, or @NUMBER"))
    library_options.library_option(parser)
    parser.add_argument("--format", choices=("text", "jsonl"), default="text")


def run(args: argparse.Namespace) -> int:
    """Print the account of everybody that the name may mean."""
    from selon.library.person_account import who
    from selon.library.store import Library

    with Library(args.library) as library:
        found = who(library.connection, args.name)
    if args.format == "jsonl":
        library_options.lines(found)
        return 0
    if not found:
        raise SelonError(_("Nobody in this library is called {name}.").format(name=args.name))
    for a in found:
        gender = f"{a['gender']} ({a['gender_by']})" if a["gender"] else None
        told = (a["kind"] or a["type"], gender, a["kb"], *a["roles"])
        known = ", ".join(str(x) for x in told if x)
        print(
            f"@{a['id']}  {library_options.printable(a['name'])} ({library_options.printable(known)})"
        )
        counts = a["counts"]
        print(
            _(
                "    speaks {speaker}, is addressed {addressee}, relays {via}, is mentioned {about}"
            ).format(**counts)
        )
        print(f"    {a['first'] or '?'} – {a['last'] or '?'}")
        for title, rows in ((_("outlets"), a["outlets"]), (_("relays"), a["relays"])):
            if rows:
                print(f"    {title}: " + ", ".join(f"{name} {n}" for name, n in rows))
        if len(a["variants"]) > 1:
            print(
                f"    {_('written')}: " + ", ".join(map(library_options.printable, a["variants"]))
            )
    sys.stdout.flush()
    return 0
