"""Europresse's PDF, as lines: « Le Monde • p. 8 • 612 mots », title, text, « news·20260312·LM·5321 »."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from selon.ingest import dates
from selon.ingest.page_numbers import find_page
from selon.ingest.pieces import Piece, TextLine
from selon.ingest.word_lists import fold_words

_NUMBER: Final = re.compile(r"news\s*[·•]\s*(?P<day>\d{8})\s*[·•]\s*(?P<rest>[\w·•/-]+)")
_COUNT: Final = re.compile(r"(?P<outlet>[^•·|]{2,80}?)\s*[•·|].*\b\d+\s+(?:mots?|words?)\b")
_AFTER: Final = re.compile(
    r"(?:,\s*no\.?\s.*|\s*\((?:site web|web site|réf\. site web)[^)]*\)|\s+-\s+[ÉE]dition.*)$"
)
_NOTICES: Final = (
    "©", "tous droits reserves", "le present document est protege", "certificat emis", "public ©",
    "date d'emission", "nom de la source", "type de source", "periodicite", "couverture geographique",
    "provenance", "par universite", "document emis",
)  # fmt: skip
_BYLINE: Final = re.compile(r"^(?:par|by)\s+", re.IGNORECASE)


def is_export(lines: Sequence[TextLine]) -> bool:
    """Whether lines are those of an export: a heading with a count of words, and a number."""
    return any(_NUMBER.search(line.text) for line in lines) and any(
        _COUNT.match(line.text) for line in lines
    )


def pieces(lines: Sequence[TextLine]) -> Iterator[Piece]:
    """The articles in their order; the list at the head of the export is none of them."""
    lines = [line for line in lines if line.text]
    starts = [i for i, line in enumerate(lines) if _COUNT.match(line.text)]
    for start, stop in zip(starts, [*starts[1:], len(lines)], strict=True):
        # The day stands above the heading of its article: it is the end of what came before.
        before = [line.text for line in lines[max(0, start - 3) : start]]
        yield _piece(lines[start:stop], before)


def _piece(block: Sequence[TextLine], before: Sequence[str]) -> Piece:
    heading = _COUNT.match(block[0].text)
    number = next((m for line in block if (m := _NUMBER.search(line.text))), None)
    outlet = _AFTER.sub("", heading["outlet"]).strip(" ,") if heading else None
    rest: list[TextLine] = []
    for line in block[1:]:
        if _NUMBER.search(line.text) or line.text.startswith("©"):
            break
        if line.text and not fold_words(line.text).startswith(_NOTICES):
            rest.append(line)
    published = dates.parse_date(number["day"]) if number else None
    published = published or next(
        (d for words in reversed(before) if (d := dates.find_date(words))), None
    )
    title = rest.pop(0).text if rest else None
    authors: tuple[str, ...] = ()
    if rest and _BYLINE.match(rest[0].text):
        authors = (_BYLINE.sub("", rest.pop(0).text),)
    return Piece(
        "\n\n".join(line.text for line in rest),
        title,
        outlet,
        published,
        authors,
        f"news·{number['day']}·{number['rest']}" if number else None,
        page=find_page(block[0].text),
        cut=number is None,
    )
