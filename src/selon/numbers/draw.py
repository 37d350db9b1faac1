"""Plots drawn without a network or a browser: SVG, PNG, an HTML page, Vega-Lite itself, or CSV.

vl-convert (BSD-3-Clause) has Vega-Lite and its fonts inside; 0.4 s for the first drawing of a
process, some 0.03 s for each further one.
"""

from __future__ import annotations

import re
from typing import Any, BinaryIO, Final

import orjson

from selon.errors import SelonError
from selon.export import writing
from selon.i18n import _
from selon.numbers.plots import Plot
from selon.old_names import renamed_arguments

SUFFIXES: Final = ("svg", "png", "html", "json", "csv")
_VERSION: Final = "5.20"
_SCALE: Final = 2.0
_NOT_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@renamed_arguments(tongue="language")
def draw(plot: Plot, form: str, out: BinaryIO, language: str = "en") -> None:
    """Write a plot; raises `SelonError` where the form is unknown or vl-convert is missing."""
    if form == "csv":
        writing.write(plot.rows, plot.columns, out, "csv")
    elif form == "json":
        out.write(orjson.dumps(plot.spec, option=orjson.OPT_INDENT_2))
    elif form in SUFFIXES:
        told = _render(plot, form, language)
        out.write(told if isinstance(told, bytes) else told.encode())
    else:
        raise SelonError(
            _("There is no format {name}; choose from {choice}.").format(
                name=form, choice=", ".join(SUFFIXES)
            )
        )


def svg(plot: Plot, language: str) -> str:
    """The plot as SVG."""
    return str(_render(plot, "svg", language))


def _render(plot: Plot, form: str, language: str) -> str | bytes:
    try:
        import vl_convert
    except ImportError as error:
        raise SelonError(
            _("This needs one more package: pip install 'selon[{extra}]'.").format(extra="numbers")
        ) from error
    told: dict[str, Any] = {"vl_version": _VERSION}
    locale = "fr-FR" if language == "fr" else "en-US"
    told |= {"format_locale": locale, "time_format_locale": locale}
    spec = printable(plot.spec)
    if form == "png":
        return bytes(vl_convert.vegalite_to_png(spec, scale=_SCALE, **told))
    if form == "svg":
        return str(vl_convert.vegalite_to_svg(spec, **told))
    return str(vl_convert.vegalite_to_html(spec, bundle=True, **told))


def printable(value: Any) -> Any:
    """Return a specification without the characters that XML has not: vl-convert ends the whole
    process at them.
    """
    if isinstance(value, str):
        return _NOT_XML.sub("\ufffd", value)
    if isinstance(value, dict):
        return {printable(k): printable(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [printable(v) for v in value]
    return value
