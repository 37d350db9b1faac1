"""Whether what a person says of the articles can hold."""

from __future__ import annotations

from dataclasses import replace

from selon.errors import SelonError
from selon.i18n import _
from selon.ingest import dates, language
from selon.ingest.field_names import FIELDS
from selon.ingest.formats import FORMATS
from selon.ingest.options import ReadOptions
from selon.lang import codes


def check_options(options: ReadOptions) -> ReadOptions:
    """The options with their date as EDTF; SelonError names the bad one and the remedy."""
    if options.dates is not None and options.dates not in dates.ORDERS:
        raise SelonError(
            _("--dates cannot be “{value}”; write day-first or month-first").format(
                value=options.dates
            )
        )
    if options.date is not None:
        first = dates.usual_order(options.lang)
        options = replace(
            options, date=dates.parse_date_option(options.date, "--date", options.dates or first)
        )
    for key, value in (("--lang", options.lang), ("default", options.default)):
        if value is not None and language.primary(value) not in (*codes(), *language.UNPACKED):
            raise SelonError(
                _(
                    "{key}: “{value}” is no language that Selon reads; write {packs}, or, read roughly,"
                    " one of {others}"
                ).format(
                    key=key,
                    value=value,
                    packs=", ".join(sorted(codes())),
                    others=", ".join(language.UNPACKED),
                )
            )
    for field, name in options.columns:
        if field not in FIELDS or not name:
            raise SelonError(
                _("--column {field}={name}: the known fields are {fields}").format(
                    field=field, name=name, fields=", ".join(FIELDS)
                )
            )
    names = [f.name for f in FORMATS]
    if options.format is not None and options.format not in names:
        raise SelonError(
            _("there is no format “{value}”; choose from {names}").format(
                value=options.format, names=", ".join(names)
            )
        )
    return options
