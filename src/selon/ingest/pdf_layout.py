"""From words with their places to lines in reading order: columns, paragraphs, running heads.

A page is cut into bands that share their gutters; the columns of a band are read one after the
other. What stands at the edge of several pages, or a line with the page's number, is no text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter
from statistics import median
from typing import Final, NamedTuple

from selon.ingest import dates, documents
from selon.ingest.documents import TextLine
from selon.ingest.word_lists import fold_words, word_set

HYPHENS: Final = ("\x02", "-", "\u00ad", "\u2010")
# A gutter is wider than the widest blank of a justified line, in sizes of the type.
_GUTTER: Final = 0.9
# Lines with room for more than this on each side of a gutter are columns.
_MIN_COLUMN_LINES: Final = 2
# The part of a page, from its edge, in which running heads stand.
_EDGE: Final = 0.09
# A leading over this many times the document's is a gap between paragraphs.
_FULL: Final = 0.2
_MAX_PITCH: Final = 1.25
_PAGE: Final = re.compile(
    r"(?:^|\W)(?:page|p\.|pp\.|seite)?\s*\d{1,4}\s*(?:(?:/|sur|of|de)\s*\d{1,4})?$"
)
_LEFT: Final = attrgetter("left")
_ENDS: Final = (".", "!", "?", "…", "»", "”", ":", ";")


class PdfWord(NamedTuple):
    """A word, its box from the page's lower left corner, and the size of its type."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    size: float


