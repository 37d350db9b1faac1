"""What the library's commands share: the file, the filters, rows written out."""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from selon.export.writing import safe
from selon.i18n import _
from selon.library.find import Query
from selon.library.serialization import pack
from selon.records import FORMS, STANCES, VOICES

_TEXTS: Final = (
    ("--speaker", "who speaks: a name, a KB id, or @NUMBER"),
    ("--about", "who or what the statement is about"),
    ("--addressee", "who is addressed"),
    ("--via", "who relays it"),
    ("--outlet", "the outlet that publishes it"),
    ("--since", "first date of publication: 2026, 2026-03, 2026-03-31"),
    ("--until", "last date of publication"),
)


def library_option(parser: argparse.ArgumentParser) -> None:
    """`--library FILE`."""
    parser.add_argument(
        "--library",
        type=Path,
        default=Path("selon.db"),
        metavar=_("FILE"),
        help=_("the library file (default: selon.db)"),
    )


def filters(parser: argparse.ArgumentParser) -> None:
    """The options that narrow a search."""
    for name, words in _TEXTS:
        parser.add_argument(name, help=_(words))
    for name, choice in (("--form", FORMS), ("--voice", VOICES), ("--stance", STANCES)):
        parser.add_argument(name, choices=choice)


def query(args: argparse.Namespace, words: str | None, limit: int | None) -> Query:
    """The search that the arguments ask for."""
    return Query(
        words,
        args.speaker,
        args.about,
        args.addressee,
        args.via,
        args.outlet,
        args.form,
        args.voice,
        args.stance,
        args.since,
        args.until,
        limit,
    )


def dimensions(words: Sequence[str]) -> tuple[str, ...]:
    """Dimensions as they are given: `outlet month`, `outlet,month`."""
    return tuple(part.strip() for word in words for part in word.split(",") if part.strip())


def format_option(parser: argparse.ArgumentParser) -> None:
    """`--format text|jsonl|csv`."""
    parser.add_argument(
        "--format",
        choices=("text", "jsonl", "csv"),
        default="text",
        help=_("how rows are written (default: text)"),
    )


def lines(rows: Iterable[Mapping[str, Any]]) -> None:
    """Rows as JSON Lines on standard output."""
    for row in rows:
        sys.stdout.write(pack(dict(row)) + "\n")


def table(rows: Iterable[Mapping[str, Any]], columns: Sequence[str]) -> None:
    """Rows as CSV on standard output."""
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([cell(row[c]) for c in columns])


def cell(value: Any) -> Any:
    """A value as a cell: no formula, no list."""
    return pack(value) if isinstance(value, (list, dict)) else safe(value)


def labelled(label: str, words: str) -> str:
    """Return a label with what it is of; French puts a space before the colon."""
    return _("{label}: {words}").format(label=label, words=words)


def printable(words: str | None) -> str:
    """Words fit for a terminal: no line breaks, no control characters."""
    return "".join(c if c.isprintable() else " " for c in words or "")


def tell(words: str) -> None:
    """One line for a person, on standard error."""
    print(printable(words), file=sys.stderr)
