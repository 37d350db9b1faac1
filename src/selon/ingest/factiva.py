"""Factiva: HTML with field codes or without, XML, and the lines of RTF, DOCX or PDF exports.

Without codes an article is its headline, author, count of words, day, outlet, code, language and
rights, one a line, then its text, then « Document » and its number; the same in every language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from selon.i18n import _
from selon.ingest import dates
from selon.ingest.markup import of_class, page, prose
from selon.ingest.options import ReadOptions
from selon.ingest.page_numbers import page_number
from selon.ingest.pieces import Piece, TextLine, number_articles
from selon.ingest.sources import FoundArticle, InputSource, Unreadable
from selon.ingest.word_lists import fold_words, word_set
from selon.records import Failure

# In small letters; each begins with letters that are looked for fast.
_MARKS: Final = (
    re.compile(rb"""class=["'](?:article\s+\w\w(?:\w\w)?article|\w\wheadline)"""),
    re.compile(rb"articleparagraph\s"),
)
_NUMBER: Final = re.compile(
    r"(?:(?P<lead>[^\W\d]+)\s+)?(?P<number>[A-Z0-9]{6,12}(?P<day>(?:19|20)\d{6})[a-z]\w{4,14})"
)
_DATED: Final = re.compile(r"(?:19|20)\d{6}[a-z]\w{4}")
_COUNT: Final = re.compile(r"\d[\d\s.,]*\s(?P<words>[^\W\d]+)")
# An article's fields by their codes, as a table or as lines.
_CELLS: Final = re.compile(rb">\s*(?:HD|SN|PD|AN)\s*(?:&nbsp;|&#160;|\xc2\xa0)?\s*<")
_FIELD: Final = re.compile(r"(?P<code>[A-Z]{2,3})(?:\s+(?P<words>\S.*))?", re.DOTALL)
_LISTED: Final = ("HD", "AN")
_HOUR: Final = re.compile(r"\d{1,2}[:h.]\d{2}(?:\s*(?:gmt|am|pm))?")
_CODE: Final = re.compile(r"[A-Z][A-Z0-9]{1,11}")
_BYLINE: Final = re.compile(r"^(?:par|by|von|por|di|de)\s+", re.IGNORECASE)
_FIRM: Final = re.compile(r"^©\s*\d{4}\s+(?:factiva|dow jones)", re.IGNORECASE)
# Lines between the count of words and the text.
_MAX_META_LINES: Final = 14


def marked_page(data: bytes) -> bool:
    """Whether a page is one of Factiva's."""
    low = data.lower()
    if any(mark.search(low) for mark in _MARKS):
        return True
    return b"AN" in data and b"HD" in data and len({*_CELLS.findall(data)}) > 2


def numbered_page(markup: str) -> bool:
    """Whether a page has Factiva's numbers of documents, though none of its marks."""
    # A quick look first: pages are long, and few are Factiva's.
    return _DATED.search(markup) is not None and any(
        fold_words(m["lead"] or "") in word_set("factiva", "document")
        for m in _NUMBER.finditer(markup)
    )


def read_page(
    source: InputSource, text: str, options: ReadOptions
) -> Iterator[FoundArticle | Failure]:
    """The articles of an HTML export, in either layout."""
    root = page(text)
    items = [] if root is None else _innermost([d for d in of_class(root, "article") if _whole(d)])
    if not items and root is not None:
        items = [d for d in root.iter("table", "dl") if _whole(d)]
    if not items:
        raise Unreadable(_("it contains no article"), _("save or export it again"))
    found = [_of_page(item) for item in items]
    if found and found[-1].number is None and "</html" not in text[-2000:].lower():
        # Every article ends with its number.
        found[-1] = replace(found[-1], cut=True)
    yield from number_articles(found, source, options)


def _innermost(items: list[Any]) -> list[Any]:
    """The items that hold no other: an article may stand in a frame of the same class."""
    frames = {above for item in items for above in item.iterancestors()}
    return [item for item in items if item not in frames]


def _whole(item: Any) -> bool:
    return bool(_cells(item) or item.xpath(".//*[contains(@class, 'articleParagraph')]"))


def _of_page(item: Any) -> Piece:
    codes: dict[str, list[Any]] = {}
    for cell in _cells(item):
        beside = cell.getnext()
        if beside is not None:
            codes.setdefault("".join(cell.itertext()).strip().upper(), []).append(beside)
    return _piece_with_codes(codes) if codes else _piece_without_codes(item)


def _cells(item: Any) -> list[Any]:
    """The cells of an article's table that hold a field's code."""
    codes = word_set("factiva", "codes")
    first = "./tr/*[1][self::td or self::th] | ./tbody/tr/*[1][self::td or self::th] | ./dt"
    cells = item.xpath(first) if item.tag in ("table", "dl") else item.iter("td", "th", "dt")
    found = [c for c in cells if len(w := c.text_content().strip()) < 5 and w.lower() in codes]
    return found if len(found) > 2 else []