class Row(NamedTuple):
    """Words on one line of one column."""

    text: str
    left: float
    right: float
    bottom: float
    top: float
    size: float


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page: its number, height and rows; its words are let go, a book of them would fill the memory."""

    number: int
    height: float
    rows: list[Row]


def lines(sheets: Sequence[Sheet]) -> tuple[list[TextLine], str | None]:
    """The paragraphs of all pages, headings marked by the size of their type; the day in their heads.

    The day is that of the running heads, where they all name the same.
    """
    pages = [(sheet, sheet.rows) for sheet in sheets]
    heads = _running_heads(pages)
    size = _usual([row for _sheet, found in pages for row in found])
    blocks: list[list[Row]] = []
    named: set[str] = set()
    for sheet, found in pages:
        gone = [row for row in found if _is_head(row, sheet, heads)]
        # What stands beside a page's number belongs to the head.
        gone += [r for r in found if r not in gone and any(_level_with(r, g) for g in gone)]
        named |= {day for row in gone if (day := dates.find_date(row.text))}
        blocks += _columns([row for row in found if row not in gone])
    known: set[str] = set()
    if any(row.text.endswith(HYPHENS) for _sheet, found in pages for row in found):
        known = {w.casefold() for _sheet, found in pages for row in found for w in row.text.split()}
    pitch = _usual_pitch(blocks)
    parts = [p for block in blocks for p in _paragraphs(block, pitch)]
    texts = [TextLine(row.text) for block in blocks for row in block]
    is_export = documents.is_export(texts)
    if is_export:
        parts = [group for p in parts for group in _split_metadata(p)]
    parts = list(_over_breaks(parts, only_up=is_export))
    made = [TextLine(_join_rows(p, known), _level(p, size)) for p in parts if p]
    return made, named.pop() if len(named) == 1 else None


def _level_with(row: Row, head: Row) -> bool:
    return abs(row.bottom - head.bottom) < 0.5 * head.size and row.size < 1.3 * head.size


def title(lines_: Sequence[TextLine]) -> str | None:
    """The largest heading, where it stands first; None otherwise."""
    if not lines_ or not lines_[0].level:
        return None
    return lines_[0].text if lines_[0].level == 1 else None


def rows_of(words: Sequence[PdfWord]) -> list[Row]:
    """Words side by side as rows; a gap as wide as a gutter ends one."""
    placed = sorted(words, key=lambda w: (-(w.top + w.bottom) / 2, w.left))
    # Of each band the middle and the foot of its first word, and its words.
    bands: list[tuple[float, float, list[PdfWord]]] = []
    for word in placed:
        bottom, size = word.bottom, word.size
        middle = (word.top + bottom) / 2
        # A comma or a dash is low or flat: it is of the line whose letters are about it.
        for first, foot, band in bands[-4:]:
            last = band[-1].size
            # Written out: this is asked of each word.
            reach = 0.45 * (last if last < size else size)
            reach = reach if reach > 0.45 else 0.45
            if -reach < first - middle < reach or -reach < 4 * (foot - bottom) < reach:
                band.append(word)
                break
        else:
            bands.append((middle, bottom, [word]))
    found: list[Row] = []
    for _middle, _foot, band in bands:
        found += _cut(sorted(band, key=_LEFT))
    return found


def _cut(band: Sequence[PdfWord]) -> Iterator[Row]:
    start = 0
    for n in range(1, len(band)):
        before, word = band[n - 1], band[n]
        gap = word.left - before.right
        if gap > 0 and gap > _GUTTER * max(word.size, before.size):
            yield _row(band[start:n])
            start = n
    if band:
        yield _row(band[start:])


def _row(words: Sequence[PdfWord]) -> Row:
    first = words[0]
    parts = [first.text]
    left, bottom, right, top = first.left, first.bottom, first.right, first.top
    last = first.right
    for word in words[1:]:
        # Letters that touch are one word, whatever the program between them wrote.
        if word.left - last >= 0.08 * word.size:
            parts.append(" ")
        parts.append(word.text)
        last = word.right
        right = last if last > right else right
        bottom = word.bottom if word.bottom < bottom else bottom
        top = word.top if word.top > top else top
    sizes = {word.size for word in words}
    size = first.size if len(sizes) == 1 else median(w.size for w in words)
    return Row("".join(parts), left, right, bottom, top, size)


def _running_heads(pages: Sequence[tuple[Sheet, list[Row]]]) -> set[str]:
    """The words at the edges of at least half of the pages, their numbers aside."""
    if len(pages) < 3:
        return set()
    seen: Counter[str] = Counter()
    for sheet, rows in pages:
        seen.update({_plain(r.text) for r in rows if _at_edge(r, sheet, rows)})
    return {words for words, n in seen.items() if n >= max(3, len(pages) // 2)}


def _plain(text: str) -> str:
    return re.sub(r"\d+", "#", fold_words(text))


def _at_edge(row: Row, sheet: Sheet, rows: Sequence[Row]) -> bool:
    edge = _EDGE * sheet.height
    if row.bottom > sheet.height - edge or row.top < edge:
        return True
    # Margins differ: the first and the last line are at the edge wherever they are.
    return row.top >= max(r.top for r in rows) - 1 or row.bottom <= min(r.bottom for r in rows) + 1


def _is_head(row: Row, sheet: Sheet, heads: set[str]) -> bool:
    near = row.bottom > sheet.height * (1 - 1.4 * _EDGE) or row.top < sheet.height * 1.4 * _EDGE
    if not near:
        return False
    words = fold_words(row.text)
    if _plain(row.text) in heads or not any(c.isalpha() for c in words):
        return True
    # « Le Phare – mardi 3 mars 2026 – page 5 »: a day and a page, or a page at the end.
    short = len(words) < 90 and not words.endswith((".", "!", "?", "»"))
    leads = bool(re.search(r"\b(?:page|p\.)\s*\d{1,4}$", words))
    alone = re.fullmatch(r"(?:page|p\.)\s*\d{1,4}(?:\s*(?:/|sur|of)\s*\d{1,4})?", words)
    # « Page 2 of 5 © 2026 Factiva, Inc. »: how many there are says that it is no sentence.
    counted = re.match(r"(?:page|seite|pagina)\s*\d{1,4}\s*(?:/|sur|of|de|von)\s*\d{1,4}\b", words)
    return bool(alone or counted) or (
        short and (leads or (dates.find_date(row.text) is not None and bool(_PAGE.search(words))))
    )


def _usual(rows: Sequence[Row]) -> float:
    """The size in which most letters are set."""
    sizes: Counter[float] = Counter()
    for row in rows:
        sizes[round(row.size * 2) / 2] += len(row.text)
    return sizes.most_common(1)[0][0] if sizes else 10.0


def _columns(rows: Sequence[Row]) -> list[list[Row]]:
    """The rows by columns in reading order: bands from top to bottom, in each its columns."""
    blocks: list[list[Row]] = []
    held: list[Row] = []
    gutters: list[float] = []
    for strip in _strips(rows):
        gaps = _gaps([*held, *strip])
        # A band goes on while a gutter runs through it, or while it has none and none begins.
        if held and not gaps and (gutters or len(strip) > 1):
            blocks += _by_gutters(held, gutters)
            held, gaps = [], _gaps(strip)
        held, gutters = [*held, *strip], gaps
    if held:
        blocks += _by_gutters(held, gutters)
    return blocks


def _strips(rows: Sequence[Row]) -> list[list[Row]]:
    """Rows at one height together, from the top."""
    strips: list[list[Row]] = []
    for row in sorted(rows, key=lambda r: -r.top):
        if strips and row.top > min(r.bottom for r in strips[-1]) + 0.3 * row.size:
            strips[-1].append(row)
        else:
            strips.append([row])
    return strips


def _gaps(rows: Sequence[Row]) -> list[float]:
    """The middles of the empty stretches between the rows, seen from above."""
    found: list[float] = []
    right = float("-inf")
    for row in sorted(rows, key=lambda r: r.left):
        if right > float("-inf") and row.left - right > 0.5 * row.size:
            found.append((row.left + right) / 2)
        right = max(right, row.right)
    return found


def _by_gutters(rows: Sequence[Row], gutters: Sequence[float]) -> list[list[Row]]:
    columns: list[list[Row]] = [[] for _n in range(len(gutters) + 1)]
    for row in rows:
        columns[sum(row.left > g for g in gutters)].append(row)
    if (
        any(len(c) < _MIN_COLUMN_LINES for c in columns)
        and len(gutters) > 0
        and len(_strips(rows)) < 2
    ):
        # One line with wide blanks is a line.
        return [[_side_by_side(sorted(rows, key=lambda r: r.left))]]
    if not gutters:
        return [sorted(c, key=lambda r: -r.top) for c in columns if c]
    # A heading over two of three columns hid the gutter between them.
    return [block for c in columns if c for block in _columns(c)]


def _side_by_side(rows: Sequence[Row]) -> Row:
    return Row(
        " ".join(r.text for r in rows),
        rows[0].left,
        rows[-1].right,
        min(r.bottom for r in rows),
        max(r.top for r in rows),
        rows[0].size,
    )


def _usual_pitch(blocks: Sequence[Sequence[Row]]) -> float:
    """How far the lines of the document stand apart, in sizes of their type."""
    steps = [
        (a.bottom - b.bottom) / a.size for rows in blocks for a, b in pairwise(rows) if a.size > 0
    ]
    apart = sorted(step for step in steps if step > 0)
    return apart[len(apart) // 4] if apart else 0.0


def _paragraphs(rows: Sequence[Row], pitch: float) -> Iterator[list[Row]]:
    """A column's rows by paragraphs: an indent, a wider gap, another size, a short last line."""
    if not rows:
        return
    left, right = min(r.left for r in rows), max(r.right for r in rows)
    steps = [a.bottom - b.bottom for a, b in pairwise(rows)]
    # The usual leading; gaps between paragraphs are fewer, in a short column not by much.
    step = sorted(steps)[len(steps) // 4] if steps else 0.0
    if pitch > 0:
        # A column of single lines apart has no leading of its own.
        step = min(step, _MAX_PITCH * pitch * max(rows[0].size, 1.0))
    held: list[Row] = [rows[0]]
    for before, row in pairwise(rows):
        gap = before.bottom - row.bottom
        indented = row.left - left > 0.8 * row.size and before.left - left < 0.4 * row.size
        sized = abs(row.size - before.size) > 0.12 * max(row.size, before.size)
        short = right - before.right > 0.12 * (right - left) and before.text.endswith(_ENDS)
        if sized or indented or (step > 0 and gap > 1.35 * step) or short:
            yield held
            held = []
        held.append(row)
    yield held


def _split_metadata(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """The rows of an export's block: what an archive says of an article by itself, prose together.

    Outlet, day, count of words and keys stand under each other as closely as the lines of a paragraph.
    """
    if not any(documents.is_metadata(TextLine(row.text)) for row in rows):
        yield list(rows)
        return
    right = max(row.right for row in rows)
    held: list[Row] = []
    for row in rows:
        said = documents.is_metadata(TextLine(row.text))
        # Only a full line goes on in the next.
        full = bool(held) and right - held[-1].right < _FULL * (right - rows[0].left)
        if held and (said or not full or documents.is_metadata(TextLine(held[-1].text))):
            yield held
            held = []
        held.append(row)
    if held:
        yield held


def _over_breaks(parts: Sequence[list[Row]], *, only_up: bool) -> Iterator[list[Row]]:
    """Paragraphs that go on in the next column or on the next page are one; `only_up`: and no other."""
    held: list[Row] = []
    for rows in parts:
        if held and _goes_on(held[-1], rows[0]) and (not only_up or rows[0].bottom > held[-1].top):
            held = [*held, *rows]
            continue
        if held:
            yield held
        held = list(rows)
    if held:
        yield held


def _goes_on(last: Row, first: Row) -> bool:
    if abs(last.size - first.size) > 0.12 * max(last.size, first.size):
        return False
    if last.text.endswith(HYPHENS[:1] + HYPHENS[2:]):
        return True
    return not last.text.rstrip().endswith(_ENDS) and first.text[:1].islower()


def _join_rows(rows: Sequence[Row], known: set[str]) -> str:
    """The rows as one paragraph; words parted at a line's end are whole again."""
    text = ""
    for row in rows:
        words = row.text.replace("\u00ad", "-").replace("\x02", "-")
        if not text:
            text = words
        elif text.endswith(("-", "\u2010")) and len(text) > 1 and text[-2].isalpha():
            first, _blank, _rest = words.partition(" ")
            last = text.rpartition(" ")[2]
            text = (text if _keeps_hyphen(last[:-1], first, known) else text[:-1]) + words
        else:
            text = f"{text} {words}"
    return text


def _keeps_hyphen(before: str, after: str, known: set[str]) -> bool:
    """Whether « porte- / parole » keeps its hyphen: by the rest of the document, then by words."""
    whole, apart = (before + after).casefold(), f"{before}-{after}".casefold()
    if whole in known or apart in known:
        return apart in known and whole not in known
    if after[:1].isupper() or not after[:1].isalpha():
        return True
    first, last = (
        fold_words(before.rpartition("-")[2]),
        fold_words(after.partition("-")[0].strip(",.;:!?»")),
    )
    return (
        "-" in before
        or first in word_set("hyphens", "before")
        or last in word_set("hyphens", "after")
    )


def _level(rows: Sequence[Row], usual: float) -> int:
    size = median(r.size for r in rows)
    if size > 1.45 * usual:
        return 1
    return 2 if size > 1.18 * usual and len(rows) < 4 else 0
