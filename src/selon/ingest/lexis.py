"""LexisNexis and Nexis Uni: the old layout (« 3 of 200 DOCUMENTS ») and the new one (« Body »).

One reader over lines, whether they come from HTML, TXT, DOCX or RTF, in several interface languages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from selon.ingest import dates
from selon.ingest.page_numbers import find_page
from selon.ingest.pieces import Piece, TextLine
from selon.ingest.word_lists import fold_words, word_set

_COUNT: Final = re.compile(
    r"(?:(?:document|dokument|documento)\s+)?\d+ (?P<of>[a-z]{2,3}) \d+(?: (?P<documents>[a-z]+))?"
)
_KEY: Final = re.compile(r"(?P<key>[^\W\d][\w’' -]{1,28}?)\s*:(?:\s+|$)(?P<words>.*)", re.DOTALL)
_SHEET: Final = re.compile(r"(?:page|seite|pagina) \d{1,4} (?:of|sur|de|von|di|van) \d{1,4}")
_BYLINE: Final = re.compile(r"^(?:by|par|de|von)\s+", re.IGNORECASE)
_BETWEEN: Final = re.compile(r"\s*[;,]\s*|\s+(?:et|and)\s+")
# Longer lines were cut by no margin.
_MAX_WRAPPED_CHARS: Final = 110
_SHORT_SHARE: Final = 0.75
# More words than this behind the last article are one whose end was not known.
_MAX_WORDS_LEFT: Final = 40
_ENDS: Final = (".", "!", "?", "…", "»", "”", '"')


def is_export(lines: Sequence[TextLine]) -> bool:
    """Whether the lines are an export of LexisNexis or Nexis Uni."""
    if any(_is_count(line) or _ends(line) for line in lines):
        return True
    # One article of the new layout whose last line is missing.
    body = next((i for i, line in enumerate(lines) if _begins(line)), None)
    if body is None:
        return False
    keys = {_key(line) for line in lines[:body]}
    return bool(word_set("lexis", "length") & keys) and any(
        dates.is_line(line.text) for line in lines[:body]
    )


def is_metadata(line: TextLine) -> bool:
    """Whether a line is a key, a number of documents, a right, or opens or ends a text."""
    return (
        _is_count(line)
        or _ends(line)
        or _begins(line)
        or _key(line) is not None
        or _is_rights(line)
    )


def pieces(lines: Sequence[TextLine]) -> Iterator[Piece]:
    """The articles in their order; one that breaks off is marked as cut."""
    starts = [i for i, line in enumerate(lines) if _is_count(line)]
    if starts:
        for start, stop in zip(starts, [*starts[1:], len(lines)], strict=True):
            yield _old(lines[start + 1 : stop])
        return
    block: list[TextLine] = []
    for line in lines:
        if _ends(line):
            yield _new(block)
            block = []
        else:
            block.append(line)
    words = sum(len(line.text.split()) for line in block)
    if any(_begins(line) for line in block) or words > _MAX_WORDS_LEFT:
        yield Piece("", cut=True)


def _is_count(line: TextLine) -> bool:
    if len(line.text) > 40:
        return False
    match = _COUNT.fullmatch(fold_words(line.text))
    if match is None or match["of"] not in word_set("lexis", "of"):
        return False
    return (match["documents"] or "documents") in word_set("lexis", "documents") and (
        match["documents"] is not None or fold_words(line.text).startswith(("document", "dokument"))
    )


def _ends(line: TextLine) -> bool:
    return len(line.text) < 40 and fold_words(line.text) in word_set("lexis", "end")


def _begins(line: TextLine) -> bool:
    return len(line.text) < 20 and fold_words(line.text) in word_set("lexis", "body")


def _key(line: TextLine) -> str | None:
    match = _KEY.match(line.text.strip()[:400])
    key = fold_words(match["key"]) if match else ""
    return key if key in word_set("lexis", "above") | word_set("lexis", "below") else None


def _is_rights(line: TextLine) -> bool:
    words = fold_words(line.text)
    return len(words) < 200 and (
        words.startswith(("copyright", "(c) ", "©"))
        or any(words.strip(" .").endswith(r) for r in word_set("lexis", "rights"))
    )


def _old(block: Sequence[TextLine]) -> Piece:
    """« n of m DOCUMENTS »: outlet, date, title, keys in capitals, text, keys."""
    first = next((i for i, line in enumerate(block) if _capital_key(line)), len(block))
    head, rest = block[:first], block[first:]
    outlet, published, after = _outlet_and_date(head)
    paragraphs = list(_paragraphs(head[after:]))
    if not rest:
        # No key at all: the title is the first paragraph, the text what follows.
        title = paragraphs[0] if paragraphs else None
        return Piece("\n\n".join(paragraphs[1:]), title, outlet, published)
    start, authors = _end_of_keys(rest)
    stop = next(
        (i for i, line in enumerate(rest) if i >= start and (_below(line) or _is_rights(line))),
        len(rest),
    )
    text = "\n\n".join(_paragraphs(rest[start:stop]))
    title = paragraphs[-1] if paragraphs else None
    return Piece(text, title, outlet, published, authors, page=_page(rest[:start]))


def _capital_key(line: TextLine) -> bool:
    return _key(line) is not None and line.text.partition(":")[0].isupper()


def _below(line: TextLine) -> bool:
    return _capital_key(line) and _key(line) in word_set("lexis", "below")


def _end_of_keys(rest: Sequence[TextLine]) -> tuple[int, tuple[str, ...]]:
    """Where the keys above the text end, and who wrote it."""
    authors: tuple[str, ...] = ()
    within = False
    for i, line in enumerate(rest):
        if not line.text.strip():
            within = False
        elif _capital_key(line):
            within = True
            if _key(line) in word_set("lexis", "by"):
                authors = _names(line.text)
        elif not within or len(line.text) > _MAX_WRAPPED_CHARS:
            return i, authors
    return len(rest), authors


def _new(block: Sequence[TextLine]) -> Piece:
    """Nexis Uni: title, outlet, date, rights, keys, « Body », text, keys."""
    body = next((i for i, line in enumerate(block) if _begins(line)), None)
    if body is None:
        return Piece("")
    head = block[:body]
    outlet, published, after = _outlet_and_date(head)
    above = [
        line for line in head[: max(after - 1, 0)] if line.text.strip() and not _is_rights(line)
    ]
    titles = above[:-1] if outlet else above
    title = next((line for line in reversed(titles) if line.level), titles[-1] if titles else None)
    authors = next(
        (_names(line.text) for line in head[after:] if _key(line) in word_set("lexis", "by")), ()
    )
    rest = block[body + 1 :]
    stop = next(
        (
            i
            for i, line in enumerate(rest)
            if fold_words(line.text) in word_set("lexis", "after")
            or _key(line) in word_set("lexis", "loaded")
        ),
        len(rest),
    )
    words = title.text.strip() if title else None
    text = "\n\n".join(_paragraphs(list(_without_heads(rest[:stop], words))))
    return Piece(text, words, outlet, published, authors, page=_page(head[after:]))


def _without_heads(lines: Sequence[TextLine], title: str | None) -> Iterator[TextLine]:
    """The lines without what a printed page repeats: its number (« Page 2 of 5 ») and, below, the title."""
    number = False
    for line in lines:
        if number and (not line.text.strip() or line.text.strip() == title):
            number = not line.text.strip()
            continue
        number = len(line.text) < 40 and _SHEET.fullmatch(fold_words(line.text)) is not None
        if not number:
            yield line


def _page(lines: Sequence[TextLine]) -> str | None:
    """The page that the section's line names (« SECTION: Sports; Pg. 3 »), or a line of its own."""
    for n, line in enumerate(lines):
        key = _key(line)
        if key in word_set("lexis", "section"):
            # A margin may have cut it.
            after = lines[n + 1].text.strip() if n + 1 < len(lines) else ""
            cut = after and not _KEY.match(after) and len(line.text) <= _MAX_WRAPPED_CHARS
            words = f"{line.text.strip()} {after}" if cut else line.text.strip()
            if page := find_page(words.partition(":")[2]):
                return page
    return None


