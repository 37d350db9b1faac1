"""`selon report`: a library on one page, with its method and how to cite."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from selon import __version__
from selon.i18n import catalogue
from selon.library.find import Query
from selon.numbers import correction, labels, page, plots, text_tables
from selon.numbers.cross import CrossTable, Limits, cross_table
from selon.numbers.facts import Facts, gather
from selon.numbers.page import Drawing, Grid, GridEntry, Section

_TOP: Final = 15
# Of so much at least the reader must be the one whose errors were measured.
_SAME_READER: Final = 0.9
# More are never shown; of groups the largest are picked after counting.
FIRST: Final = Limits(_TOP, 200)
_GATHERED: Final = (
    *("outlet", "month", "form", "stance", "voice", "reviewed"),
    *("speaker", "named", "kind", "gender", "verb"),
)
CITATION: Final = (
    f"Selon contributors. Selon (version {__version__}) [software]. Apache-2.0. See CITATION.cff."
)


@dataclass(frozen=True, slots=True)
class ReportFamily:
    """Words that went through several outlets: what, how many statements, outlets, since when."""

    words: str
    speaker: str
    statements: int
    outlets: int
    first: str


@dataclass(frozen=True, slots=True)
class _About:
    """What every section is made from."""

    connection: sqlite3.Connection
    facts: Facts
    language: str
    drawn: bool

    def table(
        self, of: str, *by: str, measure: str = "statements", limits: Limits = FIRST
    ) -> CrossTable:
        """A table of the library, its most frequent values and groups."""
        return cross_table(self.facts, (of,), by, measure, limits)

    def said(self, message: str) -> str:
        """A message in the page's language."""
        return catalogue(self.language).gettext(message)

    def drawing(self, kind: str, table: CrossTable, wish: plots.PlotOptions) -> tuple[Drawing, ...]:
        """A plot, where plots can be drawn and there is something to draw."""
        if not self.drawn or not table.groups or not table.values:
            return ()
        from selon.errors import SelonError
        from selon.numbers import draw

        try:
            plot = plots.plot(kind, table, wish)
        except SelonError:
            return ()
        return (Drawing(draw.svg(plot, self.language), str(plot.spec["title"]["text"])),)


def report(
    connection: sqlite3.Connection,
    language: str,
    *,
    query: Query | None = None,
    families: Sequence[ReportFamily] = (),
    drawn: bool = True,
    title: str | None = None,
) -> str:
    """The report as HTML, of the statements that a query asks for.

    `families` are told as they are given; without `drawn` it has tables only.
    """
    facts = gather(connection, _GATHERED, query)
    about = _About(connection, facts, language, drawn)
    sections = [
        _corpus(about),
        _gender(about),
        _sources(about),
        _anonymous(about),
        _relays(about, query),
        _forms(about),
        *_families(about, families),
        _review_section(about),
        _errors(about),
        _method(about),
    ]
    _ = about.said
    count = labels.whole(len(facts), language)
    lead = _("{n} statements of {articles} articles").format(
        n=count, articles=labels.whole(_articles(facts), language)
    )
    return page.document(title or _("Who said what"), lead, sections, language)


def _articles(facts: Facts) -> int:
    return len(set(facts.article.tolist()))


def _days(about: _About) -> tuple[str, str]:
    _ = about.said
    months = about.facts.columns["month"]
    used = sorted({months.values[c] for c in set(months.codes.tolist()) if c >= 0})
    if not used:
        return _("no date"), _("no date")
    first, last = used[0], used[-1]
    return labels.spoken_month(first, about.language), labels.spoken_month(last, about.language)


def _corpus(about: _About) -> Section:
    _ = about.said
    first, last = _days(about)
    whole, copies = about.connection.execute(
        "select count(*), count(copy_of) from article"
    ).fetchone()
    words = _(
        "The library has {whole} articles, {copies} of them near-identical copies of others; "
        "statements counted here are of {first} to {last}."
    ).format(
        whole=labels.whole(whole, about.language),
        copies=labels.whole(copies, about.language),
        first=first,
        last=last,
    )
    # The outlets of most statements need not be those of most articles.
    articles = about.table("outlet", measure="articles", limits=Limits())
    statements = about.table("outlet")
    of_articles = {c.value: c for c in articles.total.cells}
    lines = tuple(
        (
            c.value[0],
            tuple(
                GridEntry(labels.whole(figure.n, about.language))
                for cell in (of_articles[c.value], c)
                for figure in (cell.published, cell.independent)
            ),
        )
        for c in statements.total.cells[:_TOP]
    )
    heads = (
        labels.dimension("outlet", about.language),
        _("articles"),
        _("articles, copies once"),
        _("statements"),
        _("statements, copies once"),
    )
    grid = Grid(_("The outlets with the most statements"), heads, lines)
    return Section(_("Corpus"), (words,), (grid,) if lines else ())


