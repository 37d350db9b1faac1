"""How names are written: on one line, and as the words that they are compared by."""

from __future__ import annotations

import re
from typing import Final

from selon.names import fold
from selon.names import tokens as name_tokens
from selon.reading.coref.word_lists import PeopleWords

_SPACE: Final = re.compile(r"\s+")
_CUT: Final = re.compile(r"([^\W\d_])-[^\S\n]*\n\s*(?=([^\W\d_]))")


def on_one_line(words: str) -> str:
    """Some words without their lines' ends: « con-⏎seil » is one word, « Jean-⏎Louis » keeps its hyphen."""
    return _SPACE.sub(" ", _CUT.sub(lambda m: m[1] if m[2].islower() else f"{m[1]}-", words))


def comparable(name: str, words: PeopleWords) -> tuple[str, ...]:
    """The words that a name is compared by, elided articles and prepositions left out."""
    elisions = words.lists["elisions"]
    plain = name.lower().replace("’", "'")
    kept = [
        w.split("'", 1)[1] if w.split("'", 1)[0] in elisions and "'" in w else w
        for w in plain.split()
    ]
    # Jean-Pierre is one first name, and no Jean.
    whole = [
        w.replace("-", "") if "-" in w and w.split("-")[0] in words.first_names else w for w in kept
    ]
    return name_tokens(" ".join(whole)) or (fold(name) or plain,)
