"""Paragraphs, quotations and sentences: where the text's own marks divide it.

All functions are pure and linear in the text. Marks are never trusted: they may be missing,
mixed, doubled, reopened in every paragraph or glued to the next sentence.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from typing import Final

from selon.reading.segment import missing, single
from selon.reading.segment.interviews import answers
from selon.reading.segment.lines import paragraphs
from selon.reading.segment.marks import Marks
from selon.records import Quote, Sentence, Span

__all__ = ["Marks", "answers", "paragraphs", "quotes", "sentences"]

OPENERS: Final = {"«": "»", "“": "”", "„": "“", "‹": "›", "‘": "’"}
CLOSERS: Final = {"»": "«", "”": "“", "›": "‹", "’": "‘"}
STRAIGHT: Final = '"'
# Two single marks (`` '' ``) are how some agencies type a double one.
# Of three single marks before a space the last two are one: « ''He said 'no,''' Prew said ».
MARK = re.compile(r"[«»“”„‹›‘’\"]|''(?!'(?:\s|$))|``")
# A quotation reopened in each paragraph goes on; one that is never closed ends with its sentence.
MAX_PIECES: Final = 40
END = re.compile(r"[.!?…]+(?=(?P<after>[\s\u00a0\u202f]*[»”›\")\]]*))")


def quotes(
    text: str,
    stretches: tuple[Span, ...],
    inserted: Callable[[str], bool] = lambda words: False,
) -> tuple[Quote, ...]:
    """Every quotation, outermost first, in text order.

    « … », “ … ”, „ … “, ‘ … ’ and " … " nest. A mark that has no partner in its paragraph opens a
    quotation that goes on where the next paragraph opens with the same mark, else ends with its
    sentence or the one that `inserted` knows to report it; a closing one without a partner closes
    the sentence before it where a comma follows.
    """
    found: list[Quote] = []
    for n, paragraph in enumerate(stretches):
        last = next((q for q in reversed(found) if q.depth == 0), None)
        open_ended = last is not None and not last.closed and last.outer.end == stretches[n - 1].end
        left = last.mark if last is not None and open_ended else ""
        after = text[stretches[n + 1].start] if n + 1 < len(stretches) else ""
        found.extend(_paragraph_quotes(text, paragraph, left, after))
    return tuple(_end_open_quotes(text, _join_reopened(text, found, stretches), inserted))


def _end_open_quotes(text: str, found: list[Quote], inserted: Callable[[str], bool]) -> list[Quote]:
    """The quotations, those neither closed nor reopened ended where `missing.closing_offset` says."""
    out: list[Quote] = []
    cut = whole = 0
    for n, quote in enumerate(found):
        unclosed = not quote.closed and text[quote.outer.end - 1] not in CLOSERS
        if quote.depth == 0 and unclosed and len(quote.pieces) == 1:
            whole, end = quote.outer.end, missing.closing_offset(text, quote.inner, inserted)
            # What it holds it does not cut.
            held = [q.outer for q in found[n + 1 : n + 9] if q.depth and q.closed]
            end = min([q.start for q in held if q.start < end < q.end], default=end)
            if end < quote.inner.end:
                inner = _trim(text, quote.inner.start, end)
                outer = Span(quote.outer.start, inner.end)
                quote = replace(quote, outer=outer, inner=inner, pieces=(inner,))
            cut = quote.outer.end
        elif quote.depth and cut <= quote.outer.start < whole:
            quote = replace(quote, depth=quote.depth - 1)
        elif quote.depth and quote.outer.start < cut < quote.outer.end:
            continue
        out.append(quote)
    return out


def _width(text: str, at: int) -> int:
    """How many characters a mark takes: two single marks are one double one."""
    return 2 if text[at] in "'`" else 1


def _faces(text: str, at: int, paragraph: Span) -> str:
    """Where a straight mark looks by its neighbours: forth (opens), back (closes) or both."""
    before = text[at - 1] if at > paragraph.start else " "
    follows = at + _width(text, at)
    after = text[follows] if follows < paragraph.end else " "
    free_before = before.isspace() or before in "(['’-–—«“"
    free_after = after.isspace() or after in ",;:.!?)]»”…"
    if free_before == free_after:
        return "both"
    return "forth" if free_before else "back"


def _is_mistyped(text: str, at: int, kinds: list[str]) -> bool:
    """« “P," she said »: a straight mark closes what a curly one opened; 6" is a measure."""
    return kinds[-1:] == ["“"] and not text[max(0, at - 1)].isdigit()


@dataclass(slots=True)
class _Open:
    mark: str
    start: int


def _paragraph_quotes(text: str, paragraph: Span, left: str, after: str) -> list[Quote]:
    """The quotations of one paragraph; `left` is the mark that the one before left open, `after`
    what the next begins with."""
    stack: list[_Open] = []
    found: list[Quote] = []
    singles = single.marks(text, paragraph, after == single.OPEN or left == single.OPEN)

    def close(end: int, closed: bool, mark_end: int) -> None:
        top = stack.pop()
        inner = _trim(text, top.start + _width(text, top.start), end)
        found.append(
            Quote(Span(top.start, mark_end), inner, top.mark, closed, len(stack), (inner,))
        )

    for match in MARK.finditer(text, paragraph.start, paragraph.end):
        mark, at = match.group(), match.start()
        if mark in "‘’" and at not in singles:
            continue
        if len(mark) == 2:
            mark = STRAIGHT
        kinds = [o.mark for o in stack]
        if mark == STRAIGHT:
            faces = _faces(text, at, paragraph)
            if STRAIGHT not in kinds:
                if faces != "back":
                    stack.append(_Open(mark, at))
                elif _is_mistyped(text, at, kinds):
                    close(at, True, match.end())
            elif faces == "forth":
                # Two marks that open and none that closes: the first was a stray one.
                del stack[kinds.index(STRAIGHT) :]
                stack.append(_Open(mark, at))
            else:
                while stack[-1].mark != STRAIGHT:
                    close(at, False, at)
                close(at, True, match.end())
        elif mark == "“" and "„" in kinds:
            while stack[-1].mark != "„":
                close(at, False, at)
            close(at, True, at + 1)
        elif mark == "“" and kinds[-1:] == ["“"] and _faces(text, at, paragraph) == "back":
            close(at, True, at + 1)
        elif mark in OPENERS:
            if mark in kinds and len(stack) >= 3:
                continue
            stack.append(_Open(mark, at))
        elif CLOSERS[mark] in kinds:
            while stack[-1].mark != CLOSERS[mark]:
                close(at, False, at)
            close(at, True, at + 1)
        elif mark == "”" and kinds[-1:] == [STRAIGHT]:
            close(at, True, at + 1)
        elif mark == "»" and at == paragraph.start:
            # Some papers reopen each paragraph of a quotation with a closing mark; others mark items.
            if left == "«":
                stack.append(_Open("«", at))
        elif mark in "»”" and not stack:
            floor = max((q.outer.end for q in found), default=paragraph.start)
            start = missing.opening_offset(text, paragraph, floor, at, left == CLOSERS[mark])
            if start is not None:
                inner = _trim(text, start, at)
                found.append(Quote(Span(start, at + 1), inner, CLOSERS[mark], False, 0, (inner,)))
    while stack:
        close(paragraph.end, False, paragraph.end)
    found.sort(key=lambda q: (q.outer.start, -q.outer.end))
    return [q for q in found if q.closed or not _swallows(q, found, paragraph)]


def _swallows(quote: Quote, found: list[Quote], paragraph: Span) -> bool:
    """Whether an unclosed mark, opened in mid-paragraph, would swallow whole quotations."""
    return quote.outer.start != paragraph.start and any(
        other.closed and other.mark == quote.mark and quote.inner.holds(other.outer)
        for other in found
        if other is not quote
    )


def _trim(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _join_reopened(text: str, found: list[Quote], stretches: tuple[Span, ...]) -> list[Quote]:
    """One quotation over several paragraphs: each but the last unclosed, each reopened."""
    ends = {p.end: n for n, p in enumerate(stretches)}
    starts = {p.start: n for n, p in enumerate(stretches)}
    joined: list[Quote] = []
    for quote in found:
        last = joined[-1] if joined else None
        if (
            last is not None
            and quote.depth == 0
            and not last.closed
            and last.depth == 0
            and last.mark == quote.mark
            and len(last.pieces) < MAX_PIECES
            and quote.outer.start in starts
            and ends.get(last.outer.end) == starts[quote.outer.start] - 1
        ):
            pieces = (*last.pieces, quote.inner)
            joined[-1] = Quote(
                Span(last.outer.start, quote.outer.end),
                Span(last.inner.start, quote.inner.end),
                last.mark,
                quote.closed,
                0,
                pieces,
            )
        else:
            joined.append(quote)
    return joined


def sentences(
    text: str, stretches: tuple[Span, ...], found: tuple[Quote, ...], marks: Marks
) -> tuple[Sentence, ...]:
    """The sentences of each paragraph; none is cut inside a quotation.

    « Nous partons. Nous reviendrons ! », a dit Anne. → one sentence
    Il a dit : « Non. » Elle est partie.              → two
    … des passes."Les bénéfices …                    → two (glued paragraphs)
    … ajoute-t-il.- Exilés -Au port, il attend.      → three (an agency's crosshead)
    """
    outer = [q.outer for q in found if q.depth == 0]
    starts = [s.start for s in outer]
    out = []
    for number, paragraph in enumerate(stretches):
        start = paragraph.start
        cuts = _cuts(text, paragraph, (outer, starts), marks)
        cuts += _glued_headings(text, paragraph, (outer, starts), marks.openers)
        cuts += _crossheads(text, paragraph, (outer, starts))
        for cut in sorted(set(cuts)):
            if cut > start:
                out.append(Sentence(_trim(text, start, cut), number))
            start = cut
        rest = _trim(text, start, paragraph.end)
        if rest.end > rest.start:
            out.append(Sentence(rest, number))
    return tuple(s for s in out if s.span.end > s.span.start)


def _cuts(
    text: str,
    paragraph: Span,
    outer: tuple[list[Span], list[int]],
    marks: Marks,
) -> list[int]:
    cuts = []
    for match in END.finditer(text, paragraph.start, paragraph.end):
        at = match.end()
        inside = _inside(outer, match.start())
        if inside is not None:
            # Only the quotation's own last stop can end the sentence around it.
            if text[at : inside.end - 1].strip(" '\n\t\u00a0\u202f") or inside.end > paragraph.end:
                continue
            at = inside.end
            rest = text[at : min(at + 160, paragraph.end)]
            if text[match.end() - 1] in "?!" and marks.resumes(rest):
                continue
        else:
            while at < paragraph.end and text[at] in ")]":
                at += 1
        if _ends_here(text, match.start(), at, paragraph, marks):
            cuts.append(at)
    cuts += _at_long_quotations(text, paragraph, outer)
    return cuts


# Capitals with stops between them, and the characters in which a short date lies.
DOTTED: Final = re.compile(r"(?:[A-ZÀ-Þ]\.)+[A-ZÀ-Þ]")
DATE: Final = 16
# After a small letter or a digit: the L of UPL opens nothing.
GLUED = re.compile(r"(?<=[^\W_A-ZÀ-ÞŒ])[A-ZÀ-ÞŒ][a-zà-ÿœ]*(?=[\s'’])")


def _glued_headings(
    text: str, paragraph: Span, outer: tuple[list[Span], list[int]], openers: Collection[str]
) -> list[int]:
    """Where a subheading is glued to the next sentence: « à la démissionSelon lui, »."""
    return [
        m.start()
        for m in GLUED.finditer(text, paragraph.start, paragraph.end)
        if m.group() in openers and _inside(outer, m.start()) is None
    ]


def _inside(outer: tuple[list[Span], list[int]], at: int) -> Span | None:
    spans, starts = outer
    n = bisect_right(starts, at) - 1
    return spans[n] if n >= 0 and spans[n].start <= at < spans[n].end else None


def _ends_here(text: str, stop: int, at: int, paragraph: Span, marks: Marks) -> bool:
    """Whether a sentence ends at `at`, after the stop at `stop`."""
    if at >= paragraph.end:
        return False
    follows = at
    while follows < paragraph.end and text[follows].isspace():
        follows += 1
    if follows >= paragraph.end:
        return False
    nxt = text[follows]
    glued = follows == at
    opens = nxt in '«“"„‹‘—–-•[(' or text.startswith(("''", "``"), follows)
    if not (nxt.isupper() or opens or (nxt.isdigit() and not glued)):
        return False
    if text[stop] != "." or at > stop + 1:
        return not glued or nxt.isupper() or nxt in '«“"'
    word = _word_before(text, stop, paragraph.start)
    if word.lower() in marks.abbreviations or (len(word) == 1 and word.isupper()):
        return False
    # « Delmas S.A. (« Delma ») », « mer. 16 déc. »: the sentence goes on.
    if nxt == "(" and DOTTED.fullmatch(word):
        return False
    if nxt.isdigit() and marks.dated(text[stop - len(word) : follows + DATE]):
        return False
    if glued:
        # « 12.Le ministre », « L'homme.La police »: glued paragraphs; not U.S.A. nor 3.5.
        after_mark = stop > paragraph.start and text[stop - 1] in '"»”)'
        word_follows = text[follows + 1 : follows + 2].islower()
        whole_word = len(word) > 2 and (not word.isupper() or (word.isalpha() and word_follows))
        return (nxt.isupper() and (after_mark or whole_word)) or nxt in '«“"'
    return True


def _word_before(text: str, at: int, floor: int) -> str:
    start = at
    while start > floor and (text[start - 1].isalnum() or text[start - 1] in "-."):
        start -= 1
        if at - start > 30:
            break
    return text[start:at]


# The shortest quotation that may be a sentence of its own, with its marks.
SENTENCE: Final = 26


def _at_long_quotations(
    text: str, paragraph: Span, outer: tuple[list[Span], list[int]]
) -> list[int]:
    """Paragraphs glued where one ends or begins with a quotation that is long enough to be a sentence.

    « … leur propre feuille”Le chef … »     the mark is glued to the next one's capital
    « …", ajoute-t-elle"Nous verrons … »    the mark is glued to a small letter, its words to none
    """
    cuts = []
    spans, starts = outer
    for n in range(bisect_right(starts, paragraph.start - 1), len(spans)):
        start, end = spans[n].start, spans[n].end
        if start >= paragraph.end:
            break
        if end - start < SENTENCE:
            continue
        if end < paragraph.end - 1 and text[end].isupper():
            cuts.append(end)
        if start > paragraph.start and text[start - 1].islower() and text[start + 1].isupper():
            cuts.append(start)
    return cuts


# « - Exilés - », « - "Ligne de crête" -»: behind a stop (or right behind a mark), and before a capital or a mark.
CROSSHEAD: Final = re.compile(
    r"(?:(?<=[.!?…])\s?|(?<=[»”\"]))[-–] ?(?=[^\W\d_a-zß-ÿœ]|[«“\"])[^-–.\n]{2,80}? ?[-–]\s?(?=[^\W\d_a-zß-ÿœ]|[«“\"])"
)


def _crossheads(text: str, paragraph: Span, outer: tuple[list[Span], list[int]]) -> list[int]:
    """Where an agency's crosshead between dashes stands within a paragraph: its beginning and end."""
    cuts = []
    for match in CROSSHEAD.finditer(text, paragraph.start, paragraph.end):
        if _inside(outer, match.start()) is None:
            cuts += [match.start(), match.end()]
    return cuts
