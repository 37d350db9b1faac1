"""TEI P5: a corpus, one TEI an article, its text whole and untouched inside one `<ab>`.

`<said who toWhom direct>` marks what is said, `<q type="soCalled">` what the outlet keeps at arm's
length. Pieces of one passage, and passages that cross another, are chained by `@next` and `@prev`.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO, Final

from lxml import etree

from selon.export.said import for_xml
from selon.records import FORMS, STANCES, Reading
from selon.statement_people import PersonOfStatement, StatementWithPeople, statements_with_people

_TEI: Final = "http://www.tei-c.org/ns/1.0"
# lxml takes None for the default namespace; its stubs do not.
_NAMES: Final[Any] = {None: _TEI}
_XML: Final = "{http://www.w3.org/XML/1998/namespace}"
_GROUPS: Final = {"organisation": "org", "group": "org"}


@dataclass(frozen=True, slots=True, order=True)
class _Mark:
    start: int
    # Negative, so that the longer of two comes first.
    back: int
    number: int

    @property
    def end(self) -> int:
        return -self.back


def write(readings: Iterable[Reading], out: BinaryIO) -> None:
    """Write the corpus, one article at a time."""
    with etree.xmlfile(out, encoding="utf-8") as file:
        file.write_declaration()
        with file.element(f"{{{_TEI}}}teiCorpus", nsmap=_NAMES):
            file.write(_corpus_header())
            for n, reading in enumerate(readings, 1):
                file.write("\n", _article(reading, f"a{n}"))


def _add(parent: Any, name: str, words: str | None = None, **attributes: str) -> Any:
    element = etree.SubElement(parent, f"{{{_TEI}}}{name}")
    for key, value in attributes.items():
        element.set(key, for_xml(value))
    if words is not None:
        element.text = for_xml(words)
    return element


def _corpus_header() -> Any:
    header = etree.Element(f"{{{_TEI}}}teiHeader", nsmap=_NAMES)
    file = _add(header, "fileDesc")
    _add(_add(file, "titleStmt"), "title", "Reported statements")
    _add(_add(file, "publicationStmt"), "p", "Written by Selon.")
    _add(_add(file, "sourceDesc"), "p", "The articles named in each header.")
    taxonomy = _add(_add(_add(header, "encodingDesc"), "classDecl"), "taxonomy")
    for kind, values in (("form", FORMS), ("stance", STANCES)):
        for value in values:
            category = _add(taxonomy, "category")
            category.set(f"{_XML}id", f"{kind}.{value}")
            _add(category, "catDesc", f"{kind}: {value}")
    return header


def _article(reading: Reading, prefix: str) -> Any:
    a = reading.article
    tei = etree.Element(f"{{{_TEI}}}TEI", nsmap=_NAMES)
    header = _add(tei, "teiHeader")
    file = _add(header, "fileDesc")
    _add(_add(file, "titleStmt"), "title", a.title or a.id)
    _add(_add(file, "publicationStmt"), "publisher", a.outlet or "")
    bibl = _add(_add(file, "sourceDesc"), "bibl", n=a.id)
    for name in a.authors:
        _add(bibl, "author", name)
    _add(bibl, "date", a.published or "")
    if a.page:
        _add(bibl, "biblScope", a.page, unit="page")
    _add(bibl, "idno", a.url or a.id, type="URL" if a.url else "id")
    listed = list(statements_with_people(reading))
    people = _people(header, listed, prefix)
    body = _add(_add(tei, "text"), "body")
    text = _add(body, "ab")
    text.set(f"{_XML}space", "preserve")
    _fill(text, reading, listed, (people, prefix))
    return tei


def _people(header: Any, listed: list[StatementWithPeople], prefix: str) -> dict[str, str]:
    """The persons and bodies of an article, listed in its header; their pointers by name."""
    found: dict[str, PersonOfStatement] = {}
    for one in listed:
        for who in (one.speaker, *one.addressees, *one.via):
            if who and who.name:
                found.setdefault(who.name, who)
    if not found:
        return {}
    description = _add(_add(header, "profileDesc"), "particDesc")
    persons: list[tuple[str, PersonOfStatement]] = []
    bodies: list[tuple[str, PersonOfStatement]] = []
    for n, who in enumerate(found.values()):
        kind = who.entity.type if who.entity else ""
        (bodies if kind in _GROUPS else persons).append((f"{prefix}.p{n}", who))
    for name, tag, inside, people in (
        ("listPerson", "person", "persName", persons),
        ("listOrg", "org", "orgName", bodies),
    ):
        if people:
            group = _add(description, name)
            for identifier, who in people:
                item = _add(group, tag)
                item.set(f"{_XML}id", identifier)
                _add(item, inside, who.name)
                if who.entity and who.entity.kb:
                    _add(item, "idno", who.entity.kb)
    return {who.name: f"#{identifier}" for identifier, who in (*persons, *bodies)}


def _fill(
    text: Any, reading: Reading, listed: list[StatementWithPeople], at: tuple[dict[str, str], str]
) -> None:
    """The article's words with their marks, in order; what crosses is cut and chained."""
    words = for_xml(reading.article.text)
    scare = [v.span for v in reading.voices if v.voice == "scare"]
    ranges = [
        _Mark(span.start, -span.end, n)
        for n, one in enumerate(listed)
        for span in one.statement.content
    ]
    ranges += [_Mark(s.start, -s.end, len(listed) + n) for n, s in enumerate(scare)]
    marks = list(_nest(r for r in ranges if r.start < r.end))
    pieces: dict[int, int] = {}
    total = {m.number: sum(o.number == m.number for o in marks) for m in marks}
    stack: list[tuple[Any, int]] = [(text, len(words))]
    cursor = 0

    def close(until: int) -> None:
        nonlocal cursor
        while len(stack) > 1 and stack[-1][1] <= until:
            _, end = stack[-1]
            _append(stack[-1][0], words[cursor:end])
            cursor = end
            stack.pop()
        _append(stack[-1][0], words[cursor:until])
        cursor = until

    for mark in marks:
        close(mark.start)
        k = pieces[mark.number] = pieces.get(mark.number, -1) + 1
        element = (
            _add_said(stack[-1][0], listed[mark.number], at[0])
            if mark.number < len(listed)
            else _add(stack[-1][0], "q", type="soCalled")
        )
        _chain(element, f"{at[1]}.s{mark.number}", (k, total[mark.number]))
        stack.append((element, mark.end))
    close(len(words))


