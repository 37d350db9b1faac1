"""`selon versions`: what became of an article's statements from one version to the next."""

from __future__ import annotations

import argparse
import json
from itertools import pairwise
from typing import Final

from selon.cli import library_options
from selon.errors import SelonError
from selon.i18n import _
from selon.library.store import Library
from selon.reuse import Change, names, versions
from selon.reuse.formatting import diff_line, in_quotation_marks, join_names
from selon.reuse.store import ReuseStore

_EXAMPLES: Final = """\
selon versions https://gazette.example/12 --library press.db
selon versions https://gazette.example/12 --library press.db --json > changes.jsonl
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """The article and the library."""
    parser.epilog = _EXAMPLES
    parser.add_argument("article", metavar="URL", help=_("an article's address or its id"))
    library_options.library_option(parser)
    parser.add_argument("--json", action="store_true", help=_("JSON Lines, one change per line"))


def run(args: argparse.Namespace) -> int:
    """Show the changes between all versions that follow each other."""
    with Library(args.library) as library:
        store = ReuseStore(library)
        readings = store.versions_of(args.article)
        if not readings:
            raise SelonError(
                _("There is no article {key} in this library.").format(key=args.article)
            )
        many = [(added, store.of_reading(reading)) for reading, added in readings]
    some = False
    for (before, old), (after, new) in pairwise(many):
        changes = versions(old, new)
        some |= bool(changes)
        if not args.json and changes:
            print(f"{before} → {after}")
        for change in changes:
            print(_row(change, before, after) if args.json else f"* {change_text(change)}")
    if not some and not args.json:
        print(_("{n} versions; no statement changed").format(n=len(many)))
    return 0


def change_text(change: Change) -> str:
    """One change for people, with a word diff where the words are others."""
    if change.old is None or change.new is None:
        one = change.new or change.old
        return library_options.labelled(
            join_names([change.what]), in_quotation_marks(one.words if one else "")
        )
    diff = diff_line(change.old.words, change.new.words, change.diff)
    who = ""
    if "re-attributed" in names(change.alterations):
        who = f" ({change.old.speaker_name or '?'} → {change.new.speaker_name or '?'})"
    return library_options.labelled(f"{join_names(names(change.alterations))}{who}", diff)


def _row(change: Change, before: str, after: str) -> str:
    return json.dumps(
        {
            "from": before,
            "to": after,
            "what": change.what,
            "old": change.old.words if change.old else None,
            "new": change.new.words if change.new else None,
            "types": list(names(change.alterations)),
        },
        ensure_ascii=False,
    )
