"""What a person says of the articles to be read."""

from __future__ import annotations

from dataclasses import dataclass

from selon.ingest.dates import Order
from selon.lang import DEFAULT


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What is said of all articles of a source.

    `date` (EDTF) and `outlet` hold where a record has no field of its own; they outrank what is
    found in a page or a heading. `lang` overrides every guess and every field; `default` is the
    language of a text too short to tell. `format` (a name of `formats.FORMATS`) overrides the
    file's suffix. `columns` pairs a field with a table's or a JSON record's own name for it:
    `("text", "Corps")`. `dates` says what comes first in dates such as `03/04/2026`, where neither
    the file nor the language tells.
    """

    date: str | None = None
    outlet: str | None = None
    lang: str | None = None
    default: str = DEFAULT
    format: str | None = None
    columns: tuple[tuple[str, str], ...] = ()
    dates: Order | None = None