def _outlet_and_date(head: Sequence[TextLine]) -> tuple[str | None, str | None, int]:
    """Outlet and day of a heading, and the line behind the date."""
    for i, line in enumerate(head):
        if not _is_rights(line) and dates.is_line(line.text, 90):
            before = [p.text.strip() for p in head[:i] if p.text.strip() and not _is_rights(p)]
            return (before[-1] if before else None), dates.find_date(line.text), i + 1
    return None, None, 0


def _names(line: str) -> tuple[str, ...]:
    words = _BYLINE.sub("", line.partition(":")[2].strip())
    return tuple(n.strip() for n in _BETWEEN.split(words) if n.strip())


def _paragraphs(lines: Sequence[TextLine]) -> Iterator[str]:
    """Paragraphs: lines that a margin cut are joined; where lines are long, each is a paragraph."""
    held: list[str] = []
    for line in (*lines, TextLine("")):
        words = line.text.strip()
        if words:
            held.append(words)
        elif held:
            yield from _join_lines(held)
            held = []


def _join_lines(block: Sequence[str]) -> Iterator[str]:
    longest = max(map(len, block))
    if longest > _MAX_WRAPPED_CHARS:
        yield from block
        return
    held: list[str] = []
    for words in block:
        held.append(words)
        # A short line that ends a sentence ends a paragraph.
        if words.endswith(_ENDS) and len(words) < _SHORT_SHARE * longest:
            yield " ".join(held)
            held = []
    if held:
        yield " ".join(held)
