"""Coded samples read back: files of coders into rows, and what they say of the reading."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from selon.errors import SelonError
from selon.i18n import _
from selon.numbers import sampling
from selon.numbers.sampling import Measure

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Agreement:
    """Krippendorff's alpha of one code, over so many units that two or more coded."""

    code: str
    alpha: float
    units: int


@dataclass(frozen=True, slots=True)
class Coded:
    """What coded files say: each coder's measures, by the number of their file; agreements."""

    measures: tuple[tuple[int, Measure], ...]
    agreements: tuple[Agreement, ...]


def rows(name: str, data: bytes) -> list[Row]:
    """The rows of a coded file: CSV with commas or semicolons, or a spreadsheet (`.xlsx`).

    Raises `SelonError` for a file that is neither, or no sample.
    """
    try:
        found = _sheet(data) if name.lower().endswith(".xlsx") else _csv(data)
    except (OSError, ValueError, KeyError, csv.Error) as error:
        raise SelonError(f"{name}: {error}") from None
    if not found or "number" not in found[0]:
        raise SelonError(
            _("{path} is not a coded sample: its column “number” is missing").format(path=name)
        )
    return found


def _csv(data: bytes) -> list[Row]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        # As a French Excel writes it back.
        text = data.decode("cp1252")
    head = text.partition("\n")[0]
    mark = ";" if head.count(";") > head.count(",") else ","
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=mark))


def _sheet(data: bytes) -> list[Row]:
    try:
        from openpyxl import load_workbook
    except ImportError as error:
        raise SelonError(
            _("This needs one more package: pip install 'selon[{extra}]'.").format(extra="numbers")
        ) from error
    from zipfile import BadZipFile

    try:
        book = load_workbook(io.BytesIO(data), read_only=True)
    except BadZipFile as error:
        raise ValueError(error) from None
    cells = list(book.active.iter_rows(values_only=True))
    return [dict(zip(map(str, cells[0]), row, strict=False)) for row in cells[1:]] if cells else []


def measure(files: Sequence[Sequence[Mapping[str, Any]]]) -> Coded:
    """Precision by each sample of statements, recall by each of paragraphs, alpha between coders."""
    statements = [one for one in files if sampling.CODES[0] in one[0]]
    paragraphs = [one for one in files if sampling.COUNTS[0] in one[0]]
    measures = [
        (n, told) for n, one in enumerate(statements, 1) for told in sampling.precision(one)
    ]
    recalls = ((n, sampling.recall(one)) for n, one in enumerate(paragraphs, 1))
    measures += [(n, told) for n, told in recalls if told]
    both = ((statements, sampling.CODES), (paragraphs, sampling.COUNTS))
    agreed = tuple(one for coders, codes in both for one in _agreements(coders, codes))
    return Coded(tuple(measures), agreed)


def _agreements(
    coders: Sequence[Sequence[Mapping[str, Any]]], codes: Sequence[str]
) -> Iterator[Agreement]:
    if len(coders) < 2:
        return
    for code in codes:
        found = sampling.alpha(coders, code)
        if found:
            yield Agreement(code, *found)
