"""An article's text as HTML: its voices tinted, a line in its own lane under each statement.

Every offset is resolved here, in code points: a browser counts UTF-16 units and shall not count.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup, escape

from selon.records import Reading, VoiceName
from selon.show.account import AccountEntry, percentages, shares
from selon.show.segments import Mark, Segment, lines
from selon.show.visible import on_page

LETTERS: Final[dict[VoiceName, str]] = {
    "outlet": "o",
    "quoted": "q",
    "reported": "r",
    "hedged": "h",
    "scare": "s",
}
"""The class of each voice."""

_PARTS: Final = {"content": "c", "cue": "m", "speaker": "s", "addressee": "a", "via": "v"}
_HEADLINE: Final = 160

Anchor = Callable[[AccountEntry], Markup]


@dataclass(frozen=True, slots=True)
class Body:
    """The text as HTML: its first line apart where that is a headline; how many lanes it needs.

    `paragraphs` are the text's own, each with the numbers of the statements that begin in it;
    those of the headline are in `opened`.
    """

    headline: Markup | None
    text: Markup
    lanes: int
    paragraphs: tuple[tuple[Markup, tuple[int, ...]], ...] = ()
    opened: tuple[int, ...] = ()


def body(reading: Reading, entries: Sequence[AccountEntry], first: int, anchored: Anchor) -> Body:
    """The text's lines as paragraphs.

    A statement's key is `first` + its number; `anchored` makes what stands before its content.
    """
    text = reading.article.text
    by_number = {e.number: e for e in entries}
    deepest = 0
    headline: Markup | None = None
    opened: tuple[int, ...] = ()
    blocks: list[tuple[Markup, tuple[int, ...]]] = []
    for at, line in enumerate(lines(reading, entries)):
        html: list[str] = []
        for piece in line:
            html += [str(anchored(by_number[n])) for n in piece.opens]
            html.append(_piece(piece, text, by_number, first))
            deepest = max(deepest, *(m.lane + 1 for m in piece.marks if m.part == "content"), 0)
        start, end = line[0].span.start, line[-1].span.end
        numbers = tuple(n for piece in line for n in piece.opens)
        if at == 0 and _is_headline(reading, text[start:end], end):
            headline, opened = Markup("".join(html)), numbers
        else:
            blocks.append((Markup(f"<p dir=auto>{''.join(html)}</p>"), numbers))
    whole = Markup("\n".join(block for block, _numbers in blocks))
    return Body(headline, whole, deepest, tuple(blocks), opened)


def _is_headline(reading: Reading, line: str, end: int) -> bool:
    """Whether the first line is the title: it says so, or it is short and a blank line follows."""
    title = reading.article.title
    if title:
        return title.split() == line.split()
    following = reading.article.text[end : end + 2]
    return len(line) <= _HEADLINE and following == "\n\n"


def _piece(piece: Segment, text: str, by_number: dict[int, AccountEntry], first: int) -> str:
    words = str(escape(on_page(piece.span.of(text))))
    letter = LETTERS[piece.voice]
    if letter == "o" and not piece.marks:
        return words
    contents = [m for m in piece.marks if m.part == "content"]
    for mark in reversed(contents):
        line = LETTERS[by_number[mark.number].voice]
        words = f'<span class="k{mark.lane} l{line}">{words}</span>'
    bare = " bare" if letter != "o" and not contents else ""
    return f'<span class="{letter}{bare}"{_keys(piece.marks, first)}>{words}</span>'


def _keys(marks: Iterable[Mark], first: int) -> str:
    keys: dict[str, list[str]] = {}
    for mark in marks:
        keys.setdefault(_PARTS[mark.part], []).append(str(first + mark.number))
    return "".join(f' data-{part}="{" ".join(keys[part])}"' for part in keys)


def anchor(entry: AccountEntry, key: int, id: str) -> Markup:
    """The number before a statement's content: a link to it, and where its permalink leads."""
    label = on_page(f"{entry.number} {entry.who.label}".strip())
    return Markup(
        '<a class="n n{}" id="{}" href="#{}" data-k={} data-n={} aria-label="{}"'
        ' aria-describedby="card-{}"></a>'
    ).format(LETTERS[entry.voice], id, id, key, entry.number, label, key)


def bars(reading: Reading) -> Iterator[tuple[VoiceName, str, int, int]]:
    """The shares of the voices as bars side by side: voice, letter, start, percent."""
    start = 0
    for voice, percent in percentages(shares(reading)).items():
        yield voice, LETTERS[voice], start, percent
        start += percent
