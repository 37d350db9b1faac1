"""brat standoff: NAME.txt, NAME.ann and annotation.conf; offsets are code points.

brat allows no annotation over a line break: such a passage is written in fragments, one a line.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from selon.export.said import for_name
from selon.records import FORMS, STANCES, Reading, Span, Spans
from selon.statement_people import StatementWithPeople, statements_with_people

_CONF: Final = f"""[entities]
Content
Cue
Speaker
Addressee
Via
[relations]
saidBy Arg1:Content, Arg2:Speaker
saidTo Arg1:Content, Arg2:Addressee
relayedBy Arg1:Content, Arg2:Via
cuedBy Arg1:Content, Arg2:Cue
[events]
[attributes]
Form Arg:Content, Value:{"|".join(FORMS)}
Stance Arg:Content, Value:{"|".join(STANCES)}
"""
_LINES: Final = ("\n", "\r")


def write(readings: Iterable[Reading], out: Path) -> None:
    """Write the folder; a name met before gets a number."""
    (out / "annotation.conf").write_text(_CONF, "utf-8")
    taken: dict[str, int] = {}
    for reading in readings:
        name = for_name(reading.article.id)
        n = taken[name] = taken.get(name, 0) + 1
        stem = name if n == 1 else f"{name}_{n}"
        for suffix, words in ((".txt", reading.article.text), (".ann", "".join(_ann(reading)))):
            with (out / f"{stem}{suffix}").open("w", encoding="utf-8", newline="") as file:
                file.write(words)


def _ann(reading: Reading) -> Iterator[str]:
    text = reading.article.text
    count = {"T": 0, "R": 0, "A": 0, "#": 0}

    def number(kind: str) -> str:
        count[kind] += 1
        return f"{kind}{count[kind]}"

    for one in statements_with_people(reading):
        pieces = fragments(one.statement.content, text)
        if not pieces:
            continue
        heart = number("T")
        yield _bound(heart, "Content", pieces, text)
        yield f"{number('A')}\tForm {heart} {one.statement.form}\n"
        yield f"{number('A')}\tStance {heart} {one.statement.stance}\n"
        yield f"{number('#')}\tAnnotatorNotes {heart}\t{_line(one.statement.id)}\n"
        for label, relation, spans, name in _parts(one):
            pieces = fragments(spans, text)
            if not pieces:
                continue
            other = number("T")
            yield _bound(other, label, pieces, text)
            yield f"{number('R')}\t{relation} Arg1:{heart} Arg2:{other}\n"
            if name:
                yield f"{number('#')}\tAnnotatorNotes {other}\t{_line(name)}\n"


def _parts(one: StatementWithPeople) -> Iterator[tuple[str, str, Spans, str]]:
    yield "Cue", "cuedBy", one.statement.cue, ""
    if one.speaker:
        yield "Speaker", "saidBy", one.speaker.spans, one.speaker.name
    for to in one.addressees:
        yield "Addressee", "saidTo", to.spans, to.name
    for via in one.via:
        yield "Via", "relayedBy", via.spans, via.name


def fragments(spans: Spans, text: str) -> Spans:
    """The spans cut at line breaks, without the breaks and without blank pieces."""
    found: list[Span] = []
    for span in spans:
        start = span.start
        for i in range(span.start, span.end + 1):
            if i == span.end or text[i] in _LINES:
                if text[start:i].strip():
                    found.append(Span(start, i))
                start = i + 1
    return tuple(found)


def _bound(name: str, label: str, pieces: Spans, text: str) -> str:
    places = ";".join(f"{s.start} {s.end}" for s in pieces)
    return f"{name}\t{label} {places}\t{' '.join(s.of(text) for s in pieces)}\n"


def _line(words: str) -> str:
    return " ".join(words.split())
