"""Readings out, in the formats that other tools speak: one module a format.

Each module has `write(readings, out)`, where `out` is a text stream, a binary stream or a folder
as its `Format` says. Readings are taken one at a time; only networks are kept in memory.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, Final, Literal

from selon.export.options import Options
from selon.faults import SelonError
from selon.records import Reading
from selon.tongue import speaking


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its module under `selon.export`, and what it writes to."""

    module: str
    kind: Literal["text", "binary", "folder"]
    words: str


FORMATS: Final[dict[str, Format]] = {
    "contract": Format(
        "contract_lines", "text", "complete readings, JSON Lines (exchange contract)"
    ),
    "csv": Format("table", "text", "statements, one per row"),
    "parquet": Format("parquet", "binary", "statements, one per row (needs selon[parquet])"),
    "xlsx": Format("xlsx", "binary", "statements, a spreadsheet (needs selon[numbers])"),
    "webannotation": Format("webannotation", "text", "W3C Web Annotations, JSON-LD lines"),
    "tei": Format("tei", "binary", "TEI corpus with <said>"),
    "brat": Format("brat", "folder", "brat standoff: .txt and .ann"),
    "inception": Format("inception", "folder", "UIMA CAS XMI with its type system"),
    "labelstudio": Format("labelstudio", "text", "Label Studio tasks with predictions"),
    "schemaorg": Format("schemaorg", "text", "schema.org Quotations, JSON-LD lines"),
    "prov": Format("prov", "text", "PROV-O, N-Triples"),
    "iramuteq": Format("iramuteq", "text", "IRaMuTeQ corpus, starred variables"),
    "txm": Format("txm", "folder", "TXM: .txt files and metadata.csv"),
    "gexf": Format("gexf", "binary", "who quotes whom, dynamic network for Gephi"),
    "ftm": Format("ftm", "text", "FollowTheMoney entities, JSON lines"),
    "training": Format("training", "text", "training data in the gold's format, JSON Lines"),
}


# Those that can be told more: `selon.export.options`.
OPTED: Final = ("csv", "parquet", "xlsx", "iramuteq", "txm")


def write(name: str, readings: Iterable[Reading], out: Any, options: Options | None = None) -> None:
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
    options: Options | None = None,
) -> None:
    """Write readings to a file or folder, or to standard output where none is given.

    A file appears under its name only when it is whole. Raises `SelonError` for an unknown
    format, or a folder format without a folder.
    """
    _ = speaking("library").gettext
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


def _chosen(name: str) -> Format:
    if name not in FORMATS:
        _ = speaking("library").gettext
        raise SelonError(
            _("There is no format {name}; choose from {choice}.").format(
                name=name, choice=", ".join(FORMATS)
            )
        )
    return FORMATS[name]
