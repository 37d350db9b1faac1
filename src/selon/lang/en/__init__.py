"""English."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache, partial

from selon.lang import Pack, place, read_weights
from selon.lang.en import headings, hedging, people, times
from selon.lang.en.continued_quotes import resumes
from selon.lang.en.grammar import candidates
from selon.lang.en.words import Stopped, lexicon, read_toml
from selon.lang.people import citing
from selon.reading.parse import Model
from selon.reading.segment import Marks


@lru_cache(maxsize=2)
def pack(breadth: str | None = None) -> Pack:
    """The English pack; `breadth` is wide (thoughts and intentions too) or statements.

    Without one it is what pack.toml says.
    """
    words = lexicon()
    if breadth is not None:
        words = replace(words, breadth=breadth)
    settings = read_toml("pack.toml")
    model = settings["model"]
    return Pack(
        code="en",
        model=Model(
            model["package"], model["mask"], tuple(model["labels"].items()), tuple(model["needs"])
        ),
        model_licence=model["licence"],
        marks=Marks(
            Stopped(settings["marks"]["abbreviations"]),
            resumes=partial(resumes, words=words),
            asked=frozenset(settings["marks"]["asked"]),
            answering=frozenset(settings["marks"]["answering"]),
        ),
        opens=words.forms.__contains__,
        grammar=partial(candidates, words=words),
        hedges=hedging.is_hedged,
        headings=headings.find_headings,
        times=times.grammar(),
        people=people.words(),
        citing=citing(people.words()),
        weights=replace(
            read_weights(place("en") / "weights.tsv"), nested=settings["reading"]["nested"]
        ),
    )
