"""Lists after a colon: who demands the first item demands the others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from selon.records import Draft, Form, Span
from selon.spans import Taken

# What stands before an item: a dash, a bullet, a number, a letter.
MARK: Final = re.compile(r"[^\S\n]*(?P<mark>[-–—•*▪‣]|\d{1,2}[.)]|[a-z]\))[^\S\n]*")
# Those that open no turn of a dialogue.
ITEM: Final = re.compile(r"[^\S\n]*(?:[-•*▪]|\d{1,2}[.)])[^\S\n]*")
# Between two items no more than one empty line.
GAP: Final = re.compile(r"\n(?:[^\S\n]*\n)?")
ENDS: Final = " \t\u00a0\u202f;,."
MAX_ITEMS: Final = 50
# An item is as sure as the first one, less what a list of another kind costs.
FAITH: Final = 0.9


def founded(text: str, drafts: Sequence[Draft]) -> Iterator[Draft]:
    """The drafts without items of a list that nobody utters: « La maison a :⏎- trois pièces. ».

    An item without marks, cue and speaker's words goes with the item before it.
    """
    said = -1
    for draft in drafts:
        start = draft.content[0].start
        line = text.rfind("\n", 0, start) + 1
        item = ITEM.fullmatch(text, line, start) is not None
        bare = item and not draft.cue and not draft.speaker
        if bare and (said < 0 or text.count("\n", said, line) > 1):
            continue
        said = draft.content[-1].end
        yield draft


def with_further_items(text: str, drafts: Sequence[Draft]) -> Iterator[Draft]:
    """The drafts; where one is the first item after a colon, the items below it that none tells.

    « Le préfet annonce :⏎1. la fermeture du tunnel ;⏎2. un arrêté. »
    """
    taken = Taken(span for draft in drafts for span in draft.content)
    for draft in drafts:
        yield draft
        for item in _items_below(text, draft):
            form = _form(text, item, draft.form)
            if form is None or taken.meets(item):
                continue
            yield replace(
                draft,
                form=form,
                content=(item,),
                cue=(),
                speaker=(),
                score=draft.score * FAITH,
                evidence="layout:list",
                cued=False,
            )


def _items_below(text: str, draft: Draft) -> Iterator[Span]:
    """The items on the lines below the first one, all with a mark of its kind."""
    line = text.rfind("\n", 0, draft.content[0].start) + 1
    first = MARK.match(text, line)
    led = text[:line].rstrip().endswith(":")
    if first is None or not led or not draft.cue or draft.content[0].start > first.end() + 1:
        return
    kind, at = _kind(first["mark"]), line
    for _ in range(MAX_ITEMS):
        end = _line_end(text, at)
        gap = GAP.match(text, end)
        mark = MARK.match(text, gap.end()) if gap is not None else None
        if mark is None or _kind(mark["mark"]) != kind:
            return
        at = mark.start()
        words = text[mark.end() : _line_end(text, at)].rstrip(ENDS)
        if words:
            yield Span(mark.end(), mark.end() + len(words))


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def _kind(mark: str) -> str:
    return "number" if mark[0].isdigit() else "letter" if mark[0].isalpha() else mark


def _form(text: str, item: Span, first: Form) -> Form | None:
    """The form of an item below one of form `first`; None where it is none of the list's demands."""
    words = item.of(text)
    if words[:1] in '«“„"':
        return "direct" if first == "direct" else "mixed"
    if first == "direct":
        return None
    if any(mark in words for mark in '«“„"'):
        return "mixed"
    return "narrated" if first == "mixed" else first