def _gender(about: _About) -> Section:
    _ = about.said
    table = about.table("gender", "outlet")
    beside = table.total.unknown[0]
    share = labels.percent(beside.share or 0, about.language)
    words = _(
        "Of {of} statements the speaker’s gender is not known for {n}, {share}. The others below; "
        "gender is that of whom the articles or a knowledge base tell it, and of persons only."
    ).format(
        of=labels.whole(beside.of, about.language),
        n=labels.whole(beside.n, about.language),
        share=share,
    )
    persons = about.table("gender", measure="persons")
    wish = plots.PlotOptions(about.language, ("female",))
    figures = about.drawing("time", about.table("gender", "month"), wish)
    figures += about.drawing("bars", table, wish)
    grids = (_grid(table, about), _grid(persons, about))
    note = text_tables.no_interval(about.language)
    return Section(_("Women and men"), (words,), grids, figures, (note,))


def _grid(table: CrossTable, about: _About) -> Grid:
    """A table with its first groups."""
    from dataclasses import replace

    shown = replace(table, groups=table.groups[:_TOP])
    return page.grid(shown, about.language, side="independent")


def _sources(about: _About) -> Section:
    _ = about.said
    table = about.table("speaker")
    lines = tuple(
        (
            c.value[0],
            (
                GridEntry(labels.whole(c.published.n, about.language)),
                GridEntry(labels.whole(c.independent.n, about.language)),
            ),
        )
        for c in table.total.cells[:_TOP]
    )
    heads = (
        labels.dimension("speaker", about.language),
        _("statements"),
        _("statements, copies once"),
    )
    grid = Grid(_("Who is quoted most"), heads, lines)
    figures = about.drawing(
        "heat", about.table("speaker", "outlet"), plots.PlotOptions(about.language)
    )
    return Section(_("Sources"), (), (_grid(about.table("kind"), about), grid), figures)


def _anonymous(about: _About) -> Section:
    _ = about.said
    table = about.table("named", "outlet")
    wish = plots.PlotOptions(about.language, ("unnamed",))
    words = _(
        "Unnamed: whose words tell no name (“a doctor”, “a source close to the matter”). A "
        "statement without any speaker is counted as unknown."
    )
    return Section(
        _("Unnamed sources"), (words,), (_grid(table, about),), about.drawing("bars", table, wish)
    )


def _relays(about: _About, query: Query | None) -> Section:
    _ = about.said
    facts = gather(about.connection, ("relay",), query, persons=False)
    table = cross_table(facts, ("relay",), (), "statements", FIRST)
    lines = tuple(
        (c.value[0], (GridEntry(labels.whole(c.published.n, about.language)),))
        for c in table.total.cells[:_TOP]
    )
    beside = table.total.unknown[0]
    words = _("{n} of {of} statements are said to come through another medium.").format(
        n=labels.whole(beside.of - beside.n, about.language),
        of=labels.whole(beside.of, about.language),
    )
    heads = (labels.dimension("relay", about.language), _("statements"))
    grid = Grid(_("Through whom"), heads, lines)
    return Section(_("Relays"), (words,), (grid,) if lines else ())


def _forms(about: _About) -> Section:
    _ = about.said
    table = about.table("form", "outlet")
    figures = about.drawing("parts", table, plots.PlotOptions(about.language))
    return Section(
        _("Direct, indirect, narrated"),
        (),
        (_grid(table, about), _grid(about.table("stance"), about), _verbs(about)),
        figures,
    )


def _verbs(about: _About) -> Grid:
    _ = about.said
    lines = tuple(
        (c.value[0], (GridEntry(labels.whole(c.independent.n, about.language)),))
        for c in about.table("verb").total.cells[:_TOP]
    )
    heads = (labels.dimension("verb", about.language), _("statements, copies once"))
    return Grid(_("The words that report"), heads, lines)


