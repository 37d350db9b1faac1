"""The ledger under an article in a terminal: who, says, to whom, when, through whom."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Final

from rich.cells import cell_len, chop_cells
from rich.text import Text

from selon.i18n import catalogue
from selon.show.account import AccountEntry, PersonShown
from selon.show.dates import date_in_words
from selon.show.visible import in_terminal

NARROW: Final = 80
"""Under this many columns a statement takes lines of its own, not a row of a table."""

# Ends a right-to-left run at the edge of its cell, so that a terminal that reorders text does
# not reorder the cells. It has no width.
_EDGE: Final = "\N{LEFT-TO-RIGHT MARK}"
_MAX_CONTENT_CHARS: Final = 160


def table(entries: Sequence[AccountEntry], width: int, language: str, why: bool) -> Iterator[Text]:
    """The ledger's lines, none wider than `width` columns; nothing for no statement."""
    if not entries:
        return
    if width < NARROW:
        for entry in entries:
            yield from _stanza(entry, width, language)
            if why:
                yield from _why(entry, width, language)
        return
    _ = catalogue(language).gettext
    rows = [_cells(entry, language) for entry in entries]
    heads = ["", _("who"), _("says"), _("to"), _("when"), _("via")]
    kept = [n for n in range(len(heads)) if n < 3 or any(row[n] for row in rows)]
    widths = _widths([[row[n] for n in kept] for row in rows], width)
    yield from _row([heads[n] for n in kept], widths, "bold")
    yield Text("─" * (sum(widths) + 2 * (len(widths) - 1)), "dim")
    for entry, row in zip(entries, rows, strict=True):
        yield from _row([row[n] for n in kept], widths, None)
        if why:
            yield from _why(entry, width, language)


def _cells(entry: AccountEntry, language: str) -> list[str]:
    return [
        str(entry.number),
        _name(entry.who, language),
        _says(entry, language),
        ", ".join(_name(who, language) for who in entry.to),
        in_terminal(date_in_words(entry.statement.said, language)) if entry.statement.said else "",
        " › ".join(_name(who, language) for who in entry.via),
    ]


def _name(who: PersonShown, language: str) -> str:
    _ = catalogue(language).gettext
    return in_terminal(who.label) or _("not named")


def _says(entry: AccountEntry, language: str) -> str:
    _ = catalogue(language).gettext
    content = in_terminal(entry.content)
    if len(content) > _MAX_CONTENT_CHARS:
        content = content[:_MAX_CONTENT_CHARS].rsplit(" ", 1)[0] + " …"
    if entry.statement.form == "direct" and content[:1] not in "«“\"'‘„":
        content = _("“{words}”").format(words=content)
    stances = {"negated": _("(does not)"), "conditional": _("(reportedly)")}
    stance = stances.get(entry.statement.stance, "")
    head = " ".join(part for part in (stance, in_terminal(entry.cue)) if part)
    return f"{head} · {content}" if head else content


def _widths(rows: Sequence[Sequence[str]], width: int) -> list[int]:
    """The number as wide as it must, the names at most a fifth each, the saying has the rest."""
    max_cells = max(12, width // 5 if len(rows[0]) < 5 else width // 6)
    widths = [
        min(max(cell_len(c) for c in column), max_cells) for column in zip(*rows, strict=True)
    ]
    widths[1:] = [max(w, 10) for w in widths[1:]]
    widths[2] = max(20, width - sum(widths) + widths[2] - 2 * (len(widths) - 1))
    return widths


def _row(cells: Sequence[str], widths: Sequence[int], style: str | None) -> Iterator[Text]:
    wrapped = [_wrap(cell, width) for cell, width in zip(cells, widths, strict=True)]
    for parts in zip_longest(*wrapped, fillvalue=""):
        line = Text(style=style or "")
        for n, (part, width) in enumerate(zip(parts, widths, strict=True)):
            last = n == len(widths) - 1
            edge = _EDGE if _turns(part) else ""
            line.append(part + edge, "bold" if n == 1 else "dim" if n == 0 else None)
            line.append("" if last else " " * (width - cell_len(part) + 2))
        line.rstrip()
        yield line


def _stanza(entry: AccountEntry, width: int, language: str) -> Iterator[Text]:
    _ = catalogue(language).gettext
    number, name, says, to, when, via = _cells(entry, language)
    margin = " " * 4
    for n, part in enumerate(_wrap(name, width - 4)):
        yield Text.assemble((f"{number:>3} " if n == 0 else margin, "dim"), (part, "bold"))
    yield from (Text(margin + part) for part in _wrap(says, width - 4))
    for label, value in ((_("to:"), to), (_("when:"), when), (_("via:"), via)):
        if value:
            yield from (Text(margin + part, "dim") for part in _wrap(f"{label} {value}", width - 4))


def _why(entry: AccountEntry, width: int, language: str) -> Iterator[Text]:
    _ = catalogue(language).gettext
    rules = " › ".join(in_terminal(rule) for rule in entry.statement.why) or _("no rule named")
    said = f"{_('score')} {entry.statement.score:.2f} · {rules}"
    yield from (Text("    " + part, "dim italic") for part in _wrap(said, width - 4))


def _wrap(text: str, width: int) -> list[str]:
    """The text in lines of at most `width` columns, cut between words where it can be."""
    done, line = [], ""
    for word in text.split():
        for part in chop_cells(word, width) if cell_len(word) > width else (word,):
            if line and cell_len(line) + 1 + cell_len(part) > width:
                done.append(line)
                line = part
            else:
                line = f"{line} {part}" if line else part
    return [*done, line] if line else done or [""]


def _turns(text: str) -> bool:
    return any(unicodedata.bidirectional(c) in ("R", "AL", "AN") for c in text)
