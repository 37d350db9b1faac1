"""A language from its words alone: a pack for any parser that speaks Universal Dependencies.

Whoever adds a language begins with a folder of word lists and this call; a rule of the language's
own replaces a piece of it when the lists no longer suffice. Nothing here knows a language.
"""

from __future__ import annotations

from functools import lru_cache, partial
from pathlib import Path
from typing import Final

from selon.lang import Pack, people, place, read_weights
from selon.lang.universal import times, words
from selon.lang.universal.grammar import candidates, is_hedged
from selon.reading.parse import Model
from selon.reading.segment import Marks
from selon.reading.times import Grammar as TimeGrammar

# What is believed of the rules until a language has learnt weights of its own.
UNTRAINED: Final = Path(__file__).parent / "weights.tsv"


@lru_cache(maxsize=8)
def pack(code: str) -> Pack:
    """The pack of the language folder `code`, by its `pack.toml`, `verbs.tsv` and their like.

    Raises SelonError naming the file, the key and the remedy where one is missing or unknown.
    """
    settings = words.settings(code)
    known = words.lexicon(code)
    model = settings["model"]
    learnt = place(code) / "weights.tsv"
    return Pack(
        code=code,
        model=Model(
            model["package"],
            model["mask"],
            tuple(model["labels"].items()),
            tuple(model["needs"]),
        ),
        model_licence=model["licence"],
        marks=Marks(frozenset(settings["marks"]["abbreviations"])),
        opens=known.forms.__contains__,
        grammar=partial(candidates, words=known),
        hedges=partial(is_hedged, words=known),
        headings=lambda text: (),
        times=_times(code),
        people=people.read(code, str, str, lenient=True),
        weights=read_weights(learnt if learnt.exists() else UNTRAINED),
    )


def _times(code: str) -> TimeGrammar:
    return times.grammar(code) if (place(code) / "times.toml").exists() else times.NONE
