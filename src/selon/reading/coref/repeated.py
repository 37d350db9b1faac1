"""Who speaks a quotation that stands alone and is said again, with its speaker, elsewhere.

Headlines and headings between paragraphs repeat words of the article: « « Assez pénible » », and
further down « « C'était assez pénible à supporter », a réagi la maire ». Nothing beside the heading
names who speaks, and whoever spoke last is somebody else.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from selon.names import fold
from selon.reading.coref.parties import Parties
from selon.records import Statement

WORD: Final = re.compile(r"\w+")
# Fewer words may be said by two people.
FEWEST: Final = 3
# Words that the whole quotation may have between those that the heading took.
BETWEEN: Final = 4
# Headings are short.
LONGEST: Final = 40
SURE: Final = 0.9


def take_repeated(spoken: Parties, statements: Sequence[Statement]) -> None:
    """Give (`spoken.turns`) each lone quotation the speaker of the statement that repeats it."""
    texts = {s.id: _words(spoken.page.text, s) for s in statements}
    signed = [s for s in statements if s.speaker.spans or s.cue]
    holding: dict[str, list[Statement]] = defaultdict(list)
    for one in signed:
        for word in dict.fromkeys(texts[one.id]):
            holding[word].append(one)
    for statement in statements:
        words = texts[statement.id]
        alone = not statement.speaker.spans and not statement.cue and statement.within is None
        if not alone or not FEWEST <= len(words) <= LONGEST:
            continue
        rarest = min((holding.get(w, []) for w in words), key=len)
        found = [
            who
            for one in rarest
            if one.form != "narrated" and _holds(texts[one.id], words)
            for who in [spoken.speaker(one)]
            if who is not None
        ]
        if found and all(who is found[0] for who in found):
            spoken.turns[f"{statement.id}/speaker"] = (found[0], "who.repeated", SURE)


def _words(text: str, statement: Statement) -> list[str]:
    return [fold(w) for s in statement.content for w in WORD.findall(text, s.start, s.end)]


def _holds(whole: Sequence[str], part: Sequence[str]) -> bool:
    """Whether the words stand in the others in this order, a few apart."""
    for start, word in enumerate(whole):
        if word != part[0]:
            continue
        n, end = 0, min(len(whole), start + len(part) + BETWEEN)
        for at in range(start, end):
            if whole[at] == part[n]:
                n += 1
                if n == len(part):
                    return True
    return False
