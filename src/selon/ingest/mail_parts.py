"""What a letter holds besides its own words: what it hides, and a message that it passes on."""

from __future__ import annotations

import re
from dataclasses import replace
from email.utils import parseaddr
from typing import Any, Final

from selon.ingest import dates
from selon.ingest.pieces import Piece
from selon.ingest.word_lists import fold_words, word_set

# The words that a list of messages shows beside the subject, and that the letter does not.
_HIDDEN: Final = re.compile(
    r"display:none|visibility:hidden|mso-hide:all|max-height:0(?![.\d])|font-size:0(?![.\d])|opacity:0(?![.\d])"
)
_FIELD: Final = re.compile(r"[*> ]*(?P<key>[^\W\d][\w ’'-]{1,12}?)[* ]*\s?:[* ]*(?P<words>.*)")
_MAX_FIELDS: Final = 8
# More words than these above it, and what is passed on is an answer's quotation.
_MAX_WORDS_BEFORE: Final = 60


def drop_hidden(root: Any) -> None:
    """Take out of a letter's page what its styles hide."""
    for element in root.xpath("//*[@style]"):
        style = "".join(element.get("style").lower().split())
        if _HIDDEN.search(style) and element.getparent() is not None and element.tag != "body":
            element.drop_tree()


def forwarded_piece(piece: Piece) -> Piece:
    """The message that a letter passes on in its text, with its sender, subject and day; else the letter itself."""
    lines = piece.text.split("\n")
    start = next((i for i, line in enumerate(lines) if _is_mark(line)), None)
    if start is None or len(" ".join(lines[:start]).split()) > _MAX_WORDS_BEFORE:
        return piece
    told: dict[str, str] = {}
    end = start
    for i, line in enumerate(lines[start + 1 :], start + 1):
        if not line.strip():
            continue
        match = _FIELD.fullmatch(line.strip())
        key = _key(match["key"]) if match else None
        if match is None or key is None or len(told) > _MAX_FIELDS:
            break
        told[key] = match["words"].strip()
        end = i
    if not {"from", "subject"} <= told.keys():
        return piece
    name, address = parseaddr(told["from"].replace("[mailto:", "<").replace("]", ">"))
    return replace(
        piece,
        text="\n".join(lines[end + 1 :]).strip() or piece.text,
        title=told["subject"] or piece.title,
        outlet=name or address.rpartition("@")[2] or piece.outlet,
        published=dates.find_date(told.get("date", "")) or piece.published,
    )


def _is_mark(line: str) -> bool:
    words = fold_words(line).strip("-_> :*")
    return len(words) < 60 and words in word_set("mail", "forwarded")


def _key(name: str) -> str | None:
    words = fold_words(name)
    return next(
        (k for k in ("from", "subject", "date", "to") if words in word_set("mail", k)), None
    )