def _piece_with_codes(codes: dict[str, list[Any]]) -> Piece:
    """The layout with field codes: HD headline, SN outlet, PD day, LP and TD text, AN number."""

    def said(*names: str) -> str | None:
        found = (_words(cell) for name in names for cell in codes.get(name, []))
        return next((w for w in found if w), None)

    body = [prose(cell) for name in ("LP", "TD") for cell in codes.get(name, [])]
    number = _NUMBER.search(said("AN") or "")
    return Piece(
        "\n\n".join(words for words in body if words),
        said("HD", "HL"),
        said("SN"),
        dates.find_date(said("PD") or "") or (_number_day(number) if number else None),
        _authors(said("BY")),
        number["number"] if number else None,
        page=page_number(said("PG")),
    )


def _piece_without_codes(item: Any) -> Piece:
    """The layout without codes: the headline is marked, the paragraphs are, the rest is lines."""
    titles = item.xpath(".//*[@id='hd' or contains(@class, 'Headline')]")
    bodies = item.xpath(".//*[contains(@class, 'articleParagraph')]")
    title = _words(titles[0]) if titles else None
    body = [words for p in bodies if (words := prose(p))]
    number = next((m for words in body if (m := _is_number(words))), None)
    text = [words for words in body if not _is_number(words)]
    apart = [*titles, *bodies]
    meta = [
        TextLine(told)
        for d in item.iterdescendants("div", "p", "td", "span")
        if not any(a is d or d in a.iterancestors() or a in d.iterancestors() for a in apart)
        and (told := _words(d))
    ]
    number = number or next((m for line in meta if (m := _is_number(line.text))), None)
    known = _meta(meta)
    return Piece(
        "\n\n".join(text),
        title,
        known.outlet,
        known.published or (_number_day(number) if number else None),
        known.authors,
        number["number"] if number else None,
        page=known.page,
    )


def read_xml(
    root: Any, source: InputSource, options: ReadOptions
) -> Iterator[FoundArticle | Failure]:
    """The articles of an XML response."""
    items = [
        a
        for a in root.xpath("descendant-or-self::*[local-name() = 'article']")
        if a.xpath("*[local-name() = 'accessionNo' or local-name() = 'headline']")
    ]
    if not items:
        raise Unreadable(_("it contains no article"), _("save or export it again"))
    yield from number_articles([_of_xml(a) for a in items], source, options)


def _of_xml(item: Any) -> Piece:
    def all_(name: str) -> list[Any]:
        return list(item.xpath("*[local-name() = $n]", n=name))

    def said(name: str) -> str | None:
        return next((w for e in all_(name) if (w := _words(e))), None)

    paragraphs = [
        words
        for name in ("leadParagraph", "tailParagraphs")
        for part in all_(name)
        for p in part.xpath("descendant::*[local-name() = 'paragraph']")
        if (words := _words(p))
    ]
    language = (said("baseLanguage") or "").lower()
    return Piece(
        "\n\n".join(paragraphs),
        said("headline"),
        said("sourceName"),
        dates.parse_date((said("publicationDate") or "")[:10]),
        _authors(said("byline")),
        said("accessionNo"),
        language if re.fullmatch("[a-z]{2}", language) else None,
        page=page_number(said("pages") or said("page") or said("pageNumber")),
    )


def is_export(lines: Sequence[TextLine]) -> bool:
    """Whether lines are those of an export: a count of words and, below, a document's number."""
    fields = {line.text.split(None, 1)[0] for line in lines if _is_field(line)}
    if fields.issuperset(_LISTED):
        return True
    return any(_is_count(line) for line in lines) and any(
        m["lead"] for line in lines if (m := _is_number(line.text))
    )


def is_metadata(line: TextLine) -> bool:
    """Whether a line is a count of words, a document's number, a code, a language or a field."""
    return (
        _is_count(line)
        or _is_number(line.text) is not None
        or _CODE.fullmatch(line.text) is not None
        or _is_field(line)
        or fold_words(line.text) in word_set("factiva", "languages")
        or _FIRM.match(line.text) is not None
    )


def pieces(lines: Sequence[TextLine]) -> Iterator[Piece]:
    """The articles in their order; one whose number is missing is marked as cut."""
    block: list[TextLine] = []
    if {line.text.split(None, 1)[0] for line in lines if _is_field(line)}.issuperset(_LISTED):
        yield from _listed_fields(lines)
        return
    for line in (line for line in lines if line.text):
        number = _is_number(line.text)
        if number and number["lead"]:
            yield _of_lines(block, number)
            block = []
        else:
            block.append(line)
    if any(_is_count(line) for line in block):
        yield Piece("", cut=True)


def _is_field(line: TextLine) -> bool:
    match = _FIELD.fullmatch(line.text)
    return match is not None and match["code"].lower() in word_set("factiva", "codes")


def _listed_fields(lines: Sequence[TextLine]) -> Iterator[Piece]:
    """Articles whose every field has its code before it, to AN, the number."""
    fields: dict[str, list[str]] = {}
    code = ""
    for line in (line for line in lines if line.text):
        match = _FIELD.fullmatch(line.text) if _is_field(line) else None
        if match is None:
            if code and code != "AN" and not _FIRM.match(line.text):
                fields[code].append(line.text)
            if code != "AN" or not (number := _NUMBER.search(line.text)):
                continue
        else:
            code = match["code"]
            fields.setdefault(code, []).extend([match["words"]] if match["words"] else [])
            number = _NUMBER.search(line.text) if code == "AN" else None
        if number:
            yield _of_fields(fields, number)
            fields, code = {}, ""
    if fields:
        yield Piece("", cut=True)


