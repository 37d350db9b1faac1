"""`selon stats` with groups, measures, comparisons and files: see `selon.numbers.cross`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from selon.cli import library_options
from selon.errors import SelonError
from selon.i18n import _, catalogue, preferred_language

if TYPE_CHECKING:
    import sqlite3

    from selon.numbers.cross import CrossTable

FORMATS: Final = ("text", "csv", "jsonl", "json", "parquet", "xlsx", "html")
# More are not read in a terminal.
_GROUPS: Final = 30
_BINARY: Final = ("parquet", "xlsx")
_OLD: Final = {"via": "relay"}
_DIFFERENCE: Final = ("share", "against", "difference", "low", "high", "h", "p", "holm", "articles")


def options(parser: argparse.ArgumentParser) -> None:
    """`--by`, `--measure`, `--compare`, `--value`, and how the table is written."""
    parser.add_argument("--by", nargs="+", default=[], metavar=_("DIMENSION"), help=_("in groups"))
    parser.add_argument(
        "--measure",
        choices=("statements", "words", "articles", "persons"),
        help=_("what is counted (default: statements; of gender alone, persons)"),
    )
    parser.add_argument(
        "--compare",
        choices=("others", "previous"),
        help=_("differences between groups: each with all others, or with the one before"),
    )
    parser.add_argument("--value", nargs="+", help=_("compare only this value, such as female"))
    parser.add_argument(
        "--groups",
        type=int,
        metavar="N",
        help=_(
            "only the N most frequent values of each dimension that groups (0: all; default: all in"
            " a file, 30 in the terminal)"
        ),
    )
    output_options(parser)


def output_options(parser: argparse.ArgumentParser) -> None:
    """`--format`, `--output`, `--names`, `--excel`."""
    parser.add_argument(
        "--format",
        choices=FORMATS,
        help=_("how rows are written (default: text, or as the file's name ends)"),
    )
    parser.add_argument(
        "--output", "-o", type=Path, metavar=_("FILE"), help=_("the file (default: the terminal)")
    )
    parser.add_argument(
        "--names", choices=("en", "fr"), help=_("columns and values in English or French words")
    )
    parser.add_argument(
        "--excel",
        action="store_true",
        help=_("CSV that Excel opens on a double click: byte order mark, semicolons"),
    )


def is_cross_table(args: argparse.Namespace, dimensions: Sequence[str]) -> bool:
    """Whether more is asked for than a single column's shares."""
    usual = args.measure in (None, _usual(dimensions))
    plain = args.format in (None, "text", "csv", "jsonl") and usual
    return not plain or any(
        (args.by, args.compare, args.output, args.names, args.excel, args.groups is not None)
    )


def _usual(dimensions: Sequence[str], by: Sequence[str] = ()) -> str:
    """What is counted where nothing is asked: genders by themselves by person, each once."""
    return "persons" if tuple(dimensions) == ("gender",) and not by else "statements"


def run(args: argparse.Namespace, dimensions: Sequence[str]) -> int:
    """Count, and write the table or the differences."""
    from selon.library.store import Library

    of = tuple(_OLD.get(name, name) for name in dimensions)
    by = tuple(_OLD.get(name, name) for name in library_options.dimensions(args.by))
    with Library(args.library) as library:
        if args.compare:
            _compare(args, library.connection, of, by)
        else:
            _cross(args, library.connection, of, by)
    return 0


def _cross(
    args: argparse.Namespace,
    connection: sqlite3.Connection,
    of: tuple[str, ...],
    by: tuple[str, ...],
) -> None:
    from selon.numbers import page, rows, text_tables
    from selon.numbers.cross import Limits, cross

    query = library_options.query(args, args.words, None)
    form = _form(args)
    groups = args.groups if args.groups is not None else _GROUPS if form == "text" else 0
    limits = Limits(max(args.limit, 0) or None, max(groups, 0) or None)
    measure = args.measure or _usual(of, by)
    table = cross(connection, of, by, measure=measure, query=query, limits=limits)
    if form == "text":
        print(*text_tables.lines(table, max(args.limit, 0)), sep="\n")
    elif form == "html":
        language = args.names or preferred_language()
        grid = page.grid(table, language, limit=max(args.limit, 0) or len(table.values))
        section = page.Section("", grids=(grid,), notes=tuple(_notes(table, language)))
        _text(page.document(grid.caption, "", [section], language), args.output)
    else:
        language = args.names
        told: Iterable[dict[str, Any]] = rows.rows(table, max(args.limit, 0) or None)
        columns: Sequence[str] = rows.columns(table)
        if language:
            told = (rows.translate_row(row, table, language) for row in told)
            columns = [rows.column(name, language) for name in columns]
        write(args, told, columns)


def _notes(table: CrossTable, language: str) -> Iterator[str]:
    """What the intervals of a table say, and why some are missing."""
    from selon.numbers import text_tables

    _ = catalogue(language).gettext
    yield _(
        "Share of what is known; 95 % interval (Wilson’s, over as many draws as the articles are "
        "worth); counts beside. The interval tells of the sample, not of errors of reading. No "
        "share is given below 20 known."
    )
    if not text_tables.has_intervals(table):
        yield text_tables.no_interval(language)


def _compare(
    args: argparse.Namespace,
    connection: sqlite3.Connection,
    of: tuple[str, ...],
    by: tuple[str, ...],
) -> None:
    from selon.numbers import text_tables
    from selon.numbers.differences import differences

    found = differences(
        connection,
        of,
        by,
        against=args.compare,
        value=args.value,
        query=library_options.query(args, args.words, None),
        measure=args.measure or _usual(of, by),
    )
    if _form(args) in ("text", "html"):
        print(*text_tables.difference_lines(found, (of, by)), sep="\n")
        return
    columns = (*by, *of, "other", *_DIFFERENCE)
    told = (
        dict(zip(by, one.one, strict=True))
        | dict(zip(of, one.value, strict=True))
        | {"other": None if one.other is None else " ".join(p or "" for p in one.other)}
        | {name: getattr(one, name) for name in _DIFFERENCE}
        for one in found
    )
    write(args, told, columns)


def write(
    args: argparse.Namespace, rows: Iterable[Mapping[str, Any]], columns: Sequence[str]
) -> None:
    """Rows to the file or the terminal, in the form that is asked for."""
    from selon.export import writing

    form = _form(args)
    comma = args.excel and args.names == "fr"
    put = partial(writing.write, rows, columns, form=form, excel=args.excel, comma=comma)
    if args.output:
        writing.save_whole(args.output, lambda out: put(out=out))
    elif form in _BINARY:
        raise SelonError(_("{name} needs a file: give --output FILE.").format(name=form))
    else:
        sys.stdout.flush()
        put(out=sys.stdout.buffer)


def _form(args: argparse.Namespace) -> str:
    suffix = args.output.suffix[1:].lower() if args.output else ""
    if args.format:
        return str(args.format)
    return suffix if suffix in FORMATS else "csv" if args.output or args.excel else "text"


def _text(words: str, target: Path | None) -> None:
    from selon.export import writing

    if target is None:
        print(words)
    else:
        writing.save_whole(target, lambda out: out.write(words.encode("utf-8", "replace")))
