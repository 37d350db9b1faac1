"""Pages of a printed edition as archives write them: « p. 8 », `Pg. A3`, « S. 12-13 », « pages 4 et 5 »."""

from __future__ import annotations

import re
from typing import Final

from selon.ingest.word_lists import fold_words, word_set

# A number, or letters and a number (`A3`, `RGB12`), or the numerals of a supplement (`IV`).
_ONE: Final = r"(?:[^\W\d_]{0,12}[ .-]?\d{1,4}[a-zA-Z]{0,2}|[IVXL]{1,6})"
_PAGES: Final = re.compile(rf"{_ONE}(?:\s*(?:[-–/,;&+]|et|and|und|y|e)\s*{_ONE})*")
# One letter alone leads in with a full stop or a blank: « S3 » is a page of a supplement.
_LEAD: Final = re.compile(r"(?P<lead>[^\W\d_]{2,}|[^\W\d_](?=[. ]))\.?\s*(?=\w)")
_PARTS: Final = re.compile(r"\s*[;•|]\s*|,\s+")


def page_number(value: object) -> str | None:
    """The page or pages that a value of its own field says, without « p. »; None where it says none."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return None
    words = " ".join(str(value).split()).strip(" .;,")
    bare = _without_lead(words) or words
    return _bare(bare) if _PAGES.fullmatch(bare) else None


def find_page(line: str) -> str | None:
    """The page that a line names among other things, each apart by `;`, `,` or `•`: « Sports; Pg. 3 »."""
    parts = _PARTS.split(" ".join(line.split()))
    for n, part in enumerate(parts):
        # « Le Monde p. 8 » parts nothing.
        tail = re.search(r"(?:^|\s)(?=(?:pp?|pg)\.\s*\w)(.*)$", part, re.IGNORECASE)
        bare = _without_lead(tail[1] if tail else part)
        if bare and _PAGES.fullmatch(bare):
            # « p. 1, 14 »: the rest of a list.
            more = []
            for rest in parts[n + 1 :]:
                if not re.fullmatch(r"\d{1,3}", rest):
                    break
                more.append(rest)
            return _bare(", ".join([bare, *more]))
    return None


def _bare(pages: str) -> str:
    # « p. 03 » is page 3.
    return re.sub(r"(?<!\d)0+(?=\d)", "", pages)


def is_page_name(name: str) -> bool:
    """Whether a field is called so that it holds a page: `print_page_number`, `PageNo`."""
    letters = "".join(c for c in fold_words(name.rpartition(":")[2]) if c.isalpha())
    return letters in word_set("page", "names")


def _without_lead(words: str) -> str | None:
    match = _LEAD.match(words)
    if match and fold_words(match["lead"]) in word_set("page", "lead"):
        return words[match.end() :].strip(" .")
    return None
