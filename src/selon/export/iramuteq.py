"""IRaMuTeQ: one text a statement, its speaker, outlet and date as starred variables."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from selon.export.said import Said, plain_name, said
from selon.records import Reading


def write(readings: Iterable[Reading], out: TextIO) -> None:
    """Write a corpus: `**** *id_1 *locuteur_X …`, then the words, without line breaks or stars.

    The id numbers the statements in their order, so that a line is found again in the CSV.
    """
    n = 0
    for reading in readings:
        for one in said(reading):
            n += 1
            out.write(f"**** {' '.join(variables(one, n))}\n{_words(one.content)}\n\n")


def variables(one: Said, n: int) -> list[str]:
    """The starred variables: no blank, accent or underscore in a value; unknown where unknown."""
    article, s = one.article, one.statement
    entity = one.speaker.entity if one.speaker else None
    relays = "".join(plain_name(v.name) for v in one.via)
    return [
        f"*id_{n}",
        f"*source_{plain_name(article.outlet) or 'Inconnu'}",
        f"*date_{article.published or 'inconnue'}",
        f"*locuteur_{plain_name(one.speaker.name if one.speaker else None) or 'Inconnu'}",
        f"*nature_{entity.kind if entity and entity.kind else 'inconnue'}",
        f"*genre_{entity.gender if entity and entity.gender else 'inconnu'}",
        f"*agence_{relays or 'Aucune'}",
        f"*forme_{s.form}",
        f"*voix_{one.voice or 'inconnue'}",
    ]


def _words(content: str) -> str:
    # A star begins a variable, a dash and a star a theme.
    return " ".join(content.replace("*", " ").split())
