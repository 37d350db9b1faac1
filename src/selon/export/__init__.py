"""Readings out, in the formats that other tools speak: one module a format.

Each module has `write(readings, out)`, where `out` is a text stream, a binary stream or a folder
as its `OutputFormat` says. Readings are taken one at a time; only networks are kept in memory.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, Final, Literal

from selon.errors import SelonError
from selon.export.options import ExportOptions
from selon.i18n import _
from selon.records import Reading


@dataclass(frozen=True, slots=True)
class OutputFormat:
    """A format: its module under `selon.export`, and what it writes to."""

    module: str
    kind: Literal["text", "binary", "folder"]
    words: str


FORMATS: Final[dict[str, OutputFormat]] = {
    "contract": OutputFormat(
        "contract_lines", "text", "complete readings, JSON Lines (exchange contract)"
    ),
    "csv": OutputFormat("table", "text", "statements, one per row"),
    "parquet": OutputFormat("parquet", "binary", "statements, one per row (needs selon[parquet])"),
    "xlsx": OutputFormat("xlsx", "binary", "statements, a spreadsheet (needs selon[numbers])"),
    "webannotation": OutputFormat("webannotation", "text", "W3C Web Annotations, JSON-LD lines"),
    "tei": OutputFormat("tei", "binary", "TEI corpus with <said>"),
    "brat": OutputFormat("brat", "folder", "brat standoff: .txt and .ann"),
    "inception": OutputFormat("inception", "folder", "UIMA CAS XMI with its type system"),
    "labelstudio": OutputFormat("labelstudio", "text", "Label Studio tasks with predictions"),
    "schemaorg": OutputFormat("schemaorg", "text", "schema.org Quotations, JSON-LD lines"),
    "prov": OutputFormat("prov", "text", "PROV-O, N-Triples"),
    "iramuteq": OutputFormat("iramuteq", "text", "IRaMuTeQ corpus, starred variables"),
    "txm": OutputFormat("txm", "folder", "TXM: .txt files and metadata.csv"),
    "gexf": OutputFormat("gexf", "binary", "who quotes whom, dynamic network for Gephi"),
    "ftm": OutputFormat("ftm", "text", "FollowTheMoney entities, JSON lines"),
    "training": OutputFormat("training", "text", "training data in the gold's format, JSON Lines"),
}


# Those that can be told more: `selon.export.options`.
OPTED: Final = ("csv", "parquet", "xlsx", "iramuteq", "txm")


def write(
    name: str, readings: Iterable[Reading], out: Any, options: ExportOptions | None = None
) -> None:
    """Write readings in a format to a stream or folder of the format's kind."""
    module = import_module(f"selon.export.{_chosen(name).module}")
    if options is not None and name in OPTED:
        module.write(readings, out, options)
    else:
        module.write(readings, out)


def to(
    name: str,
    readings: Iterable[Reading],
    target: Path | None,
    options: ExportOptions | None = None,
) -> None:
    """Write readings to a file or folder, or to standard output where none is given.

    A file appears under its name only when it is whole. Raises `SelonError` for an unknown
    format, or a folder format without a folder.
    """
    kind = _chosen(name).kind
    if kind == "folder":
        if target is None or (target.exists() and not target.is_dir()):
            raise SelonError(_("{name} writes a folder: give --output FOLDER.").format(name=name))
        target.mkdir(parents=True, exist_ok=True)
        write(name, readings, target, options)
        return
    if target is None:
        write(name, readings, sys.stdout if kind == "text" else sys.stdout.buffer, options)
        return
    part = target.with_name(target.name + ".part")
    try:
        if kind == "text":
            with open(part, "w", encoding="utf-8", newline="") as text:
                write(name, readings, text, options)
        else:
            with part.open("wb") as binary:
                write(name, readings, binary, options)
        os.replace(part, target)
    except OSError as error:
        raise SelonError(
            _("{path} cannot be written ({error}).").format(path=target, error=error)
        ) from error
    finally:
        part.unlink(missing_ok=True)


def _chosen(name: str) -> OutputFormat:
    if name not in FORMATS:
        raise SelonError(
            _("There is no format {name}; choose from {choice}.").format(
                name=name, choice=", ".join(FORMATS)
            )
        )
    return FORMATS[name]
