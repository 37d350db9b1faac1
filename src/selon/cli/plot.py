"""`selon plot`: a table drawn, as SVG, PNG, an HTML page, Vega-Lite, or the rows behind it."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Final

from selon.cli import library_options
from selon.errors import SelonError
from selon.i18n import _, preferred_language

# Of a table that is drawn: enough to tell that there are more, and for joint groups.
_MORE: Final = 12
_GROUPS: Final = 200
_KINDS: Final = ("time", "heat", "bars", "parts")
# `selon.numbers.figures.FIGURES`, which is not imported before it is needed.
FIGURES: Final = (
    *("women-over-time", "women-by-outlet", "women-by-outlet-and-month", "speakers-by-outlet"),
    *("speakers-by-outlet-and-year", "forms-by-outlet", "voices-by-outlet", "unnamed-by-outlet"),
    "verbs-by-speaker",
)
_EXAMPLES: Final = """\
selon plot women-over-time -o women.svg
selon plot time gender --by month --value female -o women.svg
selon plot time gender --by outlet month --value female -o panels.png
selon plot heat speaker --by outlet -o who.svg --names fr
selon plot bars gender --by outlet --value female -o bars.svg
selon plot parts form --by outlet -o forms.html
selon plot heat verb --by speaker -o verbs.svg
selon plot heat speaker --by outlet year -o quoted.svg"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Which plot, of what, in which groups, filters, the file."""
    parser.epilog = _EXAMPLES
    parser.add_argument(
        "kind",
        choices=(*_KINDS, *FIGURES),
        metavar=_("PLOT"),
        help=_(
            "time, heat, bars, parts (over time, counts as shades, ranked bars, parts of a whole) of "
            "the dimensions you give; or one that is ready: {names}"
        ).format(names=", ".join(FIGURES)),
    )
    parser.add_argument("dimensions", nargs="*", metavar=_("DIMENSION"), help=_("what is counted"))
    parser.add_argument("--by", nargs="+", default=[], metavar=_("DIMENSION"), help=_("in groups"))
    parser.add_argument("--words", help=_("only statements with these words"))
    library_options.library_option(parser)
    library_options.filters(parser)
    parser.add_argument(
        "--measure",
        choices=("statements", "words", "articles", "persons"),
        default="statements",
        help=_("what is counted (default: statements)"),
    )
    parser.add_argument(
        "--value", nargs="+", help=_("value whose share is plotted, such as female")
    )
    parser.add_argument(
        "--copies",
        choices=("once", "all"),
        default="once",
        help=_("wire copy counts once (default), or as published"),
    )
    parser.add_argument("--top", type=int, default=12, help=_("most values shown (default: 12)"))
    parser.add_argument("--title", help=_("title of the plot"))
    parser.add_argument("--names", choices=("en", "fr"), help=_("words in English or French"))
    parser.add_argument(
        "--output",
        "-o",
        type=Path,
        required=True,
        metavar=_("FILE"),
        help=_("the file: .svg, .png, .html, .json (Vega-Lite) or .csv (the rows behind it)"),
    )


def run(args: argparse.Namespace) -> int:
    """Count, draw, write."""
    from selon.export import writing
    from selon.library.store import Library
    from selon.numbers import draw, plots
    from selon.numbers.cross import Limits, cross

    form = args.output.suffix[1:].lower()
    if form not in draw.SUFFIXES:
        raise SelonError(
            _("There is no format {name}; choose from {choice}.").format(
                name=form or "–", choice=", ".join(draw.SUFFIXES)
            )
        )
    language = args.names or preferred_language()
    kind, of, by, value, title = _question_of(args, language)
    with Library(args.library) as library:
        table = cross(
            library.connection,
            of,
            by,
            measure=args.measure,
            query=library_options.query(args, args.words, None),
            limits=Limits(max(args.top, 1) + _MORE, max(args.top, _GROUPS), value),
        )
    wish = plots.PlotOptions(
        language,
        value,
        "independent" if args.copies == "once" else "published",
        max(args.top, 1),
        title,
    )
    drawn = plots.plot(kind, table, wish)
    writing.save_whole(args.output, lambda out: draw.draw(drawn, form, out, language))
    return 0


def _question_of(
    args: argparse.Namespace, language: str
) -> tuple[str, tuple[str, ...], tuple[str, ...], tuple[str, ...] | None, str | None]:
    """The kind of plot, of what, in which groups, whose share, the title."""
    from selon.numbers import figures

    value = tuple(args.value) if args.value else None
    if args.kind in _KINDS:
        of, by = (library_options.dimensions(words) for words in (args.dimensions, args.by))
        if not of or not by:
            raise SelonError(
                _("What is counted, in which groups? selon plot heat form --by outlet")
            )
        return args.kind, of, by, value, args.title
    if args.dimensions or args.by:
        raise SelonError(_("{name} has its own dimensions: give none.").format(name=args.kind))
    figure = figures.FIGURES[args.kind]
    value = value or ((figure.value,) if figure.value else None)
    title = args.title or figures.heading(args.kind, language)
    return figure.kind, (figure.of,), figure.by, value, title
