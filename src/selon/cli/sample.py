"""`selon sample`: statements or paragraphs to code by hand, and what the coding says."""

from __future__ import annotations

import argparse
import csv
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from selon.cli import library_options, tables
from selon.errors import SelonError
from selon.i18n import translations

if TYPE_CHECKING:
    from selon.numbers.sampling import Measure

Row = dict[str, Any]
_EXAMPLES: Final = """\
selon sample 200 --stratify outlet form -o coding.csv --excel
selon sample 100 --paragraphs -o recall.csv
selon sample --coded ana.csv bruno.csv recall.csv"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """How many, strata, filters, the file; or the coded files."""
    _ = translations("numbers").gettext
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
    _ = translations("numbers").gettext
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
    """The rows of a coded file: CSV with commas or semicolons, or a spreadsheet."""
    _ = translations("numbers").gettext
    try:
        rows = _sheet(path) if path.suffix.lower() == ".xlsx" else _csv(path)
    except (OSError, UnicodeDecodeError, csv.Error) as fault:
        raise SelonError(f"{path}: {fault}") from None
    if not rows or "number" not in rows[0]:
        raise SelonError(
            _("{path} is not a coded sample: its column “number” is missing").format(path=path)
        )
    return rows


def _csv(path: Path) -> list[Row]:
    text = path.read_text("utf-8-sig")
    mark = ";" if text.partition("\n")[0].count(";") > text.partition("\n")[0].count(",") else ","
    return list(csv.DictReader(text.splitlines(keepends=True), delimiter=mark))


def _sheet(path: Path) -> list[Row]:
    _ = translations("numbers").gettext
    try:
        from openpyxl import load_workbook
    except ImportError as error:
        raise SelonError(
            _("This needs one more package: pip install 'selon[{extra}]'.").format(extra="numbers")
        ) from error
    cells = list(load_workbook(path, read_only=True).active.iter_rows(values_only=True))
    return [dict(zip(map(str, cells[0]), row, strict=False)) for row in cells[1:]] if cells else []


def _measure(coded: list[list[Row]]) -> None:
    from selon.numbers import sampling

    _ = translations("numbers").gettext
    samples = [rows for rows in coded if sampling.CODES[0] in rows[0]]
    counted = [rows for rows in coded if sampling.COUNTS[0] in rows[0]]
    for number, rows in enumerate(samples, 1):
        for told in sampling.precision(rows):
            print(_("coder {n}, precision, {what}").format(n=number, what=_line(told)))
    for number, rows in enumerate(counted, 1):
        found = sampling.recall(rows)
        if found:
            print(_("coder {n}, {what}").format(n=number, what=_line(found)))
    for coders, codes in ((samples, sampling.CODES), (counted, sampling.COUNTS)):
        if len(coders) < 2:
            continue
        for code in codes:
            agreed = sampling.alpha(coders, code)
            if agreed:
                print(
                    _("Krippendorff’s alpha, {code}: {alpha:.3f} ({n} units)").format(
                        code=code, alpha=agreed[0], n=agreed[1]
                    )
                )


def _line(told: Measure) -> str:
    low, high = 100 * told.low, 100 * told.high
    return f"{told.name}: {100 * told.share:.1f} % [{low:.1f}–{high:.1f}] (n = {told.n})"