def _of_fields(fields: dict[str, list[str]], number: re.Match[str]) -> Piece:
    def said(*names: str) -> str | None:
        return next((" ".join(fields[n]) for n in names if fields.get(n)), None)

    body = [words for name in ("LP", "TD") for words in fields.get(name, [])]
    return Piece(
        "\n\n".join(body),
        said("HD", "HL"),
        said("SN"),
        dates.find_date(said("PD") or "") or _number_day(number),
        _authors(said("BY")),
        number["number"],
        page=page_number(said("PG")),
    )


def _of_lines(block: Sequence[TextLine], number: re.Match[str]) -> Piece:
    at = next((i for i, line in enumerate(block) if _is_count(line)), None)
    if at is None:
        return Piece("", number=number["number"])
    head = [line for line in block[:at] if line.text and not _FIRM.match(line.text)]
    title, authors = _title_and_authors(head)
    told = _meta(block[at:])
    text = [
        line.text for line in block[at + told.end :] if line.text and not _FIRM.match(line.text)
    ]
    return Piece(
        "\n\n".join(text),
        title,
        told.outlet,
        told.published or _number_day(number),
        authors,
        number["number"],
        page=told.page,
    )


def _title_and_authors(head: Sequence[TextLine]) -> tuple[str | None, tuple[str, ...]]:
    """Title and authors above the count of words: a heading, else the last line but the author's."""
    marks = [i for i, line in enumerate(head) if line.level]
    if marks:
        last = marks[-1]
        first = last
        while first - 1 in marks:
            first -= 1
        title = " ".join(line.text for line in head[first : last + 1])
        return title, tuple(n for line in head[last + 1 :] for n in _authors(line.text))
    if len(head) > 1 and _is_name(head[-1].text):
        return head[-2].text, _authors(head[-1].text)
    return (head[-1].text if head else None), ()


def _is_name(line: str) -> bool:
    if _BYLINE.match(line):
        return True
    words = line.split()
    return len(words) <= 6 and all(
        w[:1].isupper() or w in ("de", "et", "and", "du", "van") for w in words
    )


@dataclass(frozen=True, slots=True)
class _Meta:
    """What the lines about an article tell; `end`: how many they are."""

    outlet: str | None
    published: str | None
    authors: tuple[str, ...]
    page: str | None
    end: int


def _meta(lines: Sequence[TextLine]) -> _Meta:
    """Outlet, day, authors and page of the lines about an article, and where its text begins."""
    at = next((i for i, line in enumerate(lines) if _is_count(line)), 0)
    rows = list(lines[at : at + _MAX_META_LINES])
    rights = next(
        (i for i, line in enumerate(rows) if line.text.startswith(("©", "(c)", "Copyright"))), None
    )
    language_line = next(
        (
            i
            for i, line in enumerate(rows)
            if fold_words(line.text) in word_set("factiva", "languages")
        ),
        None,
    )
    end = rights if rights is not None else language_line
    stop = end if end is not None else len(rows)
    day = next((i for i, line in enumerate(rows[:stop]) if dates.is_line(line.text)), None)
    published = dates.find_date(rows[day].text) if day is not None else None
    outlet = None
    for line in rows[(day + 1) if day is not None else 1 : stop]:
        if line.text and not _HOUR.fullmatch(fold_words(line.text)):
            outlet = line.text
            break
    before = [line.text for line in lines[:at] if _is_name(line.text)]
    code = next((i for i, line in enumerate(rows[:stop]) if i and _CODE.fullmatch(line.text)), 0)
    # Between the outlet's code and the language: edition, page, volume.
    page = next((p for line in rows[code + 1 : stop] if (p := page_number(line.text))), None)
    authors = _authors(before[-1]) if before else ()
    start = at + (stop + 1 if end is not None else code + 1)
    return _Meta(outlet, published, authors, page if code and end is not None else None, start)


def _is_count(line: TextLine) -> bool:
    if not line.text[:1].isdigit() or len(line.text) > 30:
        return False
    match = _COUNT.fullmatch(fold_words(line.text))
    return match is not None and match["words"] in word_set("factiva", "words")


def _is_number(line: str) -> re.Match[str] | None:
    match = _NUMBER.fullmatch(line.strip()) if len(line) < 80 else None
    if match and (
        match["lead"] is None or fold_words(match["lead"]) in word_set("factiva", "document")
    ):
        return match
    return None


def _number_day(match: re.Match[str]) -> str | None:
    return dates.parse_date(match["day"])


def _authors(line: str | None) -> tuple[str, ...]:
    names = re.split(r"\s*[;,]\s*|\s+(?:et|and)\s+", _BYLINE.sub("", line or "").strip())
    return tuple(n for n in names if n)


def _words(element: Any) -> str | None:
    return " ".join("".join(element.itertext()).split()) or None
