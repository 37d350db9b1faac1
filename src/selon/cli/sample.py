"""`selon sample`: statements or paragraphs to code by hand, and what the coding says."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from selon.cli import library_options, tables
from selon.errors import SelonError
from selon.i18n import _

if TYPE_CHECKING:
    from selon.numbers.sampling import Measure

Row = dict[str, Any]
_EXAMPLES: Final = """\
selon sample 200 --stratify outlet form -o coding.csv --excel
selon sample 100 --paragraphs -o recall.csv
selon sample --coded ana.csv bruno.csv recall.csv"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """How many, strata, filters, the file; or the coded files."""
    parser.epilog = _EXAMPLES
    parser.add_argument("count", type=int, nargs="?", metavar="N", help=_("how many to draw"))
    parser.add_argument(
        "--stratify", nargs="+", default=[], metavar=_("DIMENSION"), help=_("strata to draw from")
    )
    parser.add_argument(
        "--paragraphs",
        action="store_true",
        help=_("draw paragraphs instead, to count what was missed (recall)"),
    )
    parser.add_argument("--seed", type=int, default=1, help=_("seed of the random draw"))
    parser.add_argument(
        "--coded",
        nargs="+",
        type=Path,
        metavar=_("FILE"),
        help=_("read coded files: precision, recall, and alpha where several coded the same"),
    )
    parser.add_argument("--words", help=_("only statements with these words"))
    library_options.library_option(parser)
    library_options.filters(parser)
    tables.output_options(parser)


def run(args: argparse.Namespace) -> int:
    """Draw, or measure."""
    if args.coded:
        _measure([_read(path) for path in args.coded])
        return 0
    if args.count is None or args.count < 1:
        raise SelonError(_("Give a number: selon sample 200 -o coding.csv"))
    from selon.library.store import Library
    from selon.numbers import sampling

    stratify = library_options.dimensions(args.stratify)
    with Library(args.library) as library:
        query = library_options.query(args, args.words, None)
        if args.paragraphs:
            rows = sampling.paragraphs(library.connection, args.count, query=query, seed=args.seed)
            columns: Sequence[str] = sampling.PARAGRAPHS
        else:
            rows = sampling.statements(
                library.connection, args.count, stratify=stratify, query=query, seed=args.seed
            )
            columns = sampling.STATEMENTS
    if args.format == "text" or (args.format is None and not args.output):
        args.format = "csv"
    tables.write(args, rows, columns)
    return 0


def _read(path: Path) -> list[Row]:
    from selon.numbers import coding

    try:
        return coding.rows(str(path), path.read_bytes())
    except OSError as error:
        raise SelonError(f"{path}: {error}") from None


def _measure(coded: list[list[Row]]) -> None:
    from selon.numbers import coding, sampling

    found = coding.measure(coded)
    for number, told in found.measures:
        line = (
            _("coder {n}, precision, {what}")
            if told.name in sampling.CODES
            else _("coder {n}, {what}")
        )
        print(line.format(n=number, what=_line(told)))
    for one in found.agreements:
        print(
            _("Krippendorff’s alpha, {code}: {alpha:.3f} ({n} units)").format(
                code=one.code, alpha=one.alpha, n=one.units
            )
        )


def _line(told: Measure) -> str:
    low, high = 100 * told.low, 100 * told.high
    return f"{told.name}: {100 * told.share:.1f} % [{low:.1f}–{high:.1f}] (n = {told.n})"