def _add_said(parent: Any, one: StatementWithPeople, people: dict[str, str]) -> Any:
    s = one.statement
    element = _add(parent, "said", n=s.id, direct="true" if s.form == "direct" else "false")
    element.set("ana", f"#form.{s.form} #stance.{s.stance}")
    if one.speaker and one.speaker.name in people:
        element.set("who", people[one.speaker.name])
    if one.addressees:
        element.set("toWhom", " ".join(people[p.name] for p in one.addressees if p.name in people))
    if one.via:
        element.set("source", " ".join(people[p.name] for p in one.via if p.name in people))
    return element


def _chain(element: Any, name: str, piece: tuple[int, int]) -> None:
    k, total = piece
    element.set(f"{_XML}id", f"{name}.{k}")
    if k > 0:
        element.set("prev", f"#{name}.{k - 1}")
    if k + 1 < total:
        element.set("next", f"#{name}.{k + 1}")


def _append(element: Any, words: str) -> None:
    if not words:
        return
    if len(element):
        element[-1].tail = (element[-1].tail or "") + words
    else:
        element.text = (element.text or "") + words


def _nest(ranges: Iterable[_Mark]) -> Iterator[_Mark]:
    """The ranges in reading order, each inside those still open; what sticks out is cut off."""
    queue = list(ranges)
    heapq.heapify(queue)
    open_: list[_Mark] = []
    while queue:
        mark = heapq.heappop(queue)
        while open_ and open_[-1].end <= mark.start:
            open_.pop()
        if open_ and mark.end > open_[-1].end:
            heapq.heappush(queue, _Mark(open_[-1].end, mark.back, mark.number))
            mark = _Mark(mark.start, open_[-1].back, mark.number)
        open_.append(mark)
        yield mark
