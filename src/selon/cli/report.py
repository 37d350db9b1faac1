"""`selon report`: a library on one page that stands alone."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

from selon.cli import library_options
from selon.i18n import _, preferred_language

if TYPE_CHECKING:
    from selon.library.store import Library
    from selon.numbers.report import ReportFamily

_WORDS: Final = 160
_MAX_FAMILIES: Final = 200


def arguments(parser: argparse.ArgumentParser) -> None:
    """The file, filters, the language."""
    parser.epilog = "selon report -o report.html --since 2026"
    library_options.library_option(parser)
    library_options.filters(parser)
    parser.add_argument("--words", help=_("only statements with these words"))
    parser.add_argument("--names", choices=("en", "fr"), help=_("words in English or French"))
    parser.add_argument("--title", help=_("title of the plot"))
    parser.add_argument(
        "--output",
        "-o",
        type=Path,
        default=Path("report.html"),
        metavar=_("FILE"),
        help=_("the page (default: report.html)"),
    )


def run(args: argparse.Namespace) -> int:
    """Count, draw where that can be done, write."""
    from selon.export import writing
    from selon.library.store import Library
    from selon.numbers import report

    with Library(args.library) as library:
        told = report.report(
            library.connection,
            args.names or preferred_language(),
            query=library_options.query(args, args.words, None),
            families=sorted(_families(library), key=lambda f: (-f.outlets, -f.statements, f.words)),
            drawn=find_spec("vl_convert") is not None,
            title=args.title,
        )
    writing.save_whole(args.output, lambda out: out.write(told.encode("utf-8", "replace")))
    print(args.output)
    return 0


def _families(library: Library) -> Iterator[ReportFamily]:
    """The families that the ledger has compared; none where nobody compared any."""
    from selon.numbers.report import ReportFamily
    from selon.reuse.store import ReuseStore

    # Families that went through most outlets are among the largest.
    for _family, sayings in ReuseStore(library).families(3, _MAX_FAMILIES):
        first = min(sayings.values(), key=lambda s: (s.published or "~", s.id))
        words = first.words if len(first.words) <= _WORDS else first.words[:_WORDS] + "…"
        outlets = {s.outlet for s in sayings.values() if s.outlet}
        day = (first.published or "")[:10]
        yield ReportFamily(words, first.speaker_name or "", len(sayings), len(outlets), day)
