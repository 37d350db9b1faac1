"""`selon check`: whether somebody's words stand in a library as they are quoted."""

from __future__ import annotations

import argparse
import json
import sys
from typing import Final

from selon.cli import library_options
from selon.i18n import _, ngettext
from selon.library.store import Library
from selon.reuse import names, serializers
from selon.reuse.formatting import (
    crosslingual_notice,
    diff_line,
    in_quotation_marks,
    join_names,
    line,
)
from selon.reuse.lookup import ask
from selon.reuse.quote_check import VERDICTS, QuoteCheck, QuoteFinding
from selon.reuse.store import ReuseStore

_EXAMPLES: Final = """\
selon check "Le pont va fermer dès le mois de mars" --library press.db
selon check "Le pont va fermer dès le mois de mars" --speaker "Odile Ferrandier" --library press.db
selon check "The bridge will close in March" --speaker Q123 --library press.db
pbpaste | selon check - --library press.db
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """The words, the speaker they are said to be of, the library."""
    parser.epilog = _EXAMPLES
    parser.add_argument(
        "words", metavar=_("WORDS"), help=_("the quoted words, or - for standard input")
    )
    library_options.library_option(parser)
    parser.add_argument(
        "--speaker",
        metavar=_("NAME"),
        help=_("who is said to have said them: a name, or a knowledge base id"),
    )
    parser.add_argument(
        "--language", metavar="XX", help=_("language of the quoted words (default: guessed)")
    )
    parser.add_argument(
        "--limit",
        type=int,
        default=20,
        metavar="N",
        help=_("how many findings to show (default: 20)"),
    )
    parser.add_argument("--json", action="store_true", help=_("one JSON object"))


def run(args: argparse.Namespace) -> int:
    """Look the words up; the status is 0 where they are found in some form, else 1."""
    asked = (sys.stdin.read() if args.words == "-" else args.words).strip(' \n«»"“”')
    with Library(args.library) as library:
        store = ReuseStore(library)
        store.update()
        done = ask(store, asked, args.language, args.speaker)
        abroad = store.abroad()
    if args.json:
        print(
            json.dumps({**serializers.check_json(done), "translations": abroad}, ensure_ascii=False)
        )
    else:
        print(check_text(done, args.limit))
        note = crosslingual_notice(abroad)
        if note:
            print(note, file=sys.stderr)
    return 0 if done.findings or done.passages else 1


def check_text(done: QuoteCheck, limit: int) -> str:
    """The verdicts with their counts, then each finding with what was altered."""
    if done.common:
        return ngettext(
            "Too common to tell: these words stand in {n} article.",
            "Too common to tell: these words stand in {n} articles.",
            done.common,
        ).format(n=done.common)
    if not done.findings and not done.passages:
        return _("Not found in this library: {words}").format(words=done.words)
    counts = {v: done.articles(v) for v in VERDICTS}
    out = [
        ngettext("{verdict}: {n} article", "{verdict}: {n} articles", n).format(
            verdict=join_names([v]), n=n
        )
        for v, n in counts.items()
        if n
    ]
    for found in (*done.findings, *done.passages)[:limit]:
        out.append(
            library_options.labelled(f"* {line(found.saying)}", ", ".join(_finding_lines(found)))
        )
        kinds = names(found.alterations)
        if "translated" in kinds:
            out.append(f"    ({join_names(kinds)}) {in_quotation_marks(found.saying.words)}")
        elif kinds != ("verbatim",):
            out.append(
                f"    ({join_names(kinds)}) {diff_line(found.saying.words, done.words, found.diff)}"
            )
    return "\n".join(out)


def _finding_lines(found: QuoteFinding) -> list[str]:
    """The verdict on one finding, and what else is to be said of it."""
    told = [_(found.verdict)]
    if found.ruled:
        kind = _(found.ruled.kind)
        told.append(
            _("cut out of: {kind}").format(kind=kind) + f" {in_quotation_marks(found.ruled.words)}"
        )
    if not found.saying.id:
        told.append(_("in the text, but attributed to nobody"))
    elif found.speaker == "not told":
        told.append(_("it is not known whether by that speaker"))
    return told
