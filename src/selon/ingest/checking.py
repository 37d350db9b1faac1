"""Whether what a person says of the articles can hold."""

from __future__ import annotations

from selon.faults import SelonError
from selon.ingest import language
from selon.ingest.formats import FORMATS
from selon.ingest.options import Options
from selon.ingest.published import edtf
from selon.ingest.tables import COLUMNS
from selon.lang import codes
from selon.tongue import speaking


def checked(options: Options) -> Options:
    """The same options; SelonError names the bad one and the remedy."""
    _ = speaking("ingest").gettext
    if options.date is not None and edtf(options.date) is None:
        raise SelonError(
            _("--date: “{value}” is not an EDTF date; write 2020-03-12, 2020-03 or 2020").format(
                value=options.date
            )
        )
    packs = codes()
    for key, value in (("--lang", options.lang), ("default", options.default)):
        if value is not None and language.primary(value) not in packs:
            raise SelonError(
                _("{key}: no language pack “{value}”; there is {packs}").format(
                    key=key, value=value, packs=", ".join(packs)
                )
            )
    for field, name in options.columns:
        if field not in COLUMNS or not name:
            raise SelonError(
                _("--column {field}={name}: the fields are {fields}").format(
                    field=field, name=name, fields=", ".join(COLUMNS)
                )
            )
    names = [f.name for f in FORMATS]
    if options.format is not None and options.format not in names:
        raise SelonError(
            _("format: no format “{value}”; there is {names}").format(
                value=options.format, names=", ".join(names)
            )
        )
    return options
