"""French."""

from __future__ import annotations

from functools import lru_cache, partial

from selon.lang import Pack, place, read_weights
from selon.lang.fr import headings, hedging, people, times
from selon.lang.fr.grammar import candidates
from selon.lang.fr.quoting import has_report_clause, report_clause
from selon.lang.fr.words import lexicon, read_toml
from selon.lang.people import citing
from selon.reading.parse import Model
from selon.reading.segment import Marks


@lru_cache(maxsize=1)
def pack() -> Pack:
    """The French pack."""
    words = lexicon()
    settings = read_toml("pack.toml")
    model = settings["model"]
    return Pack(
        code="fr",
        model=Model(model["package"], model["mask"], enclitics=frozenset(model["enclitics"])),
        model_licence=model["licence"],
        marks=Marks(
            frozenset(settings["marks"]["abbreviations"]),
            frozenset(settings["marks"]["openers"]),
            dated=times.has_short_date,
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
        inserted=partial(has_report_clause, words=words),
        clause=partial(report_clause, words=words),
        weights=read_weights(place("fr") / "weights.tsv"),
    )
