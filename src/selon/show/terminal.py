"""A reading in a terminal: the article with its voices told apart, then a ledger of statements.

Voices differ by colour and by more than colour: bold, underline, italics and a number where
colour is wanted, brackets with a sign where it is not (`NO_COLOR`, a pipe, a file).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import StringIO
from typing import Final

from rich.console import Console
from rich.text import Text

from selon.i18n import catalogue
from selon.old_names import renamed_arguments
from selon.records import Reading, VoiceName
from selon.show import account, table
from selon.show.account import AccountEntry
from selon.show.dates import date_in_words
from selon.show.segments import Segment, lines
from selon.show.visible import GLUE, in_terminal, with_no_break_spaces

MAX_COLUMNS: Final = 100
"""Columns of running text; wider lines are hard to read."""

STYLES: Final[dict[VoiceName, str]] = {
    "outlet": "",
    "quoted": "bold green",
    "reported": "underline cyan",
    "hedged": "underline italic magenta",
    "scare": "italic yellow",
}
SIGNS: Final[dict[VoiceName, str]] = {
    "outlet": "",
    "quoted": '"',
    "reported": ":",
    "hedged": "~",
    "scare": "!",
}
_RAISED: Final = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@renamed_arguments(tongue="language")
def render(reading: Reading, width: int, colour: bool, language: str, why: bool = False) -> str:
    """The article in `width` columns with its voices, and under it who says what to whom, when.

    Without `colour` there is no escape sequence in it. `why` adds to each statement the rules that
    decided and the score. `language` is `fr` or `en`.
    """
    width = max(width, 20)
    console = Console(
        file=StringIO(),
        width=width,
        force_terminal=colour,
        color_system="standard" if colour else None,
        no_color=not colour,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
        _environ={},
    )
    entries = account.entries(reading)
    blocks = [_head(reading, language), _legend(reading, colour, language)]
    with console.capture() as said:
        for block in (*blocks, *_article(reading, entries, colour)):
            for line in block.wrap(console, min(width, MAX_COLUMNS), tab_size=1):
                line.rstrip()
                console.print(line, soft_wrap=True)
            if block:
                console.print()
        for line in table.table(entries, width, language, why):
            console.print(line, soft_wrap=True)
    return with_no_break_spaces(said.get())


def _head(reading: Reading, language: str) -> Text:
    article = reading.article
    head = Text()
    if article.title and not article.text.lstrip().startswith(article.title.strip()):
        head.append(in_terminal(" ".join(article.title.split())), "bold")
    published = date_in_words(article.published, language) if article.published else None
    page = f"p.{GLUE}{article.page}" if article.page else None
    parts = (article.outlet, published, page)
    known = [in_terminal(" ".join(part.split())) for part in parts if part]
    if known:
        head.append(("\n" if head else "") + " · ".join(known), "dim")
    return head


def _legend(reading: Reading, colour: bool, language: str) -> Text:
    """Each voice that the text has, drawn as it will be, with its share of the characters."""
    _ = catalogue(language).gettext
    legend = Text()
    parts = account.percentages(account.shares(reading))
    for voice, percent in parts.items():
        legend.append(" · " if legend else "", "dim")
        name = _(account.NAMES[voice]).replace(" ", GLUE)
        if voice != "outlet" and not colour:
            name = f"[{SIGNS[voice]}{GLUE}{name}{GLUE}{SIGNS[voice]}]"
        legend.append(name, STYLES[voice])
        legend.append(f"{GLUE}{percent}{_('%')}".replace("\N{NO-BREAK SPACE}", GLUE))
    return legend


def _article(reading: Reading, entries: Sequence[AccountEntry], colour: bool) -> Iterator[Text]:
    text = reading.article.text
    numbers = {e.statement.id: e.number for e in entries}
    for line in lines(reading, entries):
        said = Text()
        for piece in line:
            number = numbers.get(piece.statement or "")
            _add(said, piece, in_terminal(piece.span.of(text)), number, colour)
        yield said


def _add(said: Text, piece: Segment, words: str, number: int | None, colour: bool) -> None:
    style, sign = STYLES[piece.voice], SIGNS[piece.voice]
    label = str(number) if number else ""
    core = words.rstrip() if piece.ended else words
    if piece.begun and sign:
        if not colour:
            said.append(f"[{label}{sign}{GLUE}")
        elif label:
            said.append(label.translate(_RAISED), style.split()[-1])
    said.append(core, style or None)
    if piece.ended and sign and not colour:
        said.append(f"{GLUE}{sign}]")
    said.append(words[len(core) :])