def _families(about: _About, families: Sequence[ReportFamily]) -> list[Section]:
    _ = about.said
    if not families:
        return []
    heads = (_("words"), labels.dimension("speaker", about.language), *_outlets(about))
    lines = tuple(
        (
            f.words,
            (
                GridEntry(f.speaker or "–"),
                GridEntry(labels.whole(f.statements, about.language)),
                GridEntry(labels.whole(f.outlets, about.language)),
                GridEntry(f.first or "–"),
            ),
        )
        for f in families[:_TOP]
    )
    grid = Grid(_("The most repeated words"), heads, lines)
    return [Section(_("One statement in many places"), (), (grid,))]


def _outlets(about: _About) -> tuple[str, str, str]:
    _ = about.said
    return _("statements"), _("outlets"), _("first")


def _review_section(about: _About) -> Section:
    _ = about.said
    words = _("What a person accepted, edited or added; the rest stands as it was read.")
    return Section(_("Review"), (words,), (_grid(about.table("reviewed"), about),))


def _errors(about: _About) -> Section:
    _ = about.said
    errors = correction.shipped_errors()
    title = _("The reader’s errors")
    if errors is None:
        return Section(title, (_("No measure of the reader’s errors is shipped with it."),))
    right, found, speakers = correction.precision(errors)
    words = _(
        "On {n} French articles annotated by hand, which the reader never learnt from: {right} of "
        "what it reads is said there, and it finds {found} of what is said; of the speakers, "
        "{speakers} are right. Corrected shares: of the statements read as a form, the annotation "
        "tells how many are of each, and how many of each are missed; the interval comes from "
        "drawing the annotated articles again. They hold as far as the articles here are like "
        "those, and for no other language."
    ).format(
        n=errors.articles,
        right=labels.percent(right, about.language),
        found=labels.percent(found, about.language),
        speakers=labels.percent(speakers, about.language),
    )
    share = _by_reader(about, errors.reader)
    if share < _SAME_READER:
        other = _(
            "Here, {share} of the statements were read by the reader that was measured: the rest "
            "were read by another, and the shares of forms are not corrected."
        ).format(share=labels.percent(share, about.language))
        return Section(title, (words, other))
    grid = _corrected_grid(about, errors)
    return Section(title, (words,), (grid,) if grid.lines else ())


def _by_reader(about: _About, reader: str) -> float:
    """The share of what was read that was read by a reader: its statements name the encoder."""
    learnt, all_ = about.connection.execute(
        "select coalesce(sum(instr(why, 'encoder:') > 0), 0), count(*) from statement not indexed"
        " where current = 1 and origin = 'read'"
    ).fetchone()
    share = float(learnt / all_) if all_ else 0.0
    return share if reader == "encoder" else 1 - share


def _corrected_grid(about: _About, errors: correction.Errors) -> Grid:
    _ = about.said
    counts = {c.value[0]: c.independent.n for c in about.table("form").total.cells}
    lines = tuple(
        (
            labels.value("form", one.form, about.language),
            (
                GridEntry(labels.percent(one.read, about.language, 1)),
                GridEntry(
                    labels.percent(one.share, about.language, 1),
                    " – ".join(labels.percent(x, about.language, 1) for x in (one.low, one.high)),
                ),
            ),
        )
        for one in correction.correct_shares(counts, errors)
    )
    heads = (labels.dimension("form", about.language), _("as read"), _("corrected"))
    return Grid(_("Forms, corrected by the errors on gold"), heads, lines)


def _method(about: _About) -> Section:
    _ = about.said
    runs = about.connection.execute(
        "select distinct r.program from run r join reading d on d.run_id = r.id"
        " where d.current = 1 order by 1"
    ).fetchall()
    first, last = _days(about)
    facts = about.facts
    words = _(
        "Statements were found by Selon {version} (readings by {programs}) in {articles} articles "
        "published from {first} to {last}: {n} statements, {once} of them with wire copy counted "
        "once (near-identical articles by MinHash and shared runs of words; a repeated statement "
        "counts where it appeared first). Shares are of the statements of which the value is known. "
        "Intervals are Wilson’s at 95 %, over the effective number of draws when articles are what "
        "is drawn (Korn and Graubard 1998; Franco and others 2019); no share is given below 20. "
        "Differences, where told, are by a bootstrap over articles with Holm’s correction."
    ).format(
        version=__version__,
        programs=", ".join(r[0] for r in runs) or "–",
        articles=labels.whole(_articles(facts), about.language),
        first=first,
        last=last,
        n=labels.whole(len(facts), about.language),
        once=labels.whole(int((~facts.again).sum()), about.language),
    )
    return Section(_("Method, and how to cite"), pasted=f"{words}\n\n{CITATION}")
