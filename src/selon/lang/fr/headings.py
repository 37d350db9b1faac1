"""Date lines and datelines of French news: which stretches at the head of a text are metadata.

`found(text)` answers with `Heading` records; the words (months, agencies, labels) stand in
`headings.toml`. A rule looks at the beginning of one line and wants the whole shape, up to the
dash or the end of the line: a date that opens a sentence is none of its business.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from selon.lang.fr.heading_shapes import Shapes, compile_shapes
from selon.records import Heading, Span

# Over the heads of 1,161 French Wikinews articles the deepest date line begins at character 642.
ZONE: Final = 2000
LINES: Final = 16
# Longer than any shape can match, so that a line cut here has no seeming end; it bounds the work
# on a text that is one line of 10 MB.
MAX_LINE_CHARS: Final = 600

_BREAK: Final = re.compile("[\r\n\u2028\u2029\x85]")
_BLANK: Final = re.compile("[\\s\ufeff\u200b-\u200f\u2060]*")


def find_headings(text: str) -> tuple[Heading, ...]:
    """The stretches at the head of a text that are metadata, in text order, never overlapping.

    Looks at the lines that begin in the first 2,000 characters, at most 16 that are not blank.
    """
    shapes = compile_shapes()
    headings: list[Heading] = []
    for line in _lines(text):
        for rule in RULES:
            heading = rule(text, line, shapes)
            if heading is not None:
                headings.append(heading)
                break
    return tuple(_without_chronologies(headings))


def keyed_date(text: str, line: Span, shapes: Shapes) -> Heading | None:
    """A key and a date before anything else, even glued to the first sentence.

    « date 2020-03 Le secrétaire… », « Date : 12 mars 2020 », « date: 2020-03-12 ».
    """
    if text[: line.start].strip():
        return None
    return _heading(shapes.keyed.match(text, line.start, line.end), "keyed_date", shapes)


def dated_line(text: str, line: Span, shapes: Shapes) -> Heading | None:
    """A line that says when it was published, and perhaps by whom.

    « Publié le 12 mars 2020 à 14h30 », « Publié le 12/03/2020 à 10:12, mis à jour le 13/03/2020 »,
    « Par Anne Roux | Publié le 12 mars 2020 | 3 min ». Not « Publié le 12 mars 2020, le rapport… ».
    """
    return _heading(shapes.dated_line.match(text, line.start, line.end), "dated_line", shapes)


def place_line(text: str, line: Span, shapes: Shapes) -> Heading | None:
    """A line of its own that is a date with its year, perhaps with a place and an hour.

    « 1er septembre 2016. – », « jeudi 12 mars 2020 », « Paris, le 12 mars 2020 », « 12/03/2020 ».
    """
    return _heading(shapes.place_line.match(text, line.start, line.end), "place_line", shapes)


def dated_paragraph(text: str, line: Span, shapes: Shapes) -> Heading | None:
    """A date with its year, perhaps an hour or places, and a dash before the first sentence.

    « 24 janvier 2016 . – », « 29 mai 2012. - Un postier… », « 12 mars 2016, Montpellier . – »,
    « 1er janvier 2017, 1 h 30 UTC+3 . – », « 4 août 2016, Bolivie, cratère de Maragua . – ».
    """
    match = shapes.dated_paragraph.match(text, line.start, line.end)
    if match is None or not _opens(text, match):
        return None
    # « Le 12 mars 2016, Jean Roux – Premier ministre – a dit » is a sentence.
    if match["place"] and match["date"][:2].casefold() == "le" and "." not in match[0]:
        return None
    return _heading(match, "dated_paragraph", shapes)


def place_dated(text: str, line: Span, shapes: Shapes) -> Heading | None:
    """A place, a date and a dash before the first sentence, without an agency.

    « Montpellier, 12 mars 2016 – Le club… », « PARIS, le 3 mars — Le groupe… ».
    """
    match = shapes.place_dated.match(text, line.start, line.end)
    if match is None or not _opens(text, match):
        return None
    return _heading(match, "place_dated", shapes)


def agency_dateline(text: str, line: Span, shapes: Shapes) -> Heading | None:
    """An agency in brackets, after a place, a date or nothing, with a dash.

    « PARIS, 3 mars (AFP) — », « (Reuters) - », « Téhéran, 12 mai 2019 (IRNA) - », « BERNE (ats) »,
    « OTTAWA, le 3 mars 2020 /CNW/ - », « Kinshasa, 2 mars 2020 (ACP).- ». An agency that the list
    lacks needs a place and a date: « Lomé, 3 mars (Savane Infos) – », never « Anne Roux (PS) – ».
    """
    match = shapes.agency.match(text, line.start, line.end)
    if match is None:
        return None
    names = [n.strip().casefold().replace("’", "'") for n in match["outlet"].split("/")]
    known = all(n in shapes.agencies for n in names)
    dated = match["place"] and match["date"]
    if (known and (match["dash"] or dated)) or (dated and match["dash"]):
        return _heading(match, "agency_dateline", shapes)
    return None


def agency_dash(text: str, line: Span, shapes: Shapes) -> Heading | None:
    """A known agency and a dash: « AFP - Le ministre… », « Reuters – Une femme… »."""
    match = shapes.agency_dash.match(text, line.start, line.end)
    if match is None or not _opens(text, match):
        return None
    return _heading(match, "agency_dash", shapes)


def agency_line(text: str, line: Span, shapes: Shapes) -> Heading | None:
    """A line that is an agency's name, perhaps with a date.

    « AFP », « (Reuters) », « Avec AFP », « AFP, le 12 mars 2020 », « Reuters | 12/03/2020 ».
    """
    return _heading(shapes.agency_line.match(text, line.start, line.end), "agency_line", shapes)


def keyed_source(text: str, line: Span, shapes: Shapes) -> Heading | None:
    """A line that names the outlet after a key: « Source : Press TV », « Agence : AFP »."""
    return _heading(shapes.sourced.match(text, line.start, line.end), "keyed_source", shapes)


def city_dash(text: str, line: Span, shapes: Shapes) -> Heading | None:
    """A known city in capitals and a dash: « MONTRÉAL — Le gouvernement… ».

    Not « PARIS - ROUBAIX », not the kicker « ACCIDENT - Un petit garçon… ».
    """
    match = shapes.city.match(text, line.start, line.end)
    if match is None or not match["place"].isupper():
        return None
    return _heading(match, "city_dash", shapes)


Rule = Callable[[str, Span, Shapes], Heading | None]
RULES: Final[tuple[Rule, ...]] = (
    keyed_date,
    dated_line,
    agency_dateline,
    agency_dash,
    dated_paragraph,
    agency_line,
    place_line,
    place_dated,
    keyed_source,
    city_dash,
)


def edtf_of_date(words: str) -> str | None:
    """What a French date says, in EDTF: « 1er mars 2020 » is 2020-03-01, « mars 2020 » 2020-03.

    Nothing where no year is given or the day does not exist.
    """
    shapes = compile_shapes()
    match = shapes.date.fullmatch(words.strip())
    if match is None:
        return None
    groups = match.groupdict()
    year = groups["y1"] or groups["y2"] or groups["y3"]
    if year is None:
        return None
    named = (groups["month"] or "").casefold()
    month = shapes.months[named] if named else int(groups["m2"] or groups["m3"])
    day = groups["d1"] or groups["d2"] or groups["d3"]
    try:
        exact = datetime.date(int(year), month, int(day or 1))
    except ValueError:
        return None
    return exact.isoformat() if day else exact.isoformat()[:7]


def _lines(text: str) -> Iterator[Span]:
    """The lines at the head that are not blank, without the white space before them."""
    at = 0
    for _ in range(LINES):
        at = _BLANK.match(text, at).end()  # type: ignore[union-attr]
        if at >= min(len(text), ZONE):
            return
        stop = _BREAK.search(text, at, at + MAX_LINE_CHARS)
        end = stop.start() if stop else min(len(text), at + MAX_LINE_CHARS)
        yield Span(at, end)
        stop = stop or _BREAK.search(text, end)
        if stop is None:
            return
        at = stop.end()


def _heading(match: re.Match[str] | None, rule: str, shapes: Shapes) -> Heading | None:
    if match is None:
        return None
    groups = match.groupdict()
    places = [_span(match, g) for g in ("place", "place2") if groups.get(g)]
    date = _span(match, "date") if groups.get("date") else None
    later = groups.get("label") is not None and shapes.later.fullmatch(match["label"])
    return Heading(
        span=Span(match.start(), match.start() + len(match[0].rstrip())),
        date=date,
        place=places[0] if places else None,
        outlet=_span(match, "outlet") if groups.get("outlet") else None,
        rule=rule,
        published=edtf_of_date(match["date"]) if date and not later else None,
    )


def _span(match: re.Match[str], group: str) -> Span:
    return Span(*match.span(group))


def _opens(text: str, match: re.Match[str]) -> bool:
    """Whether a sentence may begin after the match: no small letter or figure after a mere dash."""
    if re.search(r"[.)/]\W*$", match[0]):
        return True
    after = _BLANK.match(text, match.end())
    first = text[after.end() : after.end() + 1] if after else ""
    return not (first.islower() or first.isdigit())


def _without_chronologies(headings: Iterable[Heading]) -> Iterator[Heading]:
    """All but those of a chronology: several dates of one shape head events, not the article.

    Nor a place and a date on a line of their own which another heading contradicts: the caption
    of a picture.
    """
    listed = list(headings)
    for heading in listed:
        rivals = [h for h in listed if h.rule == heading.rule]
        if heading.rule == "place_line":
            rivals = [h for h in listed if h.published]
        events = heading.rule in ("dated_paragraph", "place_line", "place_dated")
        if not (events and len({h.published for h in rivals}) > 1):
            yield heading
